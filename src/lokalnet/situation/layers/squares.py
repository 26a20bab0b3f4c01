"""Which 250 m squares can be shown, and what was told in them: all that a layer says is made of this.

A square is there only where at least three different people told of it in the period. What is too few counts nowhere:
it is neither shown nor in the density of the squares beside it, so nothing of it can be had from two layers, two groups
or two periods that are held against each other. Periods are whole weeks: nothing falls out of them from day to day.

Reporters are numbers drawn anew with each question. They are counted here and go no further; what comes out is in the
order of the squares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.detection.told import CELL_KM, Days, Integers, Told, Voices
from lokalnet.situation.layers.layer import Square
from lokalnet.situation.models import Theme
from lokalnet.situation.signals.asking import Asked

FEWEST_REPORTERS = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Squares:
    """Squares that can be shown: column `x`, row `y`, and the `reports` of the period, southernmost row first.

    What one person told of a square on one day counts once. `told_in` (a place in these) and `told_on` (datetime64[D])
    are the days on which anything was told in one of them, whoever told it; up to today, so beyond the period.
    """

    x: Integers
    y: Integers
    reports: Integers
    told_in: Integers
    told_on: Days

    def __len__(self) -> int:
        return len(self.x)

    def in_steps(self, steps: Integers) -> tuple[Square, ...]:
        """As they are drawn."""
        return tuple(map(Square, self.x.tolist(), self.y.tolist(), steps.tolist()))

    @property
    def middles_km(self) -> Floats:
        """(n, 2) east and north."""
        return np.column_stack((self.x, self.y)).astype(np.float64) * CELL_KM + CELL_KM / 2


def squares(asked: Asked, themes: Iterable[Theme], *, until: date) -> Squares:
    """Of an answer that begins with the period; `until` is the period's last day."""
    sighted = [asked.themes[theme] for theme in themes]
    told = _Rows.of([each.told for each in sighted])
    everybody = _Rows.of([part for each in sighted for part in (each.told, each.voices)])
    if not len(everybody.x):
        nothing = np.zeros(0, np.int64)
        return Squares(nothing, nothing, nothing, nothing, np.zeros(0, "datetime64[D]"))
    grid = _Grid(everybody.x.min(), everybody.y.min(), everybody.x.max() - everybody.x.min() + 1)
    last = np.datetime64(until, "D")
    shown = grid.told_by_enough(everybody.where(everybody.day <= last))
    cells = grid.cell(told)
    told, cells = told.where(kept := np.isin(cells, shown)), cells[kept]
    once = _different(cells, told.reporter, told.day.astype(np.int64), of=told.day <= last)
    days = _different(cells, told.day.astype(np.int64))
    return Squares(shown % grid.wide + grid.west, shown // grid.wide + grid.south,
                   np.bincount(np.searchsorted(shown, once[:, 0]), minlength=len(shown)),
                   np.searchsorted(shown, days[:, 0]), days[:, 1].astype("datetime64[D]"))


@dataclass(frozen=True, eq=False)
class _Rows:
    x: Integers
    y: Integers
    day: Days
    reporter: Integers

    @classmethod
    def of(cls, parts: Sequence[Told | Voices]) -> "_Rows":
        return cls(*(np.concatenate([getattr(part, name) for part in parts])
                     for name in ("x", "y", "day", "reporter")))

    def where(self, rows: NDArray[np.bool_]) -> "_Rows":
        return _Rows(self.x[rows], self.y[rows], self.day[rows], self.reporter[rows])


@dataclass(frozen=True)
class _Grid:
    """Squares as single numbers, row by row."""

    west: np.int64
    south: np.int64
    wide: np.int64

    def cell(self, rows: _Rows) -> Integers:
        return (rows.y - self.south) * self.wide + rows.x - self.west

    def told_by_enough(self, rows: _Rows) -> Integers:
        """The rule."""
        pairs = _different(self.cell(rows), rows.reporter)
        cells, reporters = np.unique(pairs[:, 0], return_counts=True)
        return cells[reporters >= FEWEST_REPORTERS]


def _different(*columns: Integers, of: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """The different rows of these columns, ascending."""
    table = np.column_stack(columns)
    return np.unique(table if of is None else table[of], axis=0)
