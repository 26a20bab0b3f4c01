"""Public figures about areas, for those who get no reports of others: associations and housing companies.

Which numbers there are at all, and why nothing that is hidden can be had from them, stands in sql/figures.sql. A number
that is None is too few to show, and may be nothing at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from lokalnet.analysis.rates import Rate, rate_per_1000
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.models import Category
from lokalnet.situation.partnerships import Frame

QUARTERS = 5
CLOSED_AFTER = timedelta(days=14)

Cells = dict[tuple[UUID, bool, UUID | None], int | None]


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)


@dataclass(frozen=True)
class Row:
    """One area: the numbers of each quarter, newest first; of the newest also the rate, and categories to show."""

    name: str
    residents: int | None
    source: str
    good: tuple[int | None, ...]
    told: tuple[int | None, ...]
    rate: Rate | None
    categories: tuple[tuple[Category, int], ...]
    others: bool  # whether there are categories that stay hidden

    @property
    def no_good(self) -> bool:
        return all(number is None for number in self.good)

    @property
    def nothing_told(self) -> bool:
        return all(number is None for number in self.told)


@dataclass(frozen=True)
class Figures:
    quarters: tuple[Quarter, ...]
    rows: tuple[Row, ...]
    kind: str
    nothing: bool


def last_closed(day: date) -> Quarter:
    """The newest quarter that has been over for two weeks: by then what happened in it has been told."""
    then = day - CLOSED_AFTER
    return Quarter(then.year, (then.month - 1) // 3 + 1).before


def figures(frame: Frame) -> Figures:
    """For the last closed quarter and the four before it, areas in the order of the alphabet."""
    newest = last_closed(now().astimezone(frame.zone).date())
    quarters = [newest]
    while len(quarters) < QUARTERS:
        quarters.append(quarters[-1].before)
    cells = [_cells(frame, quarter) for quarter in quarters]
    there = {area for area, _good, _category in cells[0]}
    areas = {area.id: area for area in Area.objects.defer("outline").filter(id__in=there)}
    rows = tuple(_row(frame, areas[id_], cells) for id_ in frame.areas if id_ in areas)
    nothing = all(number is None for each in cells for number in each.values())
    kind = next((area.kind for area in areas.values()), Area.Kind.PARISH.value)
    return Figures(tuple(quarters), rows, kind, nothing)


def _cells(frame: Frame, quarter: Quarter) -> Cells:
    with connection.cursor() as cursor:
        cursor.execute("select area_id, good, category_id, number from area_figures(%s, %s)",
                       [frame.partnership.id, quarter.first])
        return {(area, good, category): number for area, good, category, number in cursor.fetchall()}


def _row(frame: Frame, area: Area, cells: list[Cells]) -> Row:
    told = tuple(each.get((area.id, False, None)) for each in cells)
    shown = tuple((category, number) for category in frame.categories.values()
                  if (number := cells[0].get((area.id, False, category.id))) is not None)
    hidden = any(key[:2] == (area.id, False) and key[2] and number is None for key, number in cells[0].items())
    return Row(area.name, area.residents, area.residents_source,
               tuple(each.get((area.id, True, None)) for each in cells), told,
               rate_per_1000(told[0], area.residents) if told[0] is not None and area.residents else None,
               shown, hidden)
