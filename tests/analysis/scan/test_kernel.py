"""The compiled scan gives what the readable one gives, and the same wherever it runs."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.scan import readable
from lokalnet.analysis.scan.drawing import LANES, permuted
from lokalnet.analysis.scan.likelihood import bin_of, cannot_exceed, fewest_cases, statistic, statistics
from lokalnet.analysis.scan.observed import best_windows
from lokalnet.analysis.scan.preparing import Prepared, prepare
from lokalnet.analysis.scan.replicating import Processes, fill, largest_of_block
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Kind, Model, Settings
from tests.analysis.scan.studies import lived_in, made

SMALL = Settings(replications=LANES, start=date(2024, 1, 1), end=date(2024, 1, 20))
STUDIES = [
    (SMALL, {}), (SMALL, {"grid": True}), (replace(SMALL, kind=Kind.RETROSPECTIVE), {}),
    (replace(SMALL, kind=Kind.RETROSPECTIVE, step_days=3, max_km=4.0), {}),
    (replace(SMALL, max_days=1, max_share=0.1), {}),
    (replace(SMALL, max_share=1.0, max_time_share=1.0), {"cases": 400, "places": 30}),
    (replace(SMALL, max_share=1.0, max_time_share=1.0, kind=Kind.RETROSPECTIVE), {"cases": 3, "places": 3}),
    (replace(SMALL, model=Model.POISSON), {}),
    (replace(SMALL, model=Model.POISSON, kind=Kind.RETROSPECTIVE), {"cases": 150}),
    (replace(SMALL, model=Model.POISSON, kind=Kind.SPATIAL), {"places": 40, "cases": 200}),
    (replace(SMALL, model=Model.POISSON, kind=Kind.TEMPORAL), {"cases": 200}),
    (replace(SMALL, model=Model.POISSON, step_days=7), {"places": 90, "cases": 900})]


def prepared(settings: Settings, study: dict[str, int], seed: int = 3) -> Prepared:
    places, cases = made(seed, **study)
    return prepare(places, cases, lived_in(places) if settings.model is Model.POISSON else None, settings, threads=1)


@pytest.mark.parametrize(("settings", "study"), STUDIES)
def test_what_was_observed_is_as_the_readable_scan_finds_it(settings: Settings, study: dict[str, int]) -> None:
    for seed in range(5):
        found = prepared(settings, study, seed)
        expected = readable.best_of_each_centre(found, found.rows)
        assert best_windows(found, threads=1).statistic == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("settings", "study"), STUDIES)
def test_replications_are_as_the_readable_scan_finds_them(settings: Settings, study: dict[str, int]) -> None:
    found = prepared(settings, study)
    maxima = largest_of_block(found, 0)
    for lane, rows in enumerate(lanes_of(found)):
        assert maxima[lane] == pytest.approx(readable.best_of_each_centre(found, rows).max(), abs=1e-9)


def lanes_of(found: Prepared, block: int = 0) -> list[np.ndarray]:
    rows, _ = found.room()
    fill(found, rows, block * LANES, LANES)
    counts = rows.reshape(len(rows), -1, LANES).astype(np.int64)
    return [counts[:, :, lane] for lane in range(LANES)]


@pytest.mark.parametrize("kind", [Kind.PROSPECTIVE, Kind.RETROSPECTIVE])
def test_a_permutation_keeps_what_happened_where_and_what_happened_when(kind: Kind) -> None:
    found = prepared(replace(SMALL, kind=kind, max_time_share=1.0), {})
    whole = found.windows.rows - 1
    for rows in lanes_of(found):
        assert np.array_equal(rows[:, whole], found.rows[:, whole])
        assert np.array_equal(rows.sum(axis=0), found.rows.sum(axis=0))
    assert len({rows.tobytes() for rows in lanes_of(found)}) == LANES


def test_poisson_replications_have_the_expected_mean() -> None:
    found = prepared(replace(SMALL, model=Model.POISSON, kind=Kind.RETROSPECTIVE, max_time_share=1.0), {"cases": 500})
    drawn = [rows for block in range(60) for rows in lanes_of(found, block)]
    mean, last = np.mean(drawn, axis=0), np.mean(drawn, axis=0)[:, -1]
    error = np.sqrt(found.expected[:, -1] / len(drawn))
    assert np.all(np.abs(last - found.expected[:, -1]) < 5 * error)
    assert mean.sum(axis=0)[-1] == pytest.approx(found.total)


def test_shuffles_are_uniform() -> None:
    """Each case is in each step as often as in another, over 3,200 replications."""
    steps, seen = np.arange(6, dtype=np.int32), np.zeros((6, 6))
    for block in range(100):
        rows = np.zeros((6, 6 * LANES), np.uint8)
        permuted(steps, np.arange(6, dtype=np.int32), np.array([0, 6]), rows, 4, block * LANES, LANES)
        seen += np.diff(rows.reshape(6, 6, LANES), axis=1, prepend=0).sum(axis=2)
    chi = ((seen - 3200 / 6) ** 2 / (3200 / 6)).sum()
    assert chi < 52.6  # 25 degrees of freedom, 1 in 1,000


def test_the_table_never_passes_over_a_window_that_would_count() -> None:
    generator = np.random.default_rng(2)
    for total, best in ((50.0, 0.0), (2000.0, 9.5), (100_000.0, 14.2), (2000.0, 800.0)):
        table = np.empty(int(bin_of(total * 1.001 + 1)) + 1, np.uint32)
        fewest_cases(best, total, 2**32 - 1, table)
        assert np.all(np.diff(table.astype(np.int64)) >= 0)
        for expected in total * 10 ** generator.uniform(-6, 0, 400):
            least = int(table[bin_of(expected)])
            for cases in range(max(least - 3, 0), least):
                assert statistic(cases, expected, total) <= best


def test_the_bound_without_logarithms_is_one() -> None:
    generator = np.random.default_rng(1)
    for _ in range(3000):
        total = float(generator.integers(2, 5000))
        expected, cases = total * generator.uniform(1e-4, 1), int(generator.integers(0, total + 1))
        value = statistic(cases, expected, total)
        assert not cannot_exceed(cases, expected, total, value * (1 - 1e-9)) or value == 0
        assert value == pytest.approx(float(statistics(np.array([cases]), np.array([expected]), total)[0]), abs=1e-9)


@pytest.mark.parametrize("settings", [
    replace(SMALL, replications=150), replace(SMALL, replications=75, model=Model.POISSON)])
def test_the_answer_is_the_same_with_any_number_of_threads(settings: Settings) -> None:
    places, cases = made(8, places=40, cases=300)
    people = lived_in(places) if settings.model is Model.POISSON else None
    answers = [scan(places, cases, settings, population=people, threads=threads) for threads in (1, 2, 3, 8)]
    assert all(np.array_equal(answers[0].simulated, answer.simulated) for answer in answers)
    assert all(answers[0].clusters == answer.clusters for answer in answers)
    assert len(set(answers[0].simulated)) > 40


def test_the_answer_is_the_same_on_a_cluster_of_processes() -> None:
    from distributed import Client, LocalCluster

    places, cases = made(8, places=40, cases=300)
    settings = replace(SMALL, replications=150)
    here = scan(places, cases, settings, threads=2)
    with (LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
          Client(cluster) as client):
        there = scan(places, cases, settings, workers=Processes(client))
    assert np.array_equal(here.simulated, there.simulated) and here.clusters == there.clusters


def test_the_same_seed_is_the_same_answer_and_another_is_another() -> None:
    places, cases = made(8, places=40, cases=300)
    first, again = (scan(places, cases, SMALL, threads=1).simulated for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, scan(places, cases, replace(SMALL, seed=2), threads=1).simulated)


def test_more_replications_begin_as_fewer_did() -> None:
    places, cases = made(8, places=40, cases=300)
    few, many = (scan(places, cases, replace(SMALL, replications=number), threads=2).simulated for number in (40, 200))
    assert np.array_equal(few, many[:40])
