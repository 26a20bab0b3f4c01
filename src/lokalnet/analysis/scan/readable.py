"""The scan as one reads it in the papers, in numpy: slow, and the test of the kernels."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.scan.likelihood import statistics
from lokalnet.analysis.scan.preparing import Prepared


def best_of_each_centre(prepared: Prepared, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """The largest statistic around each centre (centres), for the running counts `rows` (places, rows)."""
    return np.array([_around(prepared, rows, centre) for centre in range(len(prepared.circles.starts) - 1)])


def _around(prepared: Prepared, rows: NDArray[np.int64], centre: int) -> float:
    order = prepared.circles.around(centre)
    if not len(order):
        return 0.0
    cases = prepared.windows.within(np.cumsum(rows[order], axis=0))
    if not len(prepared.expected):
        expected = np.outer(np.cumsum(prepared.weights[order]), prepared.window_cases) / prepared.total
    else:
        expected = prepared.windows.within(np.cumsum(prepared.expected[order], axis=0))
    return float(statistics(cases, expected, prepared.total).max())


def permuted_rows(prepared: Prepared, generator: np.random.Generator) -> NDArray[np.int64]:
    """The running counts of one replication in which the cases' steps are shuffled, in each stratum by itself."""
    shuffled = [generator.permutation(prepared.case_steps[begin:end]) for begin, end in pairwise(prepared.strata)]
    return _rows(prepared, prepared.case_places, np.concatenate(shuffled))


def drawn_rows(prepared: Prepared, generator: np.random.Generator) -> NDArray[np.int64]:
    """The running counts of one replication of the Poisson model, given the number of cases."""
    expected = np.diff(prepared.expected, axis=1, prepend=0)
    left = np.append(expected.ravel(), max(prepared.total - expected.sum(), 0.0))  # in steps that no window holds
    cells = generator.multinomial(prepared.total, left / left.sum())[:-1]
    return np.cumsum(cells.reshape(expected.shape), axis=1)


def _rows(prepared: Prepared, places: NDArray[np.int32], steps: NDArray[np.int32]) -> NDArray[np.int64]:
    counts = np.zeros((len(prepared.rows), prepared.windows.rows), np.int64)
    kept = steps < prepared.windows.rows
    np.add.at(counts, (places[kept], steps[kept]), 1)
    return np.cumsum(counts, axis=1)
