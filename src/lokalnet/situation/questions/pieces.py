"""What stands about questions and commitments on a measure's page, and about measures on a commitment's."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.partnership import commitments
from lokalnet.situation.models import Measure
from lokalnet.situation.partnerships import Frame, framed_as
from lokalnet.situation.questions import asking, promising
from lokalnet.situation.questions.forms import CommitmentForm

MOST = 20


@dataclass(frozen=True)
class Named:
    """A measure as a link."""

    url: str
    title: str
    standing: str
    organisation: str


def of_measure(request: HttpRequest, frame: Frame, measure_id: UUID) -> SafeString:
    """What was promised that the measure is part of, and the questions asked about it."""
    measure = Measure.objects.filter(id=measure_id).select_related("commitment").first()
    if measure is None:
        return SafeString("")
    shown = {"frame": frame, "measure": measure, "partnership": _partnership(frame)}
    return _render("situation/measure_commitment.html", shown | _commitment(frame, measure), request) + _render(
        "situation/measure_questions.html", shown | {
            "questions": asking.of_measure(frame, measure), "may_ask": asking.may_ask(frame, measure)}, request)


def _commitment(frame: Frame, measure: Measure) -> dict[str, Any]:
    chosen = commitments.standing(frame, [measure.commitment])[0] if measure.commitment else None
    choices = promising.choices(frame, measure) if promising.may_point(measure) else []
    return {"commitment": chosen, "form": CommitmentForm(choices=choices, measure=measure) if choices else None}


def of_commitment(request: HttpRequest, seat: Seat, commitment_id: UUID) -> SafeString:
    """The measures that point to it, of those that the reader sees; nothing is said of the others."""
    if not seat.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return SafeString("")
    frame = framed_as(seat)
    rows = Measure.objects.filter(commitment=commitment_id).order_by("-changed_at")[:MOST]
    today = promising.today_in(frame)
    return _render("situation/commitment_measures.html", {"measures": [
        Named(address(frame, "measure", row.id), row.title, str(row.standing(today).label),
              frame.organisations.get(row.organisation_id, "")) for row in rows]}, request)


def _partnership(frame: Frame) -> str:
    return f"?partnership={frame.partnership.slug}" if len(frame.mine) > 1 else ""


def _render(template: str, shown: dict[str, Any], request: HttpRequest) -> SafeString:
    return render_to_string(template, shown, request)


