"""Are two requests alike in time? An equivalence test: it has to be shown that they are, within a stated margin.

The two are asked in turns, so that whatever else the machine does falls on both alike. Of the differences of pairs the
median is taken, with a confidence interval from order statistics (distribution-free; Conover 1999, section 3.2): alike
are they when the whole interval lies within the margin. Where the interval is too wide to tell, more pairs are asked
for; a machine that is too busy to tell says so, and that is neither.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

FEWEST, MOST = 120, 3_000
Z = 2.576  # 99 %


@dataclass(frozen=True)
class Compared:
    """Seconds: the median of the differences (one less other) and its 99 % interval, from `pairs` pairs."""

    pairs: int
    median: float
    low: float
    high: float

    def within(self, margin: float) -> bool:
        return -margin < self.low and self.high < margin

    def apart(self, margin: float) -> bool:
        return self.low > margin or self.high < -margin


def compare(one: Callable[[], object], other: Callable[[], object], *, margin: float) -> Compared:
    """Until it can be told on which side of the margin the difference lies, or MOST pairs were asked."""
    differences: list[float] = []
    for number in range(MOST):
        first, second = (one, other) if number % 2 else (other, one)
        begun = time.perf_counter()
        first()
        between = time.perf_counter()
        second()
        ended = time.perf_counter()
        lasted = (between - begun, ended - between)
        differences.append(lasted[0] - lasted[1] if number % 2 else lasted[1] - lasted[0])
        if len(differences) >= FEWEST and len(differences) % 40 == 0:
            found = _interval(differences)
            if found.within(margin) or found.apart(margin):
                return found
    return _interval(differences)


def _interval(differences: list[float]) -> Compared:
    ordered = sorted(differences)
    number = len(ordered)
    spread = Z * math.sqrt(number) / 2
    low, high = max(0, math.floor(number / 2 - spread)), min(number - 1, math.ceil(number / 2 + spread))
    return Compared(number, ordered[number // 2], ordered[low], ordered[high])
