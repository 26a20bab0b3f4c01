"""From alarms of single evenings to episodes, and the threshold that gives so many episodes a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf

from benchmarks.life import Cause

APART_DAYS, APART_KM = 14, 1.0


@dataclass(frozen=True)
class Alarm:
    """The larger the `score`, the more unusual. `x`, `y` (km) is the middle; it is within `radius_km` of it, or in all
    of `area`, from `first` to `last` (days). `per_year`: how often chance gives as much, where the detector says so."""

    score: float
    x: float
    y: float
    radius_km: float
    area: int | None
    first: int
    last: int
    per_year: float = inf


@dataclass(frozen=True)
class Evening:
    """An alarm of an evening, and what most of its reports came of, as far as that is out of the ordinary."""

    day: int
    alarm: Alarm
    cause: Cause


def episodes(year: Sequence[Evening], least: float) -> list[Evening]:
    """The first alarm of each episode, of the alarms with at least such a score. One within 14 days and 1 km of any
    alarm of an earlier episode belongs to that one."""
    first: list[Evening] = []
    seen: list[Evening] = []
    for evening in sorted(year, key=lambda one: (one.day, -one.alarm.score)):
        if evening.alarm.score < least:
            continue
        if not any(evening.day - one.day <= APART_DAYS and _km(evening.alarm, one.alarm) <= APART_KM for one in seen):
            first.append(evening)
        seen.append(evening)
    return first


def _km(one: Alarm, other: Alarm) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def threshold(years: Sequence[Sequence[Evening]], a_year: float) -> float:
    """The lowest score with which there are at most so many episodes a year, on average over the years."""
    scores = sorted({evening.alarm.score for year in years for evening in year})
    low, high = 0, len(scores)  # from `high` on there are few enough; a score beyond the largest has none
    while low < high:
        middle = (low + high) // 2
        if sum(len(episodes(year, scores[middle])) for year in years) <= a_year * len(years):
            high = middle
        else:
            low = middle + 1
    return scores[low] if low < len(scores) else inf
