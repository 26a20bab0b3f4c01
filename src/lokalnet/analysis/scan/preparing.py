"""From what is asked to arrays: everything that all replications share."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.circles import Circles, along_curve, circles_around
from lokalnet.analysis.scan.drawing import LANES, alias_table
from lokalnet.analysis.scan.expected import expected_cases, expected_within
from lokalnet.analysis.scan.steps import Steps, Windows, steps_between, windows_of
from lokalnet.analysis.scan.study import Cases, Floats, Integers, Kind, Model, Places, Population, Settings

FIRST_CENTRES = 64
MOST_CASES = 10_000_000
MOST_BYTES = 8e9  # of all threads together


@dataclass(frozen=True)
class Prepared:
    """Places at one point are one, with all their `names`; in time alone all places are. `rows` (places, rows) are the
    running counts that were observed, as Windows says. `weights` (places) are cases in the permutation model, else what
    is expected; `window_cases` (windows) are the cases of all places. `expected` (places, rows) are the running
    expectations of the Poisson model and of strata, and empty where a permutation has one stratum. Replications are
    drawn from `case_places`, `case_steps` (a case each, stratum by stratum within the bounds `strata`) in the one
    model, from `threshold`, `alias` (cells) in the other.
    """

    settings: Settings
    places: Places
    names: tuple[tuple[str, ...], ...]
    steps: Steps
    windows: Windows
    circles: Circles
    visit: NDArray[np.int64]
    total: int
    rows: NDArray[np.int64]
    weights: Floats
    window_cases: Floats
    expected: Floats
    case_places: NDArray[np.int32]
    case_steps: NDArray[np.int32]
    strata: Integers
    threshold: NDArray[np.uint64]
    alias: NDArray[np.int64]

    @property
    def number_of_windows(self) -> int:
        """In each replication."""
        return len(self.circles) * len(self.windows.low)

    @property
    def permutes(self) -> bool:
        return self.settings.model is Model.PERMUTATION

    def room(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Empty rows for one block of replications, and running counts, each in the smallest type that holds them."""
        in_place, in_zone = self.total, self.total
        if self.permutes:
            in_place = round(float(self.weights.max()))
            if self.settings.kind is not Kind.TEMPORAL:
                in_zone = int(self.settings.max_share * self.total) + 1
        return (np.empty((len(self.rows), self.windows.rows * LANES), _type_for(in_place)),
                np.zeros((self.windows.rows + 1) * LANES, _type_for(max(in_zone, 2**8))))


def _type_for(most: int) -> type:
    """The smallest type with room for more than so many."""
    return next(kind for kind in (np.uint8, np.uint16, np.uint32) if most < np.iinfo(kind).max)


def prepare(places: Places, cases: Cases, population: Population | None, settings: Settings, *,
            threads: int) -> Prepared:
    """Raises BadInput for data that the model cannot use."""
    total = _total(cases)
    steps = _steps(cases, settings)
    windows = windows_of(settings, steps.number)
    expected = _expected(places, cases, population, steps, settings)
    places, names, point = places.together()
    cases = replace(cases, place=point[cases.place])
    if expected is not None and settings.kind is not Kind.TEMPORAL:
        expected = _summed(expected, point, len(names))
    at_once, strata = _stratified(cases)
    case_places, case_steps = cases.place[at_once], steps.of(cases.day.astype("datetime64[D]"))[at_once]
    if settings.kind is Kind.TEMPORAL:  # all places are one
        case_places = np.zeros_like(case_places)
        names = (tuple(name for each in names for name in each),)
    number = len(names)
    _fits(number * windows.rows, threads)
    permutes = settings.model is Model.PERMUTATION
    if permutes and len(strata) > 2:
        expected = expected_within(strata, case_places, case_steps, places=number, steps=steps.number)
    per_step = np.zeros((number, steps.number), np.int64)
    np.add.at(per_step, (case_places, case_steps), 1)
    weights = per_step.sum(axis=1).astype(float) if expected is None else expected.sum(axis=1)
    rows = windows.running(per_step)
    threshold, alias = (np.empty(0, np.uint64), np.empty(0, np.int64)) if permutes or expected is None else alias_table(
        (expected[:, ::-1] if windows.backwards else expected).ravel())
    return Prepared(
        settings, places, names, steps, windows, _circles(places, weights, total, settings, threads),
        np.zeros(1, np.int64) if number == 1 else _visit(places.points, settings.seed), total, rows, weights,
        windows.within(rows.sum(axis=0)).astype(float),
        np.empty((0, 0)) if expected is None else np.ascontiguousarray(windows.running(expected)),
        case_places.astype(np.int32),
        (steps.number - 1 - case_steps if windows.backwards else case_steps).astype(np.int32), strata, threshold, alias)


def _stratified(cases: Cases) -> tuple[Integers, Integers]:
    """(the row of each single case, stratum by stratum; the strata's bounds). One `cell` is one stratum."""
    rows = np.repeat(np.arange(len(cases.count)), cases.count)
    rows = rows[np.argsort(cases.cell[rows], kind="stable")]
    return rows, np.append(np.flatnonzero(np.diff(cases.cell[rows], prepend=-1)), len(rows))


def _total(cases: Cases) -> int:
    if len(cases.count) and cases.count.min() < 0:
        raise BadInput("count: a number of cases is not negative")
    total = int(cases.count.sum(dtype=float))
    if total < 2:
        raise BadInput(f"cases: a scan needs at least two, there is {total}" if total else "cases: there are none")
    if total > MOST_CASES:
        raise BadInput(f"count: {total:,} cases in all are more than the {MOST_CASES:,} that a scan takes; "
                       "is a count a mistake?")
    return total


def _fits(cells: int, threads: int) -> None:
    """Each thread holds its replications' counts of each place and row."""
    size = cells * LANES * threads
    if size > MOST_BYTES:
        raise BadInput(f"step-days, max-days: the replications would take {size / 1e9:,.0f} GB or more of memory; take "
                       "longer steps, shorter windows or fewer threads. Are all dates right?")


def _summed(expected: Floats, point: Integers, points: int) -> Floats:
    """(points, steps) of places that lie at one point, from (places, steps)."""
    together = np.zeros((points, expected.shape[1]))
    np.add.at(together, point, expected)
    return together


def _steps(cases: Cases, settings: Settings) -> Steps:
    day = cases.day.astype("datetime64[D]")
    start, end = settings.start or day.min().item(), settings.end or day.max().item()
    outside = (day < np.datetime64(start)) | (day > np.datetime64(end))
    if outside.any():
        raise BadInput(f"cases: {int(cases.count[outside].sum())} are not between {start} and {end}")
    return steps_between(start, end, (end - start).days + 1 if settings.kind is Kind.SPATIAL else settings.step_days)


def _expected(places: Places, cases: Cases, population: Population | None, steps: Steps,
              settings: Settings) -> Floats | None:
    """(places, steps) of the Poisson model; None in the permutation model, which needs no population.

    In time alone all places are one, and without a population every day expects as much.
    """
    if settings.model is Model.PERMUTATION:
        if population is not None:
            raise BadInput("population: the permutation model uses none; leave it out, or choose the Poisson model")
        return None
    if population is not None:
        expected = expected_cases(len(places.names), cases, population, steps)
        _somebody_lives_there(places, cases, expected, steps)
        return expected.sum(axis=0, keepdims=True) if settings.kind is Kind.TEMPORAL else expected
    if settings.kind is not Kind.TEMPORAL:
        raise BadInput("population: the Poisson model compares cases with people; give the population")
    days = np.diff(steps.edges).astype(float)
    return np.asarray(cases.count.sum() * days[None] / days.sum())


def _somebody_lives_there(places: Places, cases: Cases, expected: Floats, steps: Steps) -> None:
    deserted = np.flatnonzero(expected[cases.place, steps.of(cases.day.astype("datetime64[D]"))] <= 0)
    if len(deserted):
        first = deserted[0]
        raise BadInput(f"population: {int(cases.count[deserted].sum()):,} cases were where nobody lived at the time, "
                       f"the first at {places.names[cases.place[first]]} on {cases.day[first]}")


def _circles(places: Places, weights: Floats, total: int, settings: Settings, threads: int) -> Circles:
    if settings.kind is Kind.TEMPORAL:
        return Circles(np.zeros(1, np.int32), np.array([0, 1]))
    found = circles_around(
        places.points, weights, threads=threads, max_weight=settings.max_share * total * (1 + 1e-12),
        max_km=np.inf if settings.max_km is None else settings.max_km)
    if not len(found):
        raise BadInput("max-share: the place with the fewest cases alone is more than that share; allow a larger one")
    return found


def _visit(points: Floats, seed: int) -> NDArray[np.int64]:
    """In which order the centres are gone through: it changes how long it takes, not what is found."""
    curve = along_curve(points)
    early = np.random.default_rng(seed).choice(len(points), min(FIRST_CENTRES, len(points)), replace=False)
    return np.concatenate([early, curve[~np.isin(curve, early)]])
