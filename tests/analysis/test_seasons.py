"""What is usual for the season, worked out a second time in the plainest way, and how often it cries out."""

import statistics
from datetime import date, timedelta

import numpy as np
import pytest

from lokalnet.analysis.seasons import Usual, level_of, monday_of, season

LAST = date(2026, 11, 16)
WEEK = timedelta(weeks=1)


def drawn(weeks: int, mean: float, seed: int) -> dict[date, int]:
    chance = np.random.default_rng(seed)
    return {LAST - WEEK * back: int(chance.poisson(mean)) for back in range(weeks)}


def middle(values: list[int]) -> tuple[float, float, float]:
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, statistics.median(values), high


def test_with_two_earlier_years_it_is_the_same_weeks_and_their_neighbours() -> None:
    counts = drawn(52 * 4, 9, seed=1)
    found = season(counts, last=LAST, first=min(counts))
    for week in found.weeks:
        year, number, _ = week.monday.isocalendar()
        values, years = [], 0
        for earlier in (year - 1, year - 2, year - 3, year - 4, year - 5):
            around = [date.fromisocalendar(earlier, min(number, 52), 1) + WEEK * step for step in (-2, -1, 0, 1, 2)]
            if min(around) >= min(counts):
                values, years = values + [counts[day] for day in around], years + 1
        low, median, high = middle(values)
        assert week.usual == Usual(median, low, high, len(values), years)
        assert week.usual is not None and week.usual.years >= 2


def test_with_less_it_is_the_weeks_before_those_that_are_shown() -> None:
    counts = drawn(52, 9, seed=2)
    found = season(counts, last=LAST, first=min(counts))
    low, median, high = middle([counts[LAST - WEEK * back] for back in range(26, 52)])
    assert {week.usual for week in found.weeks} == {Usual(median, low, high, 26, 0)}


def test_a_week_without_anything_counts_as_nothing_once_there_was_something() -> None:
    counts = {LAST - WEEK * back: 10 for back in (30, 40, 51)}
    found = season(counts, last=LAST, first=LAST - WEEK * 51)
    assert found.usual == Usual(0, 0, 0, 26, 0)
    assert [week.count for week in found.weeks] == [0] * 26


@pytest.mark.parametrize(("counts", "first"), [
    ({}, None), ({}, LAST - WEEK * 300), (drawn(30, 9, seed=3), LAST - WEEK * 29),
    ({LAST - WEEK * 40: 4}, LAST - WEEK * 51)], ids=["nothing", "only noughts", "half a year", "four in all"])
def test_too_little_is_said_to_be_too_little(counts, first) -> None:
    found = season(counts, last=LAST, first=first)
    assert found.usual is None and found.level is None


def test_weeks_before_anything_was_told_are_not_quiet_weeks() -> None:
    counts = drawn(40, 9, seed=4)
    found = season(counts, last=LAST, first=min(counts))
    assert found.usual is not None and found.usual.n == 14 and found.usual.median > 4


def test_twice_as_much_is_more_and_half_as_much_is_fewer() -> None:
    counts = drawn(52 * 4, 12, seed=5)
    twice = counts | {LAST - WEEK * back: 24 for back in range(4)}
    half = counts | {LAST - WEEK * back: 5 for back in range(4)}
    levels = [season(each, last=LAST, first=min(counts)).level for each in (counts, twice, half)]
    assert levels == [0, 1, -1]


@pytest.mark.parametrize("mean", [1, 3, 8, 20])
@pytest.mark.parametrize("weeks", [52, 52 * 4])
def test_where_nothing_changes_it_seldom_says_that_something_did(mean, weeks) -> None:
    worlds = [drawn(weeks, mean, seed=seed) for seed in range(400)]
    cries = [season(counts, last=LAST, first=min(counts)).level not in (0, None) for counts in worlds]
    assert np.mean(cries) < 0.12


def test_a_week_is_named_by_its_monday() -> None:
    assert monday_of(date(2026, 11, 22)) == monday_of(LAST) == LAST
    assert season({}, last=date(2021, 1, 4), first=date(2010, 1, 4)).weeks[-2].monday == date(2020, 12, 28)  # week 53


@pytest.mark.parametrize("mean", [1, 3, 8, 20, 60])
@pytest.mark.parametrize("weeks", [52, 52 * 4])
def test_one_week_alone_cries_out_seldom_too(mean, weeks) -> None:
    """As a briefing asks: the newest week by itself against what is usual for it."""
    cries = 0
    for seed in range(400):
        counts = drawn(weeks, mean, seed=seed)
        newest = season(counts, last=LAST, first=min(counts)).weeks[-1]
        cries += level_of([newest], newest.usual) not in (0, None)
    assert cries / 400 < 0.09


def test_one_week_three_times_as_high_is_more() -> None:
    counts = drawn(52 * 4, 12, seed=5) | {LAST: 36}
    newest = season(counts, last=LAST, first=min(counts)).weeks[-1]
    assert level_of([newest], newest.usual) == 1
