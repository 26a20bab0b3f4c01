"""When a mail may go, and what goes with it. Pure: the wishes, the time and what has gone are arguments.

Clocks are those of Copenhagen, where members sleep. A mail about what happens stands until it is opened, so that what
happens meanwhile sends no further one; what the member wanted once a day or week goes at its hour, whatever stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lokalnet.foundation.schedule import last_daily, last_weekly
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.notices.models import Pace, Preferences

APART = timedelta(minutes=60)
STANDS = timedelta(hours=12)
AFTER_REFUSAL = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Gone:
    """A mail that was given to the mail server. `stands` is one about what happens that is not opened."""

    at: datetime
    stands: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Waiting:
    """A notice that no mail has told of, since when; `may_have_arrived` when one was given away and nobody knows."""

    notice: UUID
    pace: Pace
    since: datetime
    may_have_arrived: bool = False


def going(wishes: Preferences, waiting: Sequence[Waiting], *, at: datetime, gone: Sequence[Gone]) -> list[Waiting]:
    """What goes into a mail just now; nothing when none may go, or nothing is due."""
    if not may_go(wishes, at=at, gone=gone):
        return []
    by_mail = [each for each in waiting if each.pace != Pace.BELL]
    due = [each for each in by_mail if is_due(each, wishes, at=at, gone=gone)]
    along = [each for each in by_mail if each not in due and (each.pace == Pace.AT_ONCE or each.may_have_arrived)]
    return due + along if due else []


def may_go(wishes: Preferences, *, at: datetime, gone: Sequence[Gone]) -> bool:
    """Not while they are away or asleep, nor within an hour of the last one, nor beyond the day's most."""
    today = at.astimezone(COPENHAGEN).date()
    if not wishes.wants_mail or wishes.away_on(today) or is_quiet(wishes, at):
        return False
    if any(at - each.at < (AFTER_REFUSAL if each.refused else APART) for each in gone):
        return False
    return sum(each.at.astimezone(COPENHAGEN).date() == today for each in gone) < wishes.most_a_day


def is_quiet(wishes: Preferences, at: datetime) -> bool:
    """The same hour for both ends is no quiet time at all."""
    local = at.astimezone(COPENHAGEN)
    if wishes.quiet_weekends and local.weekday() >= SATURDAY:
        return True
    begin, end = wishes.quiet_from, wishes.quiet_until
    if begin <= end:
        return begin <= local.hour < end
    return local.hour >= begin or local.hour < end


def is_due(each: Waiting, wishes: Preferences, *, at: datetime, gone: Sequence[Gone]) -> bool:
    """What may have arrived waits for the next morning; a mail that goes before takes it along."""
    if each.may_have_arrived or each.pace == Pace.DAILY:
        return each.since <= last_daily(at, hour=wishes.hour)
    if each.pace == Pace.WEEKLY:
        return each.since <= last_weekly(at, hour=wishes.hour)
    return not any(mail.stands and at - mail.at < STANDS for mail in gone)


def quickest(sent: Sequence[Waiting]) -> Pace:
    """What the whole mail counts as."""
    paces = {each.pace for each in sent}
    return next(pace for pace in (Pace.AT_ONCE, Pace.WEEKLY, Pace.DAILY) if pace in paces)
