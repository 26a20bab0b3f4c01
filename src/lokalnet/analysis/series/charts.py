"""Control charts for weekly counts: CUSUM, and the generalised likelihood ratio (GLR) for Poisson counts.

Both compare the weeks from `begin` on with what the season of the weeks before `begin` leads one to expect.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lokalnet.analysis import VERSION
from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.series.counting import checked_counts
from lokalnet.analysis.series.regression import seasonal_expectation

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CusumSettings:
    """`reference` k and `boundary` h, in standard deviations; `harmonics` of the year in the expectation."""

    reference: float = 1.04
    boundary: float = 2.26
    harmonics: int = 1


@dataclass(frozen=True)
class GlrSettings:
    """An alarm when the log-likelihood ratio reaches `boundary`; `harmonics` of the year in the expectation."""

    boundary: float = 5.0
    harmonics: int = 1


@dataclass(frozen=True)
class ChartResult:
    """For each series and week from `begin` (arrays: series x weeks). `weeks` are indices into the series.

    `upper`: the count at which the chart signals, the limit of the interval from 0; `statistic`: the sum reached, or
    the log-likelihood ratio. A CUSUM that signals goes on until the sum falls below the boundary; a GLR chart begins
    anew after an alarm, and its `upper` is a whole number of cases.
    """

    weeks: NDArray[np.int64]
    observed: Floats
    expected: Floats
    upper: Floats
    statistic: Floats
    alarm: NDArray[np.bool_]
    settings: CusumSettings | GlrSettings
    version: str


def cusum(counts: ArrayLike, settings: CusumSettings | None = None, *, begin: int) -> ChartResult:
    """Sums of (x - 3m + 2 sqrt(xm)) / 2 sqrt(m), each less the reference, never below 0.

    Rossi, Lampugnani & Marchi (1999), Statistics in Medicine 18, 2111-2122. `counts`: series x time. Raises BadInput.
    """
    chosen = settings or CusumSettings()
    if chosen.reference < 0 or chosen.boundary <= 0:
        raise BadInput("reference is not negative, and boundary above 0")
    table, expected = _expected(counts, begin, chosen.harmonics)
    observed = table[:, begin:]
    upper, sums = np.empty_like(expected), np.empty_like(expected)
    reached = np.zeros(len(table))
    for week in range(observed.shape[1]):
        x, m = observed[:, week], expected[:, week]
        upper[:, week] = _count_with(chosen.boundary + chosen.reference - reached, m)
        score = (x - 3 * m + 2 * np.sqrt(x * m)) / (2 * np.sqrt(m))
        reached = np.maximum(0.0, reached + score - chosen.reference)
        sums[:, week] = reached
    return ChartResult(np.arange(begin, table.shape[1]), observed, expected, upper, sums, sums >= chosen.boundary,
                       chosen, VERSION)


def _count_with(score: Floats, mean: Floats) -> Floats:
    """The count whose transformed value is `score`: the square of (sqrt(4m + 2 score sqrt(m)) - sqrt(m)).

    0 where no count has so low a value. As in R's surveillance the square is taken also where the root is negative.
    """
    within = 4 * mean + 2 * score * np.sqrt(mean)
    return np.where(within > 0, (np.sqrt(np.maximum(within, 0.0)) - np.sqrt(mean)) ** 2, 0.0)


def glr_poisson(counts: ArrayLike, settings: GlrSettings | None = None, *, begin: int) -> ChartResult:
    """Höhle (2006), SFB 386 Discussion Paper 500: has the mean risen, by whatever factor, at whatever week since?

    `counts`: series x time. Raises BadInput.
    """
    chosen = settings or GlrSettings()
    if chosen.boundary <= 0:
        raise BadInput("boundary: above 0")
    table, expected = _expected(counts, begin, chosen.harmonics)
    observed = np.ascontiguousarray(table[:, begin:])
    upper, statistic = np.empty_like(expected), np.empty_like(expected)
    fill_glr(observed, expected, chosen.boundary, upper, statistic)
    return ChartResult(np.arange(begin, table.shape[1]), observed, expected, upper, statistic,
                     statistic >= chosen.boundary, chosen, VERSION)


@compiled
def fill_glr(observed: Floats, expected: Floats, boundary: float, upper: Floats, statistic: Floats) -> None:
    """The statistic of each week, and the smallest count with which it would have reached the boundary."""
    for s in range(len(observed)):
        begin = 0
        for week in range(observed.shape[1]):
            low, high = 0.0, 1.0
            while glr_statistic(observed[s], expected[s], begin, week, high) < boundary:
                low, high = high + 1, 2 * high
            while low < high:
                middle = np.floor((low + high) / 2)
                if glr_statistic(observed[s], expected[s], begin, week, middle) < boundary:
                    low = middle + 1
                else:
                    high = middle
            upper[s, week] = low
            statistic[s, week] = glr_statistic(observed[s], expected[s], begin, week, observed[s, week])
            if statistic[s, week] >= boundary:
                begin = week + 1


@compiled
def glr_statistic(observed: Floats, expected: Floats, begin: int, week: int, count: float) -> float:
    """The largest log-likelihood ratio over the weeks since which the mean may have risen, with `count` in `week`."""
    best, cases, mean = 0.0, count, expected[week]
    for since in range(week, begin - 1, -1):
        if since < week:
            cases += observed[since]
            mean += expected[since]
        if cases > mean:
            best = max(best, cases * np.log(cases / mean) - (cases - mean))
    return best


def _expected(counts: ArrayLike, begin: int, harmonics: int) -> tuple[Floats, Floats]:
    table = checked_counts(counts)
    if not 0 <= harmonics <= 10:
        raise BadInput("harmonics: from 0 (no season) to 10")
    if not 2 * (1 + 2 * harmonics) <= begin < table.shape[1]:
        raise BadInput(f"begin: at least {2 * (1 + 2 * harmonics)} weeks to learn from, and a week to judge "
                       f"(the series has {table.shape[1]} weeks)")
    return table, seasonal_expectation(table, begin=begin, harmonics=harmonics)
