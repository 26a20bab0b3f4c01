"""One look through a text: everything found, in order, none upon another."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from . import kinds
from .descriptions import descriptions
from .doors import doors
from .groups import groups
from .kinds import STOPPED, Found, Kind
from .kinship import kinship
from .lists import places_of
from .names import names
from .nicknames import nicknames
from .numbers import Piece, numbers
from .plain import lower, plain
from .plates import plates
from .splitting import split


class RefusedText(ValueError):
    """The text holds something that must not be stored; the message names the rules, never the text."""

    def __init__(self, message: str, kinds: tuple[Kind, ...] = ()) -> None:
        super().__init__(message)
        self.kinds = kinds


def find(text: str, *, places: Collection[str] = ()) -> list[Found]:
    """`places` are names that the caller knows as places, as they are spelled, of one or several words."""
    seen = plain(text)
    words = split(seen.text)
    low = lower(seen.text)
    pieces = [*numbers(seen.text), *plates(seen.text), *doors(low), *names(words, places_of(places)),
              *kinship(low), *nicknames(seen.text, low), *descriptions(low)]
    return [Found(*seen.span(start, end), kind) for start, end, kind in _apart(pieces)]


def check_text(text: str, *, places: Collection[str] = (), also: Collection[Kind] = ()) -> None:
    """Raises `RefusedText` where the text cannot be stored or holds what is stopped, or what is stopped `also` here."""
    if "\x00" in text:
        raise RefusedText(_("The text holds a character that cannot be stored."))
    if found := stopped(text, places=places, also=also):
        raise RefusedText(" ".join([*map(kinds.why, found), _("Describe what happened instead.")]), found)


def stopped(text: str, *, places: Collection[str] = (), also: Collection[Kind] = ()) -> tuple[Kind, ...]:
    """Of what is stopped, the kinds that the text holds, each once."""
    there = {found.kind for found in find(text, places=places) if found.stops or found.kind in also}
    if Kind.GROUP in also and any(groups(plain(text).text)):
        there.add(Kind.GROUP)
    return tuple(kind for kind in Kind if kind in there)


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Where two overlap, one that stops goes before one that marks, then the longer."""
    if len(pieces) < 2:
        return pieces
    kept: list[Piece] = []
    taken = bytearray(max(end for _, end, _ in pieces))
    for start, end, kind in sorted(pieces, key=_rank):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end, kind))
    return sorted(kept)


def _rank(piece: Piece) -> tuple[bool, int, int]:
    start, end, kind = piece
    return kind not in STOPPED, start - end, start
