"""The whole answer: what it is measured against, and how often it says that something changed when nothing did."""

import numpy as np
import pytest

from lokalnet.analysis.effects.comparing import Change, Series, Told, compare, joint_dispersion, smallest
from lokalnet.analysis.effects.displacement import Unsaid
from lokalnet.analysis.effects.ratio import rate_ratio, ratio_of_ratios


def flat(before: int, after: int, weeks: tuple[int, int] = (26, 10)) -> Series:
    return Series([before] * weeks[0], [after] * weeks[1])


def test_where_enough_is_told_elsewhere_it_is_measured_against_it() -> None:
    found = compare(Told(flat(3, 2), flat(1, 1), flat(9, 6), flat(5, 5)), seed=1)
    assert found.ratio == found.against == ratio_of_ratios((78, 20), (234, 60))
    assert found.change == Change.UNCLEAR


def test_where_too_little_is_told_elsewhere_it_is_measured_by_how_many_reporters_were_at_work() -> None:
    found = compare(Told(flat(3, 6), flat(1, 1), flat(0, 1), flat(4, 8)), seed=1)
    assert found.against is None
    assert found.ratio == found.by_effort == rate_ratio(78, 60, time_before=26 * 4, time_after=10 * 8)
    assert found.alone.more
    assert found.change == Change.UNCLEAR
    assert found.displacement.unsaid == Unsaid.TOO_FEW


def test_where_nobody_was_at_work_it_is_by_the_week() -> None:
    found = compare(Told(flat(0, 0), flat(0, 0), flat(0, 0), flat(0, 0)), seed=1)
    assert found.ratio == found.alone


def test_each_place_has_its_own_part_in_how_much_the_weeks_vary() -> None:
    """The smaller counts decide the ratio, so their weeks decide how wide it is."""
    wild, calm = Series([0, 9] * 13, [0, 9] * 5), flat(40, 40)
    assert joint_dispersion(wild, calm) == pytest.approx(wild.dispersion, rel=0.2)
    assert 1 < joint_dispersion(calm, Series([20, 60] * 13, [20, 60] * 5)) < 10


@pytest.mark.parametrize(("here", "elsewhere", "spread"), [(0.3, 2, 1), (2, 8, 1), (4, 30, 1.8)])
def test_where_nothing_changes_it_says_that_something_did_at_most_one_time_in_twenty(here, elsewhere, spread) -> None:
    """Also when all of the partnership doubles: a season, or more people who tell."""
    random, cried, tries = np.random.default_rng(1940), 0, 400

    def weeks(mean: float, number: int) -> list[int]:
        drawn = random.poisson(mean, number) if spread == 1 else random.negative_binomial(
            mean / (spread - 1), 1 / spread, number)
        return list(drawn)

    for at in range(tries):
        told = Told(*(Series(weeks(mean, 26), weeks(2 * mean, 10)) for mean in (here, here, elsewhere)), flat(5, 10))
        cried += compare(told, seed=at).change != Change.UNCLEAR
    assert cried / tries <= 0.05 + 0.025  # the error of 400 draws is 0.011, and the dispersion is an estimate


def test_the_smallest_change_counts_weeks_that_vary_as_fewer_reports() -> None:
    calm, wild = smallest([3] * 26, [0] * 26, weeks_after=12), smallest([0, 6] * 13, [0] * 26, weeks_after=12)
    assert calm.fewer is not None
    assert wild.fewer is None or wild.fewer < calm.fewer
