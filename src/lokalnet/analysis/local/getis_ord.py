"""Gi and Gi*: is there more around a cell than chance gives? Gi leaves the cell out of its surroundings, Gi* does not.

Getis, A. and Ord, J. K. (1992): The analysis of spatial association by use of distance statistics. Geographical
Analysis 24 (3), 189-206. Ord, J. K. and Getis, A. (1995): Local spatial autocorrelation statistics. Geographical
Analysis 27 (4), 286-306. `statistic` is the share of everything (else) that lies around the cell, `z` the statistic of
1995, which is the same for weights of one and for rows that sum to one.
"""

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.local.moments import Moments, all_values, of_sums, other_values
from lokalnet.analysis.local.neighbours import Floats, Neighbours, with_itself
from lokalnet.analysis.local.permutation import permuted
from lokalnet.analysis.local.significance import judged
from lokalnet.analysis.local.statistic import LocalSettings, LocalStatistic, Name, values_over
from lokalnet.analysis.results import BadInput

DEFAULT = LocalSettings()


def gi(values: npt.ArrayLike, neighbours: Neighbours, settings: LocalSettings = DEFAULT, *,
       threads: int | None = None) -> LocalStatistic:
    """Counts or rates (none negative), one for each cell. Hot: more around it than expected; greater tests for that.

    Raises BadInput for values that do not fit. `threads` are all cores by default and do not change the answer.
    """
    counts = _not_negative(neighbours, values)
    moments = of_sums(neighbours, other_values(counts), len(counts) - 1)
    around = np.where(neighbours.counts > 0, neighbours.lag(counts), np.nan)
    return _answer("Gi", counts, around, moments, counts.sum() - counts, neighbours, settings, threads)


def gi_star(values: npt.ArrayLike, neighbours: Neighbours, settings: LocalSettings = DEFAULT, *,
            threads: int | None = None) -> LocalStatistic:
    """As `gi`, the cell among its neighbours. `neighbours` come without it.

    Permutations hold the cell's own value, so that their p-values are those of Gi; the normal ones are not.
    """
    counts = _not_negative(neighbours, values)
    joined = with_itself(neighbours)
    moments = of_sums(joined, all_values(counts), len(counts))
    return _answer("Gi*", counts, joined.lag(counts), moments, np.full(len(counts), counts.sum()), neighbours, settings,
                   threads)


def _answer(name: Name, counts: Floats, around: Floats, moments: Moments, whole: Floats, neighbours: Neighbours,
            settings: LocalSettings, threads: int | None) -> LocalStatistic:
    whole = np.where(whole > 0, whole, np.nan)
    drawn = permuted(counts, neighbours, permutations=settings.permutations, seed=settings.seed,
                     threads=threads) if settings.permutations else None
    shares = Moments(moments.mean / whole, moments.deviation / whole)
    apart = np.nan_to_num(around / whole - shares.mean)
    kind = tuple("hot" if each > 0 else "cold" if each < 0 else "" for each in apart.tolist())
    return judged(name, around / whole, shares, kind, drawn, neighbours, settings)


def _not_negative(neighbours: Neighbours, values: npt.ArrayLike) -> Floats:
    found = values_over(neighbours, values)
    if (found < 0).any():
        raise BadInput("values: Gi and Gi* are of counts or rates, which are not negative")
    return found
