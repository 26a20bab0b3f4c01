"""The readable versions of the kernels in this folder: slow, short, and their test."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

BITS = 2**64 - 1


def table_of_pairs(places: Floats, times: Floats, distances: Sequence[float], days: Sequence[float]) -> Counts:
    """(distance bands, time bands): each pair of events in its band of both; a band holds its upper end."""
    table = np.zeros((len(distances), len(days)), np.int64)
    for i in range(len(places)):
        for j in range(i + 1, len(places)):
            near = ((places[i] - places[j]) ** 2).sum() <= np.square(distances)
            soon = abs(times[i] - times[j]) <= np.asarray(days)
            if near.any() and soon.any():
                table[near.argmax(), soon.argmax()] += 1
    return table


def random_bits(state: int) -> int:
    """SplitMix64's 64 bits for a state of its counter."""
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & BITS
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB & BITS
    return state ^ (state >> 31)


def shuffled(times: Sequence[float], needed: int, key: int) -> list[float]:
    """The times after Fisher and Yates have filled the first `needed` places from the stream of `key`."""
    dealt = list(times)
    for place in range(min(needed, len(dealt) - 1)):
        left = len(dealt) - place
        while True:
            key = (key + 0x9E3779B97F4A7C15) & BITS
            other, rest = divmod((random_bits(key) >> 32) * left, 2**32)
            if rest >= 2**32 % left:  # else some numbers would come once more often than others
                break
        dealt[place], dealt[place + other] = dealt[place + other], dealt[place]
    return dealt
