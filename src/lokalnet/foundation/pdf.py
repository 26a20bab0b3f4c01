"""A document as an accessible PDF (tagged, PDF/UA-1), because each authority files what it saw in a system of its own.

typst sets it, in this process: no shell, no network, no file of content. What people wrote reaches the template
(`document.typ`) as JSON and is never markup.
"""

import functools
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Final

import typst

TEMPLATE = Path(__file__).with_name("document.typ")
# The pages' own typeface, as the design system brings it; without it typst's built-in faces do.
TYPEFACE = Path(__file__).parents[3] / "frontend/node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf"
STANDARD: Final = "ua-1"
_NUMBER = re.compile(r"[+−-]?\d[\d.,\s]*%?(–\d[\d.,]*)?|[–-]?")
# What only joins, varies or encloses its neighbours: nothing is lost to the reader without it.
_JOINS = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\u20dd-\u20e4\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold nothing but numbers, and are set to the right."""
        return tuple(any(row[at] for row in self.rows) and all(_NUMBER.fullmatch(row[at]) for row in self.rows)
                     for at in range(len(self.head)))

    @property
    def weights(self) -> tuple[int, ...]:
        """How wide the columns are, against each other: wide enough for their words, and none takes it all."""
        columns = [[row[at] for row in (self.head, *self.rows)] for at in range(len(self.head))]
        words = (max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns)
        return tuple(max(min(word, 20) + 6, min(max(map(len, column)), 36))
                     for word, column in zip(words, columns, strict=True))


@dataclass(frozen=True)
class Plot:
    """A picture of shapes alone (SVG), and in words what it shows. What stands around it is text: a name and a line
    above, the top of its scale, and where it begins and ends.
    """

    svg: str
    alternative: str
    name: str = ""
    said: str = ""
    top: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Part:
    """What stands under a heading of its own: paragraphs, a larger `lead` with what is `said` under it, and items of a
    list.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    lead: str = ""
    said: str = ""
    listed: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()
    under: bool = False  # of the part before it


@dataclass(frozen=True)
class Document:
    """Heading, facts, paragraphs, tables, parts, notes: in this order. `bar` stands above the heading and on every
    page. The file holds no time of its making: the same document is the same bytes on any day.
    """

    title: str
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    footer: str = ""
    bar: str = ""


def render(document: Document) -> bytes:
    """The PDF. A copy never fails over a letter: what no typeface of ours has is spelled out, "[fire]"."""
    try:
        return _set(as_json(document), [STANDARD])
    except typst.TypstError:
        spelled = as_json(_in_all_texts(document, _spelled))
    try:
        return _set(spelled, [STANDARD])
    except typst.TypstError:  # letters that are there one by one and not together: tagged all the same
        return _set(spelled, [])


def as_json(document: Document) -> str:
    """What the template gets."""
    printable: Document = _in_all_texts(document, _printable)
    parts = [asdict(part) | {"tables": _tables(part.tables)} for part in printable.parts]
    return json.dumps(asdict(printable) | {"tables": _tables(printable.tables), "parts": parts})


def _tables(tables: tuple[Table, ...]) -> list[dict[str, Any]]:
    return [asdict(table) | {"numeric": table.numeric, "weights": table.weights} for table in tables]


def _set(said: str, standards: "list[typst.PDFStandard]") -> bytes:
    return typst.compile(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs={"said": said},
                         pdf_standards=standards)


@functools.cache
def _fonts() -> typst.Fonts:
    """Not the system's: a copy looks the same wherever it was made."""
    return typst.Fonts(include_system_fonts=False, font_paths=[TYPEFACE] if TYPEFACE.is_dir() else [])


def _in_all_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The document with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_in_all_texts(each, change) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return type(value)(**{field.name: _in_all_texts(getattr(value, field.name), change) for field in fields(value)})


def _printable(text: str) -> str:
    """Without control characters and halves of characters: neither JSON nor PDF/UA has them."""
    return "".join(each for each in text.replace("\t", " ")
                   if each == "\n" or unicodedata.category(each) not in ("Cc", "Cs"))


def _spelled(text: str) -> str:
    return "".join(each if each.isascii() or _has_face(each) else f"[{_name(each)}]" for each in _JOINS.sub("", text))


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


@functools.lru_cache(maxsize=4000)
def _has_face(character: str) -> bool:
    """Whether a typeface of ours has it. typst says so only by refusing; asked once for each character."""
    try:
        _set(as_json(Document("-", "en", paragraphs=(character,))), [STANDARD])
    except typst.TypstError:
        return False
    return True
