"""Four ways to say, each evening, what is unusual: a score (the larger, the more unusual), where, and since when.

All of them see what is known on that evening, and nothing else. What score is an alarm is for the bench to choose.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from benchmarks.crew import DATES, START, YEAR
from benchmarks.episodes import Alarm
from benchmarks.life import Life
from benchmarks.town import NEIGHBOURHOODS
from lokalnet.analysis.detection.looking import STANDARD, look
from lokalnet.analysis.detection.told import CELL_KM
from lokalnet.analysis.scan.likelihood import statistic
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Places, Settings
from lokalnet.analysis.series.farrington import FLEXIBLE, farrington_flexible

MOST = 3  # alarms of one evening
TIE = 0.001
WEEKS = 52
FARRINGTON = replace(FLEXIBLE, years=3)
LEAST_SPREAD = 0.5  # reports a week: an area of which nobody ever tells does not give an alarm with the first
ALL = replace(STANDARD, replications=999, stop_after=10,  # as far as p <= 0.05, so that thresholds can be chosen
              maybe_per_year=0.05 * STANDARD.looks_per_year * STANDARD.looked_at)


Detector = Callable[[Life, int], Sequence[Alarm]]


def as_shipped(life: Life, today: int) -> Sequence[Alarm]:
    """The product's own look, with its rules: minus the logarithm (10) of how often a year chance gives as much. What
    is beyond all replications is told apart by the statistic."""
    told, voices, _ = life.told(today, STANDARD.baseline_days)
    found = look(told, voices, today=DATES[today].item(), settings=ALL, seed=today, threads=1)
    return [Alarm(-float(np.log10(one.per_year)) + TIE * statistic(one.observed, one.expected, found.counted),
                  *((np.array(one.center) + 0.5) * CELL_KM).tolist(), one.radius_km, None, _day(one.first_day),
                  _day(one.last_day), one.per_year) for one in found.candidates[:MOST]]


def _day(day: date) -> int:
    return int((np.datetime64(day) - START).astype(int))


def threshold_per_area(life: Life, today: int) -> Sequence[Alarm]:
    """How many standard deviations the last seven days lie above the area's earlier weeks of a year."""
    counts = _by_area(life, today, WEEKS)
    before = counts[:, :-1]
    spread = np.maximum(before.std(axis=1, ddof=1), LEAST_SPREAD)
    return _of_areas(life, today, (counts[:, -1] - before.mean(axis=1)) / spread)


def farrington_per_area(life: Life, today: int) -> Sequence[Alarm]:
    """How improbable the last seven days are by Farrington Flexible: minus the logarithm (10) of the tail. It is given
    three years; the other ways see one."""
    counts = _by_area(life, today, (today + 1) // 7)
    found = farrington_flexible(counts, settings=FARRINGTON, weeks=[counts.shape[1] - 1], threads=1)
    return _of_areas(life, today, -_log10_tail(*(each[:, 0] for each in (found.observed, found.expected,
                                                                         found.dispersion))))


def _log10_tail(observed: NDArray[np.float64], mean: NDArray[np.float64],
                dispersion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of at least as many, negative binomial with variance dispersion x mean; 0 where nothing can be said."""
    over = np.maximum(dispersion, 1 + 1e-6)
    found = stats.nbinom.logsf(observed - 1, mean / (over - 1), 1 / over) / np.log(10)
    return np.nan_to_num(found, nan=0.0)


def _by_area(life: Life, today: int, weeks: int) -> NDArray[np.float64]:
    """(areas, weeks) reports in the seven days that end today, and in those before."""
    rows = life.rows.where(life.known(today, 7 * weeks))
    found = np.zeros((NEIGHBOURHOODS, weeks))
    np.add.at(found, (life.town.area[rows.cell], weeks - 1 - (today - rows.day) // 7), 1)
    return found


def _of_areas(life: Life, today: int, score: NDArray[np.float64]) -> Sequence[Alarm]:
    return [Alarm(float(score[area]), *life.town.centers[area].tolist(), 0.0, int(area), today - 6, today)
            for area in np.argsort(-score)[:MOST] if score[area] > 0]


def plain_scan(life: Life, today: int) -> Sequence[Alarm]:
    """The space-time permutation scan over all reports, whoever told them: the statistic."""
    rows = life.rows.where(life.known(today, YEAR))
    cells, place = np.unique(rows.cell, return_inverse=True)
    nothing = np.zeros(len(rows), np.int64)
    settings = Settings(max_km=STANDARD.max_km, max_days=STANDARD.max_days, start=DATES[today - YEAR + 1].item(),
                        end=DATES[today].item(), replications=0)
    names = [str(one) for one in cells]
    found = scan(Places.on_plane(names, *life.town.cells[cells].T), Cases(place, nothing + 1, DATES[rows.day], nothing),
                 settings, threads=1)
    return [Alarm(one.statistic, *life.town.cells[int(one.center)].tolist(), one.radius_km, None,
                  _day(one.start), today) for one in found.clusters[:MOST]]


DETECTORS: dict[str, Detector] = {"Lokalnet": as_shipped, "threshold per area": threshold_per_area,
                                  "Farrington per area": farrington_per_area, "scan without effort": plain_scan}
WORDS = {"unusual": STANDARD.unusual_per_year, "unusual or maybe": STANDARD.maybe_per_year}
