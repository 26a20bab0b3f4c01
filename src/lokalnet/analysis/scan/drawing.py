"""The replications: the cases shuffled in time, or drawn anew.

Each has a stream of random numbers of its own, by (seed, replication).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.streams import below, bits, stream

LANES = 32  # replications that stand side by side


@compiled
def permuted(steps: NDArray[np.int32], places: NDArray[np.int32], strata: NDArray[np.int64], rows: NDArray[Any],
             seed: int, first: int, lanes: int) -> None:
    """Fill `rows` (places, rows x LANES) with running counts; each lane has the cases' steps in another order.

    `steps` and `places` have an element for each case; each goes round within its stratum, and `strata` are the bounds
    of these. Lane l is replication `first` + l; lanes from `lanes` on stay empty. Fisher and Yates' shuffle.
    """
    rows[:] = 0
    width = rows.shape[1] // LANES
    shuffled = np.empty_like(steps)
    for lane in range(lanes):
        shuffled[:] = steps
        state = stream(seed, first + lane)
        for stratum in range(len(strata) - 1):
            begin = strata[stratum]
            for last in range(strata[stratum + 1] - 1, begin, -1):
                state, other = below(state, last - begin + 1)
                shuffled[last], shuffled[begin + other] = shuffled[begin + other], shuffled[last]
        for case in range(len(steps)):
            if shuffled[case] < width:
                rows[places[case], shuffled[case] * LANES + lane] += 1
    _accumulate(rows)


@compiled
def drawn(number: int, threshold: NDArray[np.uint64], alias: NDArray[np.int64], steps: int, rows: NDArray[Any],
          seed: int, first: int, lanes: int) -> None:
    """Fill `rows` with `number` cases for each lane, drawn by the alias method from cells (place x step, flat).

    `threshold` (cells) of 2**32, `alias` (cells): Vose (1991), A linear algorithm for generating random numbers with a
    given distribution.
    """
    rows[:] = 0
    width = rows.shape[1] // LANES
    for lane in range(lanes):
        state = stream(seed, first + lane)
        for _ in range(number):
            state, cell = below(state, len(threshold))
            state, drawn_bits = bits(state)
            if drawn_bits >= threshold[cell]:
                cell = alias[cell]
            step = cell % steps
            if step < width:
                rows[cell // steps, step * LANES + lane] += 1
    _accumulate(rows)


@compiled
def _accumulate(rows: NDArray[Any]) -> None:
    for place in range(rows.shape[0]):
        for index in range(LANES, rows.shape[1]):
            rows[place, index] += rows[place, index - LANES]


def alias_table(shares: NDArray[np.float64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """(threshold of 2**32, alias) of each cell for shares (cells) that are not negative; their sum need not be 1."""
    return _alias_table(shares * (len(shares) / shares.sum()))


@compiled
def _alias_table(heights: NDArray[np.float64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    number = len(heights)
    threshold = np.empty(number, np.uint64)
    alias = np.arange(number)
    small, large = np.empty(number, np.int64), np.empty(number, np.int64)
    smalls = larges = 0
    for cell in range(number):
        if heights[cell] < 1.0:
            small[smalls] = cell
            smalls += 1
        else:
            large[larges] = cell
            larges += 1
    while smalls and larges:
        smalls -= 1
        low, high = small[smalls], large[larges - 1]
        threshold[low] = np.uint64(heights[low] * 4294967296.0)
        alias[low] = high
        heights[high] -= 1.0 - heights[low]
        if heights[high] < 1.0:
            larges -= 1
            small[smalls] = high
            smalls += 1
    for index in range(smalls):  # by rounding only
        threshold[small[index]] = np.uint64(4294967296)
    for index in range(larges):
        threshold[large[index]] = np.uint64(4294967296)
    return threshold, alias
