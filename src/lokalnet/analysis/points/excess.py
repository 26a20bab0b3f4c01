"""Observed over expected pairs, and how sure the ratio is."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def expected_counts(in_distance: Counts, in_time: Counts, n: int) -> Floats:
    """(distance bands, time bands): the mean over all permutations of n times, exactly.

    A pair of places meets each pair of times equally often, so it is the product of both over n (n - 1) / 2.
    """
    expected: Floats = in_distance[:, None] * in_time.astype(float) / (n * (n - 1) / 2)
    return expected


def p_values(observed: Counts, simulated: Counts) -> Floats:
    """(1 + permutations with at least as many pairs) / (1 + permutations), for each band; replications come first."""
    p: Floats = (1.0 + (simulated >= observed).sum(axis=0)) / (1.0 + len(simulated))
    return p


def ratio_intervals(observed: Counts, expected: Floats, simulated: Counts,
                    level: float) -> tuple[Floats, Floats, Floats]:
    """(ratio, low, high) of observed to expected; nan where nothing is expected.

    Pairs share events, so counts of pairs scatter more than Poisson counts do. By how much, the permutations say:
    their variance over their mean, at least 1. The interval is Garwood's exact one for a Poisson count, widened by
    this dispersion (quasi-Poisson). It stays honest at 0 pairs. Simulated, 95 % intervals held the truth in 95 to 99 %
    of cases where events had at most one repeat each, and in 87 % where repeats came in chains of up to six.
    """
    tail = (1 - level) / 2
    some = expected > 0
    mean = np.where(some, expected, 1.0)
    dispersion = np.maximum(simulated.var(axis=0) / mean, 1.0)
    units = observed / dispersion
    low = np.where(observed > 0, gammaincinv(np.maximum(units, 1e-300), tail), 0.0) * dispersion / mean
    high = gammaincinv(units + 1, 1 - tail) * dispersion / mean
    return tuple(np.where(some, values, np.nan) for values in (observed / mean, low, high))  # type: ignore[return-value]
