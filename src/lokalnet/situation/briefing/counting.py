"""Counting a week: what the database tells of numbers (sql/briefing_counts.sql), made into the figures of a briefing.

Nothing here reads a report: the database gives numbers by week, category and area, of what all readers get anyway.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from lokalnet.access.models import Partnership
from lokalnet.analysis.seasons import MOST_YEARS, NEIGHBOURS, SHOWN, WEEK, Usual, Week, level_of, usual_at
from lokalnet.foundation.ordering import danish
from lokalnet.places.areas import places
from lokalnet.places.models import Area
from lokalnet.situation import periods
from lokalnet.situation.briefing.figures import (
    CategoryCount,
    Figures,
    MeasureFigure,
    Name,
    Newcomer,
    Promise,
    Section,
    SilentArea,
    Teller,
)
from lokalnet.situation.models import Category, Severity
from lokalnet.situation.picture import fetched

NEW_AFTER = 8  # weeks without
FEWEST_NEW = 2
SMALL = (Area.Kind.NEIGHBOURHOOD, Area.Kind.PARISH)

Counts = dict[date, int]  # by the week's Monday


@dataclass(frozen=True)
class Scope:
    """Whose week is counted: the whole partnership's, or one municipality's; and which areas stand in it."""

    partnership: Partnership
    municipality: Area | None
    parts: tuple[Area, ...]
    small: tuple[Area, ...]

    @property
    def audience(self) -> str:
        """As sql/briefing_counts.sql names who reads it."""
        return "municipalities" if self.municipality else "partnership"

    @property
    def whole(self) -> UUID | None:
        return self.municipality.id if self.municipality else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.partnership.timezone)


@dataclass(frozen=True)
class Place:
    """What was counted in one area, or everywhere: all of it, and what nobody has looked into."""

    by_category: dict[UUID, Counts]
    unconfirmed: dict[UUID, Counts]


def _together(counted: Mapping[UUID, Counts], categories: Collection[UUID]) -> Counts:
    summed: Counts = defaultdict(int)
    for category in categories:
        for monday, number in counted.get(category, {}).items():
            summed[monday] += number
    return summed


def scopes(partnership: Partnership) -> list[Scope]:
    """The whole partnership first, then each of its municipalities."""
    rows = list(Area.objects.defer("outline").filter(
        longitude__range=(partnership.west, partnership.east), latitude__range=(partnership.south, partnership.north)
    ).order_by(danish("name")))
    index = places()
    around = {row.id: set(index.areas_around(row.id)) for row in rows}
    municipalities = tuple(row for row in rows if row.kind == Area.Kind.MUNICIPALITY)
    small = tuple(row for kind in SMALL for row in rows if row.kind == kind)
    return [Scope(partnership, None, municipalities, small), *(
        Scope(partnership, each, tuple(row for row in inside if row.kind == Area.Kind.NEIGHBOURHOOD), inside)
        for each in municipalities
        for inside in [tuple(row for row in small if each.id in around[row.id])])]


def count(scope: Scope, week: date, *, at: datetime) -> Figures:
    """The figures of the week that begins on this Monday, as of `at`."""
    today = at.astimezone(scope.zone).date()
    categories = list(Category.objects.raw("select * from briefing_categories(%s) order by position, id",
                                           [scope.partnership.id]))
    found, first = _counted(scope, week)
    sections = _Sections(categories, week, first)
    return Figures(
        partnership=Name(str(scope.partnership.id), scope.partnership.name, scope.partnership.name),
        municipality=_area(scope.municipality) if scope.municipality else None, week=week, counted_at=at,
        counted_on=today, whole=sections.of(None, found[scope.whole]),
        parts=tuple(sections.of(_area(part), found[part.id]) for part in scope.parts),
        tellers=tuple(_tellers(scope, week)), silent=tuple(sections.silent(scope.small, found)),
        unheard=sum(not sections.heard(found[area.id]) for area in scope.small),
        new=tuple(sections.new(scope.small, found)), measures=tuple(_measures(scope, week)),
        promises=tuple(_promises(scope, today)))


def _counted(scope: Scope, week: date) -> tuple[dict[UUID | None, Place], date | None]:
    """What was counted by area (None is everywhere), as far back as a season is compared; and the first whole week in
    which anything was: before that a 0 would be no quiet week.
    """
    earliest = week - timedelta(days=366 * MOST_YEARS) - WEEK * (SHOWN + NEIGHBOURS + 1)
    rows = fetched("select monday, category_id, area_id, number, unconfirmed from briefing_counts(%s, %s, %s, %s)", [
        scope.partnership.id, scope.audience, periods.day_start(earliest, scope.zone),
        periods.day_start(week + WEEK, scope.zone)])
    found: dict[UUID | None, Place] = defaultdict(lambda: Place({}, {}))
    for monday, category, area, number, unconfirmed in rows:
        place = found[area]
        place.by_category.setdefault(category, {})[monday] = number
        place.unconfirmed.setdefault(category, {})[monday] = unconfirmed
    mondays = [monday for counts in found[None].by_category.values() for monday in counts]
    return found, min(mondays) + WEEK if mondays else None


@dataclass(frozen=True)
class _Sections:
    """How one place's counts are read: which categories there are, which week it is, and since when it was watched."""

    categories: Sequence[Category]
    week: date
    first: date | None

    def of(self, area: Name | None, place: Place) -> Section:
        good = [each.id for each in self.categories if each.severity == Severity.GOOD]
        other = [each.id for each in self.categories if each.severity != Severity.GOOD]
        told, well = _together(place.by_category, other), _together(place.by_category, good)
        weeks = tuple(self._week(told, monday) for monday in self._shown)
        newest = weeks[-1]
        return Section(
            area, newest.count, _together(place.unconfirmed, other)[self.week], well.get(self.week, 0),
            self._usual(well), newest.usual, level_of([newest], newest.usual), weeks, tuple(self._by_category(place)))

    def heard(self, place: Place) -> bool:
        """Whether anything was told there in the half year."""
        return any(monday in counts for counts in place.by_category.values() for monday in self._shown)

    def silent(self, areas: Iterable[Area], found: Mapping[UUID | None, Place]) -> Iterator[SilentArea]:
        """Where one would have expected a report first, then the others, by name."""
        quiet = [SilentArea(_area(area), self._usual(_together(place.by_category, place.by_category)))
                 for area in areas for place in [found[area.id]]
                 if self.heard(place) and not any(self.week in counts for counts in place.by_category.values())]
        yield from sorted(quiet, key=lambda each: not (each.usual and each.usual.median >= 1))

    def new(self, areas: Iterable[Area], found: Mapping[UUID | None, Place]) -> Iterator[Newcomer]:
        before = [self.week - WEEK * back for back in range(1, NEW_AFTER + 1)]
        for area in areas:
            for category in self.categories:
                counts = found[area.id].by_category.get(category.id, {})
                if (category.severity != Severity.GOOD and counts.get(self.week, 0) >= FEWEST_NEW
                        and not any(monday in counts for monday in before)):
                    yield Newcomer(_area(area), _category(category), counts[self.week])

    @property
    def _shown(self) -> list[date]:
        return [self.week - WEEK * back for back in reversed(range(SHOWN))]

    def _by_category(self, place: Place) -> Iterator[CategoryCount]:
        for category in sorted(self.categories, key=lambda each: each.severity != Severity.GOOD):
            counts = place.by_category.get(category.id, {})
            number, before = counts.get(self.week, 0), counts.get(self.week - WEEK, 0)
            if number or before:
                yield CategoryCount(_category(category), category.severity, number, before, self._usual(counts))

    def _week(self, counts: Mapping[date, int], monday: date) -> Week:
        return Week(monday, counts.get(monday, 0),
                    usual_at(counts, monday, first=self.first, shown=self._shown[0]))

    def _usual(self, counts: Mapping[date, int]) -> Usual | None:
        return usual_at(counts, self.week, first=self.first, shown=self._shown[0])


def _tellers(scope: Scope, week: date) -> Iterator[Teller]:
    rows = fetched("select shown_as, reports, quiet from briefing_tellers(%s, %s, %s, %s)",
                   [scope.partnership.id, scope.audience, scope.whole, week])
    for name, reports, quiet in sorted(rows, key=lambda row: (not row[1], not row[2], row[0])):
        yield Teller(name, reports, quiet)


def _measures(scope: Scope, week: date) -> Iterator[MeasureFigure]:
    inside = None if scope.municipality is None else [scope.municipality.id, *(area.id for area in scope.small)]
    rows = fetched("select id, kind, state, made_on, due_on, ends_on, ended_on, areas "
                   "from briefing_measures(%s, %s, %s::uuid[], %s) order by coalesce(due_on, ends_on), id",
                   [scope.partnership.id, scope.audience, inside, week])
    for id_, kind, state, made_on, due_on, ends_on, ended_on, areas in rows:
        yield MeasureFigure(str(id_), kind, state, made_on, due_on, ends_on, ended_on,
                            tuple(sorted(str(area) for area in areas)))


def _promises(scope: Scope, today: date) -> Iterator[Promise]:
    if scope.municipality is None:
        for id_, due_on in fetched("select id, due_on from briefing_promises(%s, %s) order by due_on, id",
                                   [scope.partnership.id, today]):
            yield Promise(str(id_), due_on)


def _area(area: Area) -> Name:
    return Name(str(area.id), area.name, area.name)


def _category(category: Category) -> Name:
    return Name(str(category.id), category.name_da, category.name_en)
