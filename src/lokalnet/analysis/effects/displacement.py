"""Did what went away here come up next door? The weighted displacement quotient, with what chance does to it.

Bowers, K. J. and Johnson, S. D. (2003): Measuring the geographical displacement and diffusion of benefit effects of
crime prevention activity. Journal of Quantitative Criminology 19 (3), 275-301. Formula and reading as in Guerette, R.
T. (2009): Analyzing crime displacement and diffusion. Center for Problem-Oriented Policing, tool guide 10, appendices
B and C.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lokalnet.analysis.effects.ratio import Ratio, ratio_of_ratios

DRAWS = 20_000
FEWEST_HERE, FEWEST_AROUND, FEWEST_ELSEWHERE = 10, 10, 20  # before and after together


class Unsaid(StrEnum):
    """Why there is no quotient."""

    TOO_FEW = "too-few"
    NOT_CLEAR = "not-clear"
    NOT_FEWER = "not-fewer"


@dataclass(frozen=True)
class Counts:
    """(before, after) of the target, of the buffer around it, and of the control elsewhere, over the same times."""

    target: tuple[int, int]
    buffer: tuple[int, int]
    control: tuple[int, int]


@dataclass(frozen=True)
class Displacement:
    """Above 0 the buffer gained too (more than 1: more than the target); below 0 it got more (less than -1: more than
    went away). All None with the reason `unsaid`."""

    quotient: float | None
    low: float | None
    high: float | None
    unsaid: Unsaid | None


def quotient(counts: Counts) -> float:
    """(B1/C1 - B0/C0) / (A1/C1 - A0/C0): how the buffer changed against the control, over how the target did. Raises
    ZeroDivisionError where the control has no count, or the target did not change at all."""
    (a0, a1), (b0, b1), (c0, c1) = counts.target, counts.buffer, counts.control
    return (b1 / c1 - b0 / c0) / (a1 / c1 - a0 / c0)


def displacement(counts: Counts, *, seed: int, dispersion: float = 1.0, level: float = 0.95) -> Displacement:
    """The quotient, where the target has clearly fewer than the control would have it; else why there is none.

    Of something that did not clearly go away it cannot be asked whether it moved: the quotient would be divided by what
    may be 0, and its sign would turn around. The interval holds the middle `level` of the quotients of simulated
    means: each is drawn from a gamma distribution around its count (count + 1/2, Jeffreys' prior), as much wider as the
    dispersion says. Those draws where the target has no fewer after all are kept: they widen it, as they should.
    """
    unsaid = _unsaid(counts, ratio_of_ratios(counts.target, counts.control, dispersion=dispersion, level=level))
    if unsaid:
        return Displacement(None, None, None, unsaid)
    drawn = _quotients(counts, dispersion, np.random.default_rng(seed))
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Displacement(quotient(counts), float(low), float(high), None)


def _unsaid(counts: Counts, change: Ratio) -> Unsaid | None:
    enough = zip((counts.target, counts.buffer, counts.control), (FEWEST_HERE, FEWEST_AROUND, FEWEST_ELSEWHERE),
                 strict=True)
    if not all(sum(pair) >= fewest for pair, fewest in enough) or not all(counts.control):
        return Unsaid.TOO_FEW
    if not change.clear:
        return Unsaid.NOT_CLEAR
    return None if change.fewer else Unsaid.NOT_FEWER


def _quotients(counts: Counts, dispersion: float, random: np.random.Generator) -> np.ndarray:
    means = {name: [random.gamma((count + 0.5) / dispersion, dispersion, DRAWS) for count in pair]
             for name, pair in vars(counts).items()}
    (a0, a1), (b0, b1), (c0, c1) = means["target"], means["buffer"], means["control"]
    found: np.ndarray = (b1 / c1 - b0 / c0) / (a1 / c1 - a0 / c0)
    return found
