"""What a member follows: the list of it, a new one, a change, and an end to it."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.situation.addresses import address
from lokalnet.situation.following import listing, starting, subscribing
from lokalnet.situation.following.forms import FollowForm, as_entered
from lokalnet.situation.following.subscribing import ChangedMeanwhile, Content
from lokalnet.situation.models import Subscription
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed

LOOK = "look"  # the button that only counts


@require_safe
@framed
def followed(request: Request, frame: Frame) -> HttpResponse:
    """Everything that the member follows here, and what to begin with."""
    subscribing.may(frame.actor)
    return render(request, "situation/following/list.html", {
        "frame": frame, "rows": listing.rows(frame), "own_areas": starting.own_areas(frame),
        "new": address(frame, "new_follow"), "mine": address(frame, "follow_own_areas")})


@require_POST
@framed
def follow_own_areas(request: Request, frame: Frame) -> HttpResponse:
    """The own areas, in one tap."""
    subscribing.may(frame.actor)
    content = starting.own_areas(frame)
    if content:
        try:
            subscribing.follow(frame, content)
        except BadReport as problem:
            messages.error(request, problem.rule)
        else:
            messages.success(request, _("You follow it from now on."))
    return redirect(address(frame, "followed"))


@require_http_methods(["GET", "POST"])
@framed
def new_follow(request: Request, frame: Frame) -> HttpResponse:
    """Follow something: of one's own accord, or what the overview is filtered by."""
    subscribing.may(frame.actor)
    if request.method != "POST":
        start = starting.from_filters(frame, request.GET)
        form = FollowForm(frame=frame, initial=as_entered(start.content))
        return _form(request, frame, form, start.content, left_out=start.left_out)
    form = FollowForm(request.POST, frame=frame)
    if LOOK in request.POST:
        return _looked_at(request, frame, form)
    if form.is_valid():
        try:
            subscribing.follow(frame, form.content())
        except BadReport as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("You follow it from now on."))
            return redirect(address(frame, "followed"))
    return _form(request, frame, form, None)


@require_http_methods(["GET", "POST"])
@framed
def change_follow(request: Request, frame: Frame, subscription_id: UUID) -> HttpResponse:
    """Another name, place, category or pace. Two windows at once notice each other."""
    subscribing.may(frame.actor)
    before = subscribing.one(frame.actor, subscription_id)
    frame = frame_of(frame.actor, before.partnership_id)
    if request.method != "POST":
        content = subscribing.content_of(before)
        return _form(request, frame, FollowForm(frame=frame, initial=as_entered(content, edition=before.edition)),
                     content, before=before)
    form = FollowForm(request.POST.copy(), frame=frame)
    if LOOK in request.POST:
        return _looked_at(request, frame, form, before=before)
    if form.is_valid():
        try:
            subscribing.change(frame, subscription_id, form.content(), edition=form.cleaned_data["edition"] or 0)
        except BadReport as problem:
            form.refuse(problem)
        except ChangedMeanwhile as problem:
            form.met(problem, subscribing.one(frame.actor, subscription_id))
        else:
            messages.success(request, _("Saved."))
            return redirect(address(frame, "followed"))
    return _form(request, frame, form, None, before=before)


@require_POST
@framed
def stop_following(request: Request, frame: Frame, subscription_id: UUID) -> HttpResponse:
    """No more of it. A second click finds it stopped."""
    subscribing.may(frame.actor)
    subscribing.stop(frame.actor, subscription_id)
    messages.success(request, _("You do not follow it any more."))
    return redirect("followed")


@require_POST
@framed
def look_at_follow(request: Request, frame: Frame) -> HttpResponse:
    """What it would have told of, before it is saved: one sentence."""
    subscribing.may(frame.actor)
    return HttpResponse(_preview(frame, FollowForm(request.POST, frame=frame)), content_type="text/plain")


def _preview(frame: Frame, form: FollowForm) -> str:
    """How many it would have been, or what is in the way."""
    wanted = form.wanted_so_far()
    return listing.preview(subscribing.would_have_been(frame, wanted)) if wanted else form.in_the_way()


def _looked_at(request: Request, frame: Frame, form: FollowForm, *, before: Subscription | None = None) -> HttpResponse:
    """The same page with the sentence, for whoever has no script."""
    form.only_looked_at()
    return _form(request, frame, form, None, before=before)


def _form(request: Request, frame: Frame, form: FollowForm, content: Content | None, *,
          before: Subscription | None = None, left_out: tuple[str, ...] = ()) -> HttpResponse:
    preview = (listing.preview(subscribing.would_have_been(frame, content.wanted)) if content
               else _preview(frame, form))
    return render(request, "situation/following/form.html", {
        "frame": frame, "form": form, "before": before, "preview": preview, "left_out": left_out,
        "bounds": json.dumps(frame.bounds), "back": address(frame, "followed"),
        "look": address(frame, "look_at_follow")}, status=422 if form.errors else 200)
