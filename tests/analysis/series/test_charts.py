"""CUSUM, GLR and EARS give what R's surveillance gives."""

import numpy as np
import pytest

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.series.charts import cusum, glr_poisson
from lokalnet.analysis.series.ears import EarsSettings, ears
from tests.analysis.series import golden


def test_cusum_is_that_of_r() -> None:
    says = golden.columns("ref_cusum_agona.csv")
    found = cusum(golden.agona(), begin=208)
    np.testing.assert_allclose(found.upper[0], says["ub"], rtol=1e-6, atol=1e-6)
    assert (found.alarm[0] == says["al"]).all()


def test_glr_is_that_of_r() -> None:
    says = golden.columns("ref_glrpois_agona.csv")
    found = glr_poisson(golden.agona(), begin=208)
    np.testing.assert_array_equal(found.upper[0], says["ub"])
    assert (found.alarm[0] == says["al"]).all()


def test_ears_c1_is_that_of_r() -> None:
    says = golden.columns("ref_earsC1_agona.csv")
    found = ears(golden.agona())
    np.testing.assert_allclose(found.upper[0, 208 - 7:], says["ub"], rtol=1e-6)
    assert (found.alarm[0, 208 - 7:] == says["al"]).all()


def test_c2_leaves_the_two_weeks_before_out() -> None:
    counts = np.array([1.0, 3, 2, 2, 4, 1, 2, 50, 50, 9])
    found = ears(counts, EarsSettings("C2"))
    assert found.weeks.tolist() == [9]
    assert found.expected[0, 0] == counts[:7].mean()
    assert found.alarm.all()


def test_c3_adds_up_the_excess_of_three_weeks() -> None:
    counts = golden.agona()
    second, third = ears(counts, EarsSettings("C2")), ears(counts, EarsSettings("C3"))
    excess = np.maximum(0, (second.observed - second.expected) / second.deviation - 1)[0]
    total = excess[2:] + excess[1:-1] + excess[:-2]
    assert (third.alarm[0] == ((total >= 1.959964) & (third.observed > third.expected)[0])).all()


@pytest.mark.parametrize("series", [np.zeros(120), np.full(120, 7.0), np.arange(120.0)])
def test_a_dull_series_has_finite_bounds(series: golden.Floats) -> None:
    for found in (cusum(series, begin=60), glr_poisson(series, begin=60), ears(series)):
        assert np.isfinite(found.upper).all()


def test_each_series_is_judged_alone() -> None:
    counts = np.stack([golden.agona(), golden.agona()[::-1]])
    for method in (cusum, glr_poisson):
        assert (method(counts, begin=208).upper[1] == method(counts[1], begin=208).upper[0]).all()


def test_too_short_a_series_is_explained() -> None:
    with pytest.raises(BadInput, match="begin: at least 6 weeks"):
        cusum(np.ones(5), begin=4)
    with pytest.raises(BadInput, match="at least 8 weeks, not 5"):
        ears(np.ones(5))
