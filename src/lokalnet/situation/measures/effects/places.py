"""Where a measure's before and after is counted, in cells of 250 m: here, around it, and elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area
from lokalnet.places.points import CELL_METRES, cell_of, in_metres
from lokalnet.situation.models import Measure, MeasureKind, MeasureState, MeasureVisibility
from lokalnet.situation.models.signals import SignalAudience
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals.asking import Cell

AROUND_METRES = 500


class Zone(StrEnum):
    HERE = "here"
    AROUND = "around"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Zones:
    """The zone of each cell that was asked for; `left_out` measures' own cells are in none."""

    of: dict[Cell, Zone]
    left_out: int


def zones(frame: Frame, measure: Measure, cells: Iterable[Cell], *, audience: SignalAudience, since: date,
          until: date) -> Zones:
    """A cell lies where its middle lies. Of an area too small for any middle, its own middle's cell counts.

    Elsewhere is the rest of the partnership, without the cells of other measures that went on meanwhile and are about
    less than a municipality: what is done there would be taken for what happens anyway.
    """
    asked = sorted(cells)
    here, own = _place(frame, measure.areas)
    others = _others(frame, measure, audience, since, until)
    elsewhere, theirs = _place(frame, {area for other in others for area in other.areas})
    inside, beside, taken = _within(here, asked, 0), _within(here, asked, AROUND_METRES), _within(elsewhere, asked, 0)
    found = {}
    for at, cell in enumerate(asked):
        if cell in own or inside[at]:
            found[cell] = Zone.HERE
        elif beside[at]:
            found[cell] = Zone.AROUND
        elif not taken[at] and cell not in theirs:
            found[cell] = Zone.ELSEWHERE
    return Zones(found, len(others))


def _place(frame: Frame, areas: Iterable[UUID]) -> tuple[BaseGeometry, frozenset[Cell]]:
    """The areas' outlines together, in metres, and the cells of their middles."""
    projection = frame.partnership.projection
    rows = Area.objects.filter(id__in=[each for each in areas if each in frame.areas])
    outlines = [shapely.transform(shapely.from_wkb(bytes(row.outline)), lambda points: np.column_stack(
        in_metres(points[:, 0], points[:, 1], projection))) for row in rows]
    middles = [cell_of(row.longitude, row.latitude, projection) for row in rows]
    return shapely.union_all(outlines), frozenset((cell.x, cell.y) for cell in middles)


def _within(place: BaseGeometry, cells: list[Cell], metres: int) -> np.ndarray:
    points = shapely.points((np.array(cells, float).reshape(-1, 2) + 0.5) * CELL_METRES)
    shapely.prepare(place)
    near: np.ndarray = shapely.dwithin(place, points, metres)
    return near


def _others(frame: Frame, measure: Measure, audience: SignalAudience, since: date, until: date) -> list[Measure]:
    """Measures under way meanwhile, of those that all of the audience see: every reader gets the same numbers."""
    seen = [MeasureVisibility.PARTNERSHIP] if audience == SignalAudience.PARTNERSHIP else [
        MeasureVisibility.PARTNERSHIP, MeasureVisibility.MUNICIPALITIES]
    large = {place.id for place in frame.areas.values() if place.kind == Area.Kind.MUNICIPALITY}
    rows = Measure.objects.filter(
        partnership=frame.partnership, kind=MeasureKind.MEASURE, visibility__in=seen, made_at__date__lte=until,
        state__in=(MeasureState.UNDER_WAY, MeasureState.DONE, MeasureState.ENDED)).exclude(id=measure.id)
    return [row for row in rows if (row.ended_on or row.ends_on) >= since and row.areas and not large & set(row.areas)]
