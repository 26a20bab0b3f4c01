"""Pages of a worry, from the first line to the answer. They only translate."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.interface.taking import edition_of, taken
from lokalnet.persons.entering import in_person_room
from lokalnet.youth.concerns import calling, drafting, own, searching, sending
from lokalnet.youth.concerns.forms import SearchForm, WorryForm, as_written, search_form
from lokalnet.youth.concerns.searching import Found
from lokalnet.youth.models import ConcernState

telling = in_person_room((Purpose.CONCERN, Fields.CONCERN_ENTRY))
reading = in_person_room((Purpose.CONCERN, Fields.CONCERNS_OF_OWN))


def unsaid(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where one comes from tells no other page which worry it was. ("no-referrer" makes browsers send "Origin: null",
    which forms are refused for.)"""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    return answered


@require_http_methods(["GET", "POST"])
@telling
@unsaid
def start(request: Request, seat: Seat) -> HttpResponse:
    """Whom it is about, before anything is written: what one has of one's own is shown, and nothing else is told."""
    form = search_form(request.POST or None)
    found: list[Found] = []
    if taken(form, lambda: found.append(searching.search(seat.actor, form.who()))):
        if not found[0] or request.POST.get("act") == "begin":
            return _begin(seat, form)
        return render(request, "youth/concern_found.html", {"frame": seat, "found": found[0], "form": form})
    return render(request, "youth/concern_start.html", {
        "frame": seat, "form": form, "telephones": calling.telephones(seat.actor)},
        status=422 if form.is_bound else 200)


def _begin(seat: Seat, form: SearchForm) -> HttpResponse:
    made = drafting.begin(seat.actor, form.who(), form.cleaned_data["why"], concern_id=form.concern_id)
    return redirect(address(seat, "concern", made))


@require_http_methods(["GET", "POST"])
@reading
@unsaid
def concern(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    """One's own: to write on while it is a draft, to read with its answers when it is sent."""
    state = own.state_of(seat.actor, concern_id)
    if state != ConcernState.DRAFT:
        if request.method == "POST" and state:  # a double click
            return redirect(address(seat, "concern", concern_id))
        return render(request, "youth/concern_told.html", {"frame": seat, "own": own.read(seat.actor, concern_id)})
    if request.method == "POST":
        try:
            return _changed(request, seat, concern_id)
        except Http404:
            if own.state_of(seat.actor, concern_id) is None:
                raise
            return redirect(address(seat, "concern", concern_id))  # a double click, sent by the other one meanwhile
    return _form(request, seat, concern_id, WorryForm(initial=as_written(drafting.draft(seat.actor, concern_id))))


def _changed(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    if request.POST.get("act") == "throw-away":
        drafting.throw_away(seat.actor, concern_id)
        messages.success(request, _("The draft is deleted."))
        return redirect(address(seat, "own_concerns"))
    form = WorryForm(request.POST)
    editions: list[int] = []

    def kept() -> None:
        editions.append(drafting.save(seat.actor, concern_id, form.entered(), edition=edition_of(form)))

    done = taken(form, kept)
    if done and request.POST.get("act") == "send":
        done = taken(form, lambda: sending.send(seat, concern_id, edition=editions[0]))
    if not done:
        return _form(request, seat, concern_id, form, edition=editions[0] if editions else None)
    if request.POST.get("act") != "send":
        messages.success(request, _("The draft is saved."))
    return redirect(address(seat, "concern", concern_id))


def _form(request: Request, seat: Seat, concern_id: UUID, form: WorryForm, *, edition: int | None = None
          ) -> HttpResponse:
    if edition is not None:
        form.data = dict(form.data.items()) | {"edition": str(edition)}
    return render(request, "youth/concern.html", {
        "frame": seat, "form": form, "draft": drafting.draft(seat.actor, concern_id),
        "telephones": calling.telephones(seat.actor)}, status=422 if form.is_bound else 200)


@require_POST
@telling
@unsaid
def save(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    """Every few seconds while it is written, by the page's script: the edition that stands now, or why it does not."""
    state = own.state_of(seat.actor, concern_id)
    if state is None:
        raise Http404
    if state != ConcernState.DRAFT:
        return JsonResponse({"words": _("It is sent already.")}, status=409)
    form = WorryForm(_typed(request.body))
    if not form.is_valid():
        field, problems = next(iter(form.errors.items()))
        return JsonResponse({"field": field, "words": " ".join(str(each) for each in problems)}, status=422)
    try:
        edition = drafting.save(seat.actor, concern_id, form.entered(), edition=edition_of(form))
    except BrokenRule as problem:
        return JsonResponse({"field": problem.field, "words": problem.rule}, status=422)
    except Outdated as problem:
        return JsonResponse({"words": str(problem)}, status=409)
    return JsonResponse({"edition": edition})


def _typed(body: bytes) -> dict[str, Any]:
    """What is not an object of words is as if nothing had been sent, which no form takes."""
    try:
        said = json.loads(body)
    except ValueError:
        return {"edition": "none"}
    if not isinstance(said, dict):
        return {"edition": "none"}
    return {name: value if value is None or isinstance(value, str | bool) else str(value)
            for name, value in said.items()}


@require_safe
@reading
@unsaid
def own_concerns(request: Request, seat: Seat) -> HttpResponse:
    """What one has told of, with the answers; and drafts."""
    return render(request, "youth/concerns.html", {"frame": seat, "told": own.listed(seat.actor)})
