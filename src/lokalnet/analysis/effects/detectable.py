"""The smallest change that would be seen, told before anything is done: else nothing found is read as nothing done."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, gammaln, pdtr, pdtrc

from lokalnet.analysis.effects.ratio import chance, conditional

POWER, LEVEL = 0.8, 0.95
MOST = 20.0  # times as many: a rise beyond it is not looked for
NEGLIGIBLE = 1e-10  # a count as rare as that is left out
ALL, STRATA = 200, 15
PRECISE = 1e-3

Floats = NDArray[np.float64]
There = tuple[int, int]  # before, after


@dataclass(frozen=True)
class Detectable:
    """`fewer`: at most this times as many would be seen as fewer with that power; None where not even none at all
    would. `more`: at least this times as many would be seen as more; None where even `MOST` times would not."""

    fewer: float | None
    more: float | None


@dataclass(frozen=True)
class Plan:
    """What is usual a week, for how many weeks it was and will be counted; and the comparison's usual, if there is one.

    Counts that vary more than Poisson counts by a factor tell as much as so many fewer: divide both by it."""

    usual: float
    weeks_before: int
    weeks_after: int
    comparison: float | None = None


@lru_cache(maxsize=256)
def detectable(plan: Plan, *, power: float = POWER, level: float = LEVEL) -> Detectable:
    """By the exact power of the intervals in `ratio`: the probability of all counts whose interval leaves out 1."""
    seen = _Seen(plan, level)
    return Detectable(_edge(seen, power, 1.0, 0.0, -1), _edge(seen, power, 1.0, MOST, 1))


def power_to_see(plan: Plan, ratio: float, *, level: float = LEVEL) -> float:
    """The probability that a change to `ratio` times as many is seen, in the direction in which it went.

    Summed over the counts before and after that can come. Where more than `ALL` can, equally likely ones stand for
    them; so do `STRATA` for how a comparison's usual number falls before and after."""
    return _Seen(plan, level).power(ratio, -1 if ratio < 1 else 1)


def _edge(seen: "_Seen", power: float, near: float, far: float, way: int) -> float | None:
    """The ratio nearest to 1 that is seen with that power, by halving."""
    if seen.power(far, way) < power:
        return None
    while abs(far - near) > PRECISE * max(1.0, far):
        middle = (near + far) / 2
        near, far = (near, middle) if seen.power(middle, way) >= power else (middle, far)
    return far


class _Seen:
    """For each count before: the most counts after that are seen as fewer (-1: none is), the fewest seen as more."""

    def __init__(self, plan: Plan, level: float) -> None:
        self._plan, self._tail = plan, (1 - level) / 2
        self._before, self._chances = _likely(plan.usual * plan.weeks_before)
        there = [None] if plan.comparison is None else _there(plan, plan.comparison)
        self._fewest = np.array([self._edges(each, -1) for each in there]) - 1  # a row for each there
        self._most = np.array([self._edges(each, 1) for each in there])

    def power(self, ratio: float, way: int) -> float:
        mean = ratio * self._plan.usual * self._plan.weeks_after
        if way < 0:
            within = np.where(self._fewest < 0, 0.0, pdtr(np.maximum(self._fewest, 0), mean))
        else:
            within = pdtrc(self._most - 1, mean)
        return float((self._chances * within.mean(axis=0)).sum())

    def _edges(self, there: There | None, way: int) -> list[int]:
        """The first count after that no longer is fewer, or that is more. It rises with the count before: so each is
        looked for from the one before it on."""
        found, at = list[int](), 0
        for before in self._before:
            step = 1
            while step:  # further and further ahead, then back by halves
                beyond = self._chance(int(before), at + step - 1, there, way) <= self._tail
                if beyond == (way < 0):
                    at, step = at + step, step * 2
                else:
                    step //= 2
            found.append(at)
        return found

    def _chance(self, before: int, after: int, there: There | None, way: int) -> float:
        """Of so few (or so many) after, or yet fewer (more), when nothing changed: the interval leaves out 1 where this
        is within its tail."""
        if there:
            return _hypergeometric((before, after), there, way)
        share = self._plan.weeks_after / (self._plan.weeks_before + self._plan.weeks_after)
        if way < 0:
            return float(bdtr(after, before + after, share))
        return float(bdtrc(after - 1, before + after, share)) if after else 1.0


def _likely(mean: float) -> tuple[Floats, Floats]:
    """Counts that can come (Poisson), and the chance of each."""
    reach = 7 * np.sqrt(mean) + 12
    counts = np.arange(max(0, int(mean - reach)), int(mean + reach) + 1, dtype=float)
    chances = np.exp(counts * np.log(mean) - mean - gammaln(counts + 1)) if mean > 0 else (counts == 0).astype(float)
    if len(counts) > ALL:
        return _strata(counts, chances, ALL), np.full(ALL, 1 / ALL)
    return counts[chances > NEGLIGIBLE], chances[chances > NEGLIGIBLE]


def _there(plan: Plan, usual: float) -> list[There]:
    """How what is usual in the comparison may fall before and after, when nothing changes there; equally likely."""
    total, share = round(usual * (plan.weeks_before + plan.weeks_after)), plan.weeks_after / (
        plan.weeks_before + plan.weeks_after)
    counts = np.arange(total + 1, dtype=float)
    chances = np.diff(bdtr(counts, total, share), prepend=0.0)
    return [(total - after, after) for after in map(int, _strata(counts, chances, STRATA))]


def _strata(counts: Floats, chances: Floats, number: int) -> Floats:
    """The middle one of each of so many equally likely parts."""
    middles = (np.arange(number) + 0.5) / number
    return counts[np.minimum(np.searchsorted(np.cumsum(chances), middles), len(counts) - 1)]


def _hypergeometric(here: There, there: There, way: int) -> float:
    """The chance of so few (or so many) after here, given the margins, when both changed alike."""
    support, weights = conditional(here[1], here[0], there[1], there[0])
    return chance(weights, support, 0.0, support <= here[1] if way < 0 else support >= here[1])
