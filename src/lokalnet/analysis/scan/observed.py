"""The best window of each centre in what was observed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.scan.likelihood import cannot_exceed, statistic
from lokalnet.analysis.scan.preparing import Prepared
from lokalnet.analysis.scan.study import Floats, Integers
from lokalnet.analysis.threading import in_threads

MOST_AT_ONCE = 64  # centres
WINDOWS_AT_ONCE = 2e8  # about half a second: so long somebody who stops it waits


@dataclass(frozen=True)
class Best:
    """For each centre (centres): the statistic (0 where nothing stands out), how many places its circle holds, which
    window, the cases in it and what is expected."""

    statistic: Floats
    places: Integers
    window: Integers
    cases: Integers
    expected: Floats


def best_windows(prepared: Prepared, *, threads: int, progress: Callable[[int, int], None] | None = None) -> Best:
    """Of windows with the same statistic, the one in the smallest circle, and of these the first.

    `progress` is told (centres looked at, centres).
    """
    centres = len(prepared.circles.starts) - 1
    at_once = int(min(MOST_AT_ONCE, max(1, WINDOWS_AT_ONCE * centres // prepared.number_of_windows)))

    def some(begin: int) -> tuple[Floats, Integers, Integers, Integers, Floats]:
        windows = prepared.windows
        return _best_windows(
            prepared.circles.order, prepared.circles.starts, begin, min(begin + at_once, centres),
            prepared.rows, windows.low, windows.high, prepared.weights, prepared.window_cases, prepared.expected,
            float(prepared.total))

    parts = []
    for part in in_threads(some, range(0, centres, at_once), threads=threads):
        parts.append(part)
        if progress:
            progress(min(len(parts) * at_once, centres), centres)
    value, places, window, cases, expected = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Best(value, places, window, cases, expected)


@compiled
def _best_windows(order: NDArray[Any], starts: Integers, begin: int, end: int, rows: Integers, low: NDArray[np.int32],
                  high: NDArray[np.int32], weights: Floats, window_cases: Floats, expected: Floats,
                  total: float) -> tuple[Floats, Integers, Integers, Integers, Floats]:
    number = rows.shape[1]
    separable = expected.shape[0] == 0
    best = np.zeros(end - begin)
    at_place, at_window, at_cases = (np.zeros(end - begin, np.int64), np.zeros(end - begin, np.int64),
                                     np.zeros(end - begin, np.int64))
    at_expected = np.zeros(end - begin)
    running = np.empty(number + 1, np.int64)
    zone = np.empty(number + 1)
    for centre in range(begin, end):
        one = centre - begin
        running[:] = 0
        zone[:] = 0.0
        inside = 0.0
        for at in range(starts[centre], starts[centre + 1]):
            place = order[at]
            if weights[place] <= 0.0:
                continue
            inside += weights[place]
            for row in range(number):
                running[row] += rows[place, row]
            if not separable:
                for row in range(number):
                    zone[row] += expected[place, row]
            for window in range(len(low)):
                cases = running[high[window]] - running[low[window]]
                mean = inside * window_cases[window] / total if separable else zone[high[window]] - zone[low[window]]
                if cannot_exceed(cases, mean, total, best[one]):
                    continue
                value = statistic(cases, mean, total)
                if value > best[one]:
                    best[one] = value
                    at_place[one] = at - starts[centre] + 1
                    at_window[one] = window
                    at_cases[one] = cases
                    at_expected[one] = mean
    return best, at_place, at_window, at_cases, at_expected
