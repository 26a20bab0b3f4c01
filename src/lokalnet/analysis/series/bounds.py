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

    nan where the mean is not finite.
    """
    found = np.full(np.shape(mean), np.nan)
    known = np.isfinite(mean) & np.isfinite(dispersion)
    m, phi = mean[known], dispersion[known]
    quantile = special.ndtri(probability)
    skew = (quantile**2 - 1) / 6 * (2 * phi - 1)  # Cornish and Fisher's correction of the normal approximation
    found[known] = _crossing(np.maximum(0.0, np.floor(m + quantile * np.sqrt(m * phi) + skew)), m, phi, probability)
    return found


def _crossing(guess: Floats, mean: Floats, dispersion: Floats, probability: float) -> Floats:
    """The smallest counts at which the distribution function is at least `probability`, by strides from `guess`."""
    low, high = guess - 1, guess.copy()  # in the end: below `probability` at low, and not below it at high
    short, stride = np.arange(len(guess)), 1.0
    while len(short := short[distribution(high[short], mean[short], dispersion[short]) < probability]):
        low[short] = high[short]
        high[short] += stride
        stride *= 2
    far, stride = np.flatnonzero((high == guess) & (low >= 0)), 1.0
    while len(far := far[distribution(low[far], mean[far], dispersion[far]) >= probability]):
        high[far] = low[far]
        low[far] = np.maximum(-1.0, low[far] - stride)
        far, stride = far[low[far] >= 0], stride * 2
    while len(wide := np.flatnonzero(high - low > 1)):
        middle = np.floor((low[wide] + high[wide]) / 2)
        reached = distribution(middle, mean[wide], dispersion[wide]) >= probability
        high[wide] = np.where(reached, middle, high[wide])
        low[wide] = np.where(reached, low[wide], middle)
    return high


def distribution(count: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """P(at most `count`), negative binomial with the given mean and variance dispersion x mean; Poisson for 1."""
    over = dispersion > 1
    excess = np.where(over, dispersion - 1, 1.0)
    binomial = special.betainc(np.where(over, mean / excess, 1.0), count + 1, 1 / np.where(over, dispersion, 2.0))
    return np.asarray(np.where(over, binomial, special.pdtr(count, mean)))
