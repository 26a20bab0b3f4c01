"""p-values, their intervals, and the two options that say what they are."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.results import to_frame, to_json
from lokalnet.analysis.scan import chance
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Kind, Settings
from tests.analysis.scan.studies import made

SETTINGS = Settings(replications=999, start=date(2024, 1, 1), end=date(2024, 1, 20))


def test_equal_statistics_count_against_a_cluster() -> None:
    simulated = np.array([1.0, 2.0, 3.0, 3.0])
    assert chance.p_value(3.0, simulated, stopped_early=False) == 3 / 5
    assert chance.p_value(9.0, simulated, stopped_early=False) == 1 / 5


def test_the_interval_is_clopper_and_pearsons() -> None:
    from scipy.stats import binomtest

    simulated = np.arange(1, 1000.0)
    for observed in (0.5, 500.0, 995.5, 2000.0):
        reached = int(np.sum(simulated >= observed))
        assert chance.interval(observed, simulated) == pytest.approx(
            tuple(binomtest(reached, 999).proportion_ci(0.95, "exact")), abs=1e-12)


def test_gumbel_gives_back_a_gumbel_distribution() -> None:
    simulated = np.random.default_rng(1).gumbel(10, 1.5, 200_000)
    for p in (0.1, 0.01, 0.001):
        observed = 10 - 1.5 * np.log(-np.log1p(-p))
        assert chance.gumbel_p_value(observed, simulated) == pytest.approx(p, rel=0.03)


def test_gumbel_is_there_only_where_it_was_asked_for() -> None:
    places, cases = made(8, places=40, cases=300)
    plain, asked = (scan(places, cases, replace(SETTINGS, replications=99, gumbel=gumbel)) for gumbel in (False, True))
    assert plain.clusters[0].gumbel_p_value is None and 0 < asked.clusters[0].gumbel_p_value < 1
    assert asked.clusters[0].p_value == plain.clusters[0].p_value


def test_stopping_early_ends_with_the_replication_that_makes_the_number_full() -> None:
    places, cases = made(8, places=40, cases=300)
    cases = replace(cases, count=np.ones_like(cases.count))  # nothing comes in threes: no cluster
    whole = scan(places, cases, SETTINGS, threads=2)
    reached = np.flatnonzero(whole.simulated >= whole.clusters[0].statistic)
    answers = [scan(places, cases, replace(SETTINGS, stop_after=5), threads=threads) for threads in (1, 4)]
    for early in answers:
        assert early.stopped_early and early.replications == reached[4] + 1
        assert early.clusters[0].p_value == 5 / early.replications
        assert np.array_equal(early.simulated, whole.simulated[:early.replications])
    never = scan(places, cases, replace(SETTINGS, stop_after=1000), threads=2)
    assert not never.stopped_early and never.clusters == whole.clusters


def test_without_replications_there_is_no_p_value() -> None:
    places, cases = made(8)
    found = scan(places, cases, replace(SETTINGS, replications=0))
    assert found.clusters[0].p_value is None and found.clusters[0].recurrence_interval_days is None


def test_the_answer_carries_what_it_was_made_with() -> None:
    places, cases = made(8)
    found = scan(places, cases, replace(SETTINGS, replications=19, seed=77))
    said = to_json(found)
    assert b'"seed": 77' in said and b'"version": "1"' in said and b'"model": "permutation"' in said
    frame = to_frame(found.clusters)
    assert len(frame) == len(found.clusters) and frame["statistic"].is_monotonic_decreasing


def test_no_two_clusters_share_a_place_at_a_time() -> None:
    places, cases = made(8, places=40, cases=300)
    found = scan(places, cases, replace(SETTINGS, replications=0, kind=Kind.RETROSPECTIVE))
    for one in found.clusters:
        for other in found.clusters:
            if one is not other and set(one.locations) & set(other.locations):
                assert one.end < other.start or other.end < one.start


def test_a_spread_of_nothing_has_no_gumbel_distribution() -> None:
    assert chance.gumbel_p_value(3.0, np.full(99, 1.0)) is None
    assert chance.gumbel_p_value(3.0, np.ones(1)) is None
