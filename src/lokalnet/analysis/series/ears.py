"""EARS C1, C2 and C3: is this week beyond what the seven before it lead one to expect? For series too young for years.

Fricker, Hegler & Dunfee (2008), Statistics in Medicine 27, 3407-3429.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lokalnet.analysis import VERSION
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.series.counting import checked_counts

Floats = NDArray[np.float64]
LAG = 2  # weeks that C2 and C3 leave out before the evaluated one


@dataclass(frozen=True)
class EarsSettings:
    """`alpha` None: 0.001 for C1 and C2, 0.025 for C3. `least_deviation`: the standard deviation is at least that."""

    variant: Literal["C1", "C2", "C3"] = "C1"
    baseline: int = 7
    alpha: float | None = None
    least_deviation: float = 0.0


@dataclass(frozen=True)
class EarsResult:
    """For each series and week with a full baseline (arrays: series x weeks). `weeks` are indices into the series.

    `expected` is the mean of the baseline, `deviation` its standard deviation, `upper` the upper prediction limit (the
    interval is from 0 to it); an `alarm` where a count reaches it and exceeds what is expected. C3 sums up what three
    weeks exceed one standard deviation by: `upper` is the count with which that sum reaches its quantile.
    """

    weeks: NDArray[np.int64]
    observed: Floats
    expected: Floats
    deviation: Floats
    upper: Floats
    alarm: NDArray[np.bool_]
    settings: EarsSettings
    version: str


def ears(counts: ArrayLike, settings: EarsSettings | None = None) -> EarsResult:
    """`counts`: series x time. Raises BadInput."""
    chosen = settings or EarsSettings()
    table = checked_counts(counts)
    lag = 0 if chosen.variant == "C1" else LAG
    _check(chosen, length=table.shape[1], lag=lag)
    windows = np.lib.stride_tricks.sliding_window_view(table, chosen.baseline, axis=1)[:, :table.shape[1]
                                                                                       - chosen.baseline - lag]
    weeks = np.arange(chosen.baseline + lag, table.shape[1])
    expected = windows.mean(axis=2)
    deviation = np.maximum(windows.std(axis=2, ddof=1), chosen.least_deviation)
    quantile = float(special.ndtri(1 - (chosen.alpha or (0.025 if chosen.variant == "C3" else 0.001))))
    observed = table[:, weeks]
    if chosen.variant == "C3":
        excess = _excess(observed, expected, deviation)
        weeks, observed, expected, deviation = weeks[2:], observed[:, 2:], expected[:, 2:], deviation[:, 2:]
        lacking = quantile - excess[:, 1:-1] - excess[:, :-2]
        upper = expected + deviation * np.where(lacking > 0, 1 + lacking, 0.0)
    else:
        upper = expected + quantile * deviation
    return EarsResult(weeks, observed, expected, deviation, upper, (observed >= upper) & (observed > expected), chosen,
                      VERSION)


def _excess(observed: Floats, expected: Floats, deviation: Floats) -> Floats:
    """How many standard deviations beyond one a count lies; with a deviation of 0 any count above the mean is far."""
    above = observed - expected
    standardised = np.divide(above, deviation, out=np.where(above > 0, 1e9, 0.0), where=deviation > 0)
    return np.asarray(np.maximum(0.0, standardised - 1))


def _check(settings: EarsSettings, *, length: int, lag: int) -> None:
    needed = settings.baseline + lag + (2 if settings.variant == "C3" else 0) + 1
    rules = [(settings.variant in ("C1", "C2", "C3"), "variant: C1, C2 or C3"),
             (settings.baseline >= 2, "baseline: at least 2 weeks"),
             (settings.alpha is None or 0 < settings.alpha < 1, "alpha: between 0 and 1"),
             (settings.least_deviation >= 0, "least_deviation: not negative"),
             (length >= needed, f"counts: EARS {settings.variant} needs at least {needed} weeks, not {length}")]
    for holds, rule in rules:
        if not holds:
            raise BadInput(rule)
