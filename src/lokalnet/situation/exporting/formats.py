"""Sheets as CSV, as a workbook, and as GeoJSON.

Files are kept packed: 100,000 rows of GeoJSON are 55 MB, and every layer down to the database would copy them.
"""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from lokalnet.situation.exporting.formulas import dangerous, guarded
from lokalnet.situation.exporting.tables import About, Sheet, Value
from lokalnet.situation.models import Export

CONTENT_TYPES = {
    Export.Format.GEOJSON.value: "application/geo+json",
    Export.Format.CSV.value: "text/csv; charset=utf-8",
    Export.Format.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TIME_FORMAT = "yyyy-mm-dd hh:mm"
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def packed(form: str, sheets: Sequence[Sheet], about: About, *, language: str) -> bytes:
    """The file, packed while it is written. GeoJSON has the first sheet alone, which says longitude and latitude."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5, mtime=0) as out:
        if form == Export.Format.XLSX:
            write_workbook(out, sheets, about)
        elif form == Export.Format.GEOJSON:
            write_geojson(out, sheets[0], about)
        else:
            write_csv(out, sheets, language=language)
    return file.getvalue()


def unpacked(file: bytes) -> bytes:
    return gzip.decompress(file)


def write_csv(file: gzip.GzipFile, sheets: Sequence[Sheet], *, language: str) -> None:
    """One table after the other, an empty line between. No line about the file: programs read the first as headers.

    In Danish as a Danish spreadsheet reads it: semicolons, and a decimal comma, because 12.363 would be thousands.
    """
    danish = language.startswith("da")
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    out = csv.writer(text, delimiter=";" if danish else ",")
    for number, sheet in enumerate(sheets):
        if number:
            out.writerow([])
        out.writerow([guarded(column.title) for column in sheet.columns])
        out.writerows([_csv_cell(value, danish) for value in row] for row in sheet.rows)
    text.detach()


def _csv_cell(value: Value, danish: bool) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float):
        return f"{value:.6f}".replace(".", "," if danish else ".")
    return "" if value is None else str(value)


def write_workbook(out: gzip.GzipFile, sheets: Sequence[Sheet], about: About) -> None:
    """A sheet for each, and one about the file. Times are local, because a workbook knows no zones."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = _page(book, sheet.title, [column.width for column in sheet.columns])
        page.freeze_panes = "A2"
        page.append([_bold(page, column.title) for column in sheet.columns])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    said = _page(book, _("About"), [28, 90])
    for name, words in about:
        said.append([_bold(said, name), _wrapped(said, words)])
    file = io.BytesIO()
    book.save(file)  # a workbook is a zip, which is written with steps back
    out.write(file.getvalue())


def _page(book: Any, title: str, widths: Iterable[int]) -> Any:
    page = book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:31])
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    return page


def _cell(page: Any, value: Value) -> Any:
    """What a row is given: the value itself where nothing can go wrong with it, which is most of the time saved."""
    if isinstance(value, datetime):
        cell = WriteOnlyCell(page, value.replace(tzinfo=None))
        cell.number_format = TIME_FORMAT
        return cell
    if isinstance(value, str) and (dangerous(value) or value.startswith("#") or ILLEGAL_CHARACTERS_RE.search(value)):
        return _text_cell(page, value)
    return value


def _text_cell(page: Any, value: str) -> Any:
    """Text is text whatever it begins with: never a formula or an error, and none either when somebody edits it."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    cell.quotePrefix = dangerous(value)
    return cell


def _bold(page: Any, value: str) -> Any:
    cell = _text_cell(page, value)
    cell.font = Font(bold=True)
    return cell


def _wrapped(page: Any, value: str) -> Any:
    cell = _text_cell(page, value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def write_geojson(file: gzip.GzipFile, sheet: Sheet, about: About) -> None:
    """RFC 7946: degrees in WGS 84, longitude first. `about` is a member of our own, which the RFC allows (6.1)."""
    head = {"type": "FeatureCollection", "about": dict(about)}
    file.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "features": [')
    for number, feature in enumerate(_features(sheet)):
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(feature, ensure_ascii=False).encode())
    file.write(b"\n]}\n")


def _features(sheet: Sheet) -> Iterator[dict[str, Any]]:
    keys = [column.key for column in sheet.columns]
    for row in sheet.rows:
        said = dict(zip(keys, map(_plain, row), strict=True))
        point = [round(said.pop("longitude"), 6), round(said.pop("latitude"), 6)]
        yield {"type": "Feature", "id": said.pop("id"), "geometry": {"type": "Point", "coordinates": point},
               "properties": said}


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
