"""Copy to the journal: what a page shows, as text and as PDF, for the reader's own record system.

It is the page's own address with `?journal=text` or `?journal=pdf`, so the same rights and the same log apply. A page's
script asks for the text there too; so a copy is always told to the one who logs it.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from lokalnet.foundation import pdf
from lokalnet.foundation.pdf import Document, Part, Table

Journal = Document
FORMS = ("text", "pdf")
WIDEST = 40
DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def answer(request: HttpRequest, template: str, context: dict[str, Any], journal: Journal | Callable[[], Journal], *,
           status: int = 200, copied: Callable[[str], None] | None = None) -> HttpResponse:
    """The page; or its copy, when the address asks for one, which `copied` is told ("pdf" or "text") before it is sent.

    `journal` may be what makes the document: then a page that is only looked at does not pay for it.
    """
    wanted = request.GET.get("journal", "")
    made = functools.cache(lambda: journal() if callable(journal) else journal)
    if wanted not in FORMS:
        return render(request, template, context | {
            "journal_text": lambda: as_text(made()), "journal_pdf": _address(request, "pdf"),
            "journal_plain": _address(request, "text")}, status=status)
    copy = _pdf(made()) if wanted == "pdf" else _text(made())
    if copied:
        copied(wanted)
    return copy


def _address(request: HttpRequest, form: str) -> str:
    query = request.GET.copy()
    query["journal"] = form
    return f"{quote(request.path)}?{query.urlencode()}"


def _pdf(document: Document) -> HttpResponse:
    return HttpResponse(pdf.render(document), content_type="application/pdf", headers={
        "Content-Disposition": f'attachment; filename="{file_name(document)}.pdf"'})


def _text(document: Document) -> HttpResponse:
    return HttpResponse(as_text(document), content_type="text/plain; charset=utf-8")


def file_name(document: Document) -> str:
    """The title and the day. A title is of a thing or a place and names no person: files lie open in folders."""
    return slugify(f"{document.title[:60].translate(DANISH)} {timezone.localdate().isoformat()}")


def as_text(document: Document) -> str:
    """As it is pasted into a field of another system: nothing but characters and line ends."""
    return "\n\n".join(part for part in _parts(document) if part) + "\n"


def _parts(document: Document) -> Iterator[str]:
    yield document.bar
    yield f"{document.title}\n{'=' * len(document.title)}"
    yield "\n".join(f"{name} {words}" if name.endswith("?") else f"{name}: {words}" for name, words in document.facts)
    yield from document.paragraphs
    for table in document.tables:
        yield "\n".join(_lines(table))
    for part in document.parts:
        yield from _part(part)
    yield from document.notes
    yield document.footer


def _part(part: Part) -> Iterator[str]:
    """Without its pictures: their numbers stand in its tables."""
    yield f"{part.heading}\n{('-' if part.under else '=') * len(part.heading)}"
    yield from part.paragraphs
    yield f"{part.lead}\n{part.said}".strip()
    yield "\n".join(f"- {words}" for words in part.listed)
    for table in part.tables:
        yield "\n".join(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    """The table in columns; the last, which often holds sentences, is as long as it is."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in (table.head, *table.rows)]
    widths = [min(max(len(row[at]) for row in rows), WIDEST) for at in range(len(table.head))]
    if table.caption:
        yield f"{table.caption}\n{'-' * len(table.caption)}"
    for row in rows:
        yield " | ".join(_in_columns(row, widths, table.numeric)).rstrip()


def _in_columns(row: tuple[str, ...], widths: list[int], numeric: Iterable[bool]) -> Iterator[str]:
    for cell, width, number in zip(row, widths, numeric, strict=True):
        yield cell.rjust(width) if number else cell.ljust(width)
