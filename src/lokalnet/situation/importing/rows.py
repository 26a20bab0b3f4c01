"""Read CSV files row by row; a row that cannot be read is a row all the same, with the reason."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from lokalnet.situation.importing.profiles import ImportFailed, Profile


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


def check_files(files: Sequence[Path], profile: Profile) -> None:
    """Raises ImportFailed when a file is named twice, cannot be read, or has other columns than the profile."""
    if len({path.resolve() for path in files}) < len(files):
        raise ImportFailed("a file is named twice; its rows would count twice")
    for path in files:
        check_header(path, _header(path, profile), profile)


def check_header(path: Path, header: Sequence[str], profile: Profile) -> None:
    missing = sorted(profile.headers - profile.optional - set(header))
    unknown = sorted({name for name in header if name not in profile.headers})
    twice = sorted({name for name in header if header.count(name) > 1})
    problems = [f"{what}: {', '.join(map(repr, names))}" for what, names in
                (("missing columns", missing), ("unknown columns", unknown), ("columns named twice", twice)) if names]
    if problems:
        raise ImportFailed(f"{path}: not as profile {profile.name} says: {'; '.join(problems)}")


def _header(path: Path, profile: Profile) -> list[str]:
    try:
        with path.open(newline="", encoding=profile.encoding) as file:
            return [name.strip() for name in next(csv.reader(file, delimiter=profile.delimiter), [])]
    except OSError as problem:
        raise ImportFailed(f"{path}: {problem.strerror or problem}") from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ImportFailed(f"{path}: not a text file in {profile.encoding}: {problem}") from None


def read_all(files: Sequence[Path], profile: Profile) -> Iterator[Row]:
    for path in files:
        yield from read(path, profile)


def read(path: Path, profile: Profile) -> Iterator[Row]:
    """Every row after the header, but for empty lines. Raises ImportFailed where the encoding is another."""
    name = str(path)
    try:
        with path.open(newline="", encoding=profile.encoding) as file:
            reader = csv.reader(file, delimiter=profile.delimiter, strict=True)
            header = [each.strip() for each in next(reader)]
            while True:
                line = reader.line_num + 1
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield Row(name, line, problem=_bad_quotes())
                    continue
                if fields:
                    yield _row(name, line, header, fields)
    except UnicodeDecodeError as problem:
        raise ImportFailed(f"{path}: not in {profile.encoding}, at byte {problem.start} of what was read") from None


def _row(name: str, line: int, header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return Row(name, line, problem=Rejected("bad-columns", _(
            "The row has %(found)d values and the header %(wanted)d.") % {"found": len(fields),
                                                                           "wanted": len(header)}))
    return Row(name, line, dict(zip(header, map(str.strip, fields), strict=True)))


def _bad_quotes() -> Rejected:
    return Rejected("bad-quotes", _("From this line on the quotation marks do not match."))
