"""Who reads the week's briefing, and which ones there are. Reading an approved one is noted by organisation, with the
day on which somebody there first opened it: never by person. The policies decide what exists for whom.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.analysis.seasons import WEEK
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.briefing import drafting
from lokalnet.situation.measures import stepping
from lokalnet.situation.models import Briefing, BriefingReader, BriefingState
from lokalnet.situation.partnerships import Frame, Place, frame_of


@dataclass(frozen=True)
class Reader:
    """That somebody of the organisation has opened it, and since which day."""

    name: str
    day: str


def may_read(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.BRIEFING, Fields.BRIEFING)


def edits(actor: Actor) -> bool:
    return bool(actor.may(Purpose.BRIEFING, Fields.BRIEFING_EDITED))


def municipalities(frame: Frame) -> list[Place]:
    """Those whose own briefing the reader gets: all for a municipality, none for the police."""
    if frame.actor.organisation_kind != Organisation.Kind.MUNICIPALITY:
        return []
    return [place for place in frame.areas.values() if place.kind == Area.Kind.MUNICIPALITY]


def place_asked(frame: Frame, text: str) -> UUID | None:
    """The municipality of an address, or the whole partnership. Raises Http404 for any other place."""
    if not text:
        return None
    found = next((place.id for place in municipalities(frame) if str(place.id) == text), None)
    if found is None:
        raise Http404
    return found


def one(frame: Frame, briefing_id: UUID) -> tuple[Frame, Briefing]:
    """The briefing, and the seat in its partnership. Raises NotAllowed, Http404."""
    may_read(frame.actor)
    found = Briefing.objects.filter(id=briefing_id).first()
    if found is None:
        raise Http404
    return frame_of(frame.actor, found.partnership_id) if found.partnership_id != frame.partnership.id else frame, found


def newest(frame: Frame, place: UUID | None) -> Briefing | None:
    """The newest approved one."""
    return _of(frame, place).filter(state=BriefingState.APPROVED).order_by("-week").first()


def waiting(frame: Frame) -> list[Briefing]:
    """Drafts that wait for the reader's approval, the newest week first and the whole partnership's before others'."""
    if not edits(frame.actor):
        return []
    return in_order(frame, Briefing.objects.filter(partnership=frame.partnership, state=BriefingState.DRAFT).defer(
        "figures"))


def in_order(frame: Frame, found: Iterable[Briefing]) -> list[Briefing]:
    """The newest week first; in it the whole partnership's, and then the municipalities' in the alphabet's order."""
    order = {place: at for at, place in enumerate((None, *frame.areas))}
    return sorted(found, key=lambda each: (-each.week.toordinal(), order.get(each.municipality_id, len(order))))


def place_name(frame: Frame, briefing: Briefing) -> str:
    """The partnership's, or the municipality's."""
    if briefing.municipality_id is None:
        return frame.partnership.name
    there = frame.areas.get(briefing.municipality_id)
    return there.name if there else ""


def due_week(frame: Frame) -> date:
    """The Monday of the newest week whose briefing should be there."""
    return drafting.newest_week(now(), frame.zone)


def neighbours(frame: Frame, briefing: Briefing) -> tuple[Briefing | None, Briefing | None]:
    """The approved ones of the week before and the week after, of the same place."""
    found = {each.week: each for each in _of(frame, briefing.municipality_id).filter(
        state=BriefingState.APPROVED, week__in=(briefing.week - WEEK, briefing.week + WEEK)).defer("figures")}
    return found.get(briefing.week - WEEK), found.get(briefing.week + WEEK)


def read(frame: Frame, briefing: Briefing) -> Decision:
    """Note that it was opened: in the log, and of one that is approved for those who ask which organisations have."""
    decision = may_read(frame.actor)
    if briefing.state != BriefingState.DRAFT:
        BriefingReader.objects.bulk_create([BriefingReader(
            id=uuid.uuid4(), briefing=briefing, organisation_id=frame.actor.organisation_id,
            first_on=stepping.today())], ignore_conflicts=True)
    events.record(frame.actor, "briefing.read", decision=decision, purpose=Purpose.BRIEFING, subject_kind="briefing",
                  subject=briefing.id)
    return decision


def readers(frame: Frame, briefing: Briefing) -> list[Reader]:
    """Organisations in the order of their names."""
    rows = BriefingReader.objects.filter(briefing=briefing).values_list("organisation_id", "first_on")
    found = sorted((frame.organisations.get(organisation, _("Somebody")), day) for organisation, day in rows)
    return [Reader(name, date_format(day, "DATE_FORMAT")) for name, day in found]


def draft_beside(briefing: Briefing) -> Briefing | None:
    """A new edition that somebody has begun."""
    return _editions(briefing).filter(state=BriefingState.DRAFT).first()


def holding(briefing: Briefing) -> Briefing | None:
    """Of one that was replaced: the edition that holds now."""
    if briefing.state != BriefingState.REPLACED:
        return None
    return _editions(briefing).filter(state=BriefingState.APPROVED).first()


def _editions(briefing: Briefing) -> QuerySet[Briefing]:
    return Briefing.objects.filter(partnership_id=briefing.partnership_id, municipality_id=briefing.municipality_id,
                                   week=briefing.week).defer("figures")


def _of(frame: Frame, place: UUID | None) -> QuerySet[Briefing]:
    return Briefing.objects.filter(partnership=frame.partnership, municipality_id=place)
