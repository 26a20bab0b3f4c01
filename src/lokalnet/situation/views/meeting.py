"""The Monday meeting: the briefing point by point on a wall, what is decided about each, and how it ends."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Purpose
from lokalnet.interface import journal
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import deciding, decision_forms, ending, freezing, meeting, reading
from lokalnet.situation.briefing.decision_forms import DecisionForm, FollowForm, MeasureForm, NothingForm
from lokalnet.situation.briefing.meeting import Meeting
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.measures import stepping
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def show(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """One point of the meeting."""
    frame, briefing = reading.one(frame, briefing_id)
    return _elsewhere(request, frame, briefing) or _screen(
        request, meeting.hold(frame, briefing), request.GET.get("punkt", ""))


@require_POST
@framed
def decide(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """What the meeting decided about a point. What could not be taken stands in its form again."""
    freezing.may_edit(frame)
    frame, briefing = reading.one(frame, briefing_id)
    if elsewhere := _elsewhere(request, frame, briefing):
        return elsewhere
    held, slug, form = meeting.hold(frame, briefing), request.POST.get("punkt", ""), _sent(request, frame)
    if form is None:
        messages.warning(request, _("Choose what is to be done."))
        return redirect(address(frame, "meeting", briefing.id))
    if form.is_valid():
        try:
            _take(held, slug, form)
        except BadReport as problem:
            form.refuse(problem)
        except deciding.UsedKey as problem:
            form.with_new_key()
            form.add_error(None, str(problem))
        except NotPossible as problem:
            messages.warning(request, str(problem))
            return redirect(address(frame, "meeting", briefing.id))
        else:
            return redirect(address(frame, "meeting", briefing.id, punkt=slug) + "#besluttet")
    return _screen(request, held, slug, sent=form)


@require_safe
@framed
def end(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """What was decided, and what was not."""
    frame, briefing = reading.one(frame, briefing_id)
    if elsewhere := _elsewhere(request, frame, briefing):
        return elsewhere
    held = meeting.hold(frame, briefing)
    context = meeting.named(held) | ending.context(held)
    return journal.answer(request, "situation/briefing/meeting_end.html", context, partial(ending.paper_of, held),
                          copied=recorder(frame, reading.may_read(frame.actor), Purpose.BRIEFING, "briefing",
                                          briefing.id))


def _elsewhere(request: Request, frame: Frame, briefing: Briefing) -> HttpResponse | None:
    """A draft is approved first; one that was replaced is met about in its newest edition."""
    if briefing.state == BriefingState.DRAFT:
        return render(request, "situation/briefing/meeting_draft.html", {
            "frame": frame, "briefing": briefing, "back": address(frame, "briefing", briefing.id)})
    holds = reading.holding(briefing)
    return redirect(address(frame, "meeting", holds.id)) if holds else None


def _screen(request: Request, held: Meeting, asked: str, *, sent: DecisionForm | None = None) -> HttpResponse:
    context: dict[str, Any] = meeting.named(held) | meeting.screen(held, asked)
    if context["may_decide"]:
        offered = decision_forms.all_for(held.frame, title=meeting.measure_title(held, context["stop"]))
        if sent:
            offered[sent.kind.value] = sent
        context |= {"forms": offered, "decide": address(held.frame, "meeting_decide", held.briefing.id)}
    return render(request, "situation/briefing/meeting.html", context, status=422 if sent else 200)


def _sent(request: Request, frame: Frame) -> DecisionForm | None:
    """Nothing for a kind of decision that there is not."""
    match request.POST.get("kind", ""):
        case "measure":
            return MeasureForm(request.POST, frame=frame)
        case "follow":
            return FollowForm(request.POST)
        case "nothing":
            return NothingForm(request.POST)
    return None


def _take(held: Meeting, slug: str, form: DecisionForm) -> None:
    said, briefing = form.cleaned_data, held.briefing
    if not isinstance(form, MeasureForm):
        deciding.decide(held.frame, briefing.id, slug, form.kind, words=said["words"], key=said["key"])
        return
    stop = next((each for each in held.stops(slug) if each.point.slug == slug), None)
    if stop is None:
        raise Http404
    content = form.content(briefing, stop.point, problem=meeting.problem(held, stop))
    deciding.decide_measure(held.frame, briefing.id, slug, content,
                            ends_on=stepping.today() + decision_forms.MEASURE_LASTS, key=said["key"])
