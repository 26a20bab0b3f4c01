"""A worry as those who clarify it read it, on a visit for that purpose. What it says and what was decided so far."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import Http404

from lokalnet.access.acting import Actor
from lokalnet.access.models import Member
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.asking import answer
from lokalnet.persons import keys, knowing, sealing, visiting
from lokalnet.persons.models import Because
from lokalnet.persons.sealing import Spot
from lokalnet.youth.concerns import own, worries
from lokalnet.youth.concerns.own import Answered
from lokalnet.youth.concerns.worries import Worry
from lokalnet.youth.models import Concern, ConcernState, ConcernText, Decision, Outcome, Reply, Step

DECISION_TABLE = "youth_decision"
CIRCLE = (Because.TRIAGE,)


@dataclass(frozen=True)
class Decided:
    step: Step
    outcome: Outcome
    urgent: bool
    at: datetime
    decider: str
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Clarified:
    """The page of a worry. `author` is who told of it: a colleague, by name and title."""

    concern: Concern
    author: str
    worry: Worry
    decisions: tuple[Decided, ...]
    replies: tuple[Answered, ...]
    frozen: bool

    @property
    def waits(self) -> bool:
        return self.concern.state == ConcernState.SENT and not self.frozen


def known(concern_id: UUID) -> Concern:
    """What waits for those who clarify, or did until now; what came to somebody's file is clarified there.

    Raises Http404, with the same work for what is not there.
    """
    row = Concern.objects.filter(id=concern_id).exclude(state=ConcernState.DRAFT).first()
    if not knowing.knows(row.person_id if row else None, CIRCLE) or row is None:
        raise Http404
    return row


def waits(concern_id: UUID) -> bool:
    """For the actor, now."""
    row = Concern.objects.filter(id=concern_id, state=ConcernState.SENT).first()
    return row is not None and knowing.knows(row.person_id, CIRCLE)


def read(actor: Actor, concern_id: UUID) -> Clarified:
    """Raises Http404."""
    row = known(concern_id)
    enter(actor, row)
    text = ConcernText.objects.get(concern_id=row.id)
    return Clarified(row, _name(row.author_id), worries.opened(text, acute=row.acute, notified_on=row.notified_on),
                     decisions(row.id), replies(row.id), is_frozen(row))


def enter(actor: Actor, row: Concern) -> None:
    """With the one purpose that triage has, so nobody is asked; and the entry about the page."""
    assert row.person_id
    visit = visiting.current(actor, row.person_id)
    if visit is None or visit.purpose != Purpose.TRIAGE:
        visiting.enter(actor, row.person_id, Purpose.TRIAGE, thing="concern", subject=row.id)
    visiting.read(actor, row.person_id, thing="concern", subject=row.id)


def is_frozen(row: Concern) -> bool:
    return bool(answer("select concern_is_frozen(%s)", row.person_id))


def decisions(concern_id: UUID) -> tuple[Decided, ...]:
    found = list(Decision.objects.filter(concern_id=concern_id).order_by("at"))
    names = _names({row.decider_id for row in found})
    return tuple(Decided(Step(row.step), Outcome(row.outcome), row.urgent, row.at, names.get(row.decider_id, ""),
                         _reason(row)) for row in found)


def _reason(row: Decision) -> str:
    spot = Spot(DECISION_TABLE, row.id, row.controller_id)
    return sealing.unseal(keys.fetch(row.person_id), spot, bytes(row.sealed))["reason"]


def replies(concern_id: UUID) -> tuple[Answered, ...]:
    found = Reply.objects.filter(concern_id=concern_id).order_by("at", "id")
    return tuple(Answered(row.id, row.concern_id, row.at, Outcome(row.outcome), row.read_at is not None,
                          own.words_of(row)) for row in found)


def _name(member_id: UUID) -> str:
    return _names({member_id}).get(member_id, "")


def _names(member_ids: set[UUID]) -> dict[UUID, str]:
    found = Member.objects.filter(id__in=member_ids)
    return {row.id: f"{row.name}, {row.title}" if row.title else row.name for row in found}


def may_open_files(actor: Actor) -> bool:
    return bool(actor.may(Purpose.TRIAGE, Fields.FILE_DECISIONS))
