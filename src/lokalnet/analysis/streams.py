"""Random numbers inside kernels: a stream for each number, by (seed, number), the same whatever was drawn before it,
in whichever thread, process or machine.

SplitMix64: Steele, G. L., Lea, D. and Flood, C. H. (2014): Fast splittable pseudorandom number generators. OOPSLA '14,
453-472. Whole numbers below a bound without bias: Lemire, D. (2019): Fast random integer generation in an interval.
ACM Transactions on Modeling and Computer Simulation 29 (1), 3.
"""

import numpy as np

from lokalnet.analysis.compiling import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(2**32)


@compiled
def mixed(state: np.uint64) -> np.uint64:
    """64 random bits of a counter."""
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@compiled
def stream(seed: int | np.uint64, number: int) -> np.uint64:
    """The state from which the numbers of a replication, or of a cell, come."""
    return mixed(mixed(np.uint64(seed) + _GOLDEN) + mixed(np.uint64(number) * _GOLDEN + _SECOND))


@compiled
def bits(state: np.uint64) -> tuple[np.uint64, np.uint64]:
    """(the next state, 32 random bits)."""
    state += _GOLDEN
    return state, mixed(state) >> _32


@compiled
def below(state: np.uint64, bound: int) -> tuple[np.uint64, int]:
    """(the next state, a whole number from 0 to `bound` - 1); the bound is below 2^32."""
    wide = np.uint64(bound)
    while True:
        state, drawn = bits(state)
        product = drawn * wide
        if product & _LOW >= wide or product & _LOW >= (_HALF - wide) % wide:
            return state, np.int64(product >> _32)  # type: ignore[return-value]
