"""Coarse times: the part of a day, six hours long in the partnership's local time, or a whole week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.foundation.times import now
from lokalnet.situation.models import Part, Precision

LASTS = {Precision.EXACT: timedelta(), Precision.HOUR: timedelta(hours=1), Precision.EVENING: timedelta(hours=6),
         Precision.WEEK: timedelta(days=7)}
STARTS = {Part.NIGHT: 0, Part.MORNING: 6, Part.AFTERNOON: 12, Part.EVENING: 18}


def part_of(moment: datetime, zone: ZoneInfo) -> Part:
    return list(STARTS)[moment.astimezone(zone).hour // 6]


def period_of(moment: datetime, precision: str, zone: ZoneInfo) -> tuple[datetime, Part]:
    """Start of the coarse period that holds the moment, and which part it is."""
    local = moment.astimezone(zone)
    if precision == Precision.WEEK:
        monday = local.date() - timedelta(days=local.weekday())
        return datetime.combine(monday, time(), zone), Part.WEEK
    part = part_of(moment, zone)
    return datetime.combine(local.date(), time(STARTS[part]), zone), part


def no_finer_than(moment: datetime, precision: str, zone: ZoneInfo) -> datetime:
    """The moment with everything cut off that the sender did not claim to know."""
    local = moment.astimezone(zone)
    if precision == Precision.EXACT:
        return local.replace(second=0, microsecond=0)
    if precision == Precision.HOUR:
        return local.replace(minute=0, second=0, microsecond=0)
    return period_of(moment, precision, zone)[0]


def end_of(start: datetime, precision: str) -> datetime:
    """Until when it may have been, in the zone of `start`; the same moment where the time is exact.

    A part of a day and a week are so long by the clock on the wall, also when the clocks change.
    """
    lasts = LASTS[Precision(precision)]
    if precision == Precision.HOUR:
        return (start.astimezone(UTC) + lasts).astimezone(start.tzinfo)
    return start + lasts


def day_start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


class Words:
    """Times in the reader's language, for one page: what a list of times shares is looked up once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._today = now().astimezone(zone).date()
        self._days: dict[date, str] = {}
        self._clock = pgettext("time pattern", "H:i").replace("H", "%H").replace("i", "%M")
        self._about = _("%(day)s about %(time)s")
        self._parts = {part.value: str(part.label) for part in Part}

    def of(self, start: datetime, part: str, exact: datetime | None, precision: str | None) -> str:
        """A time as the reader may know it: «i dag 21.45», «12. nov, aften», «uge 46»."""
        local = start.astimezone(self._zone)
        if part == Part.WEEK:
            return _("week %(number)s") % {"number": local.isocalendar().week}
        if exact is None or precision == Precision.EVENING:
            return f"{self._day(local.date())}, {self._parts[part]}"
        moment = exact.astimezone(self._zone)
        day, clock = self._day(moment.date()), moment.strftime(self._clock)
        return self._about % {"day": day, "time": clock} if precision == Precision.HOUR else f"{day} {clock}"

    def _day(self, day: date) -> str:
        if day not in self._days:
            self._days[day] = self._name(day)
        return self._days[day]

    def _name(self, day: date) -> str:
        if day == self._today:
            return _("today")
        if day == self._today - timedelta(days=1):
            return _("yesterday")
        pattern = pgettext("date pattern", "j M") if day.year == self._today.year else pgettext(
            "date pattern", "j M Y")
        return date_format(day, pattern)
