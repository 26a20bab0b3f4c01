"""Counts per 1,000 residents, with an interval that stays honest where few things were counted."""

from dataclasses import dataclass

from scipy.special import gammaincinv


@dataclass(frozen=True)
class Rate:
    """Per 1,000 residents (and year): `rate`, and the interval from `low` to `high`. What it was made of beside it."""

    rate: float
    low: float
    high: float
    count: int
    residents: int


def poisson_interval(count: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval for the mean of a Poisson count: (low, high).

    Garwood, F. (1936): Fiducial limits for the Poisson distribution. Biometrika 28 (3/4), 437-442. By quantiles of
    chi-squared: low is that of a/2 with 2n degrees of freedom, halved (0 for n = 0); high that of 1 - a/2 with
    2n + 2. It covers the truth in at least `level` of all cases, with few counts in more.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    if not 0 < level < 1:
        raise ValueError("the level lies between 0 and 1")
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0  # half a quantile of chi-squared with 2n degrees of freedom
    return low, float(gammaincinv(count + 1, 1 - tail))


def rate_per_1000(count: int, residents: int, years: float = 1.0, level: float = 0.95) -> Rate:
    """`count` things in `years` among `residents`, per 1,000 residents and year, with Garwood's exact interval.

    With `years=1.0` for a period of another length it is the rate for that period. The number of residents is taken
    as known. Raises ValueError for fewer than one resident or no time at all.
    """
    if residents < 1 or years <= 0:
        raise ValueError("a rate needs residents and time")
    low, high = poisson_interval(count, level)
    unit = 1000 / (residents * years)
    return Rate(count * unit, low * unit, high * unit, count, residents)
