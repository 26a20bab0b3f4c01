"""What the sum around a cell is if values are dealt out without putting back: its mean and standard deviation.

For weights w and N values with mean m and variance s^2 (divided by N): m W and s^2 (N S - W^2) / (N - 1), W and S the
sums of w and w^2. This is the moment of Gi (Ord, J. K. and Getis, A. 1995: Local spatial autocorrelation statistics.
Geographical Analysis 27 (4), 286-306) and of local Moran given the cell's own value (Sokal, R. R., Oden, N. L. and
Thomson, B. A. 1998: Local spatial autocorrelation in a biological model. Geographical Analysis 30 (4), 331-354).
"""

from dataclasses import dataclass

import numpy as np

from lokalnet.analysis.local.neighbours import Floats, Neighbours

ROUNDING = 1e-12
DOMINANT = 0.5  # a cell with this share of all spread is left out, not taken off: that would lose the digits


@dataclass(frozen=True, eq=False)
class Moments:
    mean: Floats
    deviation: Floats


def all_values(values: Floats) -> Moments:
    """The same for each cell."""
    return Moments(np.full(len(values), values.mean()), np.full(len(values), _deviation(values)))


def other_values(values: Floats) -> Moments:
    """For each cell those of all others."""
    n = len(values) - 1
    if np.ptp(values) == 0:
        return all_values(values)
    centred = values - values.mean()
    spread = float((centred**2).sum())
    mean = values.mean() - centred / n
    deviation = np.sqrt(np.maximum((spread - centred**2) / n - (centred / n) ** 2, 0.0))
    for cell in np.flatnonzero(centred**2 >= DOMINANT * spread):
        others = np.delete(values, cell)
        mean[cell], deviation[cell] = others.mean(), _deviation(others)
    return Moments(mean, deviation)


def of_sums(neighbours: Neighbours, dealt: Moments, count: int) -> Moments:
    """Of the weighted sum over the neighbours, where `count` values with these moments are dealt out."""
    total = neighbours.total()
    spread = count * neighbours.squares() - total**2
    spread[spread <= ROUNDING * total**2] = 0.0  # all are neighbours, and weigh the same: there is nothing to deal
    return Moments(dealt.mean * total, dealt.deviation * np.sqrt(spread / (count - 1)))


def distance(found: Floats, moments: Moments) -> Floats:
    """In standard deviations; nan where there is none."""
    away: Floats = np.full(len(found), np.nan)
    np.divide(found - moments.mean, moments.deviation, out=away, where=moments.deviation > 0)
    return away


def _deviation(values: Floats) -> float:
    return float(values.std()) if np.ptp(values) > 0 else 0.0
