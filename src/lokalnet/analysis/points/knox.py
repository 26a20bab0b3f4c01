"""Knox's test: are there more pairs of events close in both space and time than if place and time had no part in it?

Knox, E. G. (1964): The detection of space-time interactions. Applied Statistics 13 (1), 25-30.
"""

from dataclasses import dataclass

import numpy.typing as npt
from scipy.special import pdtrc

from lokalnet.analysis import VERSION
from lokalnet.analysis.points.events import check_bands, check_trials, checked
from lokalnet.analysis.points.excess import expected_counts, p_values, ratio_intervals
from lokalnet.analysis.points.pairs import close_pairs, pairs_within
from lokalnet.analysis.points.permuting import Progress, observed_counts, simulated_counts


@dataclass(frozen=True)
class KnoxSettings:
    distance_km: float
    days: float
    replications: int
    seed: int
    level: float


@dataclass(frozen=True)
class Knox:
    """`observed` pairs of `events` are close in both; `expected` is the mean over all permutations of the times.

    `ratio` is observed over expected, with its interval from `low` to `high`. `p_value` is (1 + permutations with at
    least as many pairs) / (1 + permutations). `p_poisson` is Knox's approximation: the chance that a Poisson count
    with the expected mean is greater than the observed one (greater, not equal, as other programs have it).
    """

    observed: int
    expected: float
    ratio: float
    low: float
    high: float
    p_value: float
    p_poisson: float
    events: int
    close_in_space: int
    close_in_time: int
    settings: KnoxSettings
    version: str


def knox(places: npt.ArrayLike, times: npt.ArrayLike, *, distance_km: float, days: float, replications: int = 999,
         seed: int = 1, level: float = 0.95, threads: int = 1, progress: Progress | None = None) -> Knox:
    """`places` (n, 2) in km, or (n, 3) on the sphere; `times` (n) in days. Close is at most the distance and the days.

    The answer depends on the seed, and not on the threads. Raises BadInput.
    """
    at, when = checked(places, times)
    check_bands("distance", [distance_km])
    check_bands("days", [days])
    check_trials(replications, seed, threads, level)
    pairs, in_time = close_pairs(at, [distance_km]), pairs_within(when, [days])
    observed = observed_counts(pairs, when, [days])
    simulated = simulated_counts(pairs, when, [days], replications=replications, seed=seed, threads=threads,
                                 progress=progress)
    expected = expected_counts(pairs.in_band, in_time, len(when))
    ratio, low, high = (values.item() for values in ratio_intervals(observed, expected, simulated, level))
    return Knox(observed.item(), expected.item(), ratio, low, high, p_values(observed, simulated).item(),
                float(pdtrc(observed.item(), expected.item())), len(when), pairs.in_band.item(), in_time.item(),
                KnoxSettings(float(distance_km), float(days), replications, seed, level), VERSION)
