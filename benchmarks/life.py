"""A partnership's life, made up: what is reported, by whom, where and when, and when it is known.

Four years of history and a year that is looked at, with seasons, weekends, New Year, a yearly event at one place,
neighbourhoods that drift, people who come and go and are more eager in some months than in others, an organisation that
asks its own to report more, one that joins, an import of old rows, patrols that report what they see where they were
sent (a part of it without saying that they were sent), the same thing told twice, and, where it is asked for, a cluster
of known size. Each row knows what it came of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benchmarks.crew import DATES, DAY_OF_YEAR, DAYS, FIRST_MONDAY, JUDGED, YEAR, Crew, make_crew
from benchmarks.town import COLUMNS, NEIGHBOURHOODS, ROWS, Kind, Town, make_town
from lokalnet.analysis.detection.told import Effort, Told, Voices

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

POSTS = {10: 8, 30: 15, 200: 60}  # reports a week: how many people send them
PATROLS = {10: 2, 30: 3, 200: 5}  # a year
PATROL_SEES = {10: 4, 30: 6, 200: 12}  # reports in its two weeks, on average
EVENT_GIVES = {10: 3, 30: 5, 200: 10}  # reports in the event's week, on average
REGISTERED = 0.7  # of what a patrol reports
TWICE, CORROBORATED = 0.05, 0.25
LATE = np.array([0.70, 0.15, 0.06, 0.04, 0.03, 0.02])  # shares that are known so many days later
NEW_YEAR, SUMMER, DRIFT, MOST_DRIFT = 2.2, 0.25, 0.2, 2.0
NEW_HERE = 60  # days
EAGER = 0.35  # how much (standard deviation of the logarithm) what one person reports goes up and down over the months
CAMPAIGN, CAMPAIGN_DAYS = 2.0, 28  # once a year an organisation asks its own to report more


class Cause(IntEnum):
    ORDINARY = 0
    TOLD_TWICE = 1
    NEW_YEAR = 2
    EVENT = 3
    PATROL = 4
    NEW_PERSON = 5
    NEW_ORGANISATION = 6
    IMPORT = 7
    CAMPAIGN = 8
    PLANTED = 9


@dataclass(frozen=True)
class Rows:
    """`day`: of 2021 to 2025, from 0; it is `known` on the evening of a day, the same or a later one."""

    day: Integers
    known: Integers
    cell: Integers
    reporter: Integers
    flagged: Flags
    cause: Integers

    def __len__(self) -> int:
        return len(self.day)

    def where(self, chosen: Flags | Integers) -> "Rows":
        return Rows(*(getattr(self, one.name)[chosen] for one in fields(self)))


def together(parts: Sequence[Rows]) -> Rows:
    return Rows(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Rows)))


@dataclass(frozen=True)
class Life:
    """`voices` are others who told of an event; `organisation` is that of each reporter, `effort` (reporters, weeks of
    seven days from the first Monday on) whether they were at work."""

    town: Town
    crew: Crew
    rows: Rows
    voices: Rows
    organisation: Integers
    effort: Flags

    def known(self, today: int, days: int) -> Flags:
        """Which rows of the last so many days are known on the evening of a day."""
        return (self.rows.known <= today) & (self.rows.day <= today) & (self.rows.day > today - days)

    def told(self, today: int, days: int = YEAR) -> tuple[Told, Voices, Effort]:
        rows, voices = self.rows.where(self.known(today, days)), self.voices
        voices = voices.where((voices.known <= today) & (voices.day <= today) & (voices.day > today - days))
        mondays = FIRST_MONDAY + 7 * np.arange(self.effort.shape[1])
        reporter, week = np.nonzero(self.effort & (mondays > today - days) & (mondays <= today))
        return (Told(DATES[rows.day], *_xy(rows.cell), rows.reporter, self.organisation[rows.reporter], rows.flagged),
                Voices(DATES[voices.day], *_xy(voices.cell), voices.reporter, self.organisation[voices.reporter]),
                Effort(DATES[0] + mondays[week], reporter))


def _xy(cell: Integers) -> tuple[Integers, Integers]:
    return cell // ROWS, cell % ROWS


def make_life(a_week: int, seed: int) -> Life:
    """The life of a partnership in which nothing was planted."""
    generator = np.random.default_rng([a_week, seed])
    town = make_town(generator)
    crew = make_crew(town, POSTS[a_week], a_week, generator)
    parts = [_everyday(town, crew, generator)]
    parts += [_event(town, crew, a_week, year, generator) for year in _event_years(generator)]
    parts += [_patrol(town, crew, a_week, generator) for _ in range(DAYS // YEAR * PATROLS[a_week])]
    parts.append(_told_twice(crew, parts[0], generator))
    organisation, old = _imported(crew, together(parts), generator)
    rows = together([*parts, old])
    life = Life(town, crew, rows, rows.where(np.zeros(0, np.int64)), organisation, _effort(crew, generator))
    return replace(life, voices=_corroborated(crew, rows, generator))


def plant(life: Life, *, size: int, days: int, km: float, seed: int) -> tuple[Life, int, Floats]:
    """So many reports more within so many days and `km`, told by who works around there: (the life, the day on which
    the first of them was seen, the middle). It lies where something goes on anyway, at a time by chance."""
    generator = np.random.default_rng([seed, size, days])
    middle = life.town.cells[_somewhere(life.town, generator)]
    begins = JUDGED + int(generator.integers(20, YEAR - 40))
    rows = _extra(life.town, life.crew, middle, km, np.arange(begins, begins + days), size, Cause.PLANTED, generator)
    voices = _corroborated(life.crew, rows, generator)
    return (replace(life, rows=together([life.rows, rows]), voices=together([life.voices, voices])),
            int(rows.day.min()), middle)


def _everyday(town: Town, crew: Crew, generator: np.random.Generator) -> Rows:
    new_year = np.where((DAY_OF_YEAR >= 361) | (DAY_OF_YEAR < 2), NEW_YEAR, 1.0)
    season = 1 + SUMMER * np.cos(2 * np.pi * (DAY_OF_YEAR - 200) / 365.25)
    asked = _campaigns(crew, generator)
    eager = _eager(generator, len(crew.reporters))
    number = generator.poisson(crew.daily * season * new_year * asked * eager * MOST_DRIFT)
    reporter, day = (np.repeat(each, number.ravel()) for each in np.indices(number.shape).reshape(2, -1))
    cell = _drawn(crew.beats, reporter, generator)
    drift = _drift(generator)[town.area[cell], day // 7]
    kept = generator.uniform(size=len(day)) < drift / MOST_DRIFT
    begins = np.array([one.begins for one in crew.reporters])
    cause = np.where(generator.uniform(size=len(day)) < 1 - 1 / new_year[day], Cause.NEW_YEAR, Cause.ORDINARY)
    more = 1 - 1 / asked[reporter, day]
    cause[generator.uniform(size=len(day)) < more] = Cause.CAMPAIGN
    cause[(begins[reporter] > 0) & (day - begins[reporter] < NEW_HERE)] = Cause.NEW_PERSON
    cause[crew.organisation[reporter] == crew.organisation.max()] = Cause.NEW_ORGANISATION
    return _rows(day, cell, reporter, cause, generator).where(kept)


def _drawn(beats: Floats, reporter: Integers, generator: np.random.Generator) -> Integers:
    """A cell for each, from where the reporter walks."""
    found = np.empty(len(reporter), np.int64)
    for one in np.unique(reporter):
        his = np.flatnonzero(reporter == one)
        found[his] = generator.choice(beats.shape[1], len(his), p=beats[one])
    return found


def _drift(generator: np.random.Generator) -> Floats:
    """(neighbourhoods, weeks): what goes on in each goes slowly up and down, at random."""
    return np.minimum(_wandering(generator, NEIGHBOURHOODS, DRIFT), MOST_DRIFT)


def _eager(generator: np.random.Generator, reporters: int) -> Floats:
    return _wandering(generator, reporters, EAGER)[:, np.arange(DAYS) // 7]


def _campaigns(crew: Crew, generator: np.random.Generator) -> Floats:
    """(reporters, days): how many times as much as usual somebody is asked to report."""
    asked = np.ones((len(crew.reporters), DAYS))
    for year in range(DAYS // YEAR):
        begins = year * YEAR + int(generator.integers(YEAR - CAMPAIGN_DAYS))
        asked[crew.organisation == generator.choice(crew.organisation), begins:begins + CAMPAIGN_DAYS] = CAMPAIGN
    return asked


def _wandering(generator: np.random.Generator, number: int, spread: float) -> Floats:
    """(number, weeks) factors around 1 that go up and down within some months."""
    steps = generator.normal(0, spread * np.sqrt(1 - 0.9**2), (number, DAYS // 7 + 1))
    steps[:, 0] = generator.normal(0, spread, number)
    for week in range(1, steps.shape[1]):
        steps[:, week] += 0.9 * steps[:, week - 1]
    factors: Floats = np.exp(steps - spread**2 / 2)
    return factors


def _event_years(generator: np.random.Generator) -> list[tuple[int, int, int]]:
    """(place, first day, seed) in each year: the same place, within some days the same time."""
    place, week = int(generator.integers(2**31)), int(generator.integers(150, 240))
    return [(place, year * YEAR + week + int(generator.integers(-3, 4)), year) for year in range(DAYS // YEAR)]


def _event(town: Town, crew: Crew, a_week: int, year: tuple[int, int, int], generator: np.random.Generator) -> Rows:
    where = town.cells[_somewhere(town, np.random.default_rng(year[0]))]
    days = np.arange(year[1], year[1] + 7)
    return _extra(town, crew, where, 0.4, days, int(generator.poisson(EVENT_GIVES[a_week])), Cause.EVENT, generator)


def _patrol(town: Town, crew: Crew, a_week: int, generator: np.random.Generator) -> Rows:
    """Two or three officers and street workers who are sent somewhere for two weeks, and report what they see."""
    begins = int(generator.integers(0, DAYS - 14))
    days = np.arange(begins, begins + 14)
    middle = town.cells[_somewhere(town, generator)]
    near = town.within(middle, 0.4)
    free = [index for index, one in enumerate(crew.reporters)
            if one.kind in (Kind.OFFICER, Kind.STREET) and crew.daily[index, days].any()]
    number = int(generator.poisson(PATROL_SEES[a_week])) if free else 0
    sent = generator.choice(free, min(len(free), int(generator.integers(2, 4))), replace=False) if free else free
    reporter = generator.choice(sent, number) if number else np.zeros(0, np.int64)
    rows = _rows(generator.choice(days, number), generator.choice(near, number), reporter,
                 np.full(number, Cause.PATROL), generator)
    return replace(rows, flagged=generator.uniform(size=number) < REGISTERED)


def _somewhere(town: Town, generator: np.random.Generator) -> int:
    share = town.weight @ town.reach
    return int(generator.choice(len(share), p=share / share.sum()))


def _extra(town: Town, crew: Crew, middle: Floats, km: float, days: Integers, number: int, cause: Cause,
           generator: np.random.Generator) -> Rows:
    """So many reports more around there, told by those who walk there and are at work."""
    near = town.within(middle, km)
    day, cell = generator.choice(days, number), generator.choice(near, number)
    around = crew.beats[:, near].sum(axis=1)
    chances = around[:, None] * crew.daily[:, day] + 1e-15  # nobody at work: somebody comes
    reporter = [int(generator.choice(len(around), p=chances[:, one] / chances[:, one].sum())) for one in range(number)]
    return _rows(day, cell, np.array(reporter, np.int64), np.full(number, cause), generator)


def _rows(day: Integers, cell: Integers, reporter: Integers, cause: Integers, generator: np.random.Generator) -> Rows:
    late = generator.choice(len(LATE), len(day), p=LATE)
    return Rows(day, day + late, cell, reporter, np.zeros(len(day), bool), cause)


def _told_twice(crew: Crew, rows: Rows, generator: np.random.Generator) -> Rows:
    """By somebody else there, and nobody notices that it is the same."""
    again = rows.where(generator.uniform(size=len(rows)) < TWICE)
    return replace(again, reporter=_others(crew, again, generator), cause=np.full(len(again), int(Cause.TOLD_TWICE)))


def _corroborated(crew: Crew, rows: Rows, generator: np.random.Generator) -> Rows:
    voices = rows.where(np.repeat(np.arange(len(rows)), generator.poisson(CORROBORATED, len(rows))))
    return replace(voices, reporter=_others(crew, voices, generator))


def _others(crew: Crew, rows: Rows, generator: np.random.Generator) -> Integers:
    """For each row somebody who walks there and was at work, mostly not the one who told of it."""
    found = rows.reporter.copy()
    for one in range(len(rows)):
        chances = crew.beats[:, rows.cell[one]] * crew.daily[:, rows.day[one]]
        if rows.reporter[one] < len(chances):
            chances[rows.reporter[one]] = 0
        if chances.sum() > 0:
            found[one] = generator.choice(len(chances), p=chances / chances.sum())
    return found


def _imported(crew: Crew, rows: Rows, generator: np.random.Generator) -> tuple[Integers, Rows]:
    """One of the organisations brings the last half-year of its own system on one day of the year that is looked at:
    (the organisation of each reporter, the file being one; its rows). They are as its reports were, elsewhere."""
    theirs = int(generator.choice(crew.organisation[crew.organisation < crew.organisation.max()]))
    brought = JUDGED + int(generator.integers(30, YEAR - 30))
    old = rows.where((crew.organisation[rows.reporter] == theirs) & (rows.day < brought) & (rows.day >= brought - 182))
    shifted = np.clip(old.day + generator.integers(-3, 4, len(old)), brought - 182, brought - 1)
    column, row = _xy(old.cell)
    cell = (np.clip(column + generator.integers(-1, 2, len(old)), 0, COLUMNS - 1) * ROWS
            + np.clip(row + generator.integers(-1, 2, len(old)), 0, ROWS - 1))
    file = len(crew.reporters)
    return np.append(crew.organisation, theirs), Rows(
        shifted, np.full(len(old), brought), cell, np.full(len(old), file), np.zeros(len(old), bool),
        np.full(len(old), int(Cause.IMPORT)))


def _effort(crew: Crew, generator: np.random.Generator) -> Flags:
    """In most weeks in which somebody works, something (of whatever kind) is reported, or the week is called quiet."""
    weeks = (DAYS - FIRST_MONDAY) // 7
    worked = crew.daily[:, FIRST_MONDAY:FIRST_MONDAY + 7 * weeks].reshape(len(crew.reporters), weeks, 7).any(axis=2)
    return worked & (generator.uniform(size=worked.shape) < 0.85)
