"""The picture: which observations a reader gets, by the reader's filters, on list and map alike.

Nothing here decides who may see what: the rows are the database's answer to the actor. The left joins bring exact
place, time and text where its policies give them, and nothing where they do not, so that filtering, sorting, paging
and clustering can only use what the reader may know.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from lokalnet.access.models import Partnership
from lokalnet.foundation.times import now
from lokalnet.places.points import Bounds
from lokalnet.situation import periods
from lokalnet.situation.models import Exact, Observation, Precision, Text

PAGE = 50
COUNTED = 1000
MOST_ON_MAP = 20_000
PERIODS = (1, 7, 14, 30, 90, 365)
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True)
class Filters:
    """What a reader asked for. `until` is exclusive."""

    since: datetime
    until: datetime
    areas: tuple[UUID, ...] = ()
    category: str = ""
    organisation: UUID | None = None
    severity: int | None = None
    box: Bounds | None = None


@dataclass(frozen=True)
class Cursor:
    """Where a page ended. `occurred_at` is there only if its reader may know it."""

    period_start: datetime
    occurred_at: datetime | None
    id: UUID


@dataclass(frozen=True)
class Sight:
    """One observation as one reader gets it. `occurred_at` and `precision` are None where it is coarse."""

    id: UUID
    partnership_id: UUID
    category_id: UUID
    organisation_id: UUID
    visibility: str
    police_sees: str
    period_start: datetime
    part: str
    longitude: float
    latitude: float
    areas: tuple[UUID, ...]
    occurred_at: datetime | None
    precision: str | None
    text: str

    @property
    def coarse(self) -> bool:
        return self.occurred_at is None


@dataclass(frozen=True)
class Page:
    sights: list[Sight]
    next: Cursor | None


def last_days(days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From local midnight `days - 1` days ago until tomorrow's, so that today is a whole day."""
    today = now().astimezone(zone).date()
    return between(today - timedelta(days=days - 1), today, zone)


def between(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Whole local days. A day that no calendar of ours reaches becomes the first or the last that one does."""
    first, last = (min(max(day, EARLIEST), LATEST) for day in (first, last))
    return periods.day_start(first, zone), periods.day_start(last + timedelta(days=1), zone)


def readable(partnership: Partnership, filters: Filters) -> QuerySet[Observation]:
    """The one set that list, count, map and API show."""
    zone = ZoneInfo(partnership.timezone)
    first, last = (periods.period_of(moment, Precision.EVENING, zone)[0] for moment in (filters.since, filters.until))
    rows = Observation.objects.filter(
        partnership=partnership,
        # An exact time lies within its coarse period, so this bound loses nothing, and the index can use it.
        period_start__gte=first,
        period_start__lt=filters.until,
    )
    # Whole parts of days, as every page asks for: then the bound is exact, and the count needs no join.
    if (first, last) != (filters.since, filters.until):
        rows = rows.annotate(moment=Coalesce("exact__occurred_at", "period_start")).filter(
            moment__gte=filters.since, moment__lt=filters.until)
    if filters.areas:
        rows = rows.annotate(lies_in=Coalesce("exact__areas", "areas")).filter(
            lies_in__overlap=list(filters.areas))
    if filters.category:
        rows = rows.filter(category__slug=filters.category, category__partnership=partnership)
    if filters.severity is not None:
        rows = rows.filter(category__severity__gte=filters.severity)
    if filters.organisation:
        rows = rows.filter(organisation_id=filters.organisation)
    return _inside(rows, filters.box) if filters.box else rows


def _inside(rows: QuerySet[Observation], box: Bounds) -> QuerySet[Observation]:
    return rows.annotate(x=Coalesce("exact__longitude", "longitude"), y=Coalesce("exact__latitude", "latitude")).filter(
        x__gte=box.west, x__lte=box.east, y__gte=box.south, y__lte=box.north)


def page(partnership: Partnership, filters: Filters, *, after: Cursor | None = None, size: int = PAGE) -> Page:
    """Newest first. Within a part of a day: exact times first, then the coarse ones in an order that tells nothing."""
    rows = readable(partnership, filters)
    if after:
        rows = rows.filter(_comes_after(_as_known(after)))
    ordered = rows.order_by(F("period_start").desc(), F("exact__occurred_at").desc(nulls_last=True), "id")
    sights = [_sight(row) for row in ordered.values(*COLUMNS, said=SAID)[:size + 1]]
    more = len(sights) > size
    sights = sights[:size]
    last = sights[-1] if more else None
    return Page(sights, Cursor(last.period_start, last.occurred_at, last.id) if last else None)


def _as_known(cursor: Cursor) -> Cursor:
    """A cursor can be passed on in a link: its exact time counts only for a reader who gets that row's exact time."""
    if cursor.occurred_at is None or Exact.objects.filter(observation_id=cursor.id).exists():
        return cursor
    return replace(cursor, occurred_at=None)


def _comes_after(cursor: Cursor) -> Q:
    same = Q(period_start=cursor.period_start)
    coarse_after = same & Q(exact__occurred_at__isnull=True)
    if cursor.occurred_at is None:
        return Q(period_start__lt=cursor.period_start) | (coarse_after & Q(id__gt=cursor.id))
    return (Q(period_start__lt=cursor.period_start) | (same & Q(exact__occurred_at__lt=cursor.occurred_at))
            | (same & Q(exact__occurred_at=cursor.occurred_at, id__gt=cursor.id)) | coarse_after)


def count(partnership: Partnership, filters: Filters) -> int:
    """How many, up to COUNTED + 1: the page says "1,000+" rather than counting a million rows."""
    return readable(partnership, filters).values("id")[:COUNTED + 1].count()


def one(observation_id: UUID) -> Sight | None:
    """One observation as the actor gets it; None for who may not know of it, as for one that does not exist."""
    row = Observation.objects.filter(id=observation_id).values(*COLUMNS, said=SAID).first()
    return _sight(row) if row else None


def on_map(partnership: Partnership, filters: Filters) -> list[tuple[Any, ...]]:
    """(id, longitude, latitude, category id, coarse) of the same set as the list, MOST_ON_MAP at most."""
    rows = readable(partnership, filters).order_by(F("period_start").desc(), "id").values_list(
        "id", Coalesce("exact__longitude", "longitude"), Coalesce("exact__latitude", "latitude"), "category_id",
        Case(When(exact__occurred_at__isnull=True, then=True), default=False, output_field=BooleanField()))
    return list(rows[:MOST_ON_MAP])


COLUMNS = ("id", "partnership_id", "category_id", "organisation_id", "visibility", "police_sees", "period_start",
           "part", "longitude", "latitude", "areas", "exact__longitude", "exact__latitude", "exact__areas",
           "exact__occurred_at", "exact__precision")
# As a subquery it is asked for the rows of the page alone; as a join, for every row that is sorted.
SAID = Subquery(Text.objects.filter(observation_id=OuterRef("id")).values("text"))


def _sight(row: dict[str, Any]) -> Sight:
    coarse = row["exact__occurred_at"] is None
    place = ("longitude", "latitude", "areas") if coarse else ("exact__longitude", "exact__latitude", "exact__areas")
    return Sight(
        id=row["id"], partnership_id=row["partnership_id"], category_id=row["category_id"],
        organisation_id=row["organisation_id"],
        visibility=row["visibility"], police_sees=row["police_sees"], period_start=row["period_start"],
        part=row["part"], longitude=row[place[0]], latitude=row[place[1]], areas=tuple(row[place[2]]),
        occurred_at=row["exact__occurred_at"], precision=row["exact__precision"], text=row["said"] or "")
