"""What a measure is about. To link an observation gives nobody sight of it: readers get those they may see anyway."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import picture
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.measures import stepping
from lokalnet.situation.models import OPEN_STATES, MeasureObservation, MeasurePartner, PartnerState
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight

MOST = 50
OFFERED = 20


@dataclass(frozen=True)
class Named:
    """A measure by its name, where there is no room for more."""

    id: UUID
    title: str


@dataclass(frozen=True)
class Linked:
    """An observation of a measure, as its reader gets it; `own`: their organisation linked it."""

    sight: Sight
    own: bool


def linked(frame: Frame, measure_id: UUID, *, most: int = MOST) -> list[Linked]:
    """Of the newest links, the observations that the actor may see, the newest first."""
    by = dict(MeasureObservation.objects.filter(measure_id=measure_id).order_by("-at", "id").values_list(
        "observation_id", "organisation_id")[:most])
    sights = sorted(picture.some(list(by)), key=lambda sight: (sight.period_start, sight.id), reverse=True)
    return [Linked(sight, by[sight.id] == frame.actor.organisation_id) for sight in sights]


def link_all(frame: Frame, measure_id: UUID, observations: Iterable[UUID]) -> int:
    """Of these observations, the first MOST that the actor may read in this partnership; how many were linked."""
    wanted = [sight for sight in picture.some(list(observations)[:MOST])
              if sight.partnership_id == frame.partnership.id]
    for sight in wanted:
        link(frame, measure_id, sight.id)
    return len(wanted)


def link(frame: Frame, measure_id: UUID, observation_id: UUID) -> None:
    """Once, however often it is said. Raises NotAllowed, Http404 (an observation that the actor does not get)."""
    decision = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    sight = picture.one(observation_id)
    if sight is None or sight.partnership_id != frame.partnership.id:
        raise Http404
    if MeasureObservation.objects.filter(measure_id=measure_id, observation_id=observation_id).exists():
        return
    row = MeasureObservation(id=uuid4(), measure_id=measure_id, observation_id=observation_id,
                             organisation_id=frame.actor.organisation_id, member_id=frame.actor.member_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except DatabaseError as problem:
        raise stepping.refusal(problem) from None
    events.record(frame.actor, "measure.linked", decision=decision, purpose=Purpose.MEASURES, subject_kind="measure",
                  subject=measure_id, observation=str(observation_id))


def unlink(frame: Frame, measure_id: UUID, observation_id: UUID) -> None:
    """What the own organisation linked, and everything from the own measure. Raises NotAllowed, NotPossible."""
    decision = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    rows = MeasureObservation.objects.filter(measure_id=measure_id, observation_id=observation_id)
    if not rows.exists():
        return
    gone = rows.delete()[0]
    if not gone:
        raise NotPossible(_("Another organisation linked this. Ask them to take it out."))
    events.record(frame.actor, "measure.unlinked", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="measure", subject=measure_id, observation=str(observation_id))


def beside(frame: Frame, sight: Sight) -> dict[str, Any]:
    """What an observation's page says of measures: those it belongs to, those it could, and how to begin one."""
    if not frame.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return {}
    measures = about(sight.id)
    return {"measures": measures, "to_link": to_link_to(frame, sight, measures),
            "new_measure": f"{reverse('new_measure')}?observation={sight.id}&partnership={frame.partnership.slug}"}


def about(observation_id: UUID) -> list[Named]:
    """The measures that an observation belongs to, as far as the actor sees them."""
    return [Named(*row) for row in picture.fetched(
        "select m.id, m.title from situation_measure_observation l join situation_measure m on m.id = l.measure_id "
        "where l.observation_id = %s order by m.changed_at desc limit %s", [observation_id, OFFERED])]


def to_link_to(frame: Frame, sight: Sight, already: Iterable[Named]) -> list[Named]:
    """Open measures of the own organisation, or with its part in them, about an area of the observation's."""
    known = [each.id for each in already]
    joined = MeasurePartner.objects.filter(organisation_id=frame.actor.organisation_id,
                                           state=PartnerState.JOINED).values_list("measure_id", flat=True)[:500]
    return [Named(*row) for row in picture.fetched(
        "select m.id, m.title from situation_measure m where m.partnership_id = %s and m.state = any(%s) "
        "and m.ends_on >= today() and (m.organisation_id = %s or m.id = any(%s::uuid[])) and m.areas && %s::uuid[] "
        "and m.id <> all(%s::uuid[]) order by m.changed_at desc limit %s",
        [frame.partnership.id, list(OPEN_STATES), frame.actor.organisation_id, list(joined), sight.areas, known,
         OFFERED])]
