"""Conditional permutation: the cell keeps its value, all others are dealt out anew, and the sum around it is looked at.

Anselin, L. (1995): Local indicators of spatial association - LISA. Geographical Analysis 27 (2), 93-115. Gi, Gi* and
local Moran rise (or, for Moran in a low cell, fall) with the weighted sum over the neighbours and vary with nothing
else, so that one count serves all three: how many of the sums drawn are at least, and at most, the one observed.
Every cell has its own stream of random numbers: the answer is the same for any number of threads.
"""

import os
from dataclasses import dataclass

import numpy as np

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.local.neighbours import Floats, Neighbours, Whole
from lokalnet.analysis.streams import below, stream
from lokalnet.analysis.threading import in_threads

SAME = 1e-12  # sums that differ by less than this part are ties: they differ by the order of their parts
BLOCK = 64


@dataclass(frozen=True, eq=False)
class Drawn:
    """For each cell, in how many permutations the sum was at least, and at most, the observed one."""

    at_least: Whole
    at_most: Whole


def permuted(values: Floats, neighbours: Neighbours, *, permutations: int, seed: int,
             threads: int | None = None) -> Drawn:
    """Deals out the other values to each cell's neighbours, on `threads` (all cores by default).

    Around an island all sums are 0, so they all tie.
    """
    observed, ties = neighbours.lag(values), tolerance(values, neighbours)
    drawn = Drawn(np.empty(len(values), np.int64), np.empty(len(values), np.int64))

    def block(first: int) -> None:
        _draw(values, neighbours.indptr, neighbours.weights, observed, ties, permutations, np.uint64(seed),
              first, min(first + BLOCK, len(values)), drawn.at_least, drawn.at_most)

    for _ in in_threads(block, range(0, len(values), BLOCK), threads=threads or os.cpu_count() or 1):
        pass
    return drawn


def tolerance(values: Floats, neighbours: Neighbours) -> Floats:
    """By how much two sums around each cell may differ and still be a tie."""
    return SAME * float(np.abs(values).max()) * neighbours.total()


@compiled
def _draw(values: Floats, indptr: Whole, weights: Floats, observed: Floats, ties: Floats, permutations: int,
          seed: np.uint64, first: int, last: int, at_least: Whole, at_most: Whole) -> None:
    """Cells from `first` to before `last`; the last two arrays are filled in.

    `others` holds all values but the cell's own, the last one in its place; `taken` says in which permutation each was
    last dealt out.
    """
    others, taken, turn = values.copy(), np.zeros(len(values), np.int64), 0
    bound = len(values) - 1
    for cell in range(first, last):
        others[cell] = values[-1]
        state = stream(seed, cell)
        more = less = 0
        for _ in range(permutations):
            turn += 1
            total = 0.0
            place = indptr[cell]
            while place < indptr[cell + 1]:
                state, pick = below(state, bound)
                if taken[pick] != turn:
                    taken[pick] = turn
                    total += weights[place] * others[pick]
                    place += 1
            more += total >= observed[cell] - ties[cell]
            less += total <= observed[cell] + ties[cell]
        others[cell] = values[cell]
        at_least[cell], at_most[cell] = more, less
