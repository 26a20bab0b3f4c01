"""The picture: which observations a reader gets, by the reader's filters, on list and map alike.

Nothing here decides who may see what: the rows are the database's answer to the actor. The left joins bring exact
place, time and text where its policies give them, and nothing where they do not, so that filtering, sorting, paging
and clustering can only use what the reader may know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from lokalnet.access.models import Partnership
from lokalnet.foundation.times import now
from lokalnet.places.points import Bounds
from lokalnet.situation import map_points, periods
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.map_points import Points
from lokalnet.situation.models import Exact, Precision, Standing, State
from lokalnet.situation.signals.wanted import Around

PAGE = 50
COUNTED = 1000
MOST_ON_MAP = 20_000
MOST_FOUND = 5_000  # of a search, the newest
ALL = 0
PERIODS = (1, 7, 14, 30, 90, 365, ALL)
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True)
class Filters:
    """What a reader asked for. `until` is exclusive."""

    since: datetime
    until: datetime
    areas: tuple[UUID, ...] = ()
    category: str = ""
    organisations: tuple[UUID, ...] = ()
    severity: int | None = None
    box: Bounds | None = None
    standing: str = ""
    words: str = ""  # a text query as `searching.query` makes it
    followed: Wanted | None = None
    signal: Around | None = None


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
    areas: list[UUID]
    occurred_at: datetime | None
    precision: str | None
    text: str
    standing: str
    state: str
    merged_into: UUID | None
    reporters: int
    text_removed: bool
    edition: int
    named_area: UUID | None
    under_measure: UUID | None
    planned_presence: bool

    @property
    def coarse(self) -> bool:
        return self.occurred_at is None


@dataclass(frozen=True)
class Page:
    sights: list[Sight]
    next: Cursor | None


def last_days(days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From local midnight `days - 1` days ago until tomorrow's, so that today is a whole day; ALL is all there is."""
    today = now().astimezone(zone).date()
    if days == ALL:
        return between(EARLIEST, today, zone)
    return between(today - timedelta(days=days - 1), today, zone)


def between(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Whole local days. A day that no calendar of ours reaches becomes the first or the last that one does."""
    first, last = (min(max(day, EARLIEST), LATEST) for day in (first, last))
    return periods.day_start(first, zone), periods.day_start(last + timedelta(days=1), zone)


@dataclass(frozen=True)
class Readable:
    """The one set that list, count, map and API show, as SQL: `o` the observation, `e` its exact row where the reader's
    policies give it. What is asked of `coalesce(e..., o...)` uses no more than the reader may know."""

    where: str
    values: tuple[Any, ...]
    asks_exact: bool  # whether the condition itself needs the join

    def source(self, *, joined: bool) -> str:
        join = JOINED if joined or self.asks_exact else ""
        return f"from situation_observation o {join} where {self.where}"


# A report that was put together with another stands in its place for whoever may not see that other one.
IN_THE_PICTURE = "(o.state = 'live' or (o.state = 'merged' and actor_level(o.merged_into_id) is null))"
JOINED = "left join situation_observation_exact e on e.observation_id = o.id"


def readable(partnership: Partnership, filters: Filters, *, most_found: int = MOST_FOUND,
             found_until: datetime | None = None) -> Readable:
    """`most_found` bounds a search to its newest hits, before `found_until`; whoever needs no more asks for fewer."""
    zone = ZoneInfo(partnership.timezone)
    first, last = (periods.period_of(moment, Precision.EVENING, zone)[0] for moment in (filters.since, filters.until))
    # An exact time lies within its coarse period, so this bound loses nothing, and the index can use it.
    conditions: list[tuple[str, tuple[Any, ...]]] = [
        ("o.partnership_id = %s and o.period_start >= %s and o.period_start < %s",
         (partnership.id, first, filters.until)), (IN_THE_PICTURE, ())]
    if filters.words:
        conditions.append(("o.id = any(array(select find_texts(%s, %s, %s, %s, %s)))",
                           (partnership.id, first, found_until or filters.until, filters.words, most_found)))
    if filters.standing:
        conditions.append(("o.standing = %s", (filters.standing,)))
    if filters.category:
        conditions.append(("o.category_id = any(array(select c.id from situation_category c "
                           "where c.partnership_id = %s and c.slug = %s))", (partnership.id, filters.category)))
    if filters.severity is not None:
        conditions.append(("o.category_id = any(array(select c.id from situation_category c "
                           "where c.partnership_id = %s and c.severity >= %s))", (partnership.id, filters.severity)))
    if filters.organisations:
        conditions.append(("o.organisation_id = any(%s::uuid[])", (list(filters.organisations),)))
    if filters.signal:
        conditions += filters.signal.conditions()
    exact = list(_exact_conditions(filters, whole_parts=(first, last) == (filters.since, filters.until)))
    both = conditions + exact
    return Readable(" and ".join(text for text, _ in both), tuple(value for _, values in both for value in values),
                    asks_exact=bool(exact))


def _exact_conditions(filters: Filters, *, whole_parts: bool) -> Iterator[tuple[str, tuple[Any, ...]]]:
    # Whole parts of days, as every page asks for: then the bound is exact already, and the count needs no join.
    if not whole_parts:
        yield ("coalesce(e.occurred_at, o.period_start) >= %s and coalesce(e.occurred_at, o.period_start) < %s",
               (filters.since, filters.until))
    if filters.areas:
        yield "coalesce(e.areas, o.areas) && %s::uuid[]", (list(filters.areas),)
    if filters.followed:
        yield from filters.followed.conditions()
    if box := filters.box:
        yield ("coalesce(e.longitude, o.longitude) between %s and %s and coalesce(e.latitude, o.latitude) "
               "between %s and %s", (box.west, box.east, box.south, box.north))


# The text as a subquery is asked for the rows of the page alone; as a join it would be for every row that is sorted.
SIGHT = """o.id, o.partnership_id, o.category_id, o.organisation_id, o.visibility, o.police_sees, o.period_start,
    o.part, coalesce(e.longitude, o.longitude), coalesce(e.latitude, o.latitude), coalesce(e.areas, o.areas),
    e.occurred_at, e.precision,
    coalesce((select t.text from situation_observation_text t where t.observation_id = o.id), ''),
    o.standing, o.state, o.merged_into_id, o.reporters, o.text_removed, o.edition, o.named_area,
    e.under_measure_id, coalesce(e.planned_presence, false)"""


def page(partnership: Partnership, filters: Filters, *, after: Cursor | None = None, size: int = PAGE,
         organisation: UUID | None = None) -> Page:
    """Newest first. Within a part of a day: exact times first, then the coarse ones in an order that tells nothing.

    With `organisation`, its reports alone.
    """
    if organisation:
        filters = replace(filters, organisations=(organisation,))
    found = _page(partnership, filters, after, size + 1, most_found=size + 1)
    if filters.words and len(found) <= size:  # other filters left too few of the newest hits: look among all
        found = _page(partnership, filters, after, size + 1, most_found=MOST_FOUND)
    sights = [Sight(*row) for row in found[:size]]
    last = sights[-1] if len(found) > size else None
    return Page(sights, Cursor(last.period_start, last.occurred_at, last.id) if last else None)


def _page(partnership: Partnership, filters: Filters, after: Cursor | None, rows: int, *,
          most_found: int) -> list[tuple[Any, ...]]:
    # What is newer than the page needs no finding.
    found_until = min(filters.until, after.period_start + timedelta(microseconds=1)) if after else None
    asked = readable(partnership, filters, most_found=most_found, found_until=found_until)
    later, values = _comes_after(_as_known(after)) if after else ("true", ())
    return fetched(f"select {SIGHT} {asked.source(joined=True)} and ({later}) "
                   "order by o.period_start desc, e.occurred_at desc nulls last, o.id limit %s",
                   [*asked.values, *values, rows])


def _as_known(cursor: Cursor) -> Cursor:
    """A cursor can be passed on in a link: its exact time counts only for a reader who gets that row's exact time."""
    if cursor.occurred_at is None or Exact.objects.filter(observation_id=cursor.id).exists():
        return cursor
    return replace(cursor, occurred_at=None)


def _comes_after(cursor: Cursor) -> tuple[str, tuple[Any, ...]]:
    start, exact, id_ = cursor.period_start, cursor.occurred_at, cursor.id
    if exact is None:
        return ("o.period_start < %s or (o.period_start = %s and e.occurred_at is null and o.id > %s)",
                (start, start, id_))
    return ("o.period_start < %s or (o.period_start = %s and (e.occurred_at is null or e.occurred_at < %s "
            "or (e.occurred_at = %s and o.id > %s)))", (start, start, exact, exact, id_))


def count(partnership: Partnership, filters: Filters) -> int:
    """How many, up to COUNTED + 1: the page says "1,000+" rather than counting a million rows."""
    words_alone = replace(filters, words="") == Filters(filters.since, filters.until)
    rows = readable(partnership, filters, most_found=COUNTED + 1 if words_alone else MOST_FOUND)
    found = fetched(f"select count(*) from (select 1 {rows.source(joined=False)} limit %s) counted",  # noqa: S608
                    [*rows.values, COUNTED + 1])
    return int(found[0][0])


@dataclass(frozen=True)
class Days:
    """How many on each local day that has any, in a period whose ends may be quiet."""

    first: date
    last: date
    counted: list[tuple[date, int]]


def per_day(partnership: Partnership, filters: Filters) -> Days:
    """By the start of the coarse period, which every reader may know. "All there is" begins with the first day that has
    any, and nothing lies after today.
    """
    rows, zone = readable(partnership, filters), ZoneInfo(partnership.timezone)
    counted = fetched("select (o.period_start at time zone %s)::date as day, count(*) "
                      f"{rows.source(joined=False)} group by day order by day", [partnership.timezone, *rows.values])
    first = filters.since.astimezone(zone).date()
    last = min(now(), filters.until - timedelta(microseconds=1)).astimezone(zone).date()
    return Days(counted[0][0] if counted and first <= EARLIEST else first, last, counted)


def one(observation_id: UUID) -> Sight | None:
    """One observation as the actor gets it; None for who may not know of it, as for one that does not exist."""
    found = fetched(f"select {SIGHT} from situation_observation o {JOINED} where o.id = %s",  # noqa: S608
                    [observation_id])
    sight = Sight(*found[0]) if found else None
    if sight and sight.merged_into and not some([sight.merged_into]):
        return replace(sight, state=State.LIVE, merged_into=None)  # as it stands in the actor's picture
    return sight


def some(ids: list[UUID]) -> list[Sight]:
    """Of these observations, those that the actor gets, in no telling order."""
    return [Sight(*row) for row in fetched(
        f"select {SIGHT} from situation_observation o {JOINED} where o.id = any(%s) order by o.id", [ids])]  # noqa: S608


def on_map(partnership: Partnership, filters: Filters, categories: Sequence[UUID]) -> Points:
    """The points of the same set as the list, MOST_ON_MAP at most; `categories` are those that there are."""
    rows = readable(partnership, filters)
    found = fetched(f"""select {map_points.COLUMNS} from (
        select o.id, round((coalesce(e.longitude, o.longitude) - %s) * 100000)::int as x,
          round((coalesce(e.latitude, o.latitude) - %s) * 100000)::int as y,
          array_position(%s::uuid[], o.category_id) - 1 as category,
          array_position(%s::text[], o.standing::text) - 1 as standing,
          (e.occurred_at is null or o.named_area is not null)::int as coarse
        {rows.source(joined=True)} order by o.period_start desc, o.id limit %s) points""",  # noqa: S608
                    [partnership.west, partnership.south, list(categories), Standing.values, *rows.values, MOST_ON_MAP])
    return map_points.points_of(found[0])


def fetched(question: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """By hand and not through the ORM, which took longer to write this SQL than the database to answer it."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
