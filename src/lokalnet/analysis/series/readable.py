"""The Farrington fits as one would write them down: a dense design, a week and a series at a time. Tests `fitting`."""

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.series.baseline import Baseline
from lokalnet.analysis.series.fitting import DISPERSION, EXACT, FOUND, MEAN, SLOPE, UNIT_VARIANCE, WEEKS, WORKING
from lokalnet.analysis.series.regression import Regression, poisson_regression

Floats = NDArray[np.float64]


def fit_all(counts: Floats, shared: Baseline, weights_threshold: float, critical_t: Floats, tested: int) -> Floats:
    """As `fitting.fit_all`: series x weeks x FOUND."""
    found = np.full((len(counts), len(shared.weeks), FOUND), np.nan)
    for j, week in enumerate(shared.weeks):
        part = slice(shared.first[j], shared.first[j + 1])
        index, level = shared.index[part], shared.level[part]
        with np.errstate(all="ignore"):  # a trend that runs away is dropped
            for s, series in enumerate(counts if len(index) else ()):
                found[s, j] = fit_one(series[index], level, (index - week) / WEEKS, weights_threshold, critical_t,
                                      tested)
    return found


def fit_one(counts: Floats, level: NDArray[np.int64], time: Floats, weights_threshold: float, critical_t: Floats,
            tested: int) -> Floats:
    """One week of one series."""
    periods = (level[:, None] == np.unique(level)).astype(float)
    found = np.full(FOUND, np.nan)
    spare = len(counts) - periods.shape[1]
    if spare > 1 and np.isfinite(critical_t[spare - 1]):
        design = np.column_stack([periods, time])
        fit = reweighted(design, counts, weights_threshold, trend=True)
        found = _values(fit, counts, slope=float(fit.coefficients[-1]))
        t = abs(found[SLOPE]) / np.sqrt(found[tested] * fit.covariance[-1, -1])
        if fit.converged and found[tested] > EXACT and t > critical_t[spare - 1] and found[MEAN] <= counts.max():
            return found
    if spare > 0:
        found = _values(reweighted(periods, counts, weights_threshold, trend=False), counts, slope=np.nan)
    return found


def _values(fit: Regression, counts: Floats, *, slope: float) -> Floats:
    found = np.empty(FOUND)
    found[MEAN], found[SLOPE] = np.exp(fit.coefficients[0]), slope
    found[UNIT_VARIANCE] = fit.covariance[0, 0]
    found[DISPERSION], found[WORKING] = fit.dispersion(counts, fit.weights), fit.dispersion(counts, fit.prior)
    return found


def reweighted(design: Floats, counts: Floats, weights_threshold: float, *, trend: bool) -> Regression:
    """Fit, weigh down past outbreaks by their Anscombe residuals, fit again."""
    first = poisson_regression(design, counts)
    if np.isinf(weights_threshold) or (trend and not first.converged):
        return first
    spread = max(first.dispersion(counts, first.weights), 1.0) * (1 - first.leverage)
    anscombe = 1.5 * (counts ** (2 / 3) * first.mean ** (-1 / 6) - first.mean**0.5)
    residuals = np.where(spread > 1e-9, anscombe / np.sqrt(np.maximum(spread, 1e-9)), 0.0)
    weights = np.where(residuals > weights_threshold, np.maximum(residuals, 1e-9) ** -2.0, 1.0)
    return poisson_regression(design, counts, weights * len(counts) / weights.sum())
