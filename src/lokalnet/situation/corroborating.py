"""Confirmed, refuted, seen too: what others than the reporter know of a report."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.situation import acting, nearby
from lokalnet.situation.models import Act, ActKind, Exact, Standing
from lokalnet.situation.nearby import Around
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import Report

NEAR_METRES = 250
RECENT = timedelta(hours=36)  # an evening and the morning after
MOST_SIMILAR = 5
KINDS = {Standing.CONFIRMED: ActKind.CONFIRMED, Standing.REFUTED: ActKind.REFUTED,
         Standing.UNCONFIRMED: ActKind.REOPENED}


@dataclass(frozen=True)
class Opinion:
    """What somebody finds of a report, and how they know."""

    standing: str
    note: str = ""


def decide(frame: Frame, observation_id: UUID, opinion: Opinion) -> None:
    """Raises BadReport, acting.NotPossible, NotAllowed."""
    if opinion.standing not in Standing.values:
        raise BadReport("standing", _("Choose one of: %(values)s.") % {"values": ", ".join(Standing.values)})
    if opinion.standing == Standing.REFUTED and not opinion.note.strip():
        raise BadReport("note", _("Say how you know: a rumour is stopped by what it really was."))
    acting.do(frame, observation_id, KINDS[Standing(opinion.standing)], note=opinion.note)


def seen_too(frame: Frame, observation_id: UUID, *, note: str = "") -> bool:
    """Count the actor among those who saw it. Twice is once: False when it was said before."""
    if seen(frame, [observation_id]):
        return False
    acting.do(frame, observation_id, ActKind.SEEN_TOO, note=note)
    return True


def unseen(frame: Frame, observation_id: UUID) -> None:
    """Take back having seen it; the history keeps both. Raises as `acting.do`."""
    acting.do(frame, observation_id, ActKind.UNSEEN)


def similar(frame: Frame, entered: Report) -> list[Sight]:
    """Reports that may tell of the same: this category, within 250 m or in the area that was named, recent. By no more
    than the reader may know.
    """
    if entered.occurred_at.tzinfo is None:
        return []
    around = Around((entered.longitude, entered.latitude), NEAR_METRES, entered.named_area)
    found = nearby.near(frame.partnership, around, category=entered.category, since=entered.occurred_at - RECENT,
                         until=entered.occurred_at + RECENT, most=MOST_SIMILAR)
    ids = [sight.id for sight in found]
    told = own_reports(frame, ids) | seen(frame, ids)
    return [sight for sight in found if sight.id not in told]


def own_reports(frame: Frame, ids: list[UUID]) -> set[UUID]:
    """Of these, what the actor reported."""
    return set(Exact.objects.filter(reporter_id=frame.actor.member_id, observation_id__in=ids).values_list(
        "observation_id", flat=True))


def seen(frame: Frame, ids: list[UUID]) -> set[UUID]:
    """Of these, what the actor has said to have seen too, and not taken back."""
    said = Act.objects.filter(member_id=frame.actor.member_id, observation_id__in=ids,
                              kind__in=[ActKind.SEEN_TOO, ActKind.UNSEEN]).order_by("at", "id")
    last = dict(said.values_list("observation_id", "kind"))
    return {observation_id for observation_id, kind in last.items() if kind == ActKind.SEEN_TOO}


