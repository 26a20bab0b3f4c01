"""Farrington's methods: is this week's count beyond what the same weeks of earlier years lead one to expect?

The original (Farrington, Andrews, Beale & Catchpole 1996, J. R. Statist. Soc. A 159, 547-563) and the flexible one
(Noufaily, Enki, Farrington, Garthwaite, Andrews & Charlett 2013, Statistics in Medicine 32, 1206-1222), which uses all
weeks of the earlier years, weighs down fewer of them, and leaves out the last half-year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from os import cpu_count
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lokalnet.analysis import VERSION
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.series import bounds, fitting
from lokalnet.analysis.series.baseline import Baseline, baseline
from lokalnet.analysis.series.counting import checked_counts, checked_dates
from lokalnet.analysis.threading import in_threads

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FarringtonSettings:
    """`years` of baseline and `half_window` weeks on either side are often called b and w.

    `periods` of the year (1: only the windows are baseline); `weeks_left_out` before the evaluated one;
    `weights_threshold` beyond which standardised Anscombe residuals weigh less (infinite: none does); `trend_p` at
    which a trend is kept (1: always, 0: never); `threshold`: 'delta' (normal after the power 2/3), 'nbPlugin'
    (negative binomial) or 'muan' (that, with the upper limit of the mean); `alpha` the chance of a false alarm, half
    of it if `two_sided`; `uncertainty`: the dispersion by which the mean and the trend are uncertain, of Pearson
    residuals (as in the paper) or of working residuals (as in R's surveillance, farringtonFlexible); no alarm below
    `least_cases` in the last `least_weeks`, this one included.
    """

    years: int = 5
    half_window: int = 3
    periods: int = 10
    weeks_left_out: int = 26
    weights_threshold: float = 2.58
    trend_p: float = 1.0
    threshold: Literal["delta", "nbPlugin", "muan"] = "nbPlugin"
    alpha: float = 0.05
    two_sided: bool = False
    uncertainty: Literal["pearson", "working"] = "working"
    least_cases: int = 5
    least_weeks: int = 4


FLEXIBLE = FarringtonSettings()
ORIGINAL = FarringtonSettings(periods=1, weeks_left_out=3, weights_threshold=1, trend_p=0.05, threshold="delta",
                              two_sided=True, uncertainty="pearson")


@dataclass(frozen=True)
class FarringtonResult:
    """For each series and evaluated week (arrays: series x weeks). nan where nothing can be said.

    `weeks` are indices into the series. `upper` is the upper prediction limit of the count: the interval is from 0 to
    it. `expected` the mean, `dispersion` the variance per mean (at least 1), `slope` the trend kept, of the logarithm
    per year (nan: none), `score` (observed - expected) / (upper - expected), which beyond 1 is an `alarm`. With too
    few cases in the last weeks `expected`, `upper` and `score` are nan.
    """

    weeks: NDArray[np.int64]
    observed: Floats
    expected: Floats
    upper: Floats
    dispersion: Floats
    slope: Floats
    score: Floats
    alarm: NDArray[np.bool_]
    settings: FarringtonSettings
    version: str


def farrington_flexible(counts: ArrayLike, dates: Sequence[date] | None = None,
                        settings: FarringtonSettings = FLEXIBLE, *, weeks: Sequence[int] | None = None,
                        threads: int | None = None) -> FarringtonResult:
    """Evaluate `weeks` (indices; None: all with a full baseline) of weekly `counts` (series x time, or time).

    `dates` are the weeks' first days; with them the same week of another year is found by the calendar, without them
    52 weeks are a year. The answer is the same for any number of `threads` (None: as many as there are processors).
    Raises BadInput.
    """
    _check(settings)
    table = checked_counts(counts)
    days = checked_dates(dates, table.shape[1])
    chosen = list(range(table.shape[1])) if weeks is None else list(weeks)
    if any(not 0 <= week < table.shape[1] for week in chosen):
        raise BadInput(f"weeks: each lies between 0 and {table.shape[1] - 1}, the last week of the series")
    shared = baseline(chosen, days, years=settings.years, half_window=settings.half_window, periods=settings.periods,
                      weeks_left_out=settings.weeks_left_out)
    if weeks is None:
        full = [week for week, n in zip(chosen, np.diff(shared.first), strict=True) if n]
        return farrington_flexible(counts, dates, settings, weeks=full, threads=threads)
    return _evaluated(table, shared, settings, threads or cpu_count() or 1)


def farrington(counts: ArrayLike, dates: Sequence[date] | None = None, settings: FarringtonSettings = ORIGINAL, *,
               weeks: Sequence[int] | None = None, threads: int | None = None) -> FarringtonResult:
    """The original method: only the windows, a trend if it is significant, half of alpha above. As above otherwise."""
    return farrington_flexible(counts, dates, settings, weeks=weeks, threads=threads)


def _check(settings: FarringtonSettings) -> None:
    rules = [(settings.years >= 1, "years (b): at least 1"),
             (settings.half_window >= 0, "half_window (w): not negative"),
             (settings.half_window <= 25, "half_window (w): at most 25 weeks, so that windows do not overlap"),
             (1 <= settings.periods <= 52 - 2 * settings.half_window, "periods: at least 1, and a week for each"),
             (settings.weeks_left_out >= 0, "weeks_left_out: not negative"),
             (settings.weights_threshold > 0, "weights_threshold: above 0"),
             (0 <= settings.trend_p <= 1, "trend_p: from 0 (no trend) to 1 (always a trend)"),
             (0 < settings.alpha < 1, "alpha: between 0 and 1"),
             (settings.threshold in ("delta", "nbPlugin", "muan"), "threshold: delta, nbPlugin or muan"),
             (settings.uncertainty in ("pearson", "working"), "uncertainty: pearson or working"),
             (settings.least_weeks >= 1, "least_weeks: at least 1")]
    for holds, rule in rules:
        if not holds:
            raise BadInput(rule)


def _evaluated(counts: Floats, shared: Baseline, settings: FarringtonSettings, threads: int) -> FarringtonResult:
    critical = critical_t(settings, longest=int(np.diff(shared.first).max(initial=0)))
    blocks = np.array_split(np.arange(len(counts)), min(len(counts), 4 * threads if threads > 1 else 1))

    def evaluate(block: NDArray[np.int64]) -> tuple[Floats, ...]:
        own = counts[block]
        found = np.empty((len(block), len(shared.weeks), fitting.FOUND))
        fitting.fit_all(own, fitting.tables_of(own), shared.weeks, shared.first, shared.index, shared.level,
                        shared.levels, settings.weights_threshold, critical, _dispersion_of(settings), found)
        return _judged(own, shared.weeks, found, settings)

    parts = list(zip(*in_threads(evaluate, blocks, threads=threads), strict=True))
    observed, expected, upper, dispersion, slope = (np.concatenate(part) for part in parts)
    score = score_of(observed, expected, upper)
    return FarringtonResult(shared.weeks, observed, expected, upper, dispersion, slope, score, observed > upper,
                            settings, VERSION)


def score_of(observed: Floats, expected: Floats, upper: Floats) -> Floats:
    """How far the count went from what is expected, in shares of the way to the limit.

    Infinite past a limit that is no higher than what is expected, as where next to nothing is.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (observed - expected) / (upper - expected)
    return np.where((upper <= expected) & (observed > upper), np.inf, score)


def _dispersion_of(settings: FarringtonSettings) -> int:
    return fitting.DISPERSION if settings.uncertainty == "pearson" else fitting.WORKING


def critical_t(settings: FarringtonSettings, *, longest: int) -> Floats:
    """By degrees of freedom: the t beyond which a trend is kept; infinite where none is tried (under three years)."""
    if settings.trend_p == 0 or settings.years < 3:
        return np.full(longest + 1, np.inf)
    if settings.trend_p == 1:
        return np.full(longest + 1, -1.0)
    return np.asarray(special.stdtrit(np.maximum(np.arange(longest + 1), 1), 1 - settings.trend_p / 2))


def _judged(counts: Floats, weeks: NDArray[np.int64], found: Floats,
            settings: FarringtonSettings) -> tuple[Floats, ...]:
    """Observed, expected, upper limit, dispersion and slope of a block of series."""
    expected, dispersion = found[..., fitting.MEAN].copy(), np.maximum(found[..., fitting.DISPERSION], 1.0)
    recent = np.cumsum(np.pad(counts, ((0, 0), (settings.least_weeks, 0))), axis=1)
    enough = recent[:, weeks + settings.least_weeks] - recent[:, weeks] >= settings.least_cases
    expected[~enough] = np.nan
    own = dispersion if settings.uncertainty == "pearson" else found[..., fitting.WORKING]
    upper = upper_limit(expected, own * found[..., fitting.UNIT_VARIANCE], dispersion, settings)
    return counts[:, weeks], expected, upper, dispersion, found[..., fitting.SLOPE]


def upper_limit(expected: Floats, variance: Floats, dispersion: Floats, settings: FarringtonSettings) -> Floats:
    """The upper prediction limit; `variance` is that of the logarithm of `expected`."""
    probability = 1 - settings.alpha / (2 if settings.two_sided else 1)
    quantile = float(special.ndtri(probability))
    if settings.threshold == "delta":
        return bounds.power_bound(expected, dispersion + variance * expected, quantile)
    with np.errstate(over="ignore"):
        mean = expected if settings.threshold == "nbPlugin" else expected * np.exp(quantile * np.sqrt(variance))
    return bounds.negative_binomial_bound(mean, dispersion, probability)
