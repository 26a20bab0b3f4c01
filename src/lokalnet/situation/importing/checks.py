"""From a row of a source to a report of ours, by the rules that hold for every report; old dates are fine."""

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lokalnet.foundation.times import now
from lokalnet.places.points import BadPoint, Bounds, check_point
from lokalnet.situation import guard
from lokalnet.situation.importing.profiles import Profile
from lokalnet.situation.importing.rows import NOT_OURS, Origin, Rejected, Row
from lokalnet.situation.models import PoliceSees, Precision, Visibility
from lokalnet.situation.reporting import CLOCK_DRIFT, LONGEST_TEXT, Report

NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", re.ASCII)
OLDEST_YEAR = 1900
CHOICES = {"precision": frozenset(Precision.values), "visibility": frozenset(Visibility.values),
           "police_sees": frozenset(PoliceSees.values)}


@dataclass(frozen=True)
class Rules:
    """What a row is held against: the profile, the partnership's bounds, the slugs of its categories in use, and the
    names that are known as places there."""

    profile: Profile
    bounds: Bounds
    categories: frozenset[str]
    places: frozenset[str] = frozenset()

    def report_of(self, row: Row) -> Report:
        """The report that the row tells; raises Rejected."""
        if row.problem:
            raise row.problem
        longitude, latitude = self._point(row.values)
        chosen = self._choices(row.values)
        return Report(category=self._category(row.values), longitude=longitude, latitude=latitude,
                      occurred_at=moment(self.profile, self.profile.value(row.values, "occurred_at")),
                      text=checked_text(self._text(row.values), self.places), precision=chosen["precision"],
                      visibility=chosen["visibility"], police_sees=chosen["police_sees"],
                      named_area=self._named_area(row.values))

    def origin_of(self, _row: Row) -> Origin:
        return NOT_OURS

    def _point(self, values: Mapping[str, str]) -> tuple[float, float]:
        said = self.profile.value(values, "lon"), self.profile.value(values, "lat")
        if not all(said):
            raise Rejected("no-coordinates", _("The row has no coordinates."))
        longitude, latitude = map(self._degrees, said)
        try:
            check_point(longitude, latitude, self.bounds)
            if self.profile.bounds:
                check_point(longitude, latitude, self.profile.bounds)
        except BadPoint as problem:
            raise Rejected(problem.reason, str(problem)) from None
        return longitude, latitude

    def _degrees(self, said: str) -> float:
        return number(said)

    def _named_area(self, _values: Mapping[str, str]) -> UUID | None:
        return None

    def _text(self, values: Mapping[str, str]) -> str:
        return self.profile.value(values, "text")

    def _category(self, values: Mapping[str, str]) -> str:
        slug = self.profile.category(values)
        if slug not in self.categories:
            raise unknown_category(sorted(self.categories))
        return slug

    def _choices(self, values: Mapping[str, str]) -> dict[str, str]:
        return {field: self._choice(values, field) for field in CHOICES}

    def _choice(self, values: Mapping[str, str], field: str) -> str:
        said = self.profile.value(values, field)
        if said not in CHOICES[field]:
            raise no_choice(field, field, sorted(CHOICES[field]))
        return said


def unknown_category(known: Sequence[str]) -> Rejected:
    return Rejected("unknown-category", _("The category must be one of: %(values)s.") % {"values": ", ".join(known)})


def no_choice(field: str, shown: str, known: Sequence[str]) -> Rejected:
    return Rejected(f"bad-{field.replace('_', '-')}", _("%(field)s must be one of: %(values)s.") % {
        "field": shown, "values": ", ".join(known)})


def number(said: str) -> float:
    """Degrees with a decimal point; raises Rejected."""
    if not NUMBER.fullmatch(said) or not math.isfinite(float(said)):
        raise Rejected("not-a-number", _("The coordinates must be numbers with a decimal point."))
    return float(said)


def checked_text(text: str, places: frozenset[str]) -> str:
    if len(text) > LONGEST_TEXT:
        raise Rejected("long-text", _("The text may be %(number)s characters long.") % {"number": LONGEST_TEXT})
    try:
        guard.check_text(text, places=places)
    except guard.RefusedText as problem:
        raise Rejected(problem.kinds[0].value if problem.kinds else "bad-text", str(problem)) from None
    return text


@functools.lru_cache(maxsize=20_000)
def _parsed(form: str, said: str) -> datetime:
    if form != "iso":
        return datetime.strptime(said, form)
    if len(said) <= len("2026-03-31"):
        raise ValueError("a date without a time of day")
    return datetime.fromisoformat(said)


def moment(profile: Profile, said: str) -> datetime:
    """The time that a row tells, in UTC; raises Rejected."""
    parsed = next(_readings(profile, said), None)
    if parsed is None:
        raise Rejected("bad-time", _("The time must be written as: %(form)s.") % {"form": _form(profile)})
    if parsed.year < OLDEST_YEAR:
        raise Rejected("bad-time", _("The time lies before the year %(year)s.") % {"year": OLDEST_YEAR})
    if profile.time_of_day:
        parsed = datetime.combine(parsed.date(), profile.time_of_day)
    found = _in_utc(parsed, profile.timezone)
    if found > now() + CLOCK_DRIFT:
        raise Rejected("future", _("The time lies in the future."))
    return found


def _readings(profile: Profile, said: str) -> Iterator[datetime]:
    for form in (profile.time_format, *profile.time_formats_too):
        try:
            yield _parsed(form, said)
        except ValueError:
            continue


def _form(profile: Profile) -> str:
    if profile.own:
        return "2026-03-31 21:45"
    return "2026-03-31T21:45:00+02:00" if profile.time_format == "iso" else profile.time_format


def _in_utc(parsed: datetime, zone: ZoneInfo | None) -> datetime:
    if parsed.tzinfo is not None:
        return _utc(parsed)
    if zone is None:
        raise Rejected("bad-time", _("The time needs an offset from UTC."))
    found = _utc(parsed.replace(tzinfo=zone))
    if found.astimezone(zone).replace(tzinfo=None) != parsed:
        raise Rejected("bad-time", _("There is no such time on that day: the clocks went forward."))
    return found


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Rejected("future", _("The time lies in the future.")) from None
