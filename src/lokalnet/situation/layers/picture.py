"""A layer as a picture made here: its squares over the outlines of the areas.

Only shapes are drawn. Every word stands beside the picture, so that it can be read at any width.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import shapely
from django.utils.safestring import SafeString
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area
from lokalnet.situation.layers.layer import Square
from lokalnet.situation.layers.outlines import Outlines

AROUND = 6  # squares
NARROWEST = 32
WIDE, HIGH = 4, 3
ROOM = 0.04  # of the picture, between two letters
SIDE = 0.92  # of a square, so that each is seen as one


@dataclass(frozen=True)
class Picture:
    """From `left` and `top` in squares, eastwards and southwards. Numbers as text with a point."""

    left: float
    top: float
    wide: float
    high: float
    shapes: SafeString

    @property
    def view(self) -> str:
        return f"0 0 {self.wide:g} {self.high:g}"

    def letters(self, groups: Sequence[Sequence[Square]]) -> list[tuple[str, str]]:
        """Where the letter of each group stands, in per cent of the picture: beside its squares, and on no other letter
        as far as there is room."""
        taken: list[tuple[float, float]] = []
        for squares in groups:
            spots = [((x - self.left) / self.wide, (self.top - y) / self.high) for x, y in _beside(squares)]
            taken.append(max(spots, key=lambda spot: min(
                [ROOM, *(max(abs(spot[0] - x), abs(spot[1] - y)) for x, y in taken)])))
        return [(f"{100 * x:.1f}%", f"{100 * y:.1f}%") for x, y in taken]


def _beside(squares: Sequence[Square]) -> Iterator[tuple[float, float]]:
    """Above, below, to the left and to the right of them."""
    xs, ys = [square.x for square in squares], [square.y for square in squares]
    yield (min(xs) + max(xs) + 1) / 2, max(ys) + 2
    yield (min(xs) + max(xs) + 1) / 2, min(ys) - 1
    yield min(xs) - 1, (min(ys) + max(ys) + 1) / 2
    yield max(xs) + 2, (min(ys) + max(ys) + 1) / 2


def picture(squares: Sequence[Square], outlines: Outlines) -> Picture | None:
    """Nothing where there is nothing to draw."""
    box = _box(squares, outlines)
    if box is None:
        return None
    west, south, east, north = box
    lands = [shapely.clip_by_rect(outline, west - 1, south - 1, east + 1, north + 1) for _kind, outline in outlines]
    kinds = [kind for kind, _outline in outlines]
    parts = [_path("land", _line(land, west, north)) for kind, land in zip(kinds, lands, strict=True)
             if kind == Area.Kind.MUNICIPALITY]
    parts += [_path(f"step-{step}", "".join(f"M{square.x - west + 0.04:.2f} {north - square.y - 0.96:.2f}h{SIDE}v{SIDE}"
                                            f"h-{SIDE}z" for square in of_step))
              for step, of_step in sorted(_by_step(squares).items())]
    parts += [_path(str(kind), _line(land, west, north)) for kind, land in reversed(
        list(zip(kinds, lands, strict=True)))]
    return Picture(west, north, east - west, north - south, SafeString("".join(parts)))


def _box(squares: Sequence[Square], outlines: Outlines) -> tuple[float, float, float, float] | None:
    """West, south, east, north: around the squares, else around the municipalities; in one shape for every width."""
    if squares:
        xs, ys = [square.x for square in squares], [square.y for square in squares]
        west, south, east, north = min(xs) - AROUND, min(ys) - AROUND, max(xs) + 1 + AROUND, max(ys) + 1 + AROUND
    elif lands := [outline for kind, outline in outlines if kind == Area.Kind.MUNICIPALITY]:
        west, south, east, north = (round(edge) for edge in shapely.total_bounds(lands).tolist())
    else:
        return None
    wide = max(NARROWEST, east - west, -(-(north - south) * WIDE // HIGH))
    wide += -wide % WIDE
    high = wide * HIGH // WIDE
    left, low = west - (wide - (east - west)) // 2, south - (high - (north - south)) // 2
    return left, low, left + wide, low + high


def _by_step(squares: Iterable[Square]) -> dict[int, list[Square]]:
    found: dict[int, list[Square]] = defaultdict(list)
    for square in squares:
        found[square.step].append(square)
    return found


def _path(kind: str, line: str) -> str:
    return f'<path class="{kind}" d="{line}"/>' if line else ""


def _line(outline: BaseGeometry, west: float, north: float) -> str:
    rings = [ring for polygon in shapely.get_parts(outline) if polygon.geom_type == "Polygon"
             for ring in (polygon.exterior, *polygon.interiors)]
    return "".join("M" + "L".join(f"{x - west:.1f} {north - y:.1f}" for x, y in ring.coords[:-1]) + "z"
                   for ring in rings)
