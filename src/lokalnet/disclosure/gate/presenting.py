"""A snapshot in the reader's words: the same for the preview and for the copy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format

from lokalnet.disclosure.gate import snapshots
from lokalnet.disclosure.gate.snapshots import Line, Section
from lokalnet.disclosure.gate.wording import LINES


@dataclass(frozen=True)
class Shown:
    label: str
    text: str = field(repr=False)
    about: str = field(repr=False)
    day: str


@dataclass(frozen=True)
class Part:
    title: str
    lines: tuple[Shown, ...]


def parts(snapshot: Iterable[Section]) -> list[Part]:
    return [Part(str(section.field.label), tuple(map(_shown, section.lines))) for section in snapshot]


def _shown(line: Line) -> Shown:
    return Shown(str(LINES.get(line.what, line.what)), _text(line), line.about, _day(line.day) if line.day else "")


def _text(line: Line) -> str:
    if line.what == snapshots.BORN:
        return _day(line.text)
    return f"{line.text[:6]}-{line.text[6:]}" if line.what == snapshots.CPR else line.text


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso))
