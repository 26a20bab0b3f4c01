"""The compiled scan: the largest statistic of each of many replications, side by side.

What makes it fast, with the same answer as `readable`:

1. LANES replications stand side by side, so that one addition of a place's row serves all of them.
2. For a fixed expectation the statistic grows with the cases. So there is a fewest number of cases (tabulated by
   expectation) with which a window can still raise the smallest of the lanes' maxima, and windows are compared with
   that number, not by logarithms.
3. Circles around one centre grow slowly. The windows of a few circles in a row (a stretch) are compared at once: the
   cases of the largest against what the smallest would need. Only where that is reached are they looked at one by one.
4. A few centres taken at random go first, so that the maxima are high early; the others follow along a Hilbert curve,
   so that rows are still in the cache.

Threads take blocks of replications and share nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.scan.drawing import LANES
from lokalnet.analysis.scan.lanes import any_reaches
from lokalnet.analysis.scan.likelihood import bin_of, cannot_exceed, fewest_cases, statistic
from lokalnet.analysis.scan.study import Floats

LONGEST_STRETCH = 64  # circles
ANEW = 1.05  # the table is made anew after so many times as many centres


@compiled
def largest(order: NDArray[Any], starts: NDArray[np.int64], visit: NDArray[np.int64], rows: NDArray[Any],
            low: NDArray[np.int32], high: NDArray[np.int32], cases: Floats, window_cases: Floats, expected: Floats,
            total: float, table: NDArray[Any], running: NDArray[Any], lanes: int) -> Floats:
    """The largest statistic in each lane (LANES).

    `rows` (places, rows x LANES) are the lanes' running counts of each place; `low`, `high` (windows) as in Windows.
    Where `expected` is empty, a window's expectation is the zone's `cases` x `window_cases` / total; else it is the
    zone's sum of `expected` (places, rows), by `low` and `high`, and `cases` are what is expected in each place.
    `running` ((rows + 1) x LANES) is room in a type that holds a zone's counts, `table` (bins) in the same. Of the
    lanes only the first `lanes` are filled.
    """
    number = rows.shape[1] // LANES
    separable = expected.shape[0] == 0
    zones = np.zeros((LONGEST_STRETCH, number + 1))
    maxima = np.zeros(LANES)
    most = np.iinfo(table.dtype).max
    due = 1.0
    for turn in range(len(visit)):
        if turn + 1 >= due:
            fewest_cases(maxima[:lanes].min(), total, most, table)
            due = max(due + 1.0, due * ANEW)
        at, end = starts[visit[turn]], starts[visit[turn] + 1]
        running[:] = 0
        zones[:] = 0.0
        inside = 0.0
        while at < end:
            smallest = inside + cases[order[at]]
            if smallest <= inside:  # nothing happens there, in no replication
                at += 1
                continue
            first = at
            allowed = smallest + np.sqrt(smallest)
            while at < end and at - first < LONGEST_STRETCH:
                place = order[at]
                if at > first and inside + cases[place] > allowed:
                    break
                inside += cases[place]
                if cases[place] > 0.0:
                    add(running, rows[place])
                if not separable:
                    before = at - first - 1 if at > first else LONGEST_STRETCH - 1
                    for row in range(number):
                        zones[at - first, row] = zones[before, row] + expected[place, row]
                at += 1
            for window in range(len(low)):
                upper, lower = high[window], low[window]
                mean = smallest * window_cases[window] / total if separable else zones[0, upper] - zones[0, lower]
                least = table[bin_of(mean)]
                if any_reaches(running, upper * LANES, lower * LANES, least):  # type: ignore[call-arg]
                    for lane in range(LANES):
                        found = running[upper * LANES + lane] - running[lower * LANES + lane]
                        if np.uint32(found) < least:
                            continue
                        maxima[lane] = raised(
                            maxima[lane], order[first:at], rows, lane, lower, upper, np.int64(found), inside, cases,
                            window_cases[window], zones, separable, total)
            if not separable:
                zones[LONGEST_STRETCH - 1] = zones[at - first - 1]
    return maxima


@compiled
def add(running: NDArray[Any], row: NDArray[Any]) -> None:
    for index in range(len(row)):
        running[index] += row[index]


@compiled
def raised(best: float, stretch: NDArray[Any], rows: NDArray[Any], lane: int, lower: int, upper: int, found: Any,
           inside: float, cases: Floats, window_cases: float, zones: Floats, separable: bool, total: float) -> float:
    """The maximum of a lane after the circles of a stretch, largest first, each with its exact statistic."""
    for back in range(len(stretch) - 1, -1, -1):
        mean = inside * window_cases / total if separable else zones[back, upper] - zones[back, lower]
        if not cannot_exceed(found, mean, total, best):
            best = max(best, statistic(found, mean, total))
        place = stretch[back]
        found -= np.int64(rows[place, upper * LANES + lane])
        if lower * LANES < rows.shape[1]:
            found += np.int64(rows[place, lower * LANES + lane])
        inside -= cases[place]
    return best
