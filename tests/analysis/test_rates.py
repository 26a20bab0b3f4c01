"""Intervals against published values, and against what they promise: that they cover."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.stats import chi2, norm, poisson

from lokalnet.analysis.proportions import wilson
from lokalnet.analysis.rates import poisson_interval, rate_per_1000

# The 95 % limits of a Poisson count as they are printed in tables made after Garwood (1936), for example in the WHO's
# IARC Scientific Publications 82 (Breslow and Day 1987), table 2.10, as factors of the count.
PUBLISHED = {1: (0.0253, 5.57), 2: (0.121, 3.61), 5: (0.324, 2.33), 10: (0.480, 1.84), 20: (0.611, 1.54),
             50: (0.742, 1.32), 100: (0.814, 1.22)}


@pytest.mark.parametrize("count", PUBLISHED)
def test_the_interval_of_a_count_is_the_published_one(count) -> None:
    low, high = poisson_interval(count)
    assert (low / count, high / count) == pytest.approx(PUBLISHED[count], rel=0.005)


def test_of_nothing_the_interval_is_from_nought_to_the_rule_of_three_and_a_bit() -> None:
    """-ln(0.025): the exact two-sided limit for no event."""
    assert poisson_interval(0) == (0.0, pytest.approx(3.6889, abs=1e-4))


@pytest.mark.parametrize("count", [0, 1, 4, 17, 230])
def test_the_limits_are_where_each_tail_holds_its_share(count) -> None:
    """By the definition and not by chi-squared: at the limits, a count so small or so large has 2.5 %."""
    low, high = poisson_interval(count)
    assert poisson.cdf(count, high) == pytest.approx(0.025)
    if count:
        assert poisson.sf(count - 1, low) == pytest.approx(0.025)


@pytest.mark.parametrize("mean", [0.3, 1, 2.5, 5, 12, 40])
def test_the_interval_covers_the_truth_in_at_least_as_many_cases_as_it_says(mean) -> None:
    counts = np.random.default_rng(1936).poisson(mean, 20_000)
    limits = {count: poisson_interval(int(count)) for count in set(counts.tolist())}
    covered = np.mean([limits[count][0] <= mean <= limits[count][1] for count in counts.tolist()])
    assert covered >= 0.95 - 0.005  # the error of 20,000 draws is 0.0015


def test_a_rate_is_per_thousand_residents_and_year() -> None:
    found = rate_per_1000(23, 10_000)
    assert (found.rate, found.low, found.high) == pytest.approx((2.3, 1.458, 3.451), abs=0.001)
    assert (found.count, found.residents) == (23, 10_000)
    assert rate_per_1000(23, 10_000, years=0.5).rate == pytest.approx(4.6)
    assert rate_per_1000(10, 1000, level=0.99).high > rate_per_1000(10, 1000).high


@pytest.mark.parametrize("wrong", [
    {"count": -1, "residents": 1000}, {"count": 3, "residents": 0}, {"count": 3, "residents": 10, "years": 0},
    {"count": 3, "residents": 10, "level": 1}])
def test_what_makes_no_rate_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"count|resident|level"):
        rate_per_1000(**wrong)


# Newcombe, R. G. (1998): Two-sided confidence intervals for the single proportion. Statistics in Medicine 17, 857-872,
# table I, method 3 (score without continuity correction).
@pytest.mark.parametrize(("successes", "n", "low", "high"), [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)])
def test_the_interval_of_a_share_is_the_published_one(successes, n, low, high) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_a_share_never_leaves_its_whole_and_is_the_same_from_both_ends() -> None:
    for n in (1, 2, 7, 40):
        for successes in range(n + 1):
            low, high = wilson(successes, n)
            assert 0 <= low <= successes / n <= high <= 1
            assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("successes", "n", "level"), [(1, 0, .95), (3, 2, .95), (-1, 5, .95), (1, 5, 0), (1, 5, 1)])
def test_what_makes_no_share_is_refused(successes, n, level) -> None:
    with pytest.raises(ValueError, match=r"n|level"):
        wilson(successes, n, level)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_quantiles_are_those_of_scipy_stats_to_the_last_digit(level) -> None:
    tail = (1 - level) / 2
    for count in (*range(60), 999, 123_456):
        low, high = poisson_interval(count, level)
        assert low == (chi2.ppf(tail, 2 * count) / 2 if count else 0)
        assert high == chi2.ppf(1 - tail, 2 * count + 2) / 2
    z = norm.ppf(1 - tail)
    assert wilson(0, 20, level)[1] == pytest.approx(z * z / (20 + z * z), rel=1e-14)


def test_scipy_stats_is_not_imported_as_it_takes_about_a_second() -> None:
    subprocess.run([sys.executable, "-c", "import sys; from lokalnet.analysis import rates, proportions, seasons; "
                    "from lokalnet.analysis.local import getis_ord, moran; sys.exit('scipy.stats' in sys.modules)"],
                   check=True)
