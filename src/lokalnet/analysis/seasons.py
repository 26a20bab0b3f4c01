"""What is usual for the season: a week among the same weeks of earlier years, or else among the weeks before.

Weeks are named by their Monday. A week without anything counts as 0 as long as it lies in the time that was observed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from lokalnet.analysis.rates import poisson_interval

SHOWN = 26
NEIGHBOURS = 2
FEWEST_YEARS, MOST_YEARS = 2, 5
FEWEST_WEEKS, FEWEST_COUNTED = 10, 5
RECENT = 4
YEAR = 52
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Usual:
    """What a week is compared with: median and middle half of `n` weeks, and how many years these come from.

    `years` is 0 where the weeks before the shown ones stand in for earlier years.
    """

    median: float
    low: float
    high: float
    n: int
    years: int


@dataclass(frozen=True)
class Week:
    monday: date
    count: int
    usual: Usual | None


@dataclass(frozen=True)
class Season:
    """The shown weeks, oldest first, and the last few of them together against what is usual.

    `level` is -1, 0 or 1 (fewer, about as usual, more), or None where there is too little to go by.
    """

    weeks: tuple[Week, ...]
    recent: float
    usual: Usual | None
    level: int | None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def season(counts: Mapping[date, int], *, last: date, first: date | None) -> Season:
    """`counts` by Monday; `last` is the Monday of the newest whole week, `first` of the first whole one observed.

    It is more or fewer only when both hold: the mean of the last four weeks lies outside the middle half of the weeks
    that it is compared with, and the exact 95 % interval of what was counted in them leaves out the median. Either
    alone would cry out too often. Where nothing changes at all, this still does in up to one of ten cases
    (`tests/analysis/test_seasons.py`).
    """
    mondays = [last - WEEK * back for back in reversed(range(SHOWN))]
    weeks = tuple(Week(monday, counts.get(monday, 0), usual_at(counts, monday, first=first, shown=mondays[0]))
                  for monday in mondays)
    recent = float(np.mean([week.count for week in weeks[-RECENT:]]))
    usual = _together([week.usual for week in weeks[-RECENT:]])
    return Season(weeks, recent, usual, level_of(weeks[-RECENT:], usual))


def usual_at(counts: Mapping[date, int], monday: date, *, first: date | None, shown: date) -> Usual | None:
    """What is usual in the week of `monday`; None where there is too little to go by."""
    if first is None:
        return None
    years = list(_earlier_years(monday, first))
    if len(years) >= FEWEST_YEARS:
        return _summary([counts.get(day, 0) for year in years for day in year], years=len(years))
    before = [shown - WEEK * back for back in range(1, YEAR - SHOWN + 1)]
    return _summary([counts.get(day, 0) for day in before if day >= first], years=0)


def _earlier_years(monday: date, first: date) -> Iterator[list[date]]:
    """Of each earlier year that was observed: the week of the same number and its neighbours."""
    year, number, _ = monday.isocalendar()
    for earlier in range(year - 1, year - 1 - MOST_YEARS, -1):
        same = date.fromisocalendar(earlier, min(number, 52), 1)
        if same - WEEK * NEIGHBOURS < first:
            return
        yield [same + WEEK * step for step in range(-NEIGHBOURS, NEIGHBOURS + 1)]


def _summary(values: Sequence[int], *, years: int) -> Usual | None:
    if len(values) < FEWEST_WEEKS or sum(values) < FEWEST_COUNTED:
        return None
    low, median, high = (float(each) for each in np.percentile(values, [25, 50, 75]))
    return Usual(median, low, high, len(values), years)


def _together(parts: Sequence[Usual | None]) -> Usual | None:
    """What is usual over several weeks: the mean of what is usual in each."""
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    low, median, high = (float(np.mean([getattr(part, name) for part in known])) for name in ("low", "median", "high"))
    return Usual(median, low, high, min(part.n for part in known), min(part.years for part in known))


def level_of(weeks: Sequence[Week], usual: Usual | None) -> int | None:
    """Whether these weeks together are fewer (-1), about as usual (0) or more (1) than is usual for a week."""
    if usual is None:
        return None
    counted = sum(week.count for week in weeks)
    low, high = (each / len(weeks) for each in poisson_interval(counted))
    recent = counted / len(weeks)
    if recent > usual.high and low > usual.median:
        return 1
    return -1 if recent < usual.low and high < usual.median else 0
