"""The kernels of the Knox test: deal the times out anew, and count the pairs that are close in time as well.

64 permutations lie side by side, a row of 64 times for each event, so that the two rows of a pair are compared by
vector instructions: for many pairs 8 times faster than one permutation after the other.
"""

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.streams import below

LANES = 64
CLOSE, APART = np.int32(1), np.int32(0)
CHUNK = 512  # pairs whose rows are still at hand when the next band of time is counted

Times = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@compiled
def shuffle(times: Times, needed: int, key: np.uint64) -> None:
    """Put a random choice of all times, in random order, into the first `needed` places (Fisher and Yates).

    `key` is the state of the stream of random numbers.
    """
    state = key
    for place in range(min(needed, times.size - 1)):
        state, further = below(state, times.size - place)
        other = place + further
        times[place], times[other] = times[other], times[place]


@compiled
def count_close(times: Times, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32],
                starts: npt.NDArray[np.int64], days: Times, within: npt.NDArray[np.int64]) -> None:
    """Add to within[s, k] the pairs of distance band s whose times differ by at most days[k]."""
    for band in range(starts.size - 1):
        for p in range(starts[band], starts[band + 1]):
            apart = abs(times[first[p]] - times[second[p]])
            for k in range(days.size):
                within[band, k] += apart <= days[k]


@compiled
def replicate(times: Times, involved: int, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32],
              starts: npt.NDArray[np.int64], days: Times, keys: npt.NDArray[np.uint64],
              within: npt.NDArray[np.int64]) -> None:
    """The same for a permutation of the times for each of at most 64 keys: within (keys, distance bands, time ends).

    Only the first `involved` events are in a pair.
    """
    rows = np.zeros((involved, LANES), times.dtype)
    for lane in range(keys.size):
        dealt = times.copy()
        shuffle(dealt, involved, keys[lane])
        rows[:, lane] = dealt[:involved]
    close = np.empty(LANES, np.int32)
    for band in range(starts.size - 1):
        for begin in range(starts[band], starts[band + 1], CHUNK):
            end = min(begin + CHUNK, starts[band + 1])
            for k in range(days.size):
                close[:] = 0
                add_close(rows, first, second, begin, end, days[k], close)
                within[:, band, k] += close[:keys.size]


@compiled
def add_close(rows: npt.NDArray[np.float32], first: npt.NDArray[np.int32], second: npt.NDArray[np.int32], begin: int,
              end: int, days: float, close: npt.NDArray[np.int32]) -> None:
    """A function of its own, and with the counts' own type of 0 and 1, as only so it becomes vector instructions."""
    for p in range(begin, end):
        one, other = rows[first[p]], rows[second[p]]
        for lane in range(LANES):
            close[lane] += CLOSE if abs(one[lane] - other[lane]) <= days else APART
