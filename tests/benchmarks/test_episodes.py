"""Alarms of many evenings are one episode while they follow each other at one place, and thresholds count episodes."""

from benchmarks.episodes import Alarm, Evening, episodes, threshold
from benchmarks.life import Cause


def alarm(day: int, score: float = 5.0, x: float = 0.0) -> Evening:
    return Evening(day, Alarm(score, x, 0.0, 0.5, None, day - 3, day), Cause.ORDINARY)


def test_evenings_that_follow_each_other_are_one_episode() -> None:
    assert [one.day for one in episodes([alarm(day) for day in range(10, 60, 7)], 1)] == [10]


def test_after_more_than_fourteen_days_it_is_another() -> None:
    assert len(episodes([alarm(10), alarm(24)], 1)) == 1
    assert len(episodes([alarm(10), alarm(25)], 1)) == 2


def test_more_than_a_kilometre_away_it_is_another() -> None:
    assert len(episodes([alarm(10), alarm(11, x=1.0)], 1)) == 1
    assert len(episodes([alarm(10), alarm(11, x=1.1)], 1)) == 2


def test_an_evening_below_the_threshold_neither_opens_an_episode_nor_keeps_one_going() -> None:
    assert [one.day for one in episodes([alarm(10), alarm(20, score=1.0), alarm(30)], 2)] == [10, 30]


def test_the_threshold_is_the_lowest_with_so_few_episodes() -> None:
    years = [[alarm(day, score=float(day)) for day in range(0, 360, 30)], []]  # twelve episodes in two years
    for a_year in (1, 4):
        least = threshold(years, a_year)
        assert sum(len(episodes(year, least)) for year in years) == 2 * a_year
        assert sum(len(episodes(year, least - 30)) for year in years) > 2 * a_year


def test_where_one_score_is_too_many_nothing_is_an_alarm() -> None:
    assert threshold([[alarm(day) for day in range(0, 360, 30)]], 4) == float("inf")
