"""Random numbers inside kernels: a stream for each cell, by (seed, cell), the same whatever was drawn before it.

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
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@compiled
def stream(seed: np.uint64, cell: int) -> np.uint64:
    """The state from which a cell's numbers come."""
    return mixed(mixed(seed + _GOLDEN) + mixed(np.uint64(cell) * _GOLDEN + _SECOND))


@compiled
def below(state: np.uint64, bound: np.uint64) -> tuple[np.uint64, np.uint64]:
    """(the next state, a whole number from 0 to `bound` - 1); the bound is below 2^32."""
    while True:
        state += _GOLDEN
        product = (mixed(state) >> _32) * bound
        if product & _LOW >= bound or product & _LOW >= (_HALF - bound) % bound:
            return state, product >> _32
