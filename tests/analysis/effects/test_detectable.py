"""The smallest change that would be seen: by the power of the very interval that is shown later."""

import numpy as np
import pytest

from lokalnet.analysis.effects.detectable import Plan, detectable, power_to_see
from lokalnet.analysis.effects.ratio import rate_ratio, ratio_of_ratios


def _share_seen(plan: Plan, ratio: float, *, tries: int) -> float:
    """Simulated: how often the interval leaves out 1 on the right side."""
    random, seen = np.random.default_rng(80), 0
    for _ in range(tries):
        target = tuple(random.poisson([plan.usual * plan.weeks_before, plan.usual * ratio * plan.weeks_after]).tolist())
        if plan.comparison is None:
            found = rate_ratio(*target, time_before=plan.weeks_before, time_after=plan.weeks_after)
        else:
            found = ratio_of_ratios(target, tuple(random.poisson(
                [plan.comparison * plan.weeks_before, plan.comparison * plan.weeks_after]).tolist()))
        seen += found.fewer if ratio < 1 else found.more
    return seen / tries


@pytest.mark.parametrize("plan", [Plan(3, 26, 12), Plan(1, 26, 12, 10), Plan(10, 26, 13, 10)])
def test_four_times_in_five_the_interval_sees_what_was_said_to_be_seen(plan) -> None:
    found = detectable(plan)
    for ratio in (found.fewer, found.more):
        assert ratio is not None
        assert _share_seen(plan, ratio, tries=1500) == pytest.approx(0.8, abs=0.035)  # three times the error
        assert power_to_see(plan, ratio) == pytest.approx(0.8, abs=0.01)


def test_of_no_change_it_sees_one_in_the_right_direction_at_most_as_often_as_the_tail_says() -> None:
    for plan in (Plan(2, 26, 8), Plan(20, 26, 12), Plan(5, 26, 12, 40)):
        assert power_to_see(plan, 1.0) <= 0.0255


def test_more_reports_more_weeks_and_a_larger_comparison_show_smaller_changes() -> None:
    for small, large in ((Plan(2, 26, 12), Plan(4, 26, 12)), (Plan(3, 26, 6), Plan(3, 26, 12)),
                         (Plan(3, 8, 12), Plan(3, 26, 12)), (Plan(3, 26, 12, 5), Plan(3, 26, 12, 50))):
        assert detectable(small).fewer < detectable(large).fewer
        assert detectable(small).more > detectable(large).more


def test_where_even_none_at_all_would_not_be_seen_it_says_so() -> None:
    assert detectable(Plan(0.1, 26, 8)).fewer is None
    assert detectable(Plan(0.0, 26, 8)).fewer is None


def test_at_three_a_week_it_takes_about_half_as_many_in_twelve_weeks() -> None:
    assert detectable(Plan(3, 26, 12)).fewer == pytest.approx(0.5, abs=0.02)


def test_with_many_reports_it_is_what_the_normal_approximation_gives() -> None:
    """(z + z')^2 (1 / before + 1 / after) = log(ratio)^2, at the fewer after."""
    found = detectable(Plan(200, 26, 12)).fewer
    assert found is not None
    assert np.log(found) ** 2 == pytest.approx((1.96 + 0.8416) ** 2 * (1 / 5200 + 1 / (2400 * found)), rel=0.03)
