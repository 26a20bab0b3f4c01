"""Points from a CSV file: `lat,lon` or `x_km,y_km`, a `date` where one is needed, and a `count` where there is one.

Columns may stand in any order, others are not looked at. Every bad row is named by its line and the rule it breaks.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.earth import Plane, on_sphere, plane_around
from lokalnet.analysis.results import BadInput

NAMED = 20
DEGREES, KM = ("lat", "lon"), ("x_km", "y_km")
LIMITS = {"lat": 90.0, "lon": 180.0}

Floats = npt.NDArray[np.float64]
Row = tuple[float, float, int, int]


@dataclass(frozen=True)
class Points:
    """`at` (n, 2) as in the file, in the `columns` named; `days` (n) as ordinals of dates, 0 where none were asked for.

    A row stands for `counts` (n) points.
    """

    at: Floats
    columns: tuple[str, str]
    days: Floats
    counts: npt.NDArray[np.int64]

    def for_distances(self) -> Floats:
        """In km: (n, 2) as they are, or (n, 3) on the sphere, between which chords are measured."""
        return on_sphere(self.at) if self.columns == DEGREES else self.at

    def plane(self) -> Plane | None:
        """The plane that touches the globe in their middle; None where they are in km already."""
        return plane_around(self.at) if self.columns == DEGREES else None


def read_points(path: Path, *, dated: bool) -> Points:
    """All rows with a count above 0. Raises BadInput that names each bad row, at most 20 of them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns, rows = _rows(path, csv.DictReader(file), dated)
    except OSError as problem:
        raise BadInput(f"points: {path}: {problem.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise BadInput(f"points: {path} is no CSV file in UTF-8: {problem}") from None
    table = np.array(rows, float).reshape(-1, 4)
    if not len(table):
        raise BadInput(f"points: {path} has no points")
    return Points(np.ascontiguousarray(table[:, :2]), columns, table[:, 2], table[:, 3].astype(np.int64))


def _rows(path: Path, reader: "csv.DictReader[str]", dated: bool) -> tuple[tuple[str, str], list[Row]]:
    reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
    columns = _columns(path, reader.fieldnames, dated)
    rows: list[Row] = []
    wrong: list[str] = []
    more = 0
    for row in reader:
        try:
            read = _read(row, columns, dated)
            if read[3]:
                rows.append(read)
        except BadInput as problem:
            if len(wrong) < NAMED:
                wrong.append(f"{path}, line {reader.line_num}: {problem}")
            else:
                more += 1
    if wrong:
        raise BadInput("\n".join([*wrong, *([f"and {more:,} more"] if more else [])]))
    return columns, rows


def _columns(path: Path, names: Sequence[str], dated: bool) -> tuple[str, str]:
    for columns in (DEGREES, KM):
        if set(names).issuperset(columns):
            if dated and "date" not in names:
                raise BadInput(f"{path}, line 1: the column date is missing")
            return columns
    raise BadInput(f"{path}, line 1: names the columns, either lat,lon or x_km,y_km{',date' if dated else ''}; "
                   f"found: {','.join(names) or 'nothing'}")


def _read(row: dict[str | None, str | None], columns: tuple[str, str], dated: bool) -> Row:
    if None in row:
        raise BadInput("has more fields than the first line (numbers are written with a point, not a comma)")
    first, second = (_number(name, row[name]) for name in columns)
    count = _count(row["count"] or "") if "count" in row else 1
    return first, second, _day(row["date"]) if dated else 0, count


def _number(name: str, text: str | None) -> float:
    try:
        number = float(text or "")
    except ValueError:
        raise BadInput(f"{name}: \"{text or ''}\" is no number (written like 12.5)") from None
    if not math.isfinite(number):
        raise BadInput(f"{name}: must be a finite number")
    if abs(number) > LIMITS.get(name, math.inf):
        raise BadInput(f"{name}: {text} lies outside -{LIMITS[name]:g} to {LIMITS[name]:g} degrees")
    return number


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadInput(f"count: \"{text}\" is no whole number of at least 0")
    return int(text)


def _day(text: str | None) -> int:
    try:
        if len(text or "") == 10:
            return date.fromisoformat(text or "").toordinal()
    except ValueError:
        pass
    raise BadInput(f"date: \"{text or ''}\" is no day (written like 2024-01-31)")


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise BadInput(f"{path}: cannot be written: {problem.strerror}") from None
