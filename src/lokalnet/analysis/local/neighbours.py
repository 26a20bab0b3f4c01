"""Which cells are neighbours and how much each counts: the rows of a sparse matrix.

A cell is not its own neighbour here; Gi* adds it (`with_itself`). A cell without neighbours is an island: it belongs
to the data, but there is nothing around it to compare with.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from lokalnet.analysis.results import BadInput

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
SAME_DISTANCE = 1e-9  # distances that differ by less than this part are ties


@dataclass(frozen=True)
class NeighbourSettings:
    """How neighbours were found. `distance` in the unit of the coordinates; `weighting` row: each row sums to one."""

    rule: Literal["within", "nearest", "given"]
    weighting: Literal["binary", "row", "given"]
    distance: float | None = None
    count: int | None = None


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Neighbours of cell i: `indices[indptr[i]:indptr[i + 1]]`, with `weights` beside them (compressed sparse rows)."""

    indptr: Whole
    indices: Whole
    weights: Floats
    settings: NeighbourSettings

    @property
    def cells(self) -> int:
        return len(self.indptr) - 1

    @property
    def counts(self) -> Whole:
        """How many neighbours each cell has."""
        return np.diff(self.indptr)

    @property
    def islands(self) -> Whole:
        """The cells without neighbours."""
        return np.flatnonzero(self.counts == 0)

    @property
    def rows(self) -> Whole:
        """The cell that each of `indices` is a neighbour of."""
        return np.repeat(np.arange(self.cells), self.counts)

    def lag(self, values: Floats) -> Floats:
        """For each cell the weighted sum over its neighbours; 0 for an island."""
        return self._summed(self.weights * values[self.indices])

    def total(self) -> Floats:
        """The sum of each row's weights."""
        return self._summed(self.weights)

    def squares(self) -> Floats:
        """The sum of each row's squared weights."""
        return self._summed(self.weights**2)

    def _summed(self, parts: Floats) -> Floats:
        return np.bincount(self.rows, parts, self.cells).astype(np.float64, copy=False)


def within_distance(coordinates: Floats, distance: float) -> Neighbours:
    """Cells at most so far apart; `coordinates` (cells, dimensions) in the unit of `distance`. All weights are one."""
    points = _points(coordinates)
    if not (np.isfinite(distance) and distance > 0):
        raise BadInput("distance: a positive number")
    pairs = cKDTree(points).query_pairs(distance, output_type="ndarray")
    rows, columns = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int64).T
    return _binary(len(points), rows, columns, NeighbourSettings("within", "binary", distance=float(distance)))


def nearest(coordinates: Floats, count: int) -> Neighbours:
    """The `count` nearest other cells of each; of those equally far the ones that come first. All weights are one."""
    points = _points(coordinates)
    if not 1 <= count < len(points):
        raise BadInput(f"count: from 1 to {len(points) - 1}, one fewer than there are cells")
    tree = cKDTree(points)
    farthest = tree.query(points, [count + 1])[0][:, 0]  # the cell itself among them
    near = tree.query_ball_point(points, farthest * (1 + SAME_DISTANCE), return_sorted=True)
    rows = np.repeat(np.arange(len(points)), [len(each) for each in near])
    columns = np.concatenate(near).astype(np.int64)
    rows, columns = rows[rows != columns], columns[rows != columns]
    away = np.linalg.norm(points[rows] - points[columns], axis=1)
    step = np.where(farthest > 0, farthest, 1.0)[rows] * SAME_DISTANCE
    order = np.lexsort((columns, np.rint(away / step), rows))
    rows, columns = rows[order], columns[order]
    kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < count
    return _binary(len(points), rows[kept], columns[kept], NeighbourSettings("nearest", "binary", count=count))


def given(indptr: npt.ArrayLike, indices: npt.ArrayLike, weights: npt.ArrayLike) -> Neighbours:
    """Compressed sparse rows as they are, for example of a table of municipalities that touch. Weights are positive."""
    found = Neighbours(np.asarray(indptr, np.int64), np.asarray(indices, np.int64), np.asarray(weights, np.float64),
                       NeighbourSettings("given", "given"))
    starts, cells = found.indptr, found.cells
    if starts.ndim != 1 or cells < 1 or starts[0] != 0 or (found.counts < 0).any():
        raise BadInput("indptr: starts with 0 and does not fall, one more entry than there are cells")
    if not len(found.indices) == len(found.weights) == starts[-1]:
        raise BadInput("indices, weights: as many as indptr ends with")
    if ((found.indices < 0) | (found.indices >= cells)).any():
        raise BadInput(f"indices: from 0 to {cells - 1}")
    if (found.indices == found.rows).any():
        raise BadInput("indices: no cell is its own neighbour; Gi* adds it by itself")
    if len(np.unique(found.rows * cells + found.indices)) < len(found.indices):
        raise BadInput("indices: no neighbour twice")
    if not (np.isfinite(found.weights) & (found.weights > 0)).all():
        raise BadInput("weights: positive numbers")
    return found


def row_standardised(neighbours: Neighbours) -> Neighbours:
    """The same neighbours, each row's weights summing to one."""
    return replace(neighbours, weights=neighbours.weights / neighbours.total()[neighbours.rows],
                   settings=replace(neighbours.settings, weighting="row"))


def with_itself(neighbours: Neighbours) -> Neighbours:
    """The cell among its neighbours, weighing as much as they do on average; in rows that sum to one they do again."""
    counts, cells = neighbours.counts, np.arange(neighbours.cells)
    own = np.divide(neighbours.total(), counts, out=np.ones(neighbours.cells), where=counts > 0)
    ends = neighbours.indptr[1:]
    joined = replace(neighbours, indptr=neighbours.indptr + np.arange(neighbours.cells + 1),
                     indices=np.insert(neighbours.indices, ends, cells),
                     weights=np.insert(neighbours.weights, ends, own))
    return row_standardised(joined) if neighbours.settings.weighting == "row" else joined


def _points(coordinates: Floats) -> Floats:
    points = np.asarray(coordinates, np.float64)
    if points.ndim != 2 or not points.size or not np.isfinite(points).all():
        raise BadInput("coordinates: finite numbers, a row for each cell")
    return points


def _binary(cells: int, rows: Whole, columns: Whole, settings: NeighbourSettings) -> Neighbours:
    order = np.lexsort((columns, rows))
    indptr = np.searchsorted(rows[order], np.arange(cells + 1))
    return Neighbours(indptr.astype(np.int64), columns[order], np.ones(len(rows)), settings)
