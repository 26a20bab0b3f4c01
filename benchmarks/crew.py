"""Who reports in the made-up partnership: posts whose holders change, holidays, and an organisation that joins."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.town import POSTS, TALKATIVE, WEEK, Kind, Town, beat, organisation_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

START = np.datetime64("2021-01-01")
YEAR = 365
DAYS = 1826
JUDGED = DAYS - YEAR  # the year that is looked at: all of 2025
DATES = START + np.arange(DAYS)
WEEKDAY = (DATES.astype(np.int64) + 3) % 7  # 1970 began with a Thursday
FIRST_MONDAY = int(np.argmin(WEEKDAY))
DAY_OF_YEAR = (DATES - DATES.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
STAYS = 2.5 * YEAR  # days that somebody stays at a post, on average
JOINED = 10  # the organisation that joins in the year that is looked at


@dataclass(frozen=True)
class Reporter:
    kind: Kind
    municipality: int
    organisation: int
    begins: int
    ends: int
    pace: float
    beat: Floats


@dataclass(frozen=True)
class Crew:
    """`daily` (reporters, days) is what each would report in a year without seasons; 0 on the days off."""

    reporters: tuple[Reporter, ...]
    beats: Floats
    organisation: Integers
    daily: Floats


def make_crew(town: Town, posts: int, a_week: float, generator: np.random.Generator) -> Crew:
    """So many posts that send `a_week` reports together. In the year that is looked at one new post comes, and a new
    organisation whose two to four people report about their own estate."""
    reporters = [one for post in range(posts) for one in _holders(town, post, generator)]
    late = JUDGED + generator.integers(30, YEAR - 60, 2)
    reporters.append(_reporter(town, Kind.STREET, int(generator.integers(3)), int(late[0]), DAYS, generator))
    shares = np.array([one.pace * (min(one.ends, DAYS) - max(one.begins, 0)) for one in reporters])
    daily = np.array([_days(one, generator) for one in reporters])
    daily *= a_week / 7 * DAYS / max(daily.sum(), 1e-9) if shares.any() else 0.0
    joining = list(_joining(town, int(late[1]), generator))
    each = a_week / 7 / posts * generator.uniform(0.4, 1.2)
    daily = np.concatenate([daily, [_days(one, generator) * each for one in joining]])
    reporters += joining
    return Crew(tuple(reporters), np.array([one.beat for one in reporters]),
                np.array([one.organisation for one in reporters]), daily)


def _holders(town: Town, post: int, generator: np.random.Generator) -> Iterator[Reporter]:
    """One after the other, with up to two months in between."""
    kind, municipality = POSTS[post % len(POSTS)], post % 3
    begins = -int(generator.exponential(STAYS))
    while begins < DAYS:
        ends = begins + 30 + int(generator.exponential(STAYS))
        if ends > 0:
            yield _reporter(town, kind, municipality, begins, ends, generator)
        begins = ends + int(generator.integers(0, 60))


def _reporter(town: Town, kind: Kind, municipality: int, begins: int, ends: int,
              generator: np.random.Generator) -> Reporter:
    return Reporter(kind, municipality, organisation_of(kind, municipality), begins, ends,
                    TALKATIVE[kind] * generator.gamma(2.0, 0.5), beat(town, kind, municipality, generator))


def _joining(town: Town, begins: int, generator: np.random.Generator) -> Iterator[Reporter]:
    municipality = int(generator.integers(3))
    theirs = beat(town, Kind.CARETAKER, municipality, generator)
    for _ in range(generator.integers(2, 5)):
        yield Reporter(Kind.CARETAKER, municipality, JOINED, begins, DAYS, 1.0, theirs)


def _days(one: Reporter, generator: np.random.Generator) -> Floats:
    """(days) a reporter's pace by day of the week, without the days off and those before and after."""
    found = one.pace * WEEK[one.kind, WEEKDAY]
    found[:max(one.begins, 0)] = 0
    found[max(one.ends, 0):] = 0
    for year in range(0, DAYS, YEAR):
        for begins, long in ((generator.integers(178, 205), 21), (generator.choice([44, 286]), 7),
                             (generator.integers(0, 358), 5)):
            found[year + begins:year + begins + long] = 0
    if one.kind in (Kind.SSP, Kind.CLUB, Kind.CARETAKER):
        found[(DAY_OF_YEAR > 355) | (DAY_OF_YEAR < 2)] = 0
    return found
