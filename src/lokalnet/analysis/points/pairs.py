"""Which events lie close to each other, by bands of distance: found once, used in every permutation of the times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from lokalnet.analysis.results import BadInput

MOST_PAIRS = 200_000_000

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
    squared = ((places[pairs[:, 0]] - places[pairs[:, 1]]) ** 2).sum(axis=1)  # compared squared, as the tree does
    ends = np.square(np.asarray(distances, float))
    bands = np.minimum(np.searchsorted(ends, squared, side="left"), len(ends) - 1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], bands))]
    starts = np.concatenate(([0], np.cumsum(np.bincount(bands, minlength=len(ends)))))
    order, number, involved = _involved_first(pairs, len(places))
    return ClosePairs(number[pairs[:, 0]], number[pairs[:, 1]], starts.astype(np.int64), order, involved)


def _involved_first(pairs: npt.NDArray[np.int64],
                    n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], int]:
    alone = np.ones(n, bool)
    alone[pairs.ravel()] = False
    order = np.argsort(alone, kind="stable")
    number = np.empty(n, np.int32)
    number[order] = np.arange(n, dtype=np.int32)
    return order, number, int(n - alone.sum())


def pairs_within(times: Floats, days: Sequence[float]) -> npt.NDArray[np.int64]:
    """How many of all pairs of events lie in each band of time; the bands are closed as those of distance."""
    ordered = np.sort(times)
    within = [int((np.searchsorted(ordered, ordered + end, side="right") - np.arange(1, len(ordered) + 1)).sum())
              for end in days]
    return np.array(within, np.int64) - np.array([0, *within[:-1]], np.int64)
