"""The guard's findings as a page shows them: the words, why, and what may stand there instead."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from lokalnet.situation import guard


@dataclass(frozen=True)
class Mark:
    """A piece of a text, from `start` to `end` in UTF-16 units as a browser counts them.

    `instead` may stand from `swap_start` to `swap_end`, which may reach beyond the piece: over the article before it,
    or the noun that says enough. Empty where no general word fits. `leaves_out` where nothing new is put in: what stays
    is what stood round the words.
    """

    start: int
    end: int
    words: str
    kind: str
    why: str
    instead: str
    swap_start: int
    swap_end: int
    stops: bool
    may_be_place: bool
    leaves_out: bool


def marks(text: str, *, places: Collection[str] = ()) -> list[Mark]:
    everything = guard.find(text, places=places)
    return [_mark(text, found, swap)
            for found, swap in zip(everything, guard.swaps_of(text, everything), strict=True)]


def as_json(text: str, *, places: Collection[str] = ()) -> dict[str, Any]:
    return {"marks": [asdict(mark) for mark in marks(text, places=places)]}


def _mark(text: str, found: guard.Found, swap: guard.Swap | None) -> Mark:
    swap = swap or guard.Swap(found.start, found.end, "")
    return Mark(_units(text[:found.start]), _units(text[:found.end]), text[found.start:found.end], found.kind.value,
                str(found.why), swap.words, _units(text[:swap.start]), _units(text[:swap.end]), found.stops,
                found.kind == guard.Kind.NAME, _leaves_out(text, found, swap))


def _leaves_out(text: str, found: guard.Found, swap: guard.Swap) -> bool:
    around = text[swap.start:found.start] + text[found.end:swap.end]
    said, left = (re.findall(r"\w+", words.lower()) for words in (swap.words, around))
    return bool(said) and all(word in left for word in said)


def _units(text: str) -> int:
    """A browser sends a line break as two characters and counts it as one."""
    return len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2
