"""Points: which are believable, and which cell of the fixed grid one lies in.

A coarse place is the centre of its cell, by snapping: the same point gives the same cell however often it is asked
for, so there is no noise to average away. The grid is laid in metres in the partnership's own projection.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from pyproj import Transformer

CELL_METRES = 250


class BadPoint(ValueError):
    """A point that cannot be meant; the message says why, in the reader's language, and `reason` in one word."""

    def __init__(self, rule: str, reason: str = "out-of-bounds") -> None:
        super().__init__(rule)
        self.reason = reason


@dataclass(frozen=True)
class Bounds:
    """West, south, east, north in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    longitude: float
    latitude: float


def check_point(longitude: float, latitude: float, bounds: Bounds) -> None:
    """Refuse a point outside the bounds and say what is likely to have gone wrong."""
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise BadPoint(_("The coordinates are not numbers."), "not-a-number")
    if bounds.hold(longitude, latitude):
        return
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise BadPoint(_("The coordinates look like metres; degrees (WGS 84) are needed."), "metres")
    if bounds.hold(latitude, longitude):
        raise BadPoint(_("Latitude and longitude look swapped."), "swapped")
    raise BadPoint(_("The point lies outside the partnership's area."), "out-of-bounds")


@functools.lru_cache(maxsize=8)
def _to_metres(projection: int) -> Transformer:
    return Transformer.from_crs(4326, projection, always_xy=True)


def in_metres(longitudes: Sequence[float], latitudes: Sequence[float],
              projection: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """East and north of many points, in the metric system with that EPSG code."""
    east, north = _to_metres(projection).transform(np.asarray(longitudes, float), np.asarray(latitudes, float))
    return east, north


def cell_of(longitude: float, latitude: float, projection: int, *, metres: int = CELL_METRES) -> Cell:
    """The cell that a point lies in; `projection` is the EPSG code of a metric system."""
    return cells_of([longitude], [latitude], projection, metres=metres)[0]


def cells_of(longitudes: Sequence[float], latitudes: Sequence[float], projection: int, *,
             metres: int = CELL_METRES) -> list[Cell]:
    """The cells of many points at once, in a grid of that many metres."""
    east, north = in_metres(longitudes, latitudes, projection)
    x, y = np.floor(east / metres), np.floor(north / metres)
    lon, lat = _to_metres(projection).transform((x + 0.5) * metres, (y + 0.5) * metres, direction="INVERSE")
    return [Cell(int(each[0]), int(each[1]), round(each[2], 6), round(each[3], 6))
            for each in zip(x.tolist(), y.tolist(), lon.tolist(), lat.tolist(), strict=True)]


def degrees_around(latitude: float, metres: float) -> tuple[float, float]:
    """How many degrees east and north that many metres are, near a latitude; good to a per cent below 10 km."""
    north = metres / 111_320
    return north / math.cos(math.radians(latitude)), north


def corners_of(cells: Sequence[tuple[int, int]], projection: int, *,
               metres: int = CELL_METRES) -> list[list[tuple[float, float]]]:
    """The outline of each cell (x, y) as a closed ring of longitudes and latitudes."""
    around = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    points = (np.array(cells, float).reshape(-1, 1, 2) + around) * metres
    lon, lat = _to_metres(projection).transform(points[..., 0], points[..., 1], direction="INVERSE")
    return [list(zip(x, y, strict=True)) for x, y in zip(np.round(lon, 6).tolist(), np.round(lat, 6).tolist(),
                                                         strict=True)]
