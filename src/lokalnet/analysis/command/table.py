"""A CSV file as columns of text, and what is wrong with it by line.

Commas, semicolons (with a decimal comma, as Danish spreadsheets write them) or tabs; quoted fields; UTF-8 with or
without a byte order mark. Each distinct text of a column is read once, however many rows repeat it: 86,000 rows of
cases have 2,500 places, 364 days and a dozen counts. Lines are counted only when there is something to say of them.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.command import fields
from lokalnet.analysis.results import BadInput

NAMED = 20  # bad rows are named by line up to here, then counted
SEPARATORS = (",", ";", "\t")
BLANK = " \t"
Value = TypeVar("Value")

if TYPE_CHECKING:
    import _csv


@dataclass(frozen=True)
class Table:
    """Columns by their name in lower case; blank rows are left out. `titles` are the names as they are written.

    `problems`: row, place of the column, the rule.
    """

    file: Path
    text: str
    separator: str
    titles: tuple[str, ...]
    columns: dict[str, Sequence[str]]
    problems: list[tuple[int, int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def one_of(self, *names: str) -> str:
        """The first of these names that is a column; BadInput says which columns there are."""
        found = next((name for name in names if name in self.columns), None)
        if found is None:
            raise BadInput(f"{self.file}: there is no column {' or '.join(names)}; {self.heading()}")
        return found

    def heading(self) -> str:
        return "the first line has " + ", ".join(f'"{title}"' for title in self.titles)

    def read(self, column: str, reader: Callable[[str], Value], instead: Value) -> Iterator[Value]:
        """Each row's value; `instead` and a problem where the reader raises ValueError."""
        texts, known = self.columns[column], {}
        wrong: dict[str, str] = {}
        for text in set(texts):
            try:
                known[text] = reader(text.strip())
            except ValueError as problem:
                known[text], wrong[text] = instead, str(problem)
        for row, text in enumerate(texts) if wrong else ():
            if text in wrong:
                self.wrong(row, column, wrong[text])
        return map(known.__getitem__, texts)

    def whole_numbers(self, column: str, reader: Callable[[str], int]) -> NDArray[np.int64]:
        return np.fromiter(self.read(column, reader, 0), np.int64, len(self))

    def numbers(self, column: str, reader: Callable[[str], float]) -> NDArray[np.float64]:
        return np.fromiter(self.read(column, reader, 0.0), np.float64, len(self))

    def names(self, column: str) -> tuple[list[str], NDArray[np.int64]]:
        """The names as they come, each once, and for each row the index of its own."""
        number: dict[str, int] = {}
        index = (number.setdefault(text, len(number)) for text in self.read(column, fields.name, ""))
        rows = np.fromiter(index, np.int64, len(self))
        return list(number), rows

    def wrong(self, row: int, column: str, problem: str) -> None:
        place = list(self.columns).index(column)
        self.problems.append((row, place, f"{self.titles[place]}: {problem}"))

    @cached_property
    def lines(self) -> list[int]:
        """The line on which each row begins."""
        return [line for line, _ in _rows(self.text, self.separator)][1:]

    def stop_at_repeated(self, column: str, what: str, *key: NDArray[np.int64]) -> None:
        """Raise BadInput that names each row whose key an earlier one has: `what` is already on line so and so."""
        order = np.lexsort(key)
        again = np.flatnonzero(np.all([part[order][1:] == part[order][:-1] for part in key], axis=0))
        for at in again.tolist():
            self.wrong(int(order[at + 1]), column, f"{what} already on line {self.lines[order[at]]}")
        self.stop_at_problems()

    def stop_at_problems(self) -> None:
        """Raise BadInput that names each bad row's line, column and rule."""
        if not self.problems:
            return
        lines = self.lines
        said = [f"  line {lines[row]}, {problem}" for row, _, problem in sorted(self.problems)]
        raise BadInput(_listed(self.file, said))


def table(file: Path) -> Table:
    """Raises BadInput for what is no CSV file with a heading and rows."""
    text = _text(file)
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        heading, *columns = _columns(file, text, separator)
    except csv.Error as problem:
        raise BadInput(f"{file}: this is no CSV ({problem}); is a quotation mark left open?") from None
    if not columns:
        raise BadInput(f"{file}: there is a heading, but no row below it")
    titles = tuple(map(str.strip, heading))
    names = [title.lower() for title in titles]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"{file}: more than one column is called \"{twice[0]}\"")
    return Table(file, text, separator, titles, dict(zip(names, columns, strict=True)))


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except IsADirectoryError:
        raise BadInput(f"{file}: this is a folder, not a file") from None
    except FileNotFoundError:
        raise BadInput(f"{file}: there is no such file") from None
    except OSError as problem:
        raise BadInput(f"{file}: cannot be read ({problem.strerror})") from None
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f"{file}: this is a spreadsheet; save it as CSV UTF-8 in the spreadsheet program")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:1000]:
        raise BadInput(f"{file}: this is UTF-16 or no text at all; save it as CSV UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadInput(f"{file}: line {line} is not UTF-8, perhaps Windows-1252 as older spreadsheets write it; "
                       "save the file as CSV UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _columns(file: Path, text: str, separator: str) -> list[Sequence[str]]:
    """The heading, then the columns. Where nothing is quoted and no row is short or long, by one split of the whole."""
    lines = [line for line in text.split("\n") if line.strip(separator + BLANK)]
    if '"' not in text and len({line.count(separator) for line in lines}) == 1:
        width = lines[0].count(separator) + 1
        fields = separator.join(lines).split(separator)
        return [fields[:width], *(fields[width + place::width] for place in range(width) if len(lines) > 1)]
    rows = [row for row in _reader(text, separator) if _holds_something(row)]
    if not rows:
        raise BadInput(f"{file}: the file is empty")
    if len({len(row) for row in rows}) > 1:
        uneven = [f"  line {line}: {len(row)} fields, but the heading has {len(rows[0])}"
                  for line, row in _rows(text, separator) if len(row) != len(rows[0])]
        raise BadInput(_listed(file, uneven))
    return [rows[0], *zip(*rows[1:], strict=True)]


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row that is not blank; the heading first."""
    reader, begins = _reader(text, separator), 1
    for row in reader:
        if _holds_something(row):
            yield begins, row
        begins = reader.line_num + 1


def _reader(text: str, separator: str) -> "_csv.Reader":
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _holds_something(row: list[str]) -> bool:
    return bool("".join(row).strip(BLANK))


def _listed(file: Path, said: list[str]) -> str:
    more = [f"  and {len(said) - NAMED:,} more"] if len(said) > NAMED else []
    return "\n".join([f"{file}: some rows cannot be used", *said[:NAMED], *more])
