"""Where a row is: `lat,lon` in degrees or `x_km,y_km`. It is told when they cannot be meant as they are."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.table import Table
from lokalnet.analysis.results import BadInput

EARTH, PLANE = ("lat", "lon"), ("x_km", "y_km")
FARTHEST_KM = 20_040  # half-way round the earth: what is more was given in metres
DENMARK_EXCHANGED = ((7.5, 15.5), (54.4, 58.0))  # read with lat and lon exchanged it lies in the Arabian Sea
READERS = {
    "lat": fields.between(-90, 90, ", as degrees north do; are lat and lon exchanged?"),
    "lon": fields.between(-180, 180, ", as degrees east do; are these metres?"),
    **dict.fromkeys(PLANE, fields.between(-FARTHEST_KM, FARTHEST_KM, ", as kilometres do; if these are metres, divide "
                                          "by 1,000"))}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Coordinates:
    """`given` (n, 2) as in the file: latitudes and longitudes if `spherical`, else km."""

    given: Floats
    spherical: bool


def read_coordinates(rows: Table) -> Coordinates:
    """With problems noted in the table. Raises BadInput where they are of neither kind, of both, or exchanged."""
    spherical = _are_degrees(rows)
    first, second = (rows.numbers(name, READERS[name]) for name in (EARTH if spherical else PLANE))
    if spherical:
        _not_exchanged(rows.file, first, second)
    return Coordinates(np.column_stack([first, second]), spherical)


def must_suit_a_map(file: Path, *, spherical: bool) -> None:
    if not spherical:
        raise BadInput(f"--geojson: a map needs degrees, but {file} has x_km and y_km; give it lat and lon, or choose "
                       "--json")


def _are_degrees(rows: Table) -> bool:
    degrees, kilometres = (any(name in rows.columns for name in pair) for pair in (EARTH, PLANE))
    if degrees and kilometres:
        raise BadInput(f"{rows.file}: there are columns for degrees and for kilometres; leave one kind out")
    if not degrees and not kilometres:
        raise BadInput(f"{rows.file}: there are neither columns lat and lon nor x_km and y_km; {rows.heading()}")
    for name in EARTH if degrees else PLANE:
        rows.one_of(name)
    return degrees


def _not_exchanged(file: Path, lat: Floats, lon: Floats) -> None:
    (south, north), (west, east) = DENMARK_EXCHANGED
    if south <= lat.min() and lat.max() <= north and west <= lon.min() and lon.max() <= east:
        raise BadInput(f"{file}: lat and lon are exchanged: as they are, all places lie in the Arabian Sea, and the "
                       "other way round in Denmark")
