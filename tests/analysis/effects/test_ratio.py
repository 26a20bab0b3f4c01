"""Before and after: against exact tests worked out elsewhere, and against what intervals promise: to cover."""

import numpy as np
import pytest
from scipy.stats import binomtest, nchypergeom_fisher
from scipy.stats.contingency import odds_ratio

from lokalnet.analysis.effects.ratio import dispersion, rate_ratio, ratio_of_ratios

# (before, weeks before, after, weeks after); the p-values are printed by statsmodels 0.15.0,
# stats.rates.test_poisson_2indep(after, weeks_after, before, weeks_before, method="exact-cond").
STATSMODELS = {(52, 26, 10, 12): 0.008839929634006219, (30, 26, 3, 12): 0.004217645577348051,
               (41, 26, 40, 20): 0.313483584087381}


@pytest.mark.parametrize(("before", "weeks_before", "after", "weeks_after"), STATSMODELS)
def test_the_interval_leaves_out_one_where_the_exact_test_says_so(before, weeks_before, after, weeks_after) -> None:
    found = rate_ratio(before, after, time_before=weeks_before, time_after=weeks_after)
    assert found.clear == (STATSMODELS[before, weeks_before, after, weeks_after] < 0.05)
    assert found.ratio == pytest.approx(after / weeks_after / (before / weeks_before))


@pytest.mark.parametrize(("before", "after", "times"), [
    (52, 10, (26, 12)), (0, 4, (8, 8)), (7, 0, (26, 4)), (1, 1, (10, 3)), (400, 900, (26, 30))])
def test_alone_the_limits_are_those_of_the_binomial_share(before, after, times) -> None:
    low, high = binomtest(after, before + after).proportion_ci()
    found = rate_ratio(before, after, time_before=times[0], time_after=times[1])
    odds = times[0] / times[1]
    assert found.low == pytest.approx(low / (1 - low) * odds if low else 0.0)
    assert found.high == pytest.approx(high / (1 - high) * odds if high < 1 else np.inf)


@pytest.mark.parametrize(("target", "comparison"), [
    ((52, 10), (200, 90)), ((5, 0), (20, 9)), ((0, 3), (20, 9)), ((1, 1), (1, 1)), ((30, 60), (900, 420))])
def test_against_a_comparison_the_limits_are_those_of_the_conditional_odds_ratio(target, comparison) -> None:
    expected = odds_ratio([[target[1], target[0]], [comparison[1], comparison[0]]],
                          kind="conditional").confidence_interval()
    found = ratio_of_ratios(target, comparison)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-6)


def test_each_limit_is_where_its_tail_holds_two_and_a_half_per_cent() -> None:
    found = ratio_of_ratios((52, 10), (200, 90))
    assert nchypergeom_fisher(352, 62, 100, found.high).cdf(10) == pytest.approx(0.025)
    assert nchypergeom_fisher(352, 62, 100, found.low).sf(9) == pytest.approx(0.025)


@pytest.mark.parametrize("spread", [1.0, 2.3])
def test_before_and_after_changed_about_invert_the_ratio(spread) -> None:
    there = rate_ratio(30, 12, time_before=26, time_after=10, dispersion=spread)
    back = rate_ratio(12, 30, time_before=10, time_after=26, dispersion=spread)
    assert (1 / back.high, 1 / back.low) == pytest.approx((there.low, there.high))
    there, back = (ratio_of_ratios(*pairs, dispersion=spread) for pairs in (((30, 12), (80, 70)), ((12, 30), (70, 80))))
    assert (1 / back.high, 1 / back.low) == pytest.approx((there.low, there.high))


@pytest.mark.parametrize("count", [0, 1, 3, 20, 700])
def test_where_nothing_changed_one_fits(count) -> None:
    alone, against = rate_ratio(count, count, time_before=9, time_after=9), ratio_of_ratios((count, count), (50, 50))
    for found in (alone, against):
        assert found.low < 1 < found.high and not found.clear


def test_of_nothing_everything_fits() -> None:
    for found in (rate_ratio(0, 0, time_before=26, time_after=8), ratio_of_ratios((0, 0), (40, 10))):
        assert (found.ratio, found.low, found.high) == (None, 0.0, np.inf)


def test_what_changed_alike_everywhere_falls_out() -> None:
    assert ratio_of_ratios((40, 20), (400, 200)).ratio == pytest.approx(1)


def test_weeks_that_vary_more_widen_the_interval_on_both_sides_and_never_narrow_it() -> None:
    for counts in ((30, 12), (0, 9), (9, 0), (1, 1)):
        found = [rate_ratio(*counts, time_before=26, time_after=10, dispersion=each) for each in (1.0, 1.5, 4.0)]
        assert [each.low for each in found] == sorted((each.low for each in found), reverse=True)
        assert [each.high for each in found] == sorted(each.high for each in found)


def test_twice_the_variance_is_as_much_wider_as_half_the_counts() -> None:
    """On the scale of logarithms, where counts are large: by the root of the dispersion."""
    once, twice = (np.log([f.low, f.high]) for f in (ratio_of_ratios((4000, 3000), (5000, 5000), dispersion=each)
                                                     for each in (1.0, 2.0)))
    assert (twice[1] - twice[0]) / (once[1] - once[0]) == pytest.approx(np.sqrt(2))


def test_the_dispersion_is_pearsons_over_its_degrees_of_freedom_and_at_least_one() -> None:
    assert dispersion([4, 0, 8], [1, 3]) == pytest.approx((32 / 4 + 2 / 2) / 3)
    assert dispersion([3, 3, 3, 3]) == 1.0
    assert dispersion([0, 0, 0], [5]) == 1.0


def _draw(random, mean, weeks, spread):
    """Weekly counts with that mean and `spread` times as much variance."""
    if spread == 1:
        return random.poisson(mean, weeks)
    return random.negative_binomial(mean / (spread - 1), 1 / spread, weeks)


@pytest.mark.parametrize(("mean", "there", "truth", "spread"), [
    (0.2, 1.0, 0.5, 1), (0.5, 4.0, 1.0, 1), (3.0, 20.0, 0.6, 1), (3.0, 20.0, 1.0, 2.5), (1.5, 8.0, 0.5, 2)])
def test_the_interval_covers_the_truth_as_often_as_it_says(mean, there, truth, spread) -> None:
    random, covered, tries = np.random.default_rng(1956), 0, 600
    for _ in range(tries):
        a0, a1 = _draw(random, mean, 26, spread), _draw(random, mean * truth * 1.3, 12, spread)
        c0, c1 = _draw(random, there, 26, spread), _draw(random, there * 1.3, 12, spread)
        found = ratio_of_ratios((a0.sum(), a1.sum()), (c0.sum(), c1.sum()), dispersion=dispersion(a0, a1, c0, c1))
        covered += found.low <= truth <= found.high
    assert covered / tries >= 0.95 - 0.02  # the error of 600 draws is 0.009, and the dispersion is an estimate


def test_without_the_dispersion_it_would_not() -> None:
    """So the test above can fail."""
    random, covered = np.random.default_rng(1956), 0
    for _ in range(400):
        a0, a1 = _draw(random, 3.0, 26, 4), _draw(random, 3.0, 12, 4)
        found = rate_ratio(a0.sum(), a1.sum(), time_before=26, time_after=12)
        covered += found.low <= 1 <= found.high
    assert covered / 400 < 0.85


@pytest.mark.parametrize("wrong", [{"before": -1}, {"time_after": 0}, {"dispersion": 0.9}, {"level": 1.0}])
def test_what_makes_no_ratio_is_refused(wrong) -> None:
    said = {"before": 3, "after": 4, "time_before": 5, "time_after": 6} | wrong
    with pytest.raises(ValueError, match=r"count|time|dispersion|level"):
        rate_ratio(**said)
