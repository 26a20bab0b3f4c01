"""Telling what happened, and telling it better."""

import json
import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lokalnet.access import events
from lokalnet.access.acting import NotAllowed
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import acting, correcting, corroborating, knowing, marking, reading, reporting, showing
from lokalnet.situation.correcting import ChangedMeanwhile, Present
from lokalnet.situation.forms import CorrectionForm, ReportForm
from lokalnet.situation.models import ActKind, PoliceSees, Precision
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed
from lokalnet.situation.views.observation import found

FIELD_OF = {"place": "area", "occurred_at": "at"}


@require_http_methods(["GET", "POST"])
@framed
def report(request: Request, frame: Frame) -> HttpResponse:
    frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    if request.method == "POST":
        form = ReportForm(request.POST, frame=frame)
        if form.is_valid() and (answer := _same(request, frame, form) or _receive(request, frame, form)):
            return answer
    else:
        form = ReportForm(frame=frame, initial={
            "key": str(uuid.uuid4()), "visibility": reporting.usual_visibility(frame.actor),
            "police_sees": PoliceSees.TEXT, "area": request.GET.get("area", "")})
    return _show(request, frame, form, "situation/report.html")


def _show(request: Request, frame: Frame, form: ReportForm, template: str, **more: Any) -> HttpResponse:
    return render(request, template, {"frame": frame, "form": form, "seen_by": showing.seen_by(frame.actor),
                                      "bounds": json.dumps(frame.bounds), **more}, status=422 if form.is_bound else 200)


def _same(request: Request, frame: Frame, form: ReportForm) -> HttpResponse | None:
    """A step of its own before a new report: is it one of these? None when there is none, or it was asked before."""
    similar = _similar(request, frame, form)
    if not similar:
        return None
    typed = [(name, value) for name, values in request.POST.lists() for value in values
             if name != "csrfmiddlewaretoken"]
    return render(request, "situation/similar.html", {
        "frame": frame, "cards": similar, "typed": typed, "note": form.cleaned_data["text"]})


def _similar(request: Request, frame: Frame, form: ReportForm) -> list[showing.Card]:
    if request.POST.get("different") or reporting.received(frame.actor, form.cleaned_data["key"]):
        return []
    similar = corroborating.similar(frame, form.report())
    if similar:
        events.record(frame.actor, "similar.read", purpose=Purpose.REPORT, subject_kind="partnership",
                      decision=frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY),
                      subject=frame.partnership.id)
    return showing.cards(frame, similar)


@require_POST
@framed
def same(request: Request, frame: Frame) -> HttpResponse:
    """The same step for a page with script, as a piece of a page; 204 where there is nothing to ask."""
    frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    form = ReportForm(request.POST, frame=frame)
    similar = _similar(request, frame, form) if form.is_valid() else []
    if not similar:
        return HttpResponse(status=204)
    return render(request, "situation/same.html", {"frame": frame, "cards": similar,
                                                   "note": form.cleaned_data["text"]})


def _receive(request: Request, frame: Frame, form: ReportForm) -> HttpResponse | None:
    """Store what the form holds; None when a rule said no, which then stands in the form."""
    known = knowing.places(frame) | frozenset(form.said_places)
    try:
        received = reporting.report(frame.actor, frame.partnership, form.report(), key=form.cleaned_data["key"],
                                    places=known)
    except BadReport as problem:
        form.add_error(FIELD_OF.get(problem.field, problem.field), problem.rule)
        return None
    except reporting.KeyUsedForAnother as problem:
        messages.warning(request, str(problem))
        return redirect("observation", observation_id=problem.observation_id)
    if not received.repeated:
        knowing.propose(frame.actor, frame, form.said_places, text=form.cleaned_data["text"])
        messages.success(request, _("Sent. %(seen_by)s") % {
            "seen_by": showing.seen_by(frame.actor)[form.cleaned_data["visibility"]]})
    chosen = f"?partnership={frame.partnership.slug}" if len(frame.mine) > 1 else ""
    return redirect(reverse("overview") + chosen)


@require_POST
@framed
def check(request: Request, frame: Frame) -> HttpResponse:
    """What the guard finds in a text, while one can still change it. Nothing of it is kept or logged."""
    frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    text = request.POST.get("text", "")[:reporting.LONGEST_TEXT]
    known = knowing.places(frame) | frozenset(request.POST.getlist("place_words"))
    return JsonResponse(marking.as_json(text, places=known))


@require_http_methods(["GET", "POST"])
@framed
def correct(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    """The report in the form that it came by. What was typed survives a colleague's correction meanwhile."""
    frame, _sight = found(frame, observation_id)
    acting.require(frame, ActKind.CORRECTED)
    if ActKind.CORRECTED not in acting.allowed(observation_id):
        raise NotAllowed("the reporter and the organisation's coordinators correct a report")
    present = correcting.present(frame, observation_id)
    form = CorrectionForm(request.POST.copy() or None, frame=frame, initial=_initial(frame, present))
    if request.method == "POST" and form.is_valid() and _corrected(request, frame, observation_id, form):
        return redirect("observation", observation_id=observation_id)
    right = reading.may_read(frame.actor)
    events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="observation", subject=observation_id)
    return _show(request, frame, form, "situation/correct.html", observation_id=observation_id)


def _initial(frame: Frame, present: Present) -> dict[str, Any]:
    report = present.report()
    local = report.occurred_at.astimezone(frame.zone)
    where = {"longitude": "", "latitude": "", "area": report.named_area} if report.named_area else {}
    return vars(report) | where | {"edition": present.observation.edition, "on": local.date().isoformat(),
                           "at": local.strftime("%H:%M") if report.precision != Precision.WEEK else ""}


def _corrected(request: Request, frame: Frame, observation_id: UUID, form: CorrectionForm) -> bool:
    try:
        changed = correcting.correct(frame, observation_id, form.report(), edition=form.cleaned_data["edition"],
                                     note=form.cleaned_data["note"], places=form.said_places)
    except BadReport as problem:
        form.add_error(FIELD_OF.get(problem.field, problem.field), problem.rule)
    except (ChangedMeanwhile, acting.NotPossible) as problem:
        form.add_error(None, str(problem))
        # The next send is about what stands there now.
        present = correcting.present(frame, observation_id)
        assert isinstance(form.data, QueryDict)
        form.data["edition"] = str(present.observation.edition)
        if present.observation.text_removed:  # what was typed may be what was removed
            form.data["text"] = ""
            form.add_error("text", _("The text was removed, because somebody could be recognised in it. Write a new "
                                     "one, if one is needed."))
    else:
        knowing.propose(frame.actor, frame, form.said_places, text=form.cleaned_data["text"])
        messages.success(request, correcting.in_words(changed))
        return True
    return False
