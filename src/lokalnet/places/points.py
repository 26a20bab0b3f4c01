"""Points: which are believable, and which cell of the fixed grid one lies in.

A coarse place is the centre of its cell, by snapping: the same point gives the same cell however often it is asked
for, so there is no noise to average away. The grid is laid in metres in the partnership's own projection.
"""

import functools
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pyproj import Transformer

CELL_METRES = 250


class BadPoint(ValueError):
    """A point that cannot be meant; the message says why, in the reader's language."""


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
        raise BadPoint(_("The coordinates are not numbers."))
    if bounds.hold(longitude, latitude):
        return
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise BadPoint(_("The coordinates look like metres; degrees (WGS 84) are needed."))
    if bounds.hold(latitude, longitude):
        raise BadPoint(_("Latitude and longitude look swapped."))
    raise BadPoint(_("The point lies outside the partnership's area."))


@functools.lru_cache(maxsize=8)
def _to_metres(projection: int) -> Transformer:
    return Transformer.from_crs(4326, projection, always_xy=True)


def cell_of(longitude: float, latitude: float, projection: int) -> Cell:
    """The cell that a point lies in; `projection` is the EPSG code of a metric system."""
    east, north = _to_metres(projection).transform(longitude, latitude)
    x, y = math.floor(east / CELL_METRES), math.floor(north / CELL_METRES)
    lon, lat = _to_metres(projection).transform((x + 0.5) * CELL_METRES, (y + 0.5) * CELL_METRES, direction="INVERSE")
    return Cell(x, y, round(lon, 6), round(lat, 6))
