"""The guard's findings as a page shows them: the words, why, and what may stand there instead."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from lokalnet.situation import guard


@dataclass(frozen=True)
class Mark:
    """A piece of a text, from `start` to `end` in UTF-16 units as a browser counts them."""

    start: int
    end: int
    words: str
    kind: str
    why: str
    instead: str
    stops: bool
    may_be_place: bool


def marks(text: str, *, places: Collection[str] = ()) -> list[Mark]:
    return [_mark(text, found) for found in guard.find(text, places=places)]


def as_json(text: str, *, places: Collection[str] = ()) -> dict[str, Any]:
    return {"marks": [asdict(mark) for mark in marks(text, places=places)]}


def _mark(text: str, found: guard.Found) -> Mark:
    return Mark(_units(text[:found.start]), _units(text[:found.end]), text[found.start:found.end], found.kind.value,
                str(found.why), str(found.instead), found.stops, found.kind == guard.Kind.NAME)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
