"""A file that a browser brings: what it is, whether it can be meant, and the file itself for as long as it is read.

Whoever brings a wrong file learns what is wrong with it and what would do, before anything is stored.
"""

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _

from lokalnet.foundation import scratch
from lokalnet.situation.importing import sheets
from lokalnet.situation.importing.profiles import ImportFailed, Profile, known, load
from lokalnet.situation.importing.rows import first_line
from lokalnet.situation.importing.sheets import BadFile, Lines, to_csv

LARGEST = 20_000_000
DELIMITERS = (",", ";", "\t")
NAMED, LONGEST_NAME = 6, 40
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")


@dataclass(frozen=True)
class Table:
    """A CSV file on disk and the profile that reads it. `lines` knows the rows of the sheet that it was made of."""

    path: Path
    profile: Profile
    lines: Lines | None = None

    def line_of(self, line: int) -> int:
        return self.lines.row_of(line) if self.lines else line


@contextmanager
def opened(content: bytes, profile: Profile) -> Iterator[Table]:
    """The content as a table, in a private file that is gone afterwards. Raises BadFile."""
    with _kept(content) as brought:
        sheet = brought.with_name("sheet.csv")
        if _is_workbook(content):
            plain = replace(profile, encoding="utf-8", delimiter=",")
            table = Table(sheet, plain, to_csv(brought, sheet, plain))
        else:
            _check_text(content, profile)
            table = Table(brought, replace(profile, delimiter=delimiter(brought, profile)))
        check_columns(_headings(table.path, table.profile), profile)
        yield table


def recognised(content: bytes) -> str:
    """The name of the profile that the headings are of, or else come nearest to. Raises BadFile."""
    with _kept(content) as brought:
        headings_in = _sheet_headings(brought) if _is_workbook(content) else _text_headings(brought, content)
        return max(map(load, known()), key=lambda profile: _fit(headings_in(profile), profile)).name


def _fit(headings: Sequence[str], profile: Profile) -> tuple[bool, int]:
    there, wanted = set(profile.columns_of(headings)), profile.headers
    return wanted - profile.optional <= there <= wanted, len(there & wanted)


def _sheet_headings(brought: Path) -> Callable[[Profile], Sequence[str]]:
    found = sheets.headings(brought)
    return lambda _profile: found


def _text_headings(brought: Path, content: bytes) -> Callable[[Profile], Sequence[str]]:
    def found(profile: Profile) -> Sequence[str]:
        _check_text(content, profile)
        return _headings(brought, replace(profile, delimiter=delimiter(brought, profile)))
    return found


@contextmanager
def _kept(content: bytes) -> Iterator[Path]:
    """In a private file, gone afterwards. Raises BadFile."""
    check_size(len(content))
    with scratch.private() as folder:
        brought = folder / "brought"
        with os.fdopen(os.open(brought, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        yield brought


def check_size(size: int) -> None:
    """Raises BadFile."""
    if size > LARGEST:
        raise BadFile(_("The file is larger than %(number)d MB. Divide it into several files.") % {
            "number": LARGEST // 1_000_000})


def _is_workbook(content: bytes) -> bool:
    """Whether it is XLSX. Raises BadFile for what is another kind of file altogether, by how it begins."""
    if not content.strip():
        raise BadFile(_("The file is empty."))
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise BadFile(_("This is a PDF. Choose the table itself, as CSV or XLSX."))
    if content.startswith(PICTURES):
        raise BadFile(_("This is a picture. Choose the table itself, as CSV or XLSX."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(_("This is an old Excel or Word file, or one with a password. Open it and save it as XLSX or "
                        "CSV, without a password."))
    return content.startswith(b"PK\x03\x04") and _holds_workbook(content)


def _holds_workbook(content: bytes) -> bool:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        names = set()
    if "xl/workbook.xml" in names:
        return True
    if "word/document.xml" in names:
        raise BadFile(_("This is a Word document. Put the table into a spreadsheet and save it as CSV or XLSX."))
    raise BadFile(_("This is an archive (zip) and no table. Unpack it and choose the CSV or XLSX file in it."))


def _check_text(content: bytes, profile: Profile) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4096]:
        raise BadFile(_("The file is no text in UTF-8. In Excel choose \"CSV UTF-8\" when you save it."))
    try:
        content.decode(profile.encoding)
    except UnicodeDecodeError as problem:
        raise BadFile(_("Line %(line)d is not in UTF-8. In Excel choose \"CSV UTF-8\" when you save it.") % {
            "line": content[:problem.start].count(b"\n") + 1}) from None


def delimiter(path: Path, profile: Profile) -> str:
    """The profile's, or the one by which more of the first line is what the profile knows: Danish Excel's semicolon."""
    return max((profile.delimiter, *DELIMITERS), key=lambda each: len(
        profile.headers & set(profile.columns_of(_headings(path, replace(profile, delimiter=each))))))


def _headings(path: Path, profile: Profile) -> list[str]:
    try:
        return first_line(path, profile)
    except ImportFailed:
        return []


def required(profile: Profile) -> list[str]:
    """The headings that a file of this profile has to have, in the profile's order."""
    return [profile.heading(name) for name in profile.columns.values() if name not in profile.optional]


def optional(profile: Profile) -> list[str]:
    """The headings that may be missing, of those that are read."""
    return [profile.heading(name) for name in profile.columns.values() if name in profile.optional]


def check_columns(headings: Sequence[str], profile: Profile) -> None:
    """Raises BadFile naming what is missing, unknown or twice, and what has to be there."""
    header = profile.columns_of(headings)
    missing = sorted(map(profile.heading, profile.headers - profile.optional - set(header)))
    unknown = sorted({name for name in header if name not in profile.headers})
    twice = sorted({profile.heading(name) for name in header if header.count(name) > 1})
    said = [sentence % {"names": _named(names)} for sentence, names in (
        (_("These columns are missing: %(names)s."), missing),
        (_("These columns are not known: %(names)s."), unknown),
        (_("These columns stand there twice: %(names)s."), twice)) if names]
    if said:
        raise BadFile(" ".join([_("The first line does not say the columns that it should."), *said, _(
            "These have to be there: %(names)s.") % {"names": ", ".join(required(profile))}]))


def _named(names: Sequence[str]) -> str:
    """A few of them, short: a first line that is no header may hold anything."""
    some = [name[:LONGEST_NAME] or "–" for name in names[:NAMED]]
    return ", ".join([*some, "…"] if len(names) > NAMED else some)
