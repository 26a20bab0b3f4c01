"""Which events lie close to each other, by bands of distance: found once, used in every permutation of the times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.results import BadInput

MOST_PAIRS = 50_000_000  # at 25 bytes each while they are sorted, and 8 after

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ClosePairs:
    """Pairs `first[p]`, `second[p]` of events (int32); those of distance band s are p = starts[s] to starts[s + 1] - 1.

    Events are numbered anew in `order`: order[k] is the place in the data of event k. The first `involved` of them are
    in a pair, the others in none, so that only these need a time in a permutation.
    """

    first: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]
    involved: int

    @property
    def in_band(self) -> npt.NDArray[np.int64]:
        """How many pairs each band of distance has."""
        return np.diff(self.starts)


def close_pairs(places: Floats, distances: Sequence[float]) -> ClosePairs:
    """`places` (events, dimensions) in km; `distances` are the upper ends of the bands, rising.

    The first band is 0 to distances[0], both included; each further one begins after the end of the one before and
    includes its own end. Raises BadInput where there would be more pairs than memory holds.
    """
    tree = cKDTree(places)
    if len(places) > 10_000 and (n := (tree.count_neighbors(tree, distances[-1]) - len(places)) // 2) > MOST_PAIRS:
        raise BadInput(f"distances: {n:,} pairs lie within {distances[-1]} km, at most {MOST_PAIRS:,} can be held; "
                       "choose a smaller distance")
    pairs = tree.query_pairs(distances[-1], output_type="ndarray")
    order, number, involved = _involved_first(pairs, len(places))
    first, second = np.empty(len(pairs), np.int32), np.empty(len(pairs), np.int32)
    starts = np.zeros(len(distances) + 1, np.int64)
    sort_into_bands(places, pairs, np.square(np.asarray(distances, float)), number, first, second, starts)
    return ClosePairs(first, second, starts, order, involved)


def _involved_first(pairs: npt.NDArray[np.int64],
                    n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], int]:
    alone = np.ones(n, bool)
    alone[pairs.ravel()] = False
    order = np.argsort(alone, kind="stable")
    number = np.empty(n, np.int32)
    number[order] = np.arange(n, dtype=np.int32)
    return order, number, int(n - alone.sum())


@compiled
def sort_into_bands(places: Floats, pairs: npt.NDArray[np.int64], squared_ends: Floats, number: npt.NDArray[np.int32],
                    first: npt.NDArray[np.int32], second: npt.NDArray[np.int32], starts: npt.NDArray[np.int64]) -> None:
    """Fill `first`, `second` and `starts` of ClosePairs. Distances are compared squared, as the tree does."""
    bands = np.zeros(len(pairs), np.int16)
    for p in range(len(pairs)):
        squared = 0.0
        for axis in range(places.shape[1]):
            squared += (places[pairs[p, 0], axis] - places[pairs[p, 1], axis]) ** 2
        while bands[p] < squared_ends.size - 1 and squared > squared_ends[bands[p]]:
            bands[p] += 1
        starts[bands[p] + 1] += 1
    for band in range(squared_ends.size):
        starts[band + 1] += starts[band]
    at = starts[:-1].copy()
    for p in range(len(pairs)):
        first[at[bands[p]]] = number[pairs[p, 0]]
        second[at[bands[p]]] = number[pairs[p, 1]]
        at[bands[p]] += 1


def pairs_within(times: Floats, days: Sequence[float]) -> npt.NDArray[np.int64]:
    """How many of all pairs of events lie in each band of time; the bands are closed as those of distance."""
    ordered = np.sort(times)
    within = [int((np.searchsorted(ordered, ordered + end, side="right") - np.arange(1, len(ordered) + 1)).sum())
              for end in days]
    return np.array(within, np.int64) - np.array([0, *within[:-1]], np.int64)
