"""When something by the clock was last due, in the local time of those who wait for it.

Jobs run often and make what is missing (engineering 15). So nothing here asks "is it six o'clock?", which a worker that
slept would miss, but "when was it last six o'clock?", which it can answer at any time.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lokalnet.foundation.times import COPENHAGEN

MONDAY = 0


def last_daily(at: datetime, *, hour: int, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """The newest moment, not after `at`, when clocks in `zone` began to show `hour`; in UTC.

    An hour that a change of clocks leaves out counts as the one after it; of one that comes twice, the first counts.
    """
    day = at.astimezone(zone).date()
    due = datetime.combine(day, time(hour), zone).astimezone(UTC)
    if due > at:
        due = datetime.combine(day - timedelta(days=1), time(hour), zone).astimezone(UTC)
    return due


def last_weekly(at: datetime, *, hour: int, weekday: int = MONDAY, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """As `last_daily`, of one day of the week (0 is Monday)."""
    day = at.astimezone(zone).date()
    day -= timedelta(days=(day.weekday() - weekday) % 7)
    due = datetime.combine(day, time(hour), zone).astimezone(UTC)
    if due > at:
        due = datetime.combine(day - timedelta(weeks=1), time(hour), zone).astimezone(UTC)
    return due
