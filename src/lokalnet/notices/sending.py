"""Mail goes: one member after the other, each on the member's own behalf, with the rights they have at that moment.

A mail waits, is handed to the server, is sent. "Handed" is committed before its content leaves. So what is killed
before it goes anew, and what is killed after it never does, because it may have arrived; what it told of stays in the
bell, and goes along with a later mail, at the latest the next morning's.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Greatest

from lokalnet.access.acting import Actor, acting_as, actor_of
from lokalnet.foundation.jobs import alone
from lokalnet.foundation.times import now
from lokalnet.notices import mailing, posting
from lokalnet.notices.collecting import Ready, collect
from lokalnet.notices.models import Message, Notice, State

Clock = Callable[[], datetime]

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
ENOUGH = 3  # times in a row without a server to talk to: the others wait for the next minute, too

logger = logging.getLogger("lokalnet.notices")


def send_due(*, clock: Clock = now) -> int:
    """All that is due now; how many were sent. One that fails holds up nobody."""
    sent = unreachable = 0
    for member_id in _to_look_at(clock()):
        try:
            sent += _send_to(member_id, clock)
            unreachable = 0
        except posting.NotNow as problem:
            unreachable = unreachable + 1 if problem.unreachable else 0
        except Exception:
            logger.exception("the notices of one member could not be sent")
        if unreachable == ENOUGH:
            break
    return sent


def _to_look_at(at: datetime) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select * from notices_waiting(%s)", [at])
        return [row[0] for row in cursor.fetchall()]


def _send_to(member_id: UUID, clock: Clock) -> bool:
    """Whether a mail was sent. Raises NotNow."""
    with alone(f"notices {member_id}") as mine:
        actor = actor_of(member_id) if mine else None
        if actor is None or actor.user_id is None:
            return False
        with acting_as(actor):
            # Nobody else works on this member's mail, so one that is handed lost its worker.
            Message.objects.filter(member=member_id, state=State.HANDED).update(state=State.UNCERTAIN)
            ready = collect(actor, clock())
        return _give(actor, ready, clock) if ready else False


def _give(actor: Actor, ready: Ready, clock: Clock) -> bool:
    """Whether the server took it. Raises NotNow."""
    try:
        posting.post(mailing.written(ready.letter), partial(_hand, actor, ready, clock))
    except posting.Refused as problem:
        _hand(actor, ready, clock)
        _note(actor, ready, state=State.REFUSED, trouble=str(problem))
    except posting.MayHaveArrived:
        _note(actor, ready, state=State.UNCERTAIN, trouble="no-answer")
    except posting.NotNow as problem:
        _wait(actor, ready, clock(), trouble=str(problem))
        raise
    else:
        _sent(actor, ready, clock())
        return True
    return False


def _hand(actor: Actor, ready: Ready, clock: Clock) -> None:
    """From now on it may have arrived: what it tells has been told."""
    with acting_as(actor):
        Message.objects.filter(id=ready.letter.id).update(state=State.HANDED, handed_at=clock(), trouble="")
        for notice_id, happened in ready.tells.items():
            Notice.objects.filter(id=notice_id).update(message=ready.letter.id, told=happened)


def _sent(actor: Actor, ready: Ready, at: datetime) -> None:
    """What happened while it was being sent has waited since the mail was made."""
    with acting_as(actor):
        Message.objects.filter(id=ready.letter.id).update(state=State.SENT, sent_at=at)
        Notice.objects.filter(message=ready.letter.id).update(waits_since=Greatest(F("waits_since"), Value(ready.at)))


def _note(actor: Actor, ready: Ready, *, state: State, trouble: str) -> None:
    with acting_as(actor):
        Message.objects.filter(id=ready.letter.id).update(state=state, trouble=trouble)


def _wait(actor: Actor, ready: Ready, at: datetime, *, trouble: str) -> None:
    """It was certainly not taken: all is as before, and after a pause, each longer than the last, it is tried again."""
    with acting_as(actor):
        message = Message.objects.get(id=ready.letter.id)
        pause = min(FIRST_PAUSE * 2 ** min(message.tries, 20), LONGEST_PAUSE)
        Message.objects.filter(id=message.id).update(state=State.WAITING, handed_at=None, trouble=trouble,
                                                     tries=message.tries + 1, next_try_at=at + pause)
        Notice.objects.filter(message=message.id).update(message=None, told=0)
