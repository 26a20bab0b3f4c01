"""The statistic, and how many cases a window needs to reach it.

Kulldorff, M. (1997): A spatial scan statistic. Communications in Statistics 26 (6), 1481-1496. Kulldorff, M.,
Heffernan, R., Hartman, J., Assunção, R., Mostashari, F. (2005): A space-time permutation scan statistic for disease
outbreak detection. PLoS Medicine 2 (3), e59.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled

FEWEST = 2  # cases in a cluster
BINS_PER_OCTAVE = 128
_SHIFT = 16  # of a float32's bits: its sign, exponent and the first seven of its mantissa stay
_LEAST = -12  # below 2**-12 all expectations share a bin
_BASE = (127 + _LEAST) << 7


@compiled
def statistic(cases: float, expected: float, total: float) -> float:
    """The log likelihood ratio of `cases` in a window against `expected`, of `total`; 0 where there are not more."""
    if cases < FEWEST or cases <= expected:
        return 0.0
    if expected <= 0.0:
        return math.inf
    inside = cases * math.log(cases / expected)
    if cases >= total:
        return inside
    return inside + (total - cases) * math.log((total - cases) / (total - expected))


@compiled
def cannot_exceed(cases: float, expected: float, total: float, best: float) -> bool:
    """Whether a bound without logarithms already shows that the statistic is not above `best`.

    With h(x) = x ln x - x + 1 the statistic is e h(n / e) + (N - e) h((N - n) / (N - e)), and h(x) is at most
    (x - 1)² / 2 above 1 and (x - 1)² / 2x below.
    """
    if cases < FEWEST or cases <= expected:
        return True
    if expected <= 0.0 or cases >= total:
        return False
    above = cases - expected
    return 0.5 * above * above * (1.0 / expected + 1.0 / (total - cases)) * 1.000001 < best


@compiled
def bin_of(expected: float) -> int:
    """In which bin an expectation lies: 128 for each doubling, from the bits of its single-precision form."""
    found = (np.float32(expected).view(np.int32) >> _SHIFT) - _BASE
    return found if found > 0 else 0  # type: ignore[return-value]


@compiled
def fewest_cases(best: float, total: float, most: int, table: NDArray[Any]) -> None:
    """Fill `table` (bins): with fewer cases, no window with an expectation in the bin has a statistic above `best`.

    For a fixed expectation the statistic grows with the cases, and for fixed cases it falls with the expectation: so
    the lower end of a bin answers for all of it. `most` stands where no number of cases would do.
    """
    cases = FEWEST
    for index in range(len(table)):
        lower = 0.0 if index == 0 else 2.0 ** (_LEAST + index // BINS_PER_OCTAVE) * (
            1.0 + (index % BINS_PER_OCTAVE) / BINS_PER_OCTAVE) * (1.0 - 1e-6)
        step = 1
        while cases <= total and statistic(cases, lower, total) <= best:  # double the step, then halve it
            cases += step
            step *= 2
        while step > 1:
            step //= 2
            if cases - step >= FEWEST and statistic(cases - step, lower, total) > best:
                cases -= step
        table[index] = min(cases, most)


def bins_up_to(expected: float) -> int:
    """How many bins there are for expectations up to so many."""
    return int(bin_of(expected * 1.001 + 1)) + 1


def statistics(cases: NDArray[Any], expected: NDArray[np.float64], total: float) -> NDArray[np.float64]:
    """The statistic of many windows at once, as it is read in the papers."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = cases * np.log(cases / expected)
        rest = total - cases
        outside = np.where(rest > 0, rest * np.log(np.maximum(rest, 1) / (total - expected)), 0.0)
    found: NDArray[np.float64] = np.where((cases >= FEWEST) & (cases > expected), inside + outside, 0.0)
    return found
