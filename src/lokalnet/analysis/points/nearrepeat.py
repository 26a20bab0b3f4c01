"""Near repeats: is another event more frequent soon after and near an event than chance gives, and how near, how soon?

Townsley, M., Homel, R. and Chaseling, J. (2003): Infectious burglaries. British Journal of Criminology 43 (3), 615-633;
Ratcliffe, J. H. and Rengert, G. F. (2008): Near-repeat patterns in Philadelphia shootings. Security Journal 21, 58-76.
It is Knox's count of pairs in a table of distance and time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lokalnet.analysis import VERSION
from lokalnet.analysis.discoveries import benjamini_hochberg
from lokalnet.analysis.points.events import check_bands, check_trials, checked
from lokalnet.analysis.points.excess import expected_counts, p_values, ratio_intervals
from lokalnet.analysis.points.pairs import close_pairs, pairs_within
from lokalnet.analysis.points.permuting import Progress, observed_counts, simulated_counts


@dataclass(frozen=True)
class NearRepeatSettings:
    distances_km: tuple[float, ...]
    days: tuple[float, ...]
    replications: int
    seed: int
    level: float


@dataclass(frozen=True)
class Cell:
    """Pairs of events further apart than `from_km` and `from_days`, and at most `to_km` and `to_days`.

    The first bands hold 0 too. `expected` is the exact mean of all permutations; `ratio` is observed over expected with
    its interval from `low` to `high`; `chance_low` to `chance_high` is where the ratio lies in that share of the
    permutations. `p_value` counts permutations with at least as many pairs; `p_adjusted` is it for all cells together
    (false-discovery rate).
    """

    from_km: float
    to_km: float
    from_days: float
    to_days: float
    observed: int
    expected: float
    ratio: float
    low: float
    high: float
    chance_low: float
    chance_high: float
    p_value: float
    p_adjusted: float


@dataclass(frozen=True)
class NearRepeat:
    """A cell for each band of distance and, within it, each band of time; nearest and soonest first."""

    cells: tuple[Cell, ...]
    events: int
    settings: NearRepeatSettings
    version: str


def near_repeat(places: npt.ArrayLike, times: npt.ArrayLike, *, distances_km: Sequence[float], days: Sequence[float],
                replications: int = 999, seed: int = 1, level: float = 0.95, threads: int = 1,
                progress: Progress | None = None) -> NearRepeat:
    """`places` (n, 2) in km, or (n, 3) on the sphere; `times` (n) in days; the upper ends of the bands, rising.

    A band leaves out its lower end and holds its upper one, so each pair counts in one cell and the cells up to a
    distance and a time add up to Knox's count. A first distance of 0 makes a band of the very same place. Raises
    BadInput.
    """
    at, when = checked(places, times)
    check_bands("distances", distances_km)
    check_bands("days", days)
    check_trials(replications, seed, threads, level)
    pairs = close_pairs(at, distances_km)
    observed = observed_counts(pairs, when, days)
    simulated = simulated_counts(pairs, when, days, replications=replications, seed=seed, threads=threads,
                                 progress=progress)
    expected = expected_counts(pairs.in_band, pairs_within(when, days), len(when))
    ratio, low, high = ratio_intervals(observed, expected, simulated, level)
    tail = (1 - level) / 2
    chance = np.quantile(simulated, (tail, 1 - tail), axis=0) / np.where(expected > 0, expected, np.nan)
    p = p_values(observed, simulated)
    columns = (observed, expected, ratio, low, high, *chance, p, benjamini_hochberg(p.ravel()).reshape(p.shape))
    settings = NearRepeatSettings(tuple(map(float, distances_km)), tuple(map(float, days)), replications, seed, level)
    return NearRepeat(_cells(settings, columns), len(when), settings, VERSION)


def _cells(settings: NearRepeatSettings, columns: Sequence[npt.NDArray[np.generic]]) -> tuple[Cell, ...]:
    values = [column.ravel().tolist() for column in columns]
    nearer, sooner = (0.0, *settings.distances_km), (0.0, *settings.days)
    bands = [(nearer[s], nearer[s + 1], sooner[k], sooner[k + 1])
             for s in range(len(nearer) - 1) for k in range(len(sooner) - 1)]
    return tuple(Cell(*band, *row) for band, row in zip(bands, zip(*values, strict=True), strict=True))
