"""Weekly series: a row for each series and week, or for each week, with a column for each series."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.command import fields
from lokalnet.analysis.command.table import Table, table
from lokalnet.analysis.results import BadInput

LONG = {"series", "date", "count"}
LONGEST = 5200  # weeks; a century, beyond which a date is a misprint

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class WeeklySeries:
    """`counts` (series x weeks) from the first Monday to the last of the file.

    `begins` and `ends` (series): the first week and the week after the last that the file has of each; what lies
    between and is not in the file counts as 0, `filled` weeks in all.
    """

    names: list[str]
    mondays: list[date]
    counts: NDArray[np.float64]
    begins: Integers
    ends: Integers
    filled: int


def read_series(file: Path) -> WeeklySeries:
    rows = table(file)
    if rows.columns.keys() >= LONG:
        return _long(rows)
    if "date" in rows.columns and len(rows.columns) > 1 and "" not in rows.columns:
        return _wide(rows)
    raise BadInput(f"{file}: there are columns series, date and count, or date and one for each series, each with a "
                   f"name of its own; {rows.heading()}")


def _long(rows: Table) -> WeeklySeries:
    names, series = rows.names("series")
    days, counts = rows.whole_numbers("date", fields.monday_number), rows.whole_numbers("count", fields.count)
    rows.stop_at_problems()
    rows.stop_at_repeated("date", "series and date are", series, days)
    return _arranged(rows, names, series, days, counts)


def _wide(rows: Table) -> WeeklySeries:
    names = [title for title in rows.titles if title.lower() != "date"]
    days = rows.whole_numbers("date", fields.monday_number)
    counts = np.stack([rows.whole_numbers(name.lower(), fields.count) for name in names])
    rows.stop_at_problems()
    rows.stop_at_repeated("date", "it is", days)
    return _arranged(rows, names, np.arange(len(names))[:, None], days, counts)


def _arranged(rows: Table, names: list[str], series: Integers, days: Integers, given: Integers) -> WeeklySeries:
    """`series`, `days` and the counts `given` may be of any shapes that fit each other."""
    mondays = np.arange(days.min(), days.max() + 1, 7).astype("datetime64[D]")
    if len(mondays) > LONGEST:
        raise BadInput(f"{rows.file}: from {mondays[0]} to {mondays[-1]} are {len(mondays):,} weeks, more than the "
                       f"{LONGEST:,} of a century")
    counts = np.full((len(names), len(mondays)), np.nan)
    counts[series, (days - days.min()) // 7] = given
    known = np.isfinite(counts)
    begins, ends = known.argmax(axis=1), len(mondays) - known[:, ::-1].argmax(axis=1)
    filled = int((ends - begins).sum() - known.sum())
    return WeeklySeries(names, mondays.tolist(), np.nan_to_num(counts), begins, ends, filled)
