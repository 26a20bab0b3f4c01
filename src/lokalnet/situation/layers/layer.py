"""What a layer shows."""

from dataclasses import dataclass
from enum import StrEnum

from lokalnet.situation.layers.choosing import Kind

PLAIN, COLOURED = 0, 2  # steps, where a square either stands out or not


class Found(StrEnum):
    """What is said first."""

    SOME = "some"
    NONE = "none"
    TOO_LITTLE = "too-little"


@dataclass(frozen=True)
class Square:
    """By its column and row; `step` is how strongly it is coloured, 0 for not at all."""

    x: int
    y: int
    step: int


@dataclass(frozen=True)
class Window:
    """For `days` after a report, within `metres` of it, there are `ratio` times as many as usual."""

    metres: int
    days: int
    ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class Band:
    """A line behind a window: of pairs of days so far apart in place and time, as many as `observed` where chance gives
    `expected`; no interval where it gives none."""

    to_metres: int
    from_days: int
    to_days: int
    observed: int
    expected: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Layer:
    """`squares` are all that can be shown, in rows from the south; none where there is too little to go by. `steps` are
    the reports for each km2 at which the second and the third step of a density begin."""

    kind: Kind
    found: Found
    squares: tuple[Square, ...]
    steps: tuple[float, ...] = ()
    window: Window | None = None
    bands: tuple[Band, ...] = ()

    @property
    def coloured(self) -> int:
        return sum(square.step > 0 for square in self.squares)
