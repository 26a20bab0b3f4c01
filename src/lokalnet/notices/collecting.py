"""What goes into one member's next mail, under the rights that the member has now. Asked as the member.

Rights may have changed since something happened: what they may no longer see is not counted, and where nothing is left
there is no mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from lokalnet.access.acting import Actor
from lokalnet.access.models import User
from lokalnet.notices import bell, kinds, preferences, quiet
from lokalnet.notices.mailing import Letter
from lokalnet.notices.models import Message, Notice, Pace, Preferences, State
from lokalnet.notices.quiet import Gone, Waiting

LOOKED_BACK = timedelta(days=2)  # as far as what has gone decides about what may go


@dataclass(frozen=True)
class Ready:
    """A letter, and up to which happening of each notice it tells."""

    letter: Letter
    tells: dict[UUID, int]
    at: datetime


def collect(actor: Actor, at: datetime) -> Ready | None:
    """None when there is nothing to say, or not yet."""
    waits = Message.objects.filter(member=actor.member_id, state=State.WAITING).first()
    if waits and waits.next_try_at > at:
        return None
    wishes = preferences.of(actor)
    untold = {each.id: each for each in _untold(actor)}
    waiting = [_waiting(each, wishes) for each in untold.values()]
    gone = _gone(actor, at)
    due = quiet.going(wishes, waiting, at=at, gone=gone)
    numbers = _numbers(actor, (untold[each.notice] for each in due))
    told = quiet.going(wishes, [each for each in due if each.notice in numbers], at=at, gone=gone)
    if told:
        message = _message(actor, waits, at, quiet.quickest(told))
        seen = [untold[each.notice] for each in told]
        return Ready(_letter(actor, message, seen, numbers), {each.id: each.happened for each in seen}, at)
    if due or (waits and (not waiting or not wishes.wants_mail)):
        _nothing_left(actor, waits, at)
    return None


def _untold(actor: Actor) -> Iterable[Notice]:
    return Notice.objects.filter(Q(happened__gt=F("told")) | Q(message__state=State.UNCERTAIN), member=actor.member_id,
                                 opened_at=None, hidden_at=None).select_related("message").order_by("waits_since", "id")


def _waiting(notice: Notice, wishes: Preferences) -> Waiting:
    pace = Pace(notice.pace or wishes.pace)
    if notice.happened == notice.told and notice.message and notice.message.handed_at:
        return Waiting(notice.id, pace, notice.message.handed_at, may_have_arrived=True)
    return Waiting(notice.id, pace, notice.waits_since)


def _gone(actor: Actor, at: datetime) -> list[Gone]:
    rows = Message.objects.filter(member=actor.member_id, handed_at__gt=at - LOOKED_BACK)
    return [Gone(row.handed_at, row.pace == Pace.AT_ONCE and row.state == State.SENT and row.opened_at is None,
                 row.state == State.REFUSED) for row in rows if row.handed_at]


def _numbers(actor: Actor, notices: Iterable[Notice]) -> dict[UUID, int]:
    """For how much each stands. What the member may no longer see is left out, and noted."""
    tables = bell.tables_of(actor)
    both = [(each, bell.said_at(tables, each)) for each in notices]
    bell.hide(each for each, said in both if said is None)
    return {each.id: said.number for each, said in both if said}


def _message(actor: Actor, waits: Message | None, at: datetime, pace: Pace) -> Message:
    if waits:
        Message.objects.filter(id=waits.id).update(pace=pace)
        return waits
    message = Message(member_id=actor.member_id, pace=pace, due_at=at, made_at=at, next_try_at=at)
    message.save(force_insert=True)
    return message


def _letter(actor: Actor, message: Message, seen: list[Notice], numbers: dict[UUID, int]) -> Letter:
    user = User.objects.get(members=actor.member_id)
    counts = {slug: sum(numbers[each.id] for each in seen if each.kind == slug) for slug in kinds.order()}
    return Letter(message.id, actor.member_id, user.email, user.language, Pace(message.pace),
                  tuple((slug, number) for slug, number in counts.items() if number))


def _nothing_left(actor: Actor, waits: Message | None, at: datetime) -> None:
    if waits:
        Message.objects.filter(id=waits.id).update(state=State.EMPTY)
        return
    Message(member_id=actor.member_id, state=State.EMPTY, due_at=at, made_at=at, next_try_at=at).save(force_insert=True)
