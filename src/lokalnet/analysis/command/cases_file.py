"""What: `location,count,date`, and the covariates of the population, if there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.population_file import Inhabited, combinations
from lokalnet.analysis.command.table import Table, table
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.study import Cases, Integers

COLUMNS = ("location", "count", "date")


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both within; None leaves it open there. Cases outside it are refused or left out."""

    start: date | None = None
    end: date | None = None
    leave_out_others: bool = False

    def __str__(self) -> str:
        return " ".join(f"{word} {day}" for word, day in (("from", self.start), ("to", self.end)) if day)


def read_cases(file: Path, known: Mapping[str, int], locations: Path, inhabited: Inhabited | None = None,
               period: Period | None = None) -> tuple[Cases, tuple[str, ...]]:
    """The cases, and the names of columns that nothing uses. Rows with a count of 0 are no cases and are left out."""
    rows = table(file)
    for name in COLUMNS:
        rows.one_of(name)
    further = tuple(sorted(set(rows.columns) - set(COLUMNS)))
    place = rows.whole_numbers("location", fields.place(known, locations))
    count = rows.whole_numbers("count", fields.count)
    day = rows.whole_numbers("date", fields.day_number)
    rows.stop_at_problems()
    kept = _within(rows, count, day, period or Period())
    cell = _cells(rows, further, place, inhabited) if inhabited else np.zeros(len(rows), np.int64)
    return (Cases(place[kept], count[kept], day[kept].astype("datetime64[D]"), cell[kept]),
            () if inhabited else further)


def _within(rows: Table, count: Integers, day: Integers, period: Period) -> NDArray[np.bool_]:
    cases, outside = count > 0, np.zeros(len(rows), bool)
    if period.start:
        outside |= cases & (day < period.start.toordinal() - fields.EPOCH)
    if period.end:
        outside |= cases & (day > period.end.toordinal() - fields.EPOCH)
    if outside.any() and not period.leave_out_others:
        first = int(np.argmax(outside))
        raise BadInput(f"{rows.file}: {count[outside].sum():,} of the {count.sum():,} cases do not lie in the time "
                       f"{period}: the first is on line {rows.lines[first]}, {rows.columns['date'][first].strip()}. "
                       "To leave them out give --leave-out-others; or change --start and --end")
    if not (cases & ~outside).any():
        raise BadInput(f"{rows.file}: there is no case {period}".rstrip())
    return cases & ~outside


def _cells(rows: Table, further: tuple[str, ...], place: Integers, inhabited: Inhabited) -> Integers:
    """A case where nobody lives, or of a kind that nobody is, would be infinitely more than expected."""
    if further != inhabited.covariates:
        raise BadInput(f"{rows.file}: cases and population need the same covariates, in columns of the same name: "
                       f"the cases have {_named(further)}, the population has {_named(inhabited.covariates)}")
    texts, deserted = combinations(rows, further), ~np.isin(place, list(inhabited.places))
    for row in np.flatnonzero(deserted).tolist():
        rows.wrong(row, "location", f'by the population nobody lives at "{rows.columns["location"][row].strip()}"')
    for row, text in enumerate(texts if set(texts) - set(inhabited.cells) else ()):
        if text not in inhabited.cells:
            rows.wrong(row, further[0], f"by the population nobody has {_pairs(further, text)}")
    rows.stop_at_problems()
    return np.fromiter(map(inhabited.cells.__getitem__, texts), np.int64, len(rows))


def _named(covariates: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in covariates) or "none"


def _pairs(names: tuple[str, ...], texts: tuple[str, ...]) -> str:
    return ", ".join(f'{name} "{text}"' for name, text in zip(names, texts, strict=True))
