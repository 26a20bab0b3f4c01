"""The readable versions of the kernels in this folder: slow, short, and their test."""

from collections.abc import Callable, Sequence

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


def density(places: Floats, weights: Floats, x: Floats, y: Floats, height: Callable[[Floats], Floats]) -> Floats:
    """(rows, columns) at each of `y` and `x`: the exact sum of weighted heights, each at its squared distance."""
    return np.array([[weights @ height((places[:, 0] - east) ** 2 + (places[:, 1] - north) ** 2) for east in x]
                     for north in y])


def mass_inside(place: Floats, corners: Floats, height: Callable[[Floats], Floats], cell: float) -> float:
    """A kernel's mass around a place within squares of side `cell`, given their south-western corners (400 points)."""
    offsets = (np.arange(20) + 0.5) / 20 * cell
    squared = ((corners[:, 0, None, None] + offsets - place[0]) ** 2
               + (corners[:, 1, None, None] + offsets[:, None] - place[1]) ** 2)
    return float(height(squared).sum() * (cell / 20) ** 2)


def shared_out(rows: Floats, columns: Floats, weights: Floats, shape: tuple[int, int]) -> Floats:
    """Weights on the four cells around each point, in proportion to how near each is along both axes."""
    bins = np.zeros(shape)
    for row, column, weight in zip(rows, columns, weights, strict=True):
        i, j = int(np.floor(row)), int(np.floor(column))
        if 0 <= i < shape[0] - 1 and 0 <= j < shape[1] - 1:
            bins[i:i + 2, j:j + 2] += weight * np.outer([i + 1 - row, row - i], [j + 1 - column, column - j])
    return bins


def likelihood(places: Floats, bandwidth: float) -> float:
    """The log-likelihood of each point given all others, by a Gaussian."""
    squared = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    heights = np.exp(-squared / (2 * bandwidth**2)) / (2 * np.pi * bandwidth**2)
    np.fill_diagonal(heights, 0)
    return float(np.log(heights.sum(axis=1) / (len(places) - 1)).sum())
