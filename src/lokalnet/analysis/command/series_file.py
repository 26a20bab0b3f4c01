"""Weekly series from a CSV file: a row for each series and week, or for each week, with a column for each series."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.results import BadInput

SHOWN = 20  # bad rows named, before the others are counted
LONG = ["series", "date", "count"]
LONGEST = 5200  # weeks; a century, beyond which a date is a misprint


@dataclass(frozen=True)
class WeeklySeries:
    """`counts` (series x weeks) from the first Monday to the last of the file.

    `begins` and `ends` (series): the first week and the week after the last that the file has of each; what lies
    between and is not in the file counts as 0, `filled` weeks in all.
    """

    names: list[str]
    mondays: list[date]
    counts: NDArray[np.float64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    filled: int


def read_series(path: Path) -> WeeklySeries:
    """Raises BadInput that names the bad rows by line and rule."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return _arranged(_cells(path, list(csv.reader(file))))
    except OSError as problem:
        raise BadInput(f"{path}: {problem.strerror or problem}") from problem
    except (UnicodeDecodeError, csv.Error) as problem:
        raise BadInput(f"{path}: not a CSV file in UTF-8 ({problem})") from problem


def _cells(path: Path, rows: list[list[str]]) -> dict[tuple[str, date], int]:
    """The count of each series and Monday."""
    head = [title.strip() for title in rows[0]] if rows else []
    if sorted(head) == sorted(LONG):
        series, day, count = (head.index(title) for title in LONG)
        entries = [(line, row[series].strip(), row[day], row[count]) for line, row in _whole(rows) if len(row) == 3]
    elif "date" in head and len(head) > 1 and len(set(head)) == len(head) and "" not in head:
        day = head.index("date")
        entries = [(line, head[i], row[day], row[i]) for line, row in _whole(rows) if len(row) == len(head)
                   for i in range(len(head)) if i != day]
    else:
        raise BadInput(f"{path}: the first line is either series,date,count or date and a column for each series, "
                       f"each with a name of its own; it is: {','.join(head) or 'empty'}")
    problems = [(line, f"{len(row)} fields, where the first line has {len(head)}")
                for line, row in _whole(rows) if len(row) != len(head)]
    found: dict[tuple[str, date], int] = {}
    for line, name, day_text, count_text in entries:
        try:
            place = (_name(name), _monday(day_text))
            if place in found:
                raise BadInput(f"series {name} has {day_text.strip()} twice")
            found[place] = _count(count_text)
        except BadInput as problem:
            problems.append((line, str(problem)))
    if problems:
        raise BadInput(_told(path, sorted(set(problems))))
    if not found:
        raise BadInput(f"{path}: no rows below the first line")
    return found


def _whole(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows below the first with the number of their line, without empty ones."""
    return [(line, row) for line, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]


def _name(text: str) -> str:
    if not text:
        raise BadInput("series: a name is missing")
    return text


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(f"date: YYYY-MM-DD, not {text.strip() or 'empty'}") from None
    if day.weekday() != 0:
        raise BadInput(f"date: the Monday on which the week begins; {day} is a {day:%A}")
    return day


def _count(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 9):
        raise BadInput(f"count: a whole number, not negative and below a thousand million, not "
                       f"{text.strip() or 'empty'}")
    return int(text)


def _told(path: Path, problems: list[tuple[int, str]]) -> str:
    more = [f"and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    return "\n  ".join([f"{path}: rows that cannot be read", *(f"line {line}: {rule}" for line, rule
                                                               in problems[:SHOWN]), *more])


def _arranged(cells: dict[tuple[str, date], int]) -> WeeklySeries:
    first, last = min(day for _, day in cells), max(day for _, day in cells)
    length = (last - first).days // 7 + 1
    if length > LONGEST:
        raise BadInput(f"date: from {first} to {last} are {length} weeks, more than the {LONGEST} of a century")
    names = list(dict.fromkeys(name for name, _ in cells))
    rows = {name: row for row, name in enumerate(names)}
    counts = np.full((len(names), length), np.nan)
    for (name, day), count in cells.items():
        counts[rows[name], (day - first).days // 7] = count
    known = np.isfinite(counts)
    begins, ends = known.argmax(axis=1), length - known[:, ::-1].argmax(axis=1)
    filled = int((ends - begins).sum() - known.sum())
    return WeeklySeries(names, [first + timedelta(7 * week) for week in range(length)], np.nan_to_num(counts), begins,
                        ends, filled)
