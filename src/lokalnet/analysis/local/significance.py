"""From a distance and from permutations to p-values, and from those to the cells that stand out."""

import numpy as np
from scipy.special import ndtr

from lokalnet.analysis import VERSION
from lokalnet.analysis.discoveries import adjusted, fewest
from lokalnet.analysis.local.moments import Moments, distance
from lokalnet.analysis.local.neighbours import Floats, Neighbours, Whole
from lokalnet.analysis.local.permutation import Drawn
from lokalnet.analysis.local.statistic import Alternative, LocalSettings, LocalStatistic, Name
from lokalnet.analysis.proportions import wilson


def judged(name: Name, statistic: Floats, moments: Moments, kind: tuple[str, ...], drawn: Drawn | None,
           neighbours: Neighbours, settings: LocalSettings) -> LocalStatistic:
    """`drawn` in the direction of the statistic: `at_least` counts where it was as great."""
    z = distance(statistic, moments)
    p = p_normal = normal_p_values(z, settings.alternative)
    low = high = None
    if drawn:
        p, low, high = (np.where(neighbours.counts > 0, each, np.nan) for each in permutation_p_values(drawn, settings))
    p_adjusted = adjusted(p, settings.procedure)
    return LocalStatistic(
        name=name, statistic=statistic, expected=moments.mean, deviation=moments.deviation, z=z, kind=kind, p_value=p,
        p_low=low, p_high=high, p_normal=p_normal, p_adjusted=p_adjusted,
        stands_out=p_adjusted <= settings.false_discovery_rate,
        fewest=fewest(int((~np.isnan(p)).sum()), smallest_p_value(settings), settings.false_discovery_rate,
                      settings.procedure),
        islands=neighbours.islands, neighbours=neighbours.settings, settings=settings, version=VERSION)


def normal_p_values(z: Floats, alternative: Alternative) -> Floats:
    found: Floats = {"greater": ndtr(-z), "less": ndtr(z), "two-sided": 2 * ndtr(-np.abs(z))}[alternative]
    return found


def permutation_p_values(drawn: Drawn, settings: LocalSettings) -> tuple[Floats, Floats, Floats]:
    """(p, low, high): the observed order counts as one of them. Two-sided: twice the lesser of the two tails.

    The interval is Wilson's for the tail's share of the permutations, doubled where p is.
    """
    tail = {"greater": drawn.at_least, "less": drawn.at_most,
            "two-sided": np.minimum(drawn.at_least, drawn.at_most)}[settings.alternative]
    sides = 2 if settings.alternative == "two-sided" else 1
    low, high = _shares(tail, settings)
    p = (tail + 1) / (settings.permutations + 1)
    return np.minimum(sides * p, 1.0), np.minimum(sides * low, 1.0), np.minimum(sides * high, 1.0)


def smallest_p_value(settings: LocalSettings) -> float:
    """The least p-value that there can be: 0 without permutations."""
    if not settings.permutations:
        return 0.0
    return (2 if settings.alternative == "two-sided" else 1) / (settings.permutations + 1)


def _shares(counts: Whole, settings: LocalSettings) -> tuple[Floats, Floats]:
    """Wilson's interval for each count; cells share their counts, so each is computed once."""
    different, places = np.unique(counts, return_inverse=True)
    limits = np.array([wilson(int(count), settings.permutations, settings.level) for count in different])
    return limits[places, 0], limits[places, 1]
