"""Poisson regression with a logarithmic link, readable: what the charts expect, and the test of `fitting`.

Iteratively reweighted least squares; see `fitting` for where it begins and ends.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.series.fitting import STEPS, TOLERANCE

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Regression:
    """`coefficients` and their `covariance` before it is multiplied by a dispersion; by observation `mean`, the last
    working `weights`, `leverage` and `prior` weights."""

    coefficients: Floats
    covariance: Floats
    mean: Floats
    weights: Floats
    prior: Floats
    leverage: Floats
    converged: bool

    def dispersion(self, counts: Floats, weights: Floats) -> float:
        """Weighted squares of the working residuals by degrees of freedom."""
        residuals = (counts - self.mean) / self.mean
        return float((weights * residuals**2).sum() / (len(counts) - len(self.coefficients)))


def poisson_regression(design: Floats, counts: Floats, prior: Floats | None = None) -> Regression:
    """`design` (observations x terms), `counts` and `prior` weights (observations)."""
    given = np.ones(len(counts)) if prior is None else prior
    mean = counts + 0.1
    predictor, before, converged = np.log(mean), _deviance(counts, mean, given), False
    for _ in range(STEPS):
        weights = given * mean
        target = predictor + (counts - mean) / mean
        covariance = _inverse((design.T * weights) @ design)
        coefficients = covariance @ ((design.T * weights) @ target)
        predictor = design @ coefficients
        mean = np.exp(predictor)
        deviance = _deviance(counts, mean, given)
        converged = abs(deviance - before) / (abs(deviance) + 0.1) < TOLERANCE
        if converged:
            break
        before = deviance
    leverage = weights * np.einsum("ij,jk,ik->i", design, covariance, design)
    return Regression(coefficients, covariance, mean, weights, given, leverage, converged)


def _inverse(matrix: Floats) -> Floats:
    """nan where there is none: the regression then does not converge."""
    try:
        return np.asarray(np.linalg.inv(matrix), np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(matrix, np.nan)


def _deviance(counts: Floats, mean: Floats, prior: Floats) -> float:
    positive = np.where(counts > 0, counts, 1.0)
    return 2 * float((prior * (counts * np.log(positive / mean) * (counts > 0) - (counts - mean))).sum())


def seasonal_design(weeks: Floats, *, harmonics: int, period: float = 52.0) -> Floats:
    """A constant, and cosine and sine of each harmonic of the year: weeks x (1 + 2 harmonics)."""
    angles = 2 * np.pi * np.outer(weeks, np.arange(1, harmonics + 1)) / period
    return np.column_stack([np.ones(len(weeks)), np.cos(angles), np.sin(angles)])


def seasonal_expectation(counts: Floats, *, begin: int, harmonics: int) -> Floats:
    """The mean of each week from `begin` on as the weeks before it give it, for each series: series x weeks.

    A series without a single count before is expected to have half a count in all those weeks together.
    """
    time = np.arange(counts.shape[1], dtype=np.float64) + 1
    design = seasonal_design(time, harmonics=harmonics)
    found = np.empty((len(counts), counts.shape[1] - begin))
    for row, series in zip(found, counts, strict=True):
        if series[:begin].any():
            row[:] = np.exp(design[begin:] @ poisson_regression(design[:begin], series[:begin]).coefficients)
        else:
            row[:] = 0.5 / begin
    return found
