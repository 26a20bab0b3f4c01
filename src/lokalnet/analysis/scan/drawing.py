"""Random numbers and the replications made of them.

Each replication has a stream of its own by (seed, replication): it is the same in whichever thread, process or machine
it is made, and whatever was made before it. The generator is SplitMix64 (Steele, Lea and Flood 2014: Fast splittable
pseudorandom number generators), a number below a bound by Lemire's method (2019: Fast random integer generation in an
interval), without bias.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled

LANES = 32  # replications that stand side by side
LANES = 32

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@compiled
def mixed(state: np.uint64) -> np.uint64:
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@compiled
def stream(seed: int, replication: int) -> np.uint64:
    """The state from which a replication's numbers come."""
    return mixed(mixed(np.uint64(seed) + _GOLDEN) + mixed(np.uint64(replication) * _GOLDEN + _SECOND))


@compiled
def below(state: np.uint64, bound: int) -> tuple[np.uint64, int]:
    """(the next state, a whole number from 0 to `bound` - 1); the bound is below 2**32."""
    wide = np.uint64(bound)
    while True:
        state += _GOLDEN
        product = (mixed(state) >> _32) * wide
        if (product & _LOW) >= wide or (product & _LOW) >= (np.uint64(0x100000000) - wide) % wide:
            return state, np.int64(product >> _32)  # type: ignore[return-value]


@compiled
def permuted(steps: NDArray[np.int32], places: NDArray[np.int32], rows: NDArray[Any], seed: int, first: int,
             lanes: int) -> None:
    """Fill `rows` (places, rows x LANES) with running counts; each lane has the cases' steps in another order.

    `steps` and `places` have an element for each case. Lane l is replication `first` + l; lanes from `lanes` on stay
    empty. Fisher and Yates' shuffle.
    """
    rows[:] = 0
    width = rows.shape[1] // LANES
    shuffled = np.empty_like(steps)
    for lane in range(lanes):
        shuffled[:] = steps
        state = stream(seed, first + lane)
        for last in range(len(steps) - 1, 0, -1):
            state, other = below(state, last + 1)
            shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
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
            state += _GOLDEN
            if (mixed(state) >> _32) >= threshold[cell]:
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
