"""Where: `location,lat,lon` in degrees or `location,x_km,y_km`. Each location once, and where it can be."""

from pathlib import Path

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.table import Table, table
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.study import Floats, Places

EARTH, PLANE = ("lat", "lon"), ("x_km", "y_km")
FARTHEST_KM = 20_040  # half-way round the earth: what is more was given in metres
DENMARK_EXCHANGED = ((7.5, 15.5), (54.4, 58.0))  # read with lat and lon exchanged it lies in the Arabian Sea


def read_places(file: Path) -> Places:
    rows = table(file)
    names = _names(rows)
    spherical = _is_spherical(rows)
    first, second = _on_earth(rows) if spherical else _on_plane(rows)
    rows.stop_at_problems()
    if not spherical:
        return Places.on_plane(names, first, second)
    _not_exchanged(file, first, second)
    return Places.on_earth(names, first, second)


def _names(rows: Table) -> tuple[str, ...]:
    names = tuple(rows.read(rows.one_of("location"), fields.name, ""))
    first: dict[str, int] = {}
    for row, name in enumerate(names):
        if first.setdefault(name, row) != row and name:
            rows.wrong(row, "location", f'"{name}" is already on line {rows.lines[first[name]]}')
    return names


def _is_spherical(rows: Table) -> bool:
    degrees, kilometres = (any(name in rows.columns for name in pair) for pair in (EARTH, PLANE))
    if degrees and kilometres:
        raise BadInput(f"{rows.file}: there are columns for degrees and for kilometres; leave one kind out")
    if not degrees and not kilometres:
        raise BadInput(f"{rows.file}: there are neither columns lat and lon nor x_km and y_km; {rows.heading()}")
    for name in EARTH if degrees else PLANE:
        rows.one_of(name)
    return degrees


def _on_earth(rows: Table) -> tuple[Floats, Floats]:
    return (rows.numbers("lat", fields.between(-90, 90, ", as degrees north do; are lat and lon exchanged?")),
            rows.numbers("lon", fields.between(-180, 180, ", as degrees east do; are these metres?")))


def _on_plane(rows: Table) -> tuple[Floats, Floats]:
    kilometres = fields.between(-FARTHEST_KM, FARTHEST_KM, ", as kilometres do; if these are metres, divide by 1,000")
    return rows.numbers("x_km", kilometres), rows.numbers("y_km", kilometres)


def _not_exchanged(file: Path, lat: Floats, lon: Floats) -> None:
    (south, north), (west, east) = DENMARK_EXCHANGED
    if south <= lat.min() and lat.max() <= north and west <= lon.min() and lon.max() <= east:
        raise BadInput(f"{file}: lat and lon are exchanged: as they are, all places lie in the Arabian Sea, and the "
                       "other way round in Denmark")
