"""Bring in how many people live in an area, from CSV: kind;code;residents;source.

Row by row: what holds is stored, and what does not is told with its line and the rule. A second run changes nothing.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area

COLUMNS = ("kind", "code", "residents", "source")
MOST = 2_000_000  # more live in no municipality of ours, so somebody's separator or column went wrong
LONGEST_SOURCE = 120


class BadResidents(Exception):
    """The file cannot be read as a whole; the message names the file and the rule."""


class _BadRow(ValueError):
    """One row cannot be taken; the message names the field and the rule."""


@dataclass(frozen=True)
class Residents:
    kind: str
    code: str
    number: int
    source: str


@dataclass(frozen=True)
class Imported:
    """How many areas were given a number; `rejected` holds the line and the rule."""

    stored: int
    unchanged: int
    rejected: tuple[tuple[int, str], ...]


def import_residents(file: Path) -> int:
    """Run by the owner of the database, in the migration role. 1 when a row was rejected. Raises BadResidents."""
    lines = list(_lines(file))
    with as_role(MIGRATION):
        done = store(lines)
    for line, rule in done.rejected:
        print(f"{file}, line {line}: {rule}")
    print(f"areas with residents: {done.stored} changed, {done.unchanged} unchanged, {len(done.rejected)} rejected")
    return 1 if done.rejected else 0


def store(lines: list[tuple[int, dict[str, str]]]) -> Imported:
    """Each row by itself; of two rows about one area the first counts."""
    known = {(area.kind, area.code): area for area in Area.objects.defer("outline")}
    seen: set[tuple[str, str]] = set()
    rejected: list[tuple[int, str]] = []
    stored = unchanged = 0
    for line, said in lines:
        try:
            row = _row(said, set(known), seen)
        except _BadRow as problem:
            rejected.append((line, str(problem)))
            continue
        area = known[row.kind, row.code]
        seen.add((row.kind, row.code))
        if (area.residents, area.residents_source) == (row.number, row.source):
            unchanged += 1
            continue
        # Not `save`: an area whose outline is the same must not look changed to those who keep outlines.
        Area.objects.filter(id=area.id).update(residents=row.number, residents_source=row.source)
        stored += 1
    return Imported(stored, unchanged, tuple(rejected))


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers."""
    try:
        with open(file, encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened, delimiter=";", restkey="", restval="")
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadResidents(_("%(file)s: the first line must be %(columns)s.") % {
                    "file": file, "columns": ";".join(COLUMNS)})
            for row in rows:
                said = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
                yield rows.line_num, said | ({"": "too many"} if "" in row else {})
    except OSError as problem:
        raise BadResidents(f"{file}: {problem.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadResidents(_("%(file)s: this is not CSV in UTF-8.") % {"file": file}) from None


def _row(said: dict[str, str], known: set[tuple[str, str]], seen: set[tuple[str, str]]) -> Residents:
    if "" in said:
        raise _BadRow(_("There are more columns than the first line names."))
    kind, code = said["kind"], said["code"]
    if kind not in Area.Kind.values:
        raise _BadRow(_("kind: must be one of %(kinds)s.") % {"kinds": ", ".join(Area.Kind.values)})
    if (kind, code) not in known:
        raise _BadRow(_("code: there is no such area. Codes are text and keep their leading zeros."))
    if (kind, code) in seen:
        raise _BadRow(_("code: this area stands in the file more than once; the first line counts."))
    return Residents(kind, code, _number(said["residents"]), _source(said["source"]))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _BadRow(_("residents: a whole number, written with digits only."))
    if not 1 <= int(text[:12]) <= MOST:
        raise _BadRow(_("residents: a number from 1 to %(most)s.") % {"most": MOST})
    return int(text)


def _source(text: str) -> str:
    if not text:
        raise _BadRow(_("source: say where the number is from and of which year."))
    if len(text) > LONGEST_SOURCE or not text.isprintable():
        raise _BadRow(_("source: at most %(number)s characters of text.") % {"number": LONGEST_SOURCE})
    return text
