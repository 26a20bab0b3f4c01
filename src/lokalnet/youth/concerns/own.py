"""What somebody told of themselves: their own words, how far it has come, and what they were answered."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealing import Spot
from lokalnet.youth.concerns import worries
from lokalnet.youth.concerns.worries import Worry
from lokalnet.youth.models import Concern, ConcernState, ConcernText, Outcome, Reply

REPLY_TABLE = "youth_reply"


@dataclass(frozen=True)
class Told:
    """A line of the author's list. Neither where it went nor whether the young person was known stands in it."""

    id: UUID
    state: ConcernState
    acute: bool
    notified_on: date | None
    made_at: datetime
    changed_at: datetime
    sent_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True)
class Answered:
    id: UUID
    concern_id: UUID
    at: datetime
    outcome: Outcome
    is_read: bool
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reading:
    """One's own worry on the page."""

    told: Told
    worry: Worry
    replies: tuple[Answered, ...]


def told(actor: Actor) -> list[Told]:
    """The actor's own, newest first."""
    found = [_told(row) for row in Concern.objects.filter(author_id=actor.member_id)]
    return sorted(found, key=lambda each: (each.sent_at or each.made_at, each.id), reverse=True)


def _told(row: Concern) -> Told:
    return Told(row.id, ConcernState(row.state), row.acute, row.notified_on, row.made_at, row.changed_at,
                row.sent_at, row.decided_at)


def state_of(actor: Actor, concern_id: UUID) -> ConcernState | None:
    """None for what is not the actor's own, as for what is not there."""
    row = Concern.objects.filter(id=concern_id, author_id=actor.member_id).first()
    return ConcernState(row.state) if row else None


def listed(actor: Actor) -> list[tuple[Told, int]]:
    """With how many answers to each are not read yet. Raises NotAllowed."""
    decision = actor.require(Purpose.CONCERN, Fields.CONCERNS_OF_OWN)
    unread: dict[UUID, int] = {}
    for each in unread_replies(actor):
        unread[each.concern_id] = unread.get(each.concern_id, 0) + 1
    events.record(actor, "concerns.listed", decision=decision, purpose=Purpose.CONCERN, subject_kind="member",
                  subject=actor.member_id)
    return [(each, unread.get(each.id, 0)) for each in told(actor)]


def unread_replies(actor: Actor) -> list[Answered]:
    """Without their words."""
    found = Reply.objects.filter(reader_id=actor.member_id, read_at=None).order_by("at", "id")
    return [Answered(row.id, row.concern_id, row.at, Outcome(row.outcome), is_read=False) for row in found]


def read(actor: Actor, concern_id: UUID) -> Reading:
    """What was sent, with its answers, which are read from now on. Raises NotAllowed; Http404 for anybody else's."""
    decision = actor.require(Purpose.CONCERN, Fields.CONCERNS_OF_OWN)
    row = Concern.objects.filter(id=concern_id, author_id=actor.member_id).exclude(state=ConcernState.DRAFT).first()
    if row is None:
        raise Http404
    mine = _told(row)
    text = ConcernText.objects.get(concern_id=concern_id)
    worry = worries.opened(text, acute=mine.acute, notified_on=mine.notified_on)
    replies = _replies(actor, concern_id)
    events.record(actor, "concern.own-read", decision=decision, purpose=Purpose.CONCERN, subject_kind="concern",
                  subject=concern_id)
    Reply.objects.filter(concern_id=concern_id, reader_id=actor.member_id, read_at=None).update(read_at=now())
    return Reading(mine, worry, replies)


def _replies(actor: Actor, concern_id: UUID) -> tuple[Answered, ...]:
    found = Reply.objects.filter(concern_id=concern_id, reader_id=actor.member_id).order_by("-at", "id")
    return tuple(Answered(row.id, row.concern_id, row.at, Outcome(row.outcome), row.read_at is not None, words_of(row))
                 for row in found)


def words_of(row: Reply) -> str:
    spot = Spot(REPLY_TABLE, row.id, row.controller_id)
    return sealing.unseal(keys.fetch(row.person_id), spot, bytes(row.sealed))["words"]
