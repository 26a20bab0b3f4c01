"""Pages of the picture. They parse, ask the capability, and render."""

import json
import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access import events
from lokalnet.access.models import Partnership
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.situation import categories as kinds
from lokalnet.situation import live, outlines, picture, reading, reporting, showing
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.forms import CategoryForm, ReportForm
from lokalnet.situation.models import Category, PoliceSees
from lokalnet.situation.partnerships import Frame, frame_for, frame_of


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Give the view its actor and partnership; send the unknown to log in and the unpartnered to a plain page."""

    def entered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:
            if request.user.is_authenticated and not kwargs:
                return render(request, "situation/nowhere.html")
            if request.user.is_authenticated:
                raise Http404
            return redirect_to_login(request.get_full_path())
        frame = frame_for(request.actor, request.GET.get("partnership", ""))
        if frame is None and kwargs:
            raise Http404  # a thing of somebody's: to a stranger it does not exist
        if frame is None:
            return render(request, "situation/nowhere.html")
        return view(request, frame, *args, **kwargs)

    entered.__name__ = view.__name__
    entered.__doc__ = view.__doc__
    return entered


@require_safe
@framed
def overview(request: Request, frame: Frame) -> HttpResponse:
    """Map and list of one set. htmx asks for the list alone."""
    right = reading.may_read(frame.actor)
    stream_cursor = live.cursor_now() if live.may_listen(frame.actor) else ""  # before the rows, so nothing is missed
    bar = FilterBar(request.GET, frame)
    filters = bar.filters()
    after = _cursor(request)
    page = picture.page(frame.partnership, filters, after=after)
    number = picture.count(frame.partnership, filters)
    reading.record(frame, right, filters)
    context = {
        "frame": frame, "choices": bar.choices.values(), "cards": showing.cards(frame, page.sights), "count": number,
        "counted": picture.COUNTED, "many": number > picture.COUNTED, "query": _query(request),
        "next": showing.cursor_token(page.next), "live": stream_cursor,
        "base_map": settings.LOKALNET_BASE_MAP_URL, "continued": after is not None,
        "place": showing.place(frame, filters),
        "bounds": json.dumps(frame.bounds),
    }
    partial = request.htmx and not request.htmx.history_restore_request
    return render(request, "situation/list.html" if partial else "situation/overview.html", context)


@require_safe
@framed
def map_data(request: Request, frame: Frame) -> HttpResponse:
    """The same set as the list, as points."""
    right = reading.may_read(frame.actor)
    filters = FilterBar(request.GET, frame).filters()
    reading.record(frame, right, filters)
    return JsonResponse(showing.feature_collection(frame, picture.on_map(frame.partnership, filters)))


@require_safe
@framed
def outline_data(request: Request, frame: Frame) -> HttpResponse:
    return HttpResponse(outlines.geojson(frame), content_type="application/geo+json")


@require_safe
@framed
def detail(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    right = reading.may_read(frame.actor)
    sight = picture.one(observation_id)
    if sight is None:
        raise Http404
    frame = frame_of(frame.actor, sight.partnership_id)
    events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="observation", subject=observation_id)
    return render(request, "situation/detail.html",
                  {"frame": frame, "card": showing.cards(frame, [sight])[0]})


@require_http_methods(["GET", "POST"])
@framed
def report(request: Request, frame: Frame) -> HttpResponse:
    frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    if request.method == "POST":
        form = ReportForm(request.POST, frame=frame)
        if form.is_valid() and (answer := _receive(request, frame, form)):
            return answer
    else:
        form = ReportForm(frame=frame, initial={
            "key": str(uuid.uuid4()), "visibility": reporting.usual_visibility(frame.actor),
            "police_sees": PoliceSees.TEXT, "area": request.GET.get("area", "")})
    return render(request, "situation/report.html", {
        "frame": frame, "form": form, "seen_by": showing.seen_by(frame.actor),
        "bounds": json.dumps(frame.bounds)}, status=422 if form.is_bound else 200)


def _receive(request: Request, frame: Frame, form: ReportForm) -> HttpResponse | None:
    """Store what the form holds; None when a rule said no, which then stands in the form."""
    try:
        received = reporting.report(frame.actor, frame.partnership, form.report(), key=form.cleaned_data["key"])
    except reporting.BadReport as problem:
        form.add_error({"place": "area", "occurred_at": "at"}.get(problem.field, problem.field), problem.rule)
        return None
    except reporting.KeyUsedForAnother as problem:
        messages.warning(request, str(problem))
        return redirect("observation", observation_id=problem.observation_id)
    if not received.repeated:
        messages.success(request, _("Sent. %(seen_by)s") % {
            "seen_by": showing.seen_by(frame.actor)[form.cleaned_data["visibility"]]})
    chosen = f"?partnership={frame.partnership.slug}" if len(frame.mine) > 1 else ""
    return redirect(reverse("overview") + chosen)


@require_safe
def stream(request: Request) -> HttpResponse:
    """What a live stream starts with; project/asgi.py goes on from there."""
    if request.actor is None:
        return HttpResponse(status=401)
    if not live.may_listen(request.actor):
        return HttpResponse(status=403)
    cursor = request.headers.get("Last-Event-ID") or request.GET.get("cursor", "")
    try:
        opening = live.open_stream(request.actor, cursor)
    except tokens.BadToken:
        return HttpResponse(_("The cursor is not one of ours."), status=400, content_type="text/plain")
    answer = HttpResponse(opening.events, content_type="text/event-stream",
                          headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    if "text/event-stream" in request.headers.get("Accept", ""):
        answer["X-Stream-Member"] = str(request.actor.member_id)
        answer["X-Stream-Session"] = request.session.session_key or ""
        answer["X-Stream-After"] = str(opening.number)
        answer["X-Stream-Listens"] = " ".join(f"{a}/{b}" for a, b in opening.listens_to)
    return answer


@require_safe
@framed
def categories(request: Request, frame: Frame) -> HttpResponse:
    """The partnership's categories."""
    frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    return render(request, "situation/categories.html", {"frame": frame, "rows": frame.categories.values()})


@require_http_methods(["GET", "POST"])
@framed
def category(request: Request, frame: Frame, category_id: UUID) -> HttpResponse:
    """One category in a form."""
    decision = frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    chosen = frame.categories.get(category_id)
    if chosen is None:
        raise Http404
    form = CategoryForm(request.POST or None, instance=chosen)
    return _edit_category(request, frame, decision, form, kinds.change, title=chosen.name)


@require_http_methods(["GET", "POST"])
@framed
def new_category(request: Request, frame: Frame) -> HttpResponse:
    """An empty category in a form."""
    decision = frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    form = CategoryForm(request.POST or None, initial={"position": len(frame.categories) + 1})
    return _edit_category(request, frame, decision, form, kinds.add, title=_("A new category"))


def _edit_category(request: Request, frame: Frame, decision: Decision, form: CategoryForm,
                   keep: Callable[[Partnership, Category], None], *, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        entered = form.save(commit=False)
        try:
            keep(frame.partnership, entered)
        except kinds.NameTaken as problem:
            form.add_error(problem.field, str(problem))
        else:
            events.record(frame.actor, "category.changed", decision=decision, purpose=Purpose.ADMINISTRATION,
                          subject_kind="category", subject=entered.id)
            messages.success(request, _("Saved."))
            return redirect("categories")
    return render(request, "situation/categories.html", {"frame": frame, "form": form, "title": title},
                  status=422 if form.errors else 200)


def _cursor(request: Request) -> picture.Cursor | None:
    try:
        return showing.cursor_from(request.GET.get("cursor", ""))
    except tokens.BadToken:
        return None


def _query(request: Request) -> str:
    query = request.GET.copy()
    query.pop("cursor", None)
    return query.urlencode()
