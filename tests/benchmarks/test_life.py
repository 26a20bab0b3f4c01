"""The made-up partnership does what the bench of detection says of it."""

from functools import cache

import numpy as np
import pytest
from benchmarks.crew import DATES, DAY_OF_YEAR, DAYS, FIRST_MONDAY, JOINED, JUDGED, START, YEAR
from benchmarks.life import POSTS, Cause, Life, make_life, plant


@cache
def life(a_week: int = 30, seed: int = 4) -> Life:
    return make_life(a_week, seed)


def days_of(cause: Cause) -> np.ndarray:
    return life().rows.day[life().rows.cause == cause]


def test_the_same_seed_is_the_same_life_and_another_is_another() -> None:
    again = make_life(30, 4)
    assert np.array_equal(again.rows.cell, life().rows.cell) and np.array_equal(again.voices.known, life().voices.known)
    assert not np.array_equal(make_life(30, 5).rows.day[:50], life().rows.day[:50])


@pytest.mark.parametrize("a_week", POSTS)
def test_about_as_much_is_told_in_a_week_as_is_said(a_week: int) -> None:
    lives = [make_life(a_week, seed) for seed in range(8 if a_week < 100 else 2)]
    told = np.mean([np.sum((one.rows.day >= JUDGED) & (one.rows.cause != Cause.IMPORT)) for one in lives]) / 52
    assert 0.8 * a_week < told < 1.4 * a_week


def test_nobody_knows_of_a_report_before_it_was_sent() -> None:
    for today in (JUDGED, JUDGED + 100, DAYS - 20):
        told, voices, effort = life().told(today)
        assert told.day.max() <= DATES[today] and voices.day.max() <= DATES[today] and effort.week.max() <= DATES[today]
        assert told.day.min() > DATES[today] - YEAR
        late = life().rows.known > today
        assert late.any() and len(told) == np.sum(~late & (life().rows.day > today - YEAR))
    assert np.all(life().rows.known >= life().rows.day) and np.all(life().voices.known >= life().voices.day)
    assert np.sum(life().rows.known > life().rows.day) > 100


def test_an_imports_rows_are_known_all_at_once_and_told_by_nobody_else() -> None:
    rows = life().rows.where(life().rows.cause == Cause.IMPORT)
    assert len(np.unique(rows.known)) == 1 and len(np.unique(rows.reporter)) == 1 and len(np.unique(rows.day)) > 5
    assert not np.any(life().rows.reporter[life().rows.cause != Cause.IMPORT] == rows.reporter[0])


def test_the_organisation_that_joins_tells_of_nothing_before_and_of_its_own_estate() -> None:
    theirs = life().organisation[life().rows.reporter] == JOINED
    assert theirs.any() and life().rows.day[theirs].min() > JUDGED
    for_others = np.isin(life().rows.cause[theirs], (Cause.NEW_ORGANISATION, Cause.TOLD_TWICE, Cause.EVENT))
    assert for_others.all()


def test_who_left_or_has_not_begun_tells_nothing() -> None:
    crew, rows = life().crew, life().rows
    own = rows.where((rows.cause != Cause.IMPORT) & (rows.reporter < len(crew.reporters)))
    begins, ends = (np.array([getattr(one, name) for one in crew.reporters]) for name in ("begins", "ends"))
    everyday = own.where(np.isin(own.cause, (Cause.ORDINARY, Cause.CAMPAIGN, Cause.NEW_YEAR, Cause.NEW_PERSON)))
    assert np.all((everyday.day >= begins[everyday.reporter]) & (everyday.day < ends[everyday.reporter]))


def test_a_patrol_lasts_two_weeks_and_a_part_of_it_is_not_flagged() -> None:
    rows = life(200).rows
    patrols = rows.where(rows.cause == Cause.PATROL)
    assert 0.6 < patrols.flagged.mean() < 0.8
    assert not rows.flagged[rows.cause != Cause.PATROL].any()


def test_new_year_is_loud_and_the_event_is_in_its_week() -> None:
    new_year = DAY_OF_YEAR[days_of(Cause.NEW_YEAR)]
    assert len(new_year) and np.all((new_year >= 361) | (new_year < 2))
    for year in range(DAYS // YEAR):
        event = days_of(Cause.EVENT)[days_of(Cause.EVENT) // YEAR == year]
        assert not len(event) or np.ptp(event) < 7


@pytest.mark.parametrize(("size", "days", "km"), [(4, 3, 0.25), (20, 14, 0.5)])
def test_what_is_planted_is_so_large_so_long_and_so_near(size: int, days: int, km: float) -> None:
    planted, begins, middle = plant(life(), size=size, days=days, km=km, seed=3)
    rows = planted.rows.where(planted.rows.cause == Cause.PLANTED)
    assert len(rows) == size and len(planted.rows) == len(life().rows) + size
    assert rows.day.min() == begins and np.ptp(rows.day) < days
    assert np.hypot(*(planted.town.cells[rows.cell] - middle).T).max() <= km
    assert begins >= JUDGED and begins + 14 < DAYS


def test_weeks_of_effort_begin_on_mondays() -> None:
    assert (START + FIRST_MONDAY).item().isoweekday() == 1
    assert {week.isoweekday() for week in life().told(DAYS - 1)[2].week.tolist()} == {1}
