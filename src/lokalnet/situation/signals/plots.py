"""The two pictures of a signal, as shapes alone: where it is, in cells over the outlines around; and when it was told.

Every letter stands beside them in the page. Nothing is drawn finer than a cell and a day.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import shapely
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from shapely.geometry.base import BaseGeometry

from lokalnet.places.areas import Places, places
from lokalnet.places.models import Area
from lokalnet.places.points import CELL_METRES, degrees_around, in_metres
from lokalnet.situation.areas import trend
from lokalnet.situation.areas.trend import HEIGHT, STEP, WIDTH_OF_BAR
from lokalnet.situation.models import Signal

LEAST_ACROSS = 3_000  # metres: less shows too little around to know the place again
MARGIN = 500
DRAWN = (Area.Kind.MUNICIPALITY, Area.Kind.PARISH, Area.Kind.NEIGHBOURHOOD)  # from below
FINEST = 10  # metres between the corners of an outline
Box = tuple[float, float, float, float]  # west, south, east, north in metres


@dataclass(frozen=True)
class Where:
    """In metres: `across` is the side of the square that is drawn. `shapes` is what stands inside the `svg`."""

    across: int
    shapes: SafeString

    @property
    def kilometres(self) -> str:
        return trend.number(self.across / 1000)


@dataclass(frozen=True)
class Bar:
    """A day or a week: `inside` where the signal is."""

    first: date
    last: date
    count: int
    inside: bool


@dataclass(frozen=True)
class When:
    """The bars before what would be usual for one of them, as the same organisations usually tell."""

    bars: tuple[Bar, ...]
    usual: float

    @property
    def weekly(self) -> bool:
        return self.bars[0].first != self.bars[0].last

    @property
    def ends(self) -> tuple[str, str]:
        pattern = pgettext("date pattern", "j M")
        return date_format(self.bars[0].first, pattern), date_format(self.bars[-1].last, pattern)

    @property
    def width(self) -> int:
        return STEP * len(self.bars)

    @property
    def top(self) -> int:
        return trend.round_top(max([bar.count for bar in self.bars] + [self.usual]))

    @property
    def shapes(self) -> SafeString:
        top = self.top
        parts = [f'<line class="trend-grid" x1="0" x2="{self.width}" y1="{y}" y2="{y}"/>'
                 for y in (trend.scaled(top * part / 2, top) for part in (0, 1, 2))]
        parts += [f'<rect class="trend-bar{" newest" if bar.inside else ""}" '
                  f'x="{STEP * at + (STEP - WIDTH_OF_BAR) // 2}" y="{trend.scaled(bar.count, top)}" '
                  f'width="{WIDTH_OF_BAR}" height="{HEIGHT * bar.count / top:.1f}"/>'
                  for at, bar in enumerate(self.bars)]
        usual = trend.scaled(self.usual, top)
        parts.append(f'<path class="trend-median" d="M0,{usual} L{self.width},{usual}"/>')
        return SafeString("".join(parts))


def when(signal: Signal, counted: Iterable[tuple[date, int]], first: date, last: date, *, days: int) -> When:
    """`counted` by day, from `first` to `last`; a bar for so many `days`."""
    numbers = dict(counted)
    lasts = (signal.last_day - signal.first_day).days + 1
    bars = tuple(_bar(signal, numbers, at, min(at + timedelta(days=days - 1), last))
                 for at in (first + timedelta(days=step) for step in range(0, (last - first).days + 1, days)))
    return When(bars, signal.expected * days / max(lasts, days))


def _bar(signal: Signal, numbers: dict[date, int], first: date, last: date) -> Bar:
    there = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return Bar(first, last, sum(numbers.get(day, 0) for day in there),
               first <= signal.last_day and last >= signal.first_day)


def where(signal: Signal, projection: int, named: UUID | None) -> Where:
    """The signal's cells over the outlines around; the area that the sentence names is shaded."""
    return _where(tuple(signal.cells), signal.longitude, signal.latitude, projection, named, places())


@functools.lru_cache(maxsize=64)
def _where(cells: tuple[str, ...], longitude: float, latitude: float, projection: int, named: UUID | None,
           there: Places) -> Where:
    squares = [(int(x) * CELL_METRES, int(y) * CELL_METRES) for x, y in (cell.split(":") for cell in cells)]
    box = _box(squares)
    shapes = [*_outlines(box, longitude, latitude, projection, named, there), *(
        f'<rect class="signal-cell" x="{x - box[0]:.0f}" y="{box[3] - y - CELL_METRES:.0f}" width="{CELL_METRES}" '
        f'height="{CELL_METRES}"/>' for x, y in squares)]
    return Where(round(box[2] - box[0]), SafeString("".join(shapes)))


def _box(squares: Sequence[tuple[int, int]]) -> Box:
    """A square that holds all cells, and enough around them."""
    west, south, east, north = (
        min(x for x, _ in squares), min(y for _, y in squares), max(x for x, _ in squares) + CELL_METRES,
        max(y for _, y in squares) + CELL_METRES)
    half = max(LEAST_ACROSS, east - west + 2 * MARGIN, north - south + 2 * MARGIN) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - half, y - half, x + half, y + half


def _outlines(box: Box, longitude: float, latitude: float, projection: int, named: UUID | None,
              there: Places) -> Iterable[str]:
    """The largest kind first, the others over it; only what lies in the square, and a little more."""
    east, north = degrees_around(latitude, box[2] - box[0])
    around = (longitude - east, latitude - north, longitude + east, latitude + north)
    for kind in DRAWN:
        for at in there.tree.query(shapely.box(*around)):
            if there.kinds[at] == kind:
                path = _path(shapely.clip_by_rect(there.tree.geometries[at], *around), box, projection)
                shaded = " named" if there.ids[at] == named else ""
                if path:
                    yield f'<path class="signal-{kind.value}{shaded}" d="{path}"/>'


def _path(outline: BaseGeometry, box: Box, projection: int) -> str:
    parts = []
    for polygon in shapely.get_parts(outline):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            degrees = shapely.get_coordinates(ring)
            flat = shapely.simplify(shapely.linearrings(*in_metres(degrees[:, 0], degrees[:, 1], projection)), FINEST)
            parts.append("M" + " ".join(f"{x - box[0]:.0f},{box[3] - y:.0f}" for x, y in flat.coords) + "Z")
    return "".join(parts)
