"""The compiled fit and the readable one agree; the rest of Farrington's methods by their rules."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from lokalnet.analysis import results
from lokalnet.analysis.series import bounds, fitting, readable
from lokalnet.analysis.series.baseline import baseline, reference_weeks
from lokalnet.analysis.series.farrington import FLEXIBLE, ORIGINAL, FarringtonSettings, critical_t, farrington_flexible

SMALL = replace(FLEXIBLE, years=3)


def _both(counts: fitting.Floats, chosen: FarringtonSettings) -> tuple[fitting.Floats, fitting.Floats]:
    shared = baseline(range(counts.shape[1] - 4, counts.shape[1]), None, years=chosen.years,
                      half_window=chosen.half_window, periods=chosen.periods, weeks_left_out=chosen.weeks_left_out)
    critical = critical_t(chosen, longest=int(np.diff(shared.first).max(initial=0)))
    found = np.empty((len(counts), 4, fitting.FOUND))
    fitting.fit_all(counts, fitting.tables_of(counts), shared.weeks, shared.first, shared.index, shared.level,
                    shared.levels, chosen.weights_threshold, critical, fitting.WORKING, found)
    return found, readable.fit_all(counts, shared, chosen.weights_threshold, critical, fitting.WORKING)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), mean=st.sampled_from([0.05, 0.5, 3.0, 40.0, 3000.0]),
       chosen=st.sampled_from([SMALL, replace(SMALL, trend_p=0.05), replace(SMALL, trend_p=0.0),
                               replace(SMALL, weights_threshold=float("inf")), replace(ORIGINAL, years=3),
                               replace(SMALL, periods=4, half_window=1, weeks_left_out=0)]))
def test_compiled_and_readable_agree(seed: int, mean: float, chosen: FarringtonSettings) -> None:
    random = np.random.default_rng(seed)
    counts = random.negative_binomial(2, 2 / (2 + mean), size=(2, 3 * 52 + 8)).astype(float)
    _agree(*_both(counts, chosen))


def _agree(compiled: fitting.Floats, plain: fitting.Floats) -> None:
    # A mean that tends to 0 has no exact value: both stop somewhere below a millionth.
    said = (plain[..., fitting.MEAN] > 1e-6) | np.isnan(plain[..., fitting.MEAN])
    np.testing.assert_allclose(compiled[said], plain[said], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("counts", [
    np.zeros((1, 164)), np.full((1, 164), 6.0), np.eye(1, 164, 100), np.arange(164.0)[None],
    np.where(np.arange(164) % 52 == 0, 100.0, 0.0)[None]])
@pytest.mark.parametrize("chosen", [SMALL, replace(ORIGINAL, years=3)])
def test_degenerate_series_agree_and_raise_nothing(counts: fitting.Floats, chosen: FarringtonSettings) -> None:
    _agree(*_both(counts, chosen))


def test_a_series_too_short_says_nothing() -> None:
    found = farrington_flexible(np.ones(100))
    assert found.upper.shape == (1, 0)
    assert np.isnan(farrington_flexible(np.ones(100), weeks=[99]).upper).all()


def test_any_number_of_threads_gives_the_same() -> None:
    counts = np.random.default_rng(4).poisson(5, size=(23, 330)).astype(float)
    one, three = (farrington_flexible(counts, threads=threads) for threads in (1, 3))
    for name in ("expected", "upper", "dispersion", "score", "slope"):
        np.testing.assert_array_equal(getattr(one, name), getattr(three, name))


def test_an_outbreak_is_an_alarm_and_a_past_one_weighs_little() -> None:
    counts = np.random.default_rng(1).poisson(8, size=(1, 320)).astype(float)
    counts[0, 250] = 90
    counts[0, 315] = 40
    found = farrington_flexible(counts, weeks=[312, 315])
    assert found.alarm.tolist() == [[False, True]]
    assert found.upper.max() < 25


def test_few_cases_are_no_alarm() -> None:
    counts = np.zeros((1, 300))
    counts[0, 299] = 4
    found = farrington_flexible(counts, weeks=[299])
    assert not found.alarm.any() and np.isnan(found.upper).all()


def test_cases_after_years_of_none_are_an_alarm() -> None:
    counts = np.zeros((1, 300))
    counts[0, 299] = 9
    found = farrington_flexible(counts, weeks=[299])
    assert found.alarm.all() and np.isinf(found.score).all()


@given(mean=st.floats(1e-6, 1e6), dispersion=st.one_of(st.just(1.0), st.floats(1.01, 1e6)),
       probability=st.sampled_from([0.9, 0.95, 0.995]))
@settings(max_examples=100, deadline=None)
def test_the_bound_is_the_quantile(mean: float, dispersion: float, probability: float) -> None:
    law = poisson(mean) if dispersion == 1 else nbinom(mean / (dispersion - 1), 1 / dispersion)
    found = bounds.negative_binomial_bound(np.array([mean]), np.array([dispersion]), probability)[0]
    assert law.cdf(found) >= probability - 1e-9
    assert found == 0 or law.cdf(found - 1) < probability + 1e-9


def test_reference_weeks_are_the_mondays_nearest_to_the_day() -> None:
    mondays = [date(2018, 1, 1) + timedelta(7 * week) for week in range(330)]
    week = mondays.index(date(2024, 2, 26))
    found = [mondays[i] for i in reference_weeks(week, mondays, years=2)]
    assert found == [date(2022, 2, 28), date(2023, 2, 27)]


def test_periods_cover_every_week_before_those_left_out() -> None:
    shared = baseline([300], None, years=4, half_window=3, periods=10, weeks_left_out=26)
    assert shared.index.tolist() == list(range(300 - 4 * 52 - 3, 300 - 26))
    assert np.bincount(shared.level).tolist() == [28, 20, 20, 20, 20, 17, 15, 15, 15, 15]


@pytest.mark.parametrize(("change", "rule"), [
    ({"years": 0}, "years"), ({"half_window": 26}, "half_window"), ({"alpha": 1.0}, "alpha"),
    ({"threshold": "other"}, "threshold"), ({"trend_p": 2}, "trend_p"), ({"periods": 50}, "periods")])
def test_a_mistake_in_settings_names_the_field(change: dict[str, float], rule: str) -> None:
    with pytest.raises(results.BadInput, match=rule):
        farrington_flexible(np.ones(400), settings=replace(FLEXIBLE, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(("counts", "rule"), [([1.5], "whole"), ([-1], "negative"), ([float("nan")], "every week")])
def test_counts_are_whole_and_complete(counts: list[float], rule: str) -> None:
    with pytest.raises(results.BadInput, match=rule):
        farrington_flexible(counts)


def test_dates_are_a_week_apart() -> None:
    with pytest.raises(results.BadInput, match="a week apart"):
        farrington_flexible([1, 2], [date(2024, 1, 1), date(2024, 1, 9)])


def test_a_result_leaves_as_json() -> None:
    found = results.to_json(farrington_flexible(np.ones(300), weeks=[299]))
    assert b'"weights_threshold": 2.58' in found and b'"version": "1"' in found
