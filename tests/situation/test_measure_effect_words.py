"""A before and after in words: no more than the interval says, never a cause, and the numbers behind them."""

import math

import pytest
from django.utils import translation

from lokalnet.analysis.effects.comparing import Change, Series, Told, compare
from lokalnet.analysis.effects.detectable import Detectable
from lokalnet.analysis.effects.displacement import Displacement, Unsaid
from lokalnet.analysis.effects.ratio import Ratio
from lokalnet.situation.measures.effects import words
from lokalnet.situation.measures.effects.effect import Read, Smallest


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(before: int, after: int, *, elsewhere: tuple[int, int] = (10, 10),
         reporters: tuple[int, int] = (5, 5)) -> Told:
    weeks = Series([before] * 26, [after] * 10)
    return Told(weeks, Series([2] * 26, [2] * 10), Series([elsewhere[0]] * 26, [elsewhere[1]] * 10),
                Series([reporters[0]] * 26, [reporters[1]] * 10))


def said(counts: Told) -> Read:
    found = compare(counts, seed=1)
    return Read(counts, found, found.change)


@pytest.mark.parametrize(("before", "after", "first"), [
    (4, 1, "Fewer reports than before, beyond what chance gives"),
    (2, 5, "More reports than before, beyond what chance gives")])
def test_a_change_is_said_only_where_the_interval_leaves_out_one(before, after, first) -> None:
    read = said(told(before, after))
    assert read.found.ratio.clear
    assert words.changed(read) == first


@pytest.mark.parametrize(("here", "elsewhere", "reporters", "first"), [
    ((4, 4), (10, 20), (5, 5), "Fewer reports than if it had gone here as elsewhere, beyond what chance gives"),
    ((4, 4), (20, 10), (5, 5), "More reports than if it had gone here as elsewhere, beyond what chance gives"),
    ((4, 4), (0, 0), (4, 8), "Fewer reports of each reporter than before, beyond what chance gives"),
    ((4, 4), (0, 0), (8, 4), "More reports of each reporter than before, beyond what chance gives")])
def test_as_many_as_before_are_never_said_to_be_fewer_or_more_than_before(here, elsewhere, reporters, first) -> None:
    counts = told(*here, elsewhere=elsewhere, reporters=reporters)
    assert words.changed(said(counts)) == first


@pytest.mark.parametrize(("before", "after"), [(4, 4), (3, 2), (2, 3), (1, 1)])
def test_where_one_fits_the_words_are_the_two_ends_of_the_interval_and_no_more(before, after) -> None:
    read = said(told(before, after))
    assert not read.found.ratio.clear
    assert words.changed(read) == f"About as many, or too few to tell: {words.fits(read.found.ratio)}"


@pytest.mark.parametrize(("low", "high", "expected"), [
    (0.601, 1.292, "anything between 40 % fewer and 30 % more fits"),
    (0.0, 3.01, "anything between none at all and 3.1 times as many fits"),
    (0.18, 0.83, "anything between 82 % fewer and 17 % fewer fits"),
    (0.2, math.inf, "anything from 80 % fewer upwards fits"), (0.0, math.inf, "anything fits"),
    (1.0, 1.0, "anything between as many and as many fits")])
def test_the_ends_are_rounded_outwards(low, high, expected) -> None:
    assert words.fits(Ratio(1.0, low, high)) == expected


def test_where_nothing_was_told_at_all_it_says_just_that() -> None:
    assert words.changed(said(told(0, 0))) == "Nothing was told here, neither before nor after"


def test_a_change_that_hangs_on_those_who_were_sent_is_said_to() -> None:
    counts = told(2, 5)
    read = Read(counts, compare(counts, seed=1), Change.UNCLEAR)
    assert words.changed(read).startswith("It cannot be told")
    assert "With them, anything between" in words.explained(read)


def test_what_it_is_measured_against_is_said() -> None:
    assert "where there were about as many" in words.explained(said(told(4, 4)))
    assert "where there were 50 % fewer" in words.explained(said(told(4, 4, elsewhere=(10, 5))))
    alone = words.explained(said(told(4, 4, elsewhere=(0, 0))))
    assert "Too little was told elsewhere" in alone
    assert "season is not taken into account" in alone


@pytest.mark.parametrize(("found", "part"), [
    (Displacement(-0.5, -0.9, -0.1, None), "it fits that some of it moved there"),
    (Displacement(0.5, 0.1, 0.9, None), "it fits that the places around gained"),
    (Displacement(0.1, -0.4, 0.9, None), "Both still fit"),
    (Displacement(None, None, None, Unsaid.TOO_FEW), "too little was told"),
    (Displacement(None, None, None, Unsaid.NOT_CLEAR), "not clear that there is less here"),
    (Displacement(None, None, None, Unsaid.NOT_FEWER), "there is more")])
def test_whether_it_moved_is_said_as_far_as_its_interval_goes(found, part) -> None:
    assert part in words.moved(found)


@pytest.mark.parametrize(("usual", "fewer", "more", "expected"), [
    (3.1, 0.494, 1.66, "With about 3 reports a week here, there have to be at least 55 % fewer, or 70 % more, before "
                       "12 weeks can show it."),
    (0.4, None, 4.0, "With less than one report a week here, that is too few to show any change in 12 weeks. Agree on "
                     "another sign of success."),
    (1.0, 0.05, 2.4, "With about 1 report a week here, that is too few to show any change in 12 weeks. Agree on "
                     "another sign of success.")])
def test_the_smallest_change_that_would_be_seen_is_told_beforehand(usual, fewer, more, expected) -> None:
    assert words.smallest(Smallest(usual, 26, 12, Detectable(fewer, more))) == expected


def test_of_a_place_that_nobody_told_of_it_asks_for_another_sign() -> None:
    assert "another sign of success" in words.smallest(None)
