"""How many times as many after as before, alone and against a comparison, with intervals that hold at few counts.

Both intervals are exact for Poisson counts (Clopper-Pearson, so they cover at least as often as they say) and are
widened where the weeks vary more than Poisson counts do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, isfinite, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaln

LEVEL = 0.95
WIDEST = 60.0  # of a logarithm: no ratio of counts lies beyond it


@dataclass(frozen=True)
class Ratio:
    """`ratio` is None where nothing was counted before (or it cannot be formed); then `high` may be infinite."""

    ratio: float | None
    low: float
    high: float

    @property
    def fewer(self) -> bool:
        return self.high < 1

    @property
    def more(self) -> bool:
        return self.low > 1

    @property
    def clear(self) -> bool:
        return self.fewer or self.more


def rate_ratio(before: int, after: int, *, time_before: float, time_after: float, dispersion: float = 1.0,
               level: float = LEVEL) -> Ratio:
    """The rate after over the rate before; `time` is weeks, or any measure of how much was looked (both in the same).

    Given before + after, the count after is binomial with odds of ratio x time_after / time_before: its exact
    Clopper-Pearson interval, turned into the ratio (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). For
    `dispersion` above 1 see `widened`. Raises ValueError.
    """
    _check([before, after], dispersion, level)
    if time_before <= 0 or time_after <= 0:
        raise ValueError("a rate needs time")
    tail, times = (1 - level) / 2, time_before / time_after
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - tail)) if before else 1.0
    middle = log((after + 0.5) / (before + 0.5) * times)
    limits = widened(_odds(low) * times, _odds(high) * times, middle, dispersion)
    return Ratio(after / before * times if before else None, *limits)


def ratio_of_ratios(target: tuple[int, int], comparison: tuple[int, int], *, dispersion: float = 1.0,
                    level: float = LEVEL) -> Ratio:
    """After / before in the target over after / before in the comparison: (before, after) of each, the same times.

    Given all four margins, the count after in the target is Fisher's noncentral hypergeometric: the exact conditional
    interval of the odds ratio (Cornfield 1956), both tails alike. The times fall out, and so does whatever changed in
    both alike: the season, and how many people report. `ratio` is the plain one of the four counts. Raises ValueError.
    """
    (b, a), (d, c) = target, comparison
    _check([a, b, c, d], dispersion, level)
    support, weights = conditional(a, b, c, d)
    tail = (1 - level) / 2
    low = 0.0 if a == support[0] else exp(_solve(lambda beta: chance(weights, support, beta, support >= a) - tail))
    high = inf if a == support[-1] else exp(_solve(lambda beta: tail - chance(weights, support, beta, support <= a)))
    middle = log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    return Ratio(a * d / (b * c) if b and c else None, *widened(low, high, middle, dispersion))


def dispersion(*groups: ArrayLike) -> float:
    """How many times the variance of a Poisson count the weekly counts have around the mean of their own group.

    Pearson's statistic over its degrees of freedom (McCullagh and Nelder 1989, section 6.2.3), of all groups together
    so that it is not the whim of a few weeks; groups without any count say nothing. At least 1: that weeks are more
    alike than chance allows is chance itself.
    """
    found, free = 0.0, 0
    for group in groups:
        counts = np.asarray(group, float)
        if len(counts) > 1 and counts.sum() > 0:
            found += float(((counts - counts.mean()) ** 2).sum() / counts.mean())
            free += len(counts) - 1
    return max(1.0, found / free) if free else 1.0


def widened(low: float, high: float, middle: float, dispersion: float) -> tuple[float, float]:
    """The limits moved away from the `middle` (the logarithm of the ratio with a half added to each count, so that it
    exists at 0 too) by the root of the dispersion, as a quasi-Poisson interval is. At 1 they stay as they are."""
    if dispersion == 1:
        return low, high
    factor = sqrt(dispersion)
    return tuple(exp(min(WIDEST, middle + factor * (log(limit) - middle))) if limit > 0 and isfinite(limit) else limit
                 for limit in (low, high))  # type: ignore[return-value]


def conditional(a: int, b: int, c: int, d: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What the count after in the target can be, given the margins, and the logarithm of each one's weight."""
    here, after, elsewhere = a + b, a + c, c + d
    support = np.arange(max(0, after - elsewhere), min(here, after) + 1)
    weights = -(gammaln(support + 1) + gammaln(here - support + 1) + gammaln(after - support + 1)
                + gammaln(elsewhere - after + support + 1))
    return support, weights


def chance(weights: NDArray[np.float64], support: NDArray[np.int64], beta: float, part: NDArray[np.bool_]) -> float:
    """The probability of a part of the support, when exp(beta) is the odds ratio."""
    logs = weights + support * beta
    shares = np.exp(logs - logs.max())
    return float(shares[part].sum() / shares.sum())


def _solve(rising: Callable[[float], float]) -> float:
    """Where a rising function of the logarithm is 0, by halving: 80 steps are more than a float can tell apart."""
    low, high = -WIDEST, WIDEST
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _check(counts: Sequence[int], dispersion: float, level: float) -> None:
    if min(counts) < 0:
        raise ValueError("a count is not negative")
    if dispersion < 1:
        raise ValueError("the dispersion is at least 1")
    if not 0 < level < 1:
        raise ValueError("the level lies between 0 and 1")
