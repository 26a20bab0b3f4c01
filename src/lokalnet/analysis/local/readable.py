"""The permutations once more, so that one can see what they do: plain Python, the same streams, the same counts."""

from collections.abc import Iterator

import numpy as np

from lokalnet.analysis.local.neighbours import Floats, Neighbours
from lokalnet.analysis.local.permutation import Drawn, tolerance

GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORD = 2**64


def permuted(values: Floats, neighbours: Neighbours, *, permutations: int, seed: int) -> Drawn:
    """As `permutation.permuted`."""
    observed, ties = neighbours.lag(values), tolerance(values, neighbours)
    at_least, at_most = np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
    for cell in range(len(values)):
        others = values.copy()
        others[cell] = values[-1]
        weights = neighbours.weights[neighbours.indptr[cell]:neighbours.indptr[cell + 1]]
        numbers = below(len(values) - 1, stream(seed, cell))
        for _ in range(permutations):
            total = sum(weight * others[pick] for weight, pick in zip(weights, different(len(weights), numbers),
                                                                      strict=True))
            at_least[cell] += total >= observed[cell] - ties[cell]
            at_most[cell] += total <= observed[cell] + ties[cell]
    return Drawn(at_least, at_most)


def stream(seed: int, cell: int) -> Iterator[int]:
    """SplitMix64's numbers of 64 bits, from a start that depends on the seed and the cell."""
    state = mixed((mixed((seed + GOLDEN) % WORD) + mixed((cell * GOLDEN + SECOND) % WORD)) % WORD)
    while True:
        state = (state + GOLDEN) % WORD
        yield mixed(state)


def mixed(state: int) -> int:
    state = (state ^ (state >> 30)) * FIRST % WORD
    state = (state ^ (state >> 27)) * SECOND % WORD
    return state ^ (state >> 31)


def below(bound: int, numbers: Iterator[int]) -> Iterator[int]:
    """Whole numbers from 0 to before `bound`, each equally often, by the upper 32 bits."""
    for number in numbers:
        product = (number >> 32) * bound
        if product % 2**32 >= 2**32 % bound:
            yield product >> 32


def different(count: int, numbers: Iterator[int]) -> list[int]:
    """The next `count` numbers that differ from each other."""
    found: list[int] = []
    while len(found) < count:
        if (number := next(numbers)) not in found:
            found.append(number)
    return found
