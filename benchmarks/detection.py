"""Whether what is unusual is seen: power and days to detection at the same number of false alarms a year.

Years of a made-up partnership (`benchmarks.life`) in which nothing was planted are looked at every evening, by each of
the detectors; from these come the thresholds with which each gives as many false alarms a year as the others. Then
clusters of known size are planted in other years, and looked for on the fourteen evenings from their first report on.
What the product's own words give in the years without a cluster is counted too. It measures no time.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.crew import DAYS, JUDGED, YEAR
from benchmarks.detectors import DETECTORS, WORDS
from benchmarks.episodes import Alarm, Evening, episodes, threshold
from benchmarks.life import Cause, Life, make_life, plant
from benchmarks.measuring import table
from lokalnet.analysis.detection.looking import STANDARD
from lokalnet.analysis.proportions import wilson
from lokalnet.analysis.rates import poisson_interval

VOLUMES = (10, 30, 200)
SIZES = (4, 6, 10, 20)
LASTS, WITHIN = (3, 7, 14), (0.25, 0.5)  # days and km of what is planted, in turn
YEARS = {10: 16, 30: 12, 200: 4}
RUNS = 24  # planted clusters of each size
EVENINGS = 14
NEAR_KM = 1.0
TARGETS = (1, 4)  # false alarms a year
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "detection.svg"

Year = Mapping[str, Sequence[Evening]]
Scores = Mapping[str, Sequence[Sequence[Alarm]]]


@dataclass(frozen=True)
class Task:
    a_week: int
    seed: int
    size: int = 0  # 0: nothing was planted


def main() -> None:
    print(sizes())
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        slow = sorted(VOLUMES, reverse=True)  # first, so that no core waits for one at the end
        made = {volume: pool.map(null_year, _tasks(volume, 0, YEARS[volume])) for volume in slow}
        tried = {(volume, size): pool.map(planted_run, _tasks(volume, size, RUNS)) for volume in slow for size in SIZES}
        years = {volume: list(found) for volume, found in made.items()}
        planted = {which: list(runs) for which, runs in tried.items()}
    least = {(name, volume, target): threshold([year[name] for year in years[volume]], target)
             for name in DETECTORS for volume in VOLUMES for target in TARGETS}
    for target in TARGETS:
        print(f"\n### {target} false alarm{'s' * (target > 1)} a year: found within {EVENINGS} days, "
              "and the middle number of days until then\n")
        print(power_table(planted, least, target))
    print("\n### What the product's own words give, and what false alarms came of\n")
    print(words_table(years), found_table(planted), sep="\n\n")
    print("\n### What the false alarms came of, at 4 a year\n")
    print(causes_table(years, least))
    draw(planted, least)
    print(f"\nDrawn in {PICTURE.relative_to(PICTURE.parents[1])}.")


def sizes() -> str:
    return (f"Three municipalities of 12 neighbourhoods in 12 x 8 km; {', '.join(map(str, VOLUMES))} reports a week of "
            f"the one group that is looked at. {', '.join(str(YEARS[volume]) for volume in VOLUMES)} years without a "
            f"cluster, looked at on {YEAR} evenings each; {RUNS} clusters of each size and volume, of "
            f"{', '.join(map(str, LASTS))} days in turn, within {' or '.join(f'{km * 1000:.0f}' for km in WITHIN)} m, "
            f"looked for on {EVENINGS} evenings.")


def _tasks(volume: int, size: int, number: int) -> Iterator[Task]:
    return (Task(volume, seed, size) for seed in range(number))


def null_year(task: Task) -> Year:
    """The alarms of each detector in a year in which nothing was planted."""
    life = make_life(task.a_week, task.seed)
    return {name: [Evening(today, alarm, cause_of(life, alarm, today)) for today in range(JUDGED, DAYS)
                   for alarm in detector(life, today)] for name, detector in DETECTORS.items()}


def cause_of(life: Life, alarm: Alarm, today: int) -> Cause:
    """What a third of its reports or more came of that is out of the ordinary, if anything."""
    rows = life.rows.where(life.known(today, YEAR))
    inside = life.town.area == alarm.area if alarm.area is not None else np.hypot(
        *(life.town.cells - (alarm.x, alarm.y)).T) <= alarm.radius_km + 1e-6
    causes = Counter(rows.cause[inside[rows.cell] & (rows.day >= alarm.first) & (rows.day <= alarm.last)].tolist())
    cause, number = max(((one, number) for one, number in causes.items() if one > Cause.ORDINARY),
                        key=lambda each: each[1], default=(Cause.ORDINARY, 0))
    return Cause(cause) if 3 * number >= causes.total() else Cause.ORDINARY


def planted_run(task: Task) -> Scores:
    """The alarms of each detector near a planted cluster, on each evening from its first report on."""
    life, begins, middle = plant(make_life(task.a_week, 10_000 + task.seed + 1_000 * task.size), size=task.size,
                                 days=LASTS[task.seed % 3], km=WITHIN[task.seed // 3 % 2], seed=task.seed)
    area = int(life.town.area[np.argmin(np.hypot(*(life.town.cells - middle).T))])

    def near(alarm: Alarm) -> bool:
        if alarm.area is not None:
            return alarm.area == area
        return float(np.hypot(alarm.x - middle[0], alarm.y - middle[1])) <= NEAR_KM

    return {name: [[alarm for alarm in detector(life, begins + evening) if near(alarm)] for evening in range(EVENINGS)]
            for name, detector in DETECTORS.items()}


def days_until(run: Sequence[Sequence[Alarm]], least: float) -> int | None:
    """From the first report to the first alarm; None where there is none in time."""
    return next((day for day, alarms in enumerate(run) if any(alarm.score >= least for alarm in alarms)), None)


def power_table(planted: Mapping[tuple[int, int], Sequence[Scores]], least: Mapping[tuple[str, int, int], float],
                target: int) -> str:
    rows = []
    for name in DETECTORS:
        for volume in VOLUMES:
            cells = (_power([days_until(run[name], least[name, volume, target]) for run in planted[volume, size]])
                     for size in SIZES)
            rows.append([f"{name}, {volume} a week", *cells])
    return table(["", *(f"{size} reports more" for size in SIZES)], rows)


def _power(days: Sequence[int | None]) -> str:
    found = [day for day in days if day is not None]
    low, high = wilson(len(found), len(days))
    after = f", {median(found):.0f} d" if found else ""
    return f"{len(found) / len(days):.0%} ({low:.0%}-{high:.0%}){after}"


def words_table(years: Mapping[int, Sequence[Year]]) -> str:
    rows = []
    for word, promised in WORDS.items():
        for volume in VOLUMES:
            found = [first for year in years[volume] for first in episodes(
                [one for one in year["Lokalnet"] if one.alarm.per_year <= promised], -np.inf)]
            low, high = (each / len(years[volume]) for each in poisson_interval(len(found)))
            rows.append([f"{word}, {volume} a week", f"{promised / STANDARD.looked_at:g}",
                         f"{len(found) / len(years[volume]):.2f} ({low:.2f}-{high:.2f})", _causes(found)])
    return table(["nothing planted", "promised a year in one group", "episodes a year", "came of"], rows)


def found_table(planted: Mapping[tuple[int, int], Sequence[Scores]]) -> str:
    rows = []
    for word, promised in WORDS.items():
        for volume in VOLUMES:
            cells = (_power([next((day for day, alarms in enumerate(run["Lokalnet"])
                                   if any(alarm.per_year <= promised for alarm in alarms)), None)
                             for run in planted[volume, size]]) for size in SIZES)
            rows.append([f"{word}, {volume} a week", *cells])
    return table(["planted", *(f"{size} reports more" for size in SIZES)], rows)


def causes_table(years: Mapping[int, Sequence[Year]], least: Mapping[tuple[str, int, int], float]) -> str:
    rows = [[f"{name}, {volume} a week", _causes([first for year in years[volume] for first in episodes(
        year[name], least[name, volume, TARGETS[-1]])])] for name in DETECTORS for volume in VOLUMES]
    return table(["", "came of"], rows)


def _causes(found: Sequence[Evening]) -> str:
    names = {Cause.ORDINARY: "chance"}
    causes = Counter(names.get(one.cause, one.cause.name.lower().replace("_", " ")) for one in found)
    return ", ".join(f"{cause} {number / len(found):.0%}" for cause, number in causes.most_common()) or "-"


def draw(planted: Mapping[tuple[int, int], Sequence[Scores]], least: Mapping[tuple[str, int, int], float]) -> None:
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams |= {"svg.hashsalt": "lokalnet", "svg.fonttype": "none", "font.family": "sans-serif"}
    figure, axes = pyplot.subplots(1, len(VOLUMES), figsize=(12, 3.6), sharey=True, layout="constrained")
    styles = zip(DETECTORS, ("#00467a", "#b35900", "#5c7a29", "#777777"), "os^D", strict=True)
    for name, colour, mark in styles:
        for axis, volume in zip(axes, VOLUMES, strict=True):
            shares = [np.mean([days_until(run[name], least[name, volume, 4]) is not None
                               for run in planted[volume, size]]) for size in SIZES]
            axis.plot(SIZES, shares, mark + "-", color=colour, label=name, linewidth=1.2, markersize=5)
            axis.set_title(f"{volume} reports a week", fontsize=10)
            axis.set_xlabel("reports more in the planted cluster")
            axis.set_xticks(SIZES)
            axis.grid(True, color="#dddddd", linewidth=0.6)
    axes[0].set_ylabel("found within 14 days, 4 false alarms a year")
    axes[0].set_ylim(0, 1)
    axes[0].legend(fontsize=8, frameon=False)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
