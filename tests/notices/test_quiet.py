"""When a mail may go: never at night, never twice within the hour, never more than the day's most; nothing is lost."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.foundation.times import COPENHAGEN
from lokalnet.notices.models import Pace, Preferences
from lokalnet.notices.quiet import APART, Gone, Waiting, going, is_quiet, may_go, quickest

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def local(day: int, hour: int, minute: int = 0, *, month: int = 9, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=COPENHAGEN, fold=fold).astimezone(UTC)


def wishes(**said: object) -> Preferences:
    return Preferences(**({"quiet_from": 20, "quiet_until": 7} | said))


def waiting(pace: Pace = Pace.AT_ONCE, *, since: datetime, may_have_arrived: bool = False) -> Waiting:
    return Waiting(uuid.uuid4(), pace, since, may_have_arrived)


TUESDAY = local(15, 10)


# Quiet hours


@pytest.mark.parametrize(("begin", "end", "hour", "quiet"), [
    (20, 7, 19, False), (20, 7, 20, True), (20, 7, 23, True), (20, 7, 0, True), (20, 7, 6, True), (20, 7, 7, False),
    (12, 14, 11, False), (12, 14, 12, True), (12, 14, 13, True), (12, 14, 14, False),
    (8, 8, 8, False), (0, 0, 0, False), (22, 0, 23, True), (22, 0, 0, False), (0, 6, 0, True)])
def test_quiet_hours_also_over_midnight(begin: int, end: int, hour: int, quiet: bool) -> None:
    assert is_quiet(wishes(quiet_from=begin, quiet_until=end), local(15, hour, 59)) == quiet


@pytest.mark.parametrize(("day", "quiet"), [(18, False), (19, True), (20, True), (21, False)])
def test_weekends_only_for_those_who_want_them_quiet(day: int, quiet: bool) -> None:
    assert is_quiet(wishes(quiet_weekends=True), local(day, 12)) == quiet
    assert not is_quiet(wishes(), local(day, 12))


def test_a_weekend_ends_at_midnight_in_copenhagen() -> None:
    quiet = wishes(quiet_weekends=True, quiet_from=0, quiet_until=0)
    assert is_quiet(quiet, local(20, 23, 59)) and not is_quiet(quiet, local(21, 0))


def test_clocks_that_go_forward_or_back_move_the_quiet_hours_along() -> None:
    """29 March has no 2 o'clock, and 25 October has it twice."""
    night = wishes(quiet_from=2, quiet_until=3)
    hours_of = {day: sum(is_quiet(night, datetime(2026, *day, tzinfo=COPENHAGEN).astimezone(UTC) + minute * MINUTE)
                         for minute in range(23 * 60)) for day in ((3, 29), (10, 25), (9, 15))}
    assert hours_of == {(3, 29): 0, (10, 25): 120, (9, 15): 60}
    assert is_quiet(wishes(), local(29, 6, 59, month=3)) and not is_quiet(wishes(), local(29, 7, month=3))
    assert is_quiet(wishes(), local(25, 6, 59, month=10)) and not is_quiet(wishes(), local(25, 7, month=10))


# What holds a mail back


def test_never_two_within_an_hour() -> None:
    assert not may_go(wishes(), at=TUESDAY, gone=[Gone(TUESDAY - 59 * MINUTE)])
    assert may_go(wishes(), at=TUESDAY, gone=[Gone(TUESDAY - HOUR)])


def test_never_more_than_the_days_most_and_a_day_is_one_in_copenhagen() -> None:
    late = [Gone(local(14, 22, 30)), Gone(local(15, 7)), Gone(local(15, 8))]  # the first in UTC is of the 14th, too
    assert may_go(wishes(most_a_day=3), at=TUESDAY, gone=late)
    assert not may_go(wishes(most_a_day=2), at=TUESDAY, gone=late)
    assert not may_go(wishes(most_a_day=1, quiet_from=0, quiet_until=0), at=local(15, 2), gone=[Gone(local(15, 0, 30))])


def test_nothing_goes_while_somebody_is_away_and_everything_the_morning_after() -> None:
    away = wishes(away_from=date(2026, 9, 14), away_until=date(2026, 9, 15))
    something = [waiting(since=local(14, 12)), waiting(Pace.DAILY, since=local(14, 12))]
    assert going(away, something, at=local(15, 19), gone=[]) == []
    assert set(going(away, something, at=local(16, 7), gone=[])) == set(something)


@pytest.mark.parametrize("said", [{"mail": False}, {"stopped_at": TUESDAY}])
def test_nothing_goes_to_who_wants_none(said: dict[str, object]) -> None:
    assert going(wishes(**said), [waiting(since=TUESDAY)], at=TUESDAY, gone=[]) == []


def test_an_address_that_was_refused_is_left_alone_for_a_day() -> None:
    refused = [Gone(TUESDAY, refused=True)]
    assert not may_go(wishes(), at=TUESDAY + 23 * HOUR, gone=refused)
    assert may_go(wishes(), at=TUESDAY + 24 * HOUR, gone=refused)


# What is due


def test_a_mail_stands_until_it_is_opened_or_half_a_day_is_over() -> None:
    news, begin = [waiting(since=TUESDAY)], local(15, 7)
    assert going(wishes(), news, at=begin + 11 * HOUR, gone=[Gone(begin, stands=True)]) == []
    assert going(wishes(), news, at=begin + 11 * HOUR, gone=[Gone(begin, stands=False)]) == news
    assert going(wishes(), news, at=begin + 12 * HOUR, gone=[Gone(begin, stands=True)]) == news


def test_what_is_wanted_once_a_day_comes_at_its_hour_whatever_stands() -> None:
    evening = [waiting(Pace.DAILY, since=local(14, 15))]
    assert going(wishes(hour=9), evening, at=local(15, 8, 59), gone=[]) == []
    assert going(wishes(hour=9), evening, at=local(15, 9), gone=[Gone(local(15, 7), stands=True)]) == evening


def test_what_is_wanted_once_a_week_comes_on_monday() -> None:
    week = [waiting(Pace.WEEKLY, since=TUESDAY)]
    assert going(wishes(), week, at=local(20, 19), gone=[]) == []
    assert going(wishes(), week, at=local(21, 7), gone=[]) == week


def test_a_worker_that_slept_over_the_hour_sends_when_it_wakes() -> None:
    assert going(wishes(), [waiting(Pace.DAILY, since=local(14, 6))], at=local(16, 13), gone=[])
    assert going(wishes(), [waiting(Pace.WEEKLY, since=local(14, 6))], at=local(17, 13), gone=[])


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_the_days_mail_comes_at_its_hour_on_days_when_clocks_change(month: int, day: int) -> None:
    daily = [waiting(Pace.DAILY, since=local(day - 1, 12, month=month))]
    assert going(wishes(), daily, at=local(day, 6, 59, month=month), gone=[]) == []
    assert going(wishes(), daily, at=local(day, 7, month=month), gone=[]) == daily


def test_an_hour_that_is_quiet_is_waited_out() -> None:
    early = wishes(hour=5)
    daily = [waiting(Pace.DAILY, since=local(14, 12))]
    assert going(early, daily, at=local(15, 6, 59), gone=[]) == []
    assert going(early, daily, at=local(15, 7), gone=[]) == daily


def test_what_stands_under_the_bell_alone_is_never_mailed() -> None:
    assert going(wishes(), [waiting(Pace.BELL, since=local(1, 1))], at=TUESDAY, gone=[]) == []
    both = [waiting(since=TUESDAY), waiting(Pace.BELL, since=local(1, 1), may_have_arrived=True)]
    assert going(wishes(), both, at=TUESDAY, gone=[]) == both[:1]


def test_what_may_have_arrived_goes_along_and_next_morning_at_the_latest() -> None:
    handed = waiting(since=TUESDAY, may_have_arrived=True)
    new = waiting(since=TUESDAY + HOUR)
    assert going(wishes(), [handed], at=local(15, 19), gone=[Gone(TUESDAY)]) == []
    assert set(going(wishes(), [handed, new], at=local(15, 19), gone=[Gone(TUESDAY)])) == {handed, new}
    assert going(wishes(), [handed], at=local(16, 7), gone=[Gone(TUESDAY)]) == [handed]


def test_the_daily_mail_takes_what_happens_along_and_not_what_is_for_monday() -> None:
    daily, soon, weekly = (waiting(pace, since=local(14, 20)) for pace in (Pace.DAILY, Pace.AT_ONCE, Pace.WEEKLY))
    sent = going(wishes(), [daily, soon, weekly], at=local(15, 7), gone=[Gone(local(14, 19, 59), stands=True)])
    assert set(sent) == {daily, soon}
    assert quickest(sent) == Pace.AT_ONCE


# Whatever happens: a fortnight of a member's minutes

instants = st.integers(0, 14 * 24 * 60 - 1)
hours = st.integers(0, 23)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Preferences, dict[int, Pace], set[int], datetime]:
    """How somebody wants it, what happens when, when they look, and when the fortnight begins."""
    said = wishes(quiet_from=draw(hours), quiet_until=draw(hours), hour=draw(hours),
                  quiet_weekends=draw(st.booleans()), most_a_day=draw(st.integers(1, 6)))
    paces = st.sampled_from([Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY])
    begins = draw(st.sampled_from([(3, 22), (6, 1), (10, 18)]))
    return (said, draw(st.dictionaries(instants, paces, min_size=1, max_size=40)), draw(st.sets(instants, max_size=20)),
            datetime(2026, *begins, tzinfo=COPENHAGEN).astimezone(UTC))


def played(story: tuple[Preferences, dict[int, Pace], set[int], datetime]) -> tuple[list[Gone], list[Waiting]]:
    """The worker's minutes (each fifth of them): what went, and what still waits at the end."""
    said, happens, looks, begin = story
    gone: list[Gone] = []
    left: list[Waiting] = []
    for minute in range(0, 21 * 24 * 60, 5):
        at = begin + minute * MINUTE
        span = range(minute - 4, minute + 1)
        left += [waiting(happens[each], since=begin + each * MINUTE) for each in span if each in happens]
        if looks & set(span):
            gone = [Gone(each.at) for each in gone]
        if sent := going(said, left, at=at, gone=gone):
            gone.append(Gone(at, stands=quickest(sent) == Pace.AT_ONCE))
            left = [each for each in left if each not in sent]
    return gone, left


@given(stories())
def test_whatever_happens_the_rules_hold_and_nothing_is_lost(
        story: tuple[Preferences, dict[int, Pace], set[int], datetime]) -> None:
    said = story[0]
    gone, left = played(story)
    assert not any(is_quiet(said, each.at) for each in gone)
    assert all(later.at - one.at >= APART for one, later in pairwise(gone))
    days = [each.at.astimezone(COPENHAGEN).date() for each in gone]
    assert all(days.count(day) <= said.most_a_day for day in days)
    assert left == []  # a week later all of it has gone
