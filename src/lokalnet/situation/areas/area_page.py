"""What a reader may know about one area, on one page: what goes well first, then what is told and what is usual.

The counts are the picture's own set (`picture.readable`), under the reader's policies: whoever gets a report with a
coarse place has it counted in the area of that coarse place. Refuted reports are not counted.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.analysis.rates import Rate, rate_per_1000
from lokalnet.analysis.seasons import MOST_YEARS, SHOWN, WEEK, Season, monday_of, season
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation import periods, picture, showing
from lokalnet.situation.addresses import address
from lokalnet.situation.directory import watching
from lokalnet.situation.directory.watching import Watching
from lokalnet.situation.models import Category, Observation, Severity, Standing
from lokalnet.situation.partnerships import Frame, Place
from lokalnet.situation.picture import Filters, Sight
from lokalnet.situation.showing import Card

NEWEST_GOOD = 3
OPEN_DAYS = 14
SHOWN_OPEN = 8
FEWEST_FOR_RATE = 5

Counts = dict[tuple[date, UUID], int]  # by the week's Monday and the category


@dataclass(frozen=True)
class Line:
    """A category in the table of the shown weeks. No rate on fewer than five reports, or without residents."""

    category: Category
    count: int
    rate: Rate | None


@dataclass(frozen=True)
class AreaPage:
    """Everything that the page shows. `since` to `until` are the shown weeks, both days included."""

    area: Area
    since: date
    until: date
    watching: list[Watching]
    good_sights: list[Sight]
    good_count: int
    season: Season
    running: int
    total: int
    rate: Rate | None
    lines: list[Line]
    open_sights: list[Sight]
    open_count: int
    good: list[Card]
    open: list[Card]


def may_read(actor: Actor) -> Decision:
    return actor.may(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)


def link(frame: Frame, filters: Filters) -> str:
    """The page of the one area that is filtered by, for those who may read it; else nothing."""
    one = filters.areas[0] if len(filters.areas) == 1 and filters.areas[0] in frame.areas else None
    return address(frame, "area", one) if one and may_read(frame.actor) else ""


def page(frame: Frame, place: Place) -> AreaPage:
    """For an area of the frame, as of now."""
    area = Area.objects.defer("outline").get(id=place.id)
    this_week = monday_of(now().astimezone(frame.zone).date())
    since = this_week - WEEK * SHOWN
    counts = _counts(frame, place.id, this_week)
    shown = {key: number for key, number in counts.items() if since <= key[0] < this_week}
    weeks = _told_by_week(frame, counts)
    lines = _lines(frame, area, shown)
    total = sum(line.count for line in lines if line.category.severity != Severity.GOOD)
    good, (waiting, number) = _good(frame, place.id, since), _open(frame, place.id)
    return AreaPage(
        area, since, this_week - timedelta(days=1), watching.there(frame, place.id), good,
        sum(line.count for line in lines if line.category.severity == Severity.GOOD),
        season(weeks, last=this_week - WEEK, first=_first_whole_week(frame)), weeks.get(this_week, 0), total,
        _rate(total, area.residents), lines, waiting, number, showing.cards(frame, good), showing.cards(frame, waiting))


def _counts(frame: Frame, area_id: UUID, this_week: date) -> Counts:
    """As far back as a season is compared. A coarse time lies in the same week as the exact one that it stands for."""
    first = periods.day_start(this_week - timedelta(days=366 * MOST_YEARS) - WEEK * (SHOWN + 3), frame.zone)
    until = periods.day_start(this_week + WEEK, frame.zone)
    rows = picture.readable(frame.partnership, Filters(first, until, areas=(area_id,)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select date_trunc('week', o.period_start at time zone %s)::date, o.category_id, count(*) "
            f"{rows.source(joined=True)} and o.standing <> %s group by 1, 2",
            [str(frame.zone), *rows.values, Standing.REFUTED])
        return {(monday, category): number for monday, category, number in cursor.fetchall()}


def _told_by_week(frame: Frame, counts: Counts) -> dict[date, int]:
    """Without what goes well: more of that is no news of the other kind."""
    weeks: dict[date, int] = {}
    for (monday, category), number in counts.items():
        if frame.categories[category].severity != Severity.GOOD:
            weeks[monday] = weeks.get(monday, 0) + number
    return weeks


def _first_whole_week(frame: Frame) -> date | None:
    """Since when the reader's picture holds anything at all, wherever: before that a 0 would be no quiet week."""
    first: datetime | None = Observation.objects.filter(partnership=frame.partnership).order_by(
        "period_start").values_list("period_start", flat=True).first()
    if first is None:
        return None
    day = first.astimezone(frame.zone).date()
    return monday_of(day) if day.weekday() == 0 else monday_of(day) + WEEK


def _lines(frame: Frame, area: Area, shown: Counts) -> list[Line]:
    """What goes well first, the others in the partnership's own order, never by number."""
    numbers: dict[UUID, int] = {}
    for (_monday, category), number in shown.items():
        numbers[category] = numbers.get(category, 0) + number
    there = [category for category in frame.categories.values() if category.id in numbers]
    return [Line(category, numbers[category.id], _rate(numbers[category.id], area.residents))
            for category in sorted(there, key=lambda each: each.severity != Severity.GOOD)]


def _rate(count: int, residents: int | None) -> Rate | None:
    """For the shown weeks as they are: made into a year's rate it would hide the season."""
    return rate_per_1000(count, residents) if residents and count >= FEWEST_FOR_RATE else None


def _good(frame: Frame, area_id: UUID, since: date) -> list[Sight]:
    first = periods.day_start(since, frame.zone)
    until = picture.last_days(1, frame.zone)[1]
    found: list[Sight] = []
    for category in frame.categories.values():
        if category.severity == Severity.GOOD:
            found += picture.page(frame.partnership, Filters(first, until, areas=(area_id,), category=category.slug),
                                  size=NEWEST_GOOD + 10).sights
    kept = [sight for sight in found if sight.standing != Standing.REFUTED]
    newest = sorted(kept, key=lambda sight: sight.occurred_at or sight.period_start, reverse=True)
    return newest[:NEWEST_GOOD]


def _open(frame: Frame, area_id: UUID) -> tuple[list[Sight], int]:
    """Of the last fourteen days: what is at least of medium severity and nobody has looked into; the newest, and how
    many there are in all."""
    since, until = picture.last_days(OPEN_DAYS, frame.zone)
    asked = Filters(since, until, areas=(area_id,), severity=Severity.MEDIUM, standing=Standing.UNCONFIRMED)
    newest = picture.page(frame.partnership, asked, size=SHOWN_OPEN).sights
    return newest, picture.count(frame.partnership, asked)
