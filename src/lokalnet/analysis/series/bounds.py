"""The upper prediction limit of a count, by the mean expected, its uncertainty and the dispersion."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


def power_bound(mean: Floats, spread: Floats, quantile: float) -> Floats:
    """Where the 2/3 power of the count, near normal and unskewed, has `quantile` standard deviations above.

    `spread` = Var(count - mean estimated) / mean. Farrington et al. (1996), section 3.4.
    """
    return np.asarray(mean * np.maximum(0.0, 1 + 2 / 3 * quantile * np.sqrt(spread / mean)) ** 1.5)


def negative_binomial_bound(mean: Floats, dispersion: Floats, probability: float) -> Floats:
    """The smallest count not exceeded with at least `probability`; variance dispersion x mean; Poisson if that is 1.

    Begins at the normal approximation and steps to where the distribution crosses. nan where the mean is.
    """
    found = np.full(np.shape(mean), np.nan)
    known = np.isfinite(mean) & np.isfinite(dispersion)
    m, phi = mean[known], dispersion[known]
    quantile = special.ndtri(probability)
    deviation = np.sqrt(m * phi)
    count = np.maximum(0.0, np.floor(m + quantile * deviation + (quantile**2 - 1) / 6 * (2 * phi - 1)))
    _step(count, m, phi, probability)
    found[known] = count
    return found


def _step(count: Floats, mean: Floats, dispersion: Floats, probability: float) -> None:
    """Move each `count`, in place, to the smallest at which the distribution function is at least `probability`."""
    below = np.flatnonzero(distribution(count, mean, dispersion) < probability)
    above = np.setdiff1d(np.arange(len(count)), below, assume_unique=True)
    while len(below):
        count[below] += 1
        below = below[distribution(count[below], mean[below], dispersion[below]) < probability]
    above = above[count[above] > 0]
    while len(above):
        lower = distribution(count[above] - 1, mean[above], dispersion[above]) >= probability
        above = above[lower]
        count[above] -= 1
        above = above[count[above] > 0]


def distribution(count: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """P(at most `count`), negative binomial with the given mean and variance dispersion x mean; Poisson for 1."""
    over = dispersion > 1
    excess = np.where(over, dispersion - 1, 1.0)
    binomial = special.betainc(np.where(over, mean / excess, 1.0), count + 1, 1 / np.where(over, dispersion, 2.0))
    return np.asarray(np.where(over, binomial, special.pdtr(count, mean)))
