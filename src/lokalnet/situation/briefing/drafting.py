"""A briefing drafts itself: on Monday at six, local time, of the week that has just ended.

The worker asks often and makes what is missing (engineering 15), so it does not matter whether it slept over the hour,
or for weeks. Each draft is a transaction of its own, and the database refuses a second one of the same week.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from lokalnet.access import events
from lokalnet.access.models import Partnership
from lokalnet.analysis.seasons import WEEK
from lokalnet.foundation.schedule import last_weekly
from lokalnet.foundation.times import now
from lokalnet.situation.briefing import counting, figures
from lokalnet.situation.briefing.counting import Scope
from lokalnet.situation.picture import fetched

HOUR = 6
MOST_MISSED = 4  # weeks that are made up for

logger = logging.getLogger("lokalnet.briefing")


@dataclass(frozen=True)
class Missing:
    scope: Scope
    week: date


def draft_missing(*, at: datetime | None = None) -> int:
    """Make every draft that should be there at this moment and is not; how many were made."""
    moment = at or now()
    made = sum(draft(each, moment) for each in missing(moment))
    if made:
        logger.info("drafted %d briefings", made)
    return made


def missing(at: datetime) -> Iterator[Missing]:
    """Whole weeks that ended before `at` and have no briefing, the oldest first. Exercises have none."""
    done: dict[tuple[UUID, UUID | None], set[date]] = defaultdict(set)
    for partnership, municipality, week in fetched(
            "select partnership_id, municipality_id, week from drafted_weeks()", []):
        done[partnership, municipality].add(week)
    for partnership in Partnership.objects.raw("select * from partnerships_at_work()"):
        newest = newest_week(at, ZoneInfo(partnership.timezone))
        for scope in counting.scopes(partnership):
            weeks = done[partnership.id, scope.whole]
            yield from (Missing(scope, week) for week in _wanted(newest, weeks) if week not in weeks)


def newest_week(at: datetime, zone: ZoneInfo) -> date:
    """The Monday of the newest week whose briefing is due: it ended on the Sunday before six o'clock on a Monday."""
    return last_weekly(at, hour=HOUR, zone=zone).astimezone(zone).date() - WEEK


def _wanted(newest: date, done: set[date]) -> list[date]:
    """A partnership's first briefing is the newest week's; after that no week is left out."""
    back = min(MOST_MISSED - 1, max((newest - max(done)) // WEEK, 0)) if done else 0
    return [newest - WEEK * each for each in reversed(range(back + 1))]


def draft(wanted: Missing, at: datetime) -> bool:
    """Count one and store it; False where another worker was faster."""
    scope = wanted.scope
    with transaction.atomic(), connection.cursor() as cursor:
        said = figures.canonical(counting.count(scope, wanted.week, at=at))
        made = uuid.uuid4()
        cursor.execute("select draft_briefing(%s, %s, %s, %s, %s, %s, %s)", [
            made, scope.partnership.id, scope.whole, wanted.week, said, figures.digest(said), at])
        new: bool = cursor.fetchone()[0]
        if new:
            events.record(None, "briefing.drafted", subject_kind="briefing", subject=made)
    return new
