"""What is shared: a part for each chosen field, with its lines. The preview, the offer and the copy are made of these.

Kept out of every representation, so that no error report holds them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from lokalnet.disclosure.fields import Shared
from lokalnet.persons.identity import Identity

NAME, BORN, CPR = "name", "born", "cpr"


@dataclass(frozen=True)
class Line:
    """`what` is a slug for its kind (`wording.LINES`), `about` says where it comes from, and `day` is an ISO date."""

    what: str
    text: str = field(repr=False)
    about: str = field(default="", repr=False)
    day: str = ""


@dataclass(frozen=True)
class Section:
    """One chosen field. Without lines where nothing stood in it."""

    field: Shared
    lines: tuple[Line, ...] = ()


Snapshot = tuple[Section, ...]


def said(snapshot: Iterable[Section]) -> dict[str, str]:
    """As it is sealed."""
    return {section.field.value: json.dumps([asdict(line) for line in section.lines]) for section in snapshot}


def from_said(words: Mapping[str, str]) -> Snapshot:
    """In the order of the fields."""
    return tuple(Section(each, tuple(Line(**line) for line in json.loads(words[each.value])))
                 for each in Shared if each.value in words)


def identity_of(snapshot: Iterable[Section]) -> Identity:
    """Who it is about, as far as that was shared."""
    lines = {line.what: line.text for section in snapshot if section.field == Shared.IDENTITY for line in section.lines}
    born = lines.get(BORN, "")
    return Identity(lines.get(NAME, ""), lines.get(CPR, ""), date.fromisoformat(born) if born else None)
