"""Which past weeks a week is judged by: windows around the same week of earlier years, or all weeks in between too.

The same for every series, so it is worked out once for each week and shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

YEAR = 52  # weeks, where no dates are known


@dataclass(frozen=True)
class Baseline:
    """The baseline weeks of many evaluated weeks, one after the other.

    `weeks` (evaluated): index of each evaluated week in the series. `first` (evaluated + 1): where the baseline of
    each begins in `index` and `level`; baseline weeks in order of time, `index` into the series, `level` the period
    of the year, 0 for the windows themselves, up to `levels` - 1.
    """

    weeks: NDArray[np.int64]
    first: NDArray[np.int64]
    index: NDArray[np.int64]
    level: NDArray[np.int64]
    levels: int


def baseline(weeks: Sequence[int], dates: Sequence[date] | None, *, years: int, half_window: int, periods: int,
             weeks_left_out: int) -> Baseline:
    """The baseline of each of `weeks`.

    With one period: the windows of `half_window` weeks on either side of the same week of each of `years` years.
    With more (Noufaily 2013): every week from the first window on, in `periods` periods of the year, the windows being
    one and the weeks between two windows shared out evenly among the rest; the last `weeks_left_out` weeks before the
    evaluated one are left out. A week whose first window begins before the series has an empty baseline.
    """
    first, index, level = [0], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for week in weeks:
        anchors = reference_weeks(week, dates, years=years)
        if anchors and anchors[0] >= half_window:
            found, periods_of = _weeks_and_levels([*anchors, week], half_window, periods)
            kept = found < week - weeks_left_out if periods > 1 else found < week
            index.append(found[kept])
            level.append(periods_of[kept])
            first.append(first[-1] + int(kept.sum()))
        else:
            first.append(first[-1])
    return Baseline(np.array(weeks, np.int64), np.array(first, np.int64), np.concatenate(index), np.concatenate(level),
                    periods)


def reference_weeks(week: int, dates: Sequence[date] | None, *, years: int) -> list[int]:
    """The same week of each of the years before, earliest first; empty if the series does not reach that far back.

    With dates: the Monday nearest to the same day of that year; without: 52 weeks a year.
    """
    if dates is None:
        found = [week - YEAR * year for year in range(years, 0, -1)]
    else:
        start = dates[0]
        found = [(_nearest_weekday(_years_before(dates[week], year), start.weekday()) - start).days // 7
                 for year in range(years, 0, -1)]
    return found if found[0] >= 0 else []


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return date(day.year - years, 3, 1)


def _nearest_weekday(day: date, weekday: int) -> date:
    back = (day.weekday() - weekday) % 7
    return day - timedelta(back) if back <= 3 else day + timedelta(7 - back)


def _weeks_and_levels(anchors: list[int], half_window: int, periods: int) -> tuple[NDArray[np.int64],
                                                                                  NDArray[np.int64]]:
    weeks, levels = [], []
    for anchor, following in pairwise(anchors):
        window = np.arange(anchor - half_window, anchor + half_window + 1)
        weeks.append(window)
        levels.append(np.zeros(len(window), np.int64))
        if periods > 1:
            between = np.arange(anchor + half_window + 1, following - half_window)
            weeks.append(between)
            levels.append(1 + np.arange(len(between)) * (periods - 1) // max(len(between), 1))
    return np.concatenate(weeks), np.concatenate(levels)
