"""What chance gives: the pairs counted again and again with the times dealt out anew (Knox 1964, Mantel 1967).

Each permutation has a stream of random numbers of its own, made of the seed and the permutation's number, so that any
number of threads gives the same answer.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.points.counting import LANES, Times, count_close, replicate
from lokalnet.analysis.points.pairs import ClosePairs, Floats
from lokalnet.analysis.threading import in_threads

EXACT_IN_SINGLE = 2**24

Counts = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]


def observed_counts(pairs: ClosePairs, times: Floats, days: Sequence[float]) -> Counts:
    """(distance bands, time bands): the pairs in each band of both."""
    dealt, ends = _narrow(times[pairs.order], days)
    within = np.zeros((len(pairs.in_band), len(days)), np.int64)
    count_close(dealt, pairs.first, pairs.second, pairs.starts, ends, within)
    return np.diff(within, prepend=0)


def simulated_counts(pairs: ClosePairs, times: Floats, days: Sequence[float], *, replications: int, seed: int,
                     threads: int = 1, progress: Progress | None = None) -> Counts:
    """(replications, distance bands, time bands): the same with the times permuted.

    `progress` is told after each block how many replications are done, and of how many.
    """
    dealt, ends = _narrow(times[pairs.order], days)
    keys = np.random.SeedSequence(seed).generate_state(replications, np.uint64).astype(np.uint64)
    within = np.zeros((replications, len(pairs.in_band), len(days)), np.int64)

    def block(begin: int) -> int:
        part = slice(begin, begin + LANES)
        replicate(dealt, pairs.involved, pairs.first, pairs.second, pairs.starts, ends, keys[part], within[part])
        return min(begin + LANES, replications)

    for done in in_threads(block, range(0, replications, LANES), threads=threads):
        if progress:
            progress(done, replications)
    return np.diff(within, prepend=0)


def _narrow(times: Floats, days: Sequence[float]) -> tuple[Times, Times]:
    """Whole days in single precision, where they are exact and half the memory; other times as they are."""
    ends = np.asarray(days, float)
    whole = times - times.min()
    if (whole == np.rint(whole)).all() and whole.max() < EXACT_IN_SINGLE:
        return whole.astype(np.float32), np.minimum(np.floor(ends), EXACT_IN_SINGLE).astype(np.float32)
    return times.copy(), ends
