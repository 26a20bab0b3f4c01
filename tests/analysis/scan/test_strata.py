"""Strata: each shuffles its own cases, so what differs between them in place or in time makes no cluster."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.scan import readable
from lokalnet.analysis.scan.drawing import LANES
from lokalnet.analysis.scan.observed import best_windows
from lokalnet.analysis.scan.preparing import Prepared, prepare
from lokalnet.analysis.scan.replicating import fill, largest_of_block
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Kind, Places, Settings
from tests.analysis.scan.studies import made

SMALL = Settings(replications=LANES, start=date(2024, 1, 1), end=date(2024, 1, 20))


def in_strata(seed: int, strata: int) -> tuple[Places, Cases]:
    places, cases = made(seed, places=20, cases=90)
    return places, replace(cases, cell=np.random.default_rng(seed).integers(0, strata, len(cases.day)))


def prepared(settings: Settings, *, seed: int = 3, strata: int = 5) -> Prepared:
    return prepare(*in_strata(seed, strata), None, settings, threads=1)


@pytest.mark.parametrize("settings", [SMALL, replace(SMALL, kind=Kind.RETROSPECTIVE), replace(SMALL, step_days=3)])
def test_kernels_find_what_the_readable_scan_finds(settings: Settings) -> None:
    for seed in range(5):
        found = prepared(settings, seed=seed)
        expected = readable.best_of_each_centre(found, found.rows)
        assert best_windows(found, threads=1).statistic == pytest.approx(expected, abs=1e-9)
        rows, _ = found.room()
        fill(found, rows, 0, LANES)
        lanes = rows.reshape(len(rows), -1, LANES).astype(np.int64)
        for lane, largest in enumerate(largest_of_block(found, 0)):
            there = readable.best_of_each_centre(found, lanes[:, :, lane])
            assert largest == pytest.approx(there.max(), abs=1e-9)


def test_a_replication_keeps_each_stratums_places_and_days() -> None:
    """Two strata that share no place: then the days of each can be counted in what was shuffled."""
    place = np.repeat([0, 1], 30)
    day = np.datetime64("2024-01-01") + np.concatenate([np.arange(30) % 4, 10 + np.arange(30) % 10])
    cases = Cases(place, np.ones(60, np.int64), day, place)
    found = prepare(Places.on_plane(("a", "b"), np.array([0.0, 1.0]), np.zeros(2)), cases, None,
                    replace(SMALL, max_time_share=1.0, max_share=1.0, kind=Kind.RETROSPECTIVE), threads=1)
    rows, _ = found.room()
    fill(found, rows, 0, LANES)
    counts = np.diff(rows.reshape(2, 20, LANES).astype(np.int64), axis=1, prepend=0)
    assert (counts[0, 4:] == 0).all() and (counts[1, :10] == 0).all()
    assert (counts.sum(axis=1) == 30).all()


def test_one_stratum_is_the_scan_without_strata() -> None:
    places, cases = made(8, places=40, cases=300)
    plain = scan(places, cases, SMALL, threads=1)
    same = scan(places, replace(cases, cell=np.full(len(cases.day), 7)), SMALL, threads=1)
    assert np.array_equal(plain.simulated, same.simulated) and plain.clusters == same.clusters


def test_the_expected_of_strata_is_their_sum() -> None:
    """By hand: two strata, each with its own places and days."""
    found = prepared(replace(SMALL, kind=Kind.RETROSPECTIVE, max_share=1.0, max_time_share=1.0))
    per_step = np.diff(found.expected, axis=1, prepend=0)
    by_hand = np.zeros_like(per_step)
    for begin, end in zip(found.strata[:-1], found.strata[1:], strict=True):
        counts = np.zeros_like(per_step)
        np.add.at(counts, (found.case_places[begin:end], found.case_steps[begin:end]), 1)
        by_hand += np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    assert per_step == pytest.approx(by_hand, abs=1e-12)
    assert found.weights == pytest.approx(np.diff(found.rows, axis=1, prepend=0).sum(axis=1))


def test_somebody_who_is_new_makes_no_cluster_by_themselves() -> None:
    """Thirty cases in three days at one place, by somebody of whom nothing else is known."""
    places, cases = made(4, places=20, cases=90)
    new = np.repeat(np.datetime64("2024-01-18"), 30)
    together = Cases(np.append(cases.place, np.full(30, 2)), np.append(cases.count, np.ones(30, np.int64)),
                     np.append(cases.day, new), np.append(cases.cell, np.ones(30, np.int64)))
    settings = replace(SMALL, replications=199)
    found = scan(places, together, settings, threads=1).clusters
    plain = scan(places, replace(together, cell=np.zeros(len(together.day), np.int64)), settings, threads=1).clusters[0]
    assert plain.p_value == pytest.approx(1 / 200) and plain.observed >= 30 and "p2" in plain.locations
    assert all("p2" not in each.locations or each.p_value > 0.2 for each in found)
    assert found[0].locations == scan(places, cases, settings, threads=1).clusters[0].locations
