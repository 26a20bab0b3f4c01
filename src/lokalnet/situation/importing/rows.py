"""Read CSV files in chunks of whole rows; a row that cannot be read is a row all the same, with the reason.

A chunk is text and where it stands, so that another process can take its rows apart (`hands.py`).
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.situation.importing.profiles import ImportFailed, Profile

CHUNK = 5_000  # rows


@dataclass(frozen=True)
class Origin:
    """Which report of ours a row was, if it says so; and whether its point is the middle of a cell."""

    reference: UUID | None = None
    coarsened: bool = False


NOT_OURS = Origin()


class Rejected(ValueError):
    """Why one row is not taken: `reason` in one word, to count by, and the rule as the message.

    The rule never repeats what stands in the row: it might be about a person.
    """

    def __init__(self, reason: str, rule: str) -> None:
        super().__init__(rule)
        self.reason, self.rule = reason, rule


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where the row begins. `values` maps headers to what stands under them, without outer blanks."""

    file: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    problem: Rejected | None = None

    @property
    def place(self) -> tuple[str, int]:
        return self.file, self.line


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole rows of one file as they stand there; `line` is where the first begins."""

    file: str
    line: int
    header: tuple[str, ...]
    text: str


def check_files(files: Sequence[Path], profile: Profile) -> None:
    """Raises ImportFailed when a file is named twice, cannot be read, or has other columns than the profile."""
    if len({path.resolve() for path in files}) < len(files):
        raise ImportFailed("a file is named twice; its rows would count twice")
    for path in files:
        check_header(path, profile.columns_of(first_line(path, profile)), profile)


def check_header(path: Path, header: Sequence[str], profile: Profile) -> None:
    missing = sorted(profile.headers - profile.optional - set(header))
    unknown = sorted({name for name in header if name not in profile.headers})
    twice = sorted({name for name in header if header.count(name) > 1})
    problems = [f"{what}: {', '.join(map(repr, names))}" for what, names in
                (("missing columns", missing), ("unknown columns", unknown), ("columns named twice", twice)) if names]
    if problems:
        raise ImportFailed(f"{path}: not as profile {profile.name} says: {'; '.join(problems)}")


def first_line(path: Path, profile: Profile) -> list[str]:
    """The headings as they stand there. Raises ImportFailed."""
    try:
        with path.open(newline="", encoding=profile.encoding) as file:
            return [name.strip() for name in next(csv.reader(file, delimiter=profile.delimiter), [])]
    except OSError as problem:
        raise ImportFailed(f"{path}: {problem.strerror or problem}") from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ImportFailed(f"{path}: not a text file in {profile.encoding}: {problem}") from None


def chunks(files: Sequence[Path], profile: Profile) -> Iterator[Chunk]:
    for path in files:
        yield from _chunks(path, profile)


def _chunks(path: Path, profile: Profile) -> Iterator[Chunk]:
    """Everything after the header. Raises ImportFailed where the encoding is another."""
    try:
        with path.open(newline="", encoding=profile.encoding) as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=profile.delimiter, strict=True)
            header = profile.columns_of(next(reader))
            lines.taken()
            while True:
                line = reader.line_num + 1
                _skip(reader, CHUNK)
                if not (text := lines.taken()):
                    return
                yield Chunk(str(path), line, header, text)
    except UnicodeDecodeError as problem:
        raise ImportFailed(f"{path}: not in {profile.encoding}, at byte {problem.start} of what was read") from None


class _Lines:
    """The lines of a file, kept as they pass: where a row ends only the reader of CSV knows."""

    def __init__(self, file: io.TextIOBase) -> None:
        self._file = file
        self._kept: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._kept.append(line)
            yield line

    def taken(self) -> str:
        text = "".join(self._kept)
        self._kept.clear()
        return text


def _skip(reader: Iterator[list[str]], number: int) -> None:
    """Past that many rows, or to the end."""
    for _number in range(number):
        try:
            if next(reader, None) is None:
                return
        except csv.Error:  # after it the reader goes on at the next line
            continue


def read(path: Path, profile: Profile) -> Iterator[Row]:
    """The rows of one file, as they are asked for."""
    for chunk in _chunks(path, profile):
        yield from rows_of(chunk, profile)


def rows_of(chunk: Chunk, profile: Profile) -> Iterator[Row]:
    """Every row of a chunk, but for empty lines."""
    reader = csv.reader(io.StringIO(chunk.text, newline=""), delimiter=profile.delimiter, strict=True)
    while True:
        line = chunk.line + reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(chunk.file, line, problem=_bad_quotes())
            continue
        if fields:
            yield _row(chunk.file, line, chunk.header, fields)


def _row(name: str, line: int, header: Sequence[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return Row(name, line, problem=Rejected("bad-columns", _(
            "The row has %(found)d values and the header %(wanted)d.") % {"found": len(fields),
                                                                           "wanted": len(header)}))
    return Row(name, line, dict(zip(header, map(str.strip, fields), strict=True)))


def _bad_quotes() -> Rejected:
    return Rejected("bad-quotes", _("From this line on the quotation marks do not match."))
