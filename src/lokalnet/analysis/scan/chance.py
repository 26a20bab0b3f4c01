"""How often chance alone gives as much: p-values from replications."""

import numpy as np
from scipy.special import betaincinv

from lokalnet.analysis.scan.study import Floats


def p_value(observed: float, simulated: Floats, *, stopped_early: bool) -> float:
    """(1 + those at least as large) / (replications + 1).

    Where the replications ended with the one that made their number full, it is that number / replications: Besag, J.,
    Clifford, P. (1991): Sequential Monte Carlo p-values. Biometrika 78 (2), 301-304.
    """
    reached = int(np.count_nonzero(simulated >= observed))
    return reached / len(simulated) if stopped_early else (1 + reached) / (len(simulated) + 1)


def interval(observed: float, simulated: Floats, level: float = 0.95) -> tuple[float, float]:
    """In which the p-value of endlessly many replications lies: Clopper and Pearson's for those at least as large."""
    number, reached = len(simulated), int(np.count_nonzero(simulated >= observed))
    tail = (1 - level) / 2
    low = float(betaincinv(reached, number - reached + 1, tail)) if reached else 0.0
    high = float(betaincinv(reached + 1, number - reached, 1 - tail)) if reached < number else 1.0
    return low, high


def gumbel_p_value(observed: float, simulated: Floats) -> float | None:
    """From a Gumbel distribution with the mean and spread of the replications; None where they have none.

    Abrams, A. M., Kleinman, K., Kulldorff, M. (2010): Gumbel based p-value approximations for spatial scan statistics.
    International Journal of Health Geographics 9, 61. It is smooth beyond what the replications reach, and biased: how
    much, `./run bench calibration` prints.
    """
    if len(simulated) < 2 or np.ptp(simulated) == 0:
        return None
    scale = float(np.std(simulated, ddof=1)) * np.sqrt(6) / np.pi
    where = float(np.mean(simulated)) - np.euler_gamma * scale
    return float(-np.expm1(-np.exp(-(observed - where) / scale)))
