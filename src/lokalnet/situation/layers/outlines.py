"""The outlines that a layer's picture stands on, in units of a square (250 m), row 0 southernmost as in the grid."""

import functools
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area
from lokalnet.places.points import CELL_METRES, in_metres
from lokalnet.situation.partnerships import Frame

DRAWN = (Area.Kind.MUNICIPALITY, Area.Kind.NEIGHBOURHOOD)
SMALLEST = 0.1  # of a square: what is finer is no line in a picture of this size

Outlines = tuple[tuple[str, BaseGeometry], ...]


def outlines(frame: Frame) -> Outlines:
    """(kind, outline), municipalities first. Kept in this process until areas are imported anew."""
    areas = [area for area in frame.areas.values() if area.kind in DRAWN]
    edition = ",".join(f"{area.id}{area.changed_at}" for area in areas)
    return _outlines(edition, tuple(area.id for area in areas), frame.partnership.projection)


@functools.lru_cache(maxsize=16)
def _outlines(edition: str, ids: tuple[UUID, ...], projection: int) -> Outlines:
    def in_squares(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(in_metres(degrees[:, 0].tolist(), degrees[:, 1].tolist(), projection)) / CELL_METRES

    rows = Area.objects.filter(id__in=ids).order_by("kind", "code").values_list("kind", "outline")
    return tuple((kind, shapely.transform(shapely.from_wkb(bytes(outline)), in_squares).simplify(SMALLEST))
                 for kind, outline in rows)
