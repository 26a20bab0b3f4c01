"""Many tests at once: p-values adjusted so that of what is called a discovery, at most a given share is false.

Benjamini, Y. and Hochberg, Y. (1995): Controlling the false discovery rate. Journal of the Royal Statistical Society B
57 (1), 289-300. It holds for independent tests and for those that depend positively, as neighbouring cells do where
they are tested one-sided. Benjamini, Y. and Yekutieli, D. (2001): The control of the false discovery rate in multiple
testing under dependency. Annals of Statistics 29 (4), 1165-1188, holds under any dependence, at the price of the factor
1 + 1/2 + ... + 1/m. For local statistics: Caldas de Castro, M. and Singer, B. H. (2006), Geographical Analysis 38 (2),
180-208.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.results import BadInput

Floats = npt.NDArray[np.float64]
Procedure = Literal["benjamini-hochberg", "benjamini-yekutieli"]


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Adjusted p-values, of the same length: what is at most q is a discovery at the false-discovery rate q.

    A p-value that is nan is no test: it stays nan and does not count. Raises BadInput outside 0 to 1.
    """
    return _stepped_up(p_values, lambda tests: 1.0)


def benjamini_yekutieli(p_values: npt.ArrayLike) -> Floats:
    """As `benjamini_hochberg`, under any dependence between the tests."""
    return _stepped_up(p_values, _harmonic)


def adjusted(p_values: npt.ArrayLike, procedure: Procedure) -> Floats:
    return benjamini_hochberg(p_values) if procedure == "benjamini-hochberg" else benjamini_yekutieli(p_values)


def fewest(tests: int, smallest: float, rate: float, procedure: Procedure) -> int:
    """How many of the tests must reach `smallest`, the least p-value there can be, before any of them is a discovery.

    With too few permutations it takes many: then it is the permutations that are missing, not the discoveries.
    """
    factor = 1.0 if procedure == "benjamini-hochberg" else _harmonic(tests)
    return max(1, int(np.ceil(tests * factor * smallest / rate * (1 - 1e-12))))


def _harmonic(tests: int) -> float:
    return float((1 / np.arange(1, tests + 1)).sum())


def _stepped_up(p_values: npt.ArrayLike, factor: Callable[[int], float]) -> Floats:
    """From the largest down: the running minimum of p m / rank, by the factor."""
    p = np.asarray(p_values, np.float64)
    tested = np.flatnonzero(~np.isnan(p))
    if p.ndim != 1 or ((p[tested] < 0) | (p[tested] > 1)).any():
        raise BadInput("p_values: a list of numbers from 0 to 1")
    falling = tested[np.argsort(-p[tested], kind="stable")]
    ranks = np.arange(len(tested), 0, -1)
    found = np.full(len(p), np.nan)
    scaled = p[falling] * len(tested) * factor(len(tested)) / ranks
    found[falling] = np.minimum.accumulate(np.minimum(scaled, 1.0))
    return found
