"""What was told, as the detection gets it: cells, days and numbers that stand for reporters, and nothing finer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

CELL_KM = 0.25


@dataclass(frozen=True)
class Told:
    """A row for each time that something was told: `day` (datetime64[D]), the cell `x`, `y` (in cells of 250 m), whose.

    `reporter` and `organisation` are numbers without a meaning of their own. `flagged`: told under a measure or on
    planned presence.
    """

    day: Days
    x: Integers
    y: Integers
    reporter: Integers
    organisation: Integers
    flagged: Flags

    def __len__(self) -> int:
        return len(self.day)

    def where(self, rows: Flags | Integers) -> "Told":
        return Told(self.day[rows], self.x[rows], self.y[rows], self.reporter[rows], self.organisation[rows],
                    self.flagged[rows])


@dataclass(frozen=True)
class Voices:
    """A row for each other person who told of the same event, at the event's own day and cell."""

    day: Days
    x: Integers
    y: Integers
    reporter: Integers
    organisation: Integers

    def where(self, rows: Flags) -> "Voices":
        return Voices(self.day[rows], self.x[rows], self.y[rows], self.reporter[rows], self.organisation[rows])


@dataclass(frozen=True)
class Effort:
    """A row for each week (its Monday, datetime64[D]) in which a reporter was at work: told of anything at all, or said
    that the week was quiet."""

    week: Days
    reporter: Integers
