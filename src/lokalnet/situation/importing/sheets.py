"""A workbook's first sheet as the CSV that a profile expects, so that everything after it is the same code.

A workbook is a zip of XML, and both can be made to swell: what it unpacks to, its rows, and entities are held against
limits before anything is read. Formulas are not computed: their last value counts, as the file holds it.
"""

import csv
import zipfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from lokalnet.situation.importing.profiles import Profile

MOST_BYTES = 200_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # as long as Excel lets a cell be
AT_ONCE = 65_536


class BadFile(ValueError):
    """The file cannot be imported as a whole; the message names what is wrong and what would do."""


@dataclass(frozen=True)
class Lines:
    """Which row of the sheet a line of the CSV belongs to: a cell may hold several lines."""

    starts: "array[int]"

    def row_of(self, line: int) -> int:
        return bisect_right(self.starts, line)


def to_csv(workbook: Path, out: Path, profile: Profile) -> Lines:
    """Write the first sheet as UTF-8 CSV. Raises BadFile."""
    check(workbook)
    starts = array("Q")
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=profile.delimiter)
        line = 1
        for cells in _rows(workbook, profile):
            starts.append(line)
            writer.writerow(cells)
            if file.tell() > MOST_BYTES:  # one text may stand in many cells
                raise _too_large()
            line += 1 + sum(cell.count("\n") for cell in cells)
    return Lines(starts)


def headings(workbook: Path) -> list[str]:
    """The first row of the first sheet. Raises BadFile."""
    check(workbook)
    try:
        with workbook.open("rb") as file:
            pages = load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets
            first = next(pages[0].iter_rows(max_row=1, values_only=True), ()) if pages else ()
            return _trimmed(["" if value is None else str(value).strip() for value in first])
    except Exception:  # openpyxl raises whatever a damaged file makes it stumble over
        raise _damaged() from None


def check(workbook: Path) -> None:
    """Raises BadFile for what would swell, or names entities, or is damaged."""
    try:
        with zipfile.ZipFile(workbook) as archive:
            members = archive.infolist()
            # What a member says of its size binds: zipfile reads no more than that.
            if sum(member.file_size for member in members) > MOST_BYTES:
                raise _too_large()
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _check_prolog(archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _damaged() from None


def _check_prolog(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No document type, so no entities of its own: read as far as the first element."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_said: found.append("doctype")
    parser.StartElementHandler = lambda *_said: found.append("element")
    with archive.open(member) as file:
        try:
            while not found and (piece := file.read(AT_ONCE)):
                parser.Parse(piece, False)
        except expat.ExpatError:
            raise _damaged() from None
    if "doctype" in found:
        raise _damaged()


def _too_large() -> BadFile:
    return BadFile(_("The workbook is too large when unpacked: more than %(number)d MB.") % {
        "number": MOST_BYTES // 1_000_000})


def _damaged() -> BadFile:
    return BadFile(_("The workbook is damaged or protected. Open it, save it again as XLSX or CSV, and choose that."))


def _rows(workbook: Path, profile: Profile) -> Iterator[list[str]]:
    try:
        with workbook.open("rb") as file:
            yield from _cells(load_workbook(file, read_only=True, data_only=True, keep_links=False), profile)
    except BadFile:
        raise
    except Exception:  # openpyxl raises whatever a damaged file makes it stumble over
        raise _damaged() from None


def _cells(book: Any, profile: Profile) -> Iterator[list[str]]:
    """As wide as the header; what stands right of it stays, so that such a row is rejected and not cut."""
    if not book.worksheets:
        raise BadFile(_("The workbook has no sheet with rows."))
    width = 0
    for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True)):
        if number > MOST_ROWS:
            raise BadFile(_("The sheet has more than %(number)s rows. Divide it into several files.") % {
                "number": intcomma(MOST_ROWS)})
        cells = _trimmed([_text(value, profile) for value in row])
        if not width and len(cells) > MOST_COLUMNS:
            raise BadFile(_("The sheet has more than %(number)d columns.") % {"number": MOST_COLUMNS})
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise BadFile(_("A cell in row %(row)d holds more than %(number)s characters.") % {
                "row": number + 1, "number": intcomma(LONGEST_CELL)})
        width = width or len(cells)
        yield [*cells, *[""] * (width - len(cells))] if cells else []


def _trimmed(cells: list[str]) -> list[str]:
    last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _text(value: Any, profile: Profile) -> str:
    """As the profile's own form has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _moment(value, profile)
    if isinstance(value, date):
        return _moment(datetime.combine(value, time()), profile)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _moment(value: datetime, profile: Profile) -> str:
    """A workbook counts in parts of a day, which come out a hair beside the second."""
    rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return rounded.isoformat() if profile.time_format == "iso" else rounded.strftime(profile.time_format)

