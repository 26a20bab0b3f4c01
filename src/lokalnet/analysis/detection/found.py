"""What a look at one group of categories found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Word(StrEnum):
    """What is said first."""

    QUIET = "quiet"
    TOO_LITTLE = "too-little"
    MAYBE = "maybe"
    UNUSUAL = "unusual"


@dataclass(frozen=True)
class Candidate:
    """Something unusual that goes on: in the circle of `cells` (x, y) around `center`.

    `observed` events were told from `first_day` to `last_day` where the same organisations usually tell of `expected`;
    `ratio_low` to `ratio_high` is the 95 % interval of observed / expected (Garwood; the expected taken as known).
    `per_year`: how often in a year chance alone gives as much, in all that the partnership looks at. `reporters` and
    `organisations` are those who told of it, each counted once.
    """

    word: Word
    cells: tuple[tuple[int, int], ...]
    center: tuple[int, int]
    radius_km: float
    first_day: date
    last_day: date
    observed: int
    expected: float
    ratio_low: float
    ratio_high: float
    p_value: float
    per_year: float
    reporters: int
    organisations: int


@dataclass(frozen=True)
class Looked:
    """`candidates`, the most unusual first, are those that a human should see; where there are none the `word` is
    `quiet` or `too-little`. `counted` events of `reporters` in `organisations` were looked at. `per_year` is that of
    the strongest cluster, candidate or not; None where there was too little."""

    word: Word
    counted: int
    reporters: int
    organisations: int
    per_year: float | None
    candidates: tuple[Candidate, ...]
