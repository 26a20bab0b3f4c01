"""Points: `lat,lon` or `x_km,y_km`, a `date` for events, and a `count` where a row stands for so many."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.coordinates import Coordinates, Floats, read_coordinates
from lokalnet.analysis.command.table import Table, table
from lokalnet.analysis.earth import on_sphere
from lokalnet.analysis.results import BadInput


@dataclass(frozen=True)
class Points:
    """Rows with a count above 0, and their `counts` (n)."""

    at: Coordinates
    counts: NDArray[np.int64]


@dataclass(frozen=True)
class Events:
    """One each: `places` in km, (n, 2), or (n, 3) on the sphere, between which chords are measured; `days` (n)."""

    places: Floats
    days: NDArray[np.int64]


def read_points(file: Path) -> Points:
    rows = table(file)
    at, counts = _places(rows)
    kept = counts > 0
    return Points(Coordinates(at.given[kept], at.spherical), counts[kept])


def read_events(file: Path) -> Events:
    rows = table(file)
    days = rows.whole_numbers(rows.one_of("date"), fields.day_number)
    at, counts = _places(rows)
    places = on_sphere(at.given) if at.spherical else at.given
    return Events(np.repeat(places, counts, axis=0), np.repeat(days, counts))


def _places(rows: Table) -> tuple[Coordinates, NDArray[np.int64]]:
    """And how many are there. Raises BadInput for all that is wrong with the file."""
    at = read_coordinates(rows)
    counts = (rows.whole_numbers("count", fields.count) if "count" in rows.columns
              else np.ones(len(rows), np.int64))
    rows.stop_at_problems()
    if not counts.any():
        raise BadInput(f"{rows.file}: count is 0 in every row")
    return at, counts
