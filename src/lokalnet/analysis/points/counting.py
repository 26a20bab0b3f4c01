"""The kernels of the Knox test: deal the times out anew, and count the pairs that are close in time as well."""

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.compiling import compiled

CHUNK = 256
GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
WHOLE = np.uint64(1 << 32)
BY30, BY27, BY31 = np.uint64(30), np.uint64(27), np.uint64(31)

Times = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@compiled
def mixed(state: np.uint64) -> np.uint64:
    """64 random bits of a counter: SplitMix64. Steele, Lea and Flood (2014), OOPSLA, 453-472."""
    state = (state ^ (state >> BY30)) * FIRST
    state = (state ^ (state >> BY27)) * SECOND
    return np.uint64(state ^ (state >> BY31))


@compiled
def shuffle(times: Times, needed: int, key: np.uint64) -> None:
    """Put a random choice of all times, in random order, into the first `needed` places (Fisher and Yates).

    `key` is the stream of random numbers. Each number below a bound is drawn without bias: Lemire (2019), Fast random
    integer generation in an interval, ACM TOMACS 29 (1).
    """
    n = times.size
    state = key
    for place in range(min(needed, n - 1)):
        left = np.uint64(n - place)
        state += GAMMA
        product = (mixed(state) >> HALF) * left
        if product & LOW < left:
            threshold = (WHOLE - left) % left
            while product & LOW < threshold:
                state += GAMMA
                product = (mixed(state) >> HALF) * left
        other = place + np.int64(product >> HALF)
        times[place], times[other] = times[other], times[place]


@compiled
def count_close(times: Times, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32],
                starts: npt.NDArray[np.int64], days: Times, within: npt.NDArray[np.int64]) -> None:
    """Add to within[s, k] the pairs of distance band s whose times differ by at most days[k]."""
    apart = np.empty(CHUNK, times.dtype)
    for band in range(starts.size - 1):
        for begin in range(starts[band], starts[band + 1], CHUNK):
            size = min(CHUNK, starts[band + 1] - begin)
            for at in range(size):
                apart[at] = abs(times[first[begin + at]] - times[second[begin + at]])
            for k in range(days.size):
                close = 0
                for at in range(size):
                    close += apart[at] <= days[k]
                within[band, k] += close


@compiled
def replicate(times: Times, involved: int, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32],
              starts: npt.NDArray[np.int64], days: Times, keys: npt.NDArray[np.uint64],
              within: npt.NDArray[np.int64]) -> None:
    """One permutation of the times for each key; within (keys, distance bands, time ends) is filled."""
    for r in range(keys.size):
        dealt = times.copy()
        shuffle(dealt, involved, keys[r])
        count_close(dealt, first, second, starts, days, within[r])
