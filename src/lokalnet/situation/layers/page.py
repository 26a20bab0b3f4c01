"""A layer on a page: the picture and, of the same squares, the list by area in the order of the alphabet."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils.translation import gettext as _

from lokalnet.places.areas import places
from lokalnet.situation.addresses import address
from lokalnet.situation.layers import saying
from lokalnet.situation.layers.layer import Square
from lokalnet.situation.layers.looking import Look
from lokalnet.situation.partnerships import Frame, Place

DANISH = str.maketrans("æøå", "{|}")  # as foundation/ordering.py: after z


@dataclass(frozen=True)
class Line:
    """An area with squares of the layer; `letter` marks it in the picture, too. No link where its name is not known."""

    letter: str
    name: str
    url: str
    squares: tuple[Square, ...]
    said: str


def lines(frame: Frame, look: Look) -> list[Line]:
    """In the order of the alphabet, and never by number."""
    squares = look.layer.squares
    middles = [look.middles[square.x, square.y] for square in squares]
    held = places().areas_of([x for x, _y in middles], [y for _x, y in middles])
    found: dict[Place | None, list[Square]] = {}
    for square, areas in zip(squares, held, strict=True):
        found.setdefault(_smallest(frame, areas), []).append(square)
    named = sorted(found.items(), key=lambda each: (each[0] is None, each[0].name.lower().translate(DANISH)
                                                    if each[0] else ""))
    return [Line(_letter(at), place.name if place else str(_("Outside the known areas")),
                 address(frame, "area", place.id) if place else "", tuple(of_place), saying.in_squares(look, of_place))
            for at, (place, of_place) in enumerate(named)]


def _smallest(frame: Frame, areas: Iterable[object]) -> Place | None:
    return next((frame.areas[area] for area in reversed(list(areas)) if area in frame.areas), None)  # type: ignore[index]


def _letter(at: int) -> str:
    more, last = divmod(at, len(ascii_uppercase))
    return (ascii_uppercase[more - 1] if more else "") + ascii_uppercase[last]
