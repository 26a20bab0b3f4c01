"""The scan gives what SaTScan gives."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.scan.found import Found
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Kind, Settings
from tests.analysis.scan.studies import WORKLOADS, read

FEVER = Settings(max_km=3, max_days=7, start=date(2001, 11, 1), end=date(2001, 11, 24), seed=20011124)
PROSPECTIVE = [
    ("11418 11415 11419 11435 11416 11421 11451 11375 11417", 2.90, 22, 24, 4, 0.67, 3.845418, 0.216),
    ("11372", 0, 24, 24, 2, 0.16, 3.164201, 0.506),
    ("10472", 0, 23, 24, 2, 0.29, 2.137259, 0.948),
    ("10469 10475 10467 10466", 2.45, 24, 24, 2, 0.45, 1.427139, 0.999)]
RETROSPECTIVE = [
    ("10454 10455 10451 10035 10037 10030 10029 10456", 2.70, 8, 8, 5, 0.40, 8.119521, 0.009),
    ("11379 11374 11373", 2.07, 10, 11, 4, 0.46, 5.113791, 0.496),
    ("11418 11415 11419 11435 11416 11421 11451 11375 11417", 2.90, 22, 23, 4, 0.46, 5.113791, 0.496),
    ("11434", 0, 16, 16, 2, 0.072, 4.725675, 0.760),
    ("10304 10301", 1.84, 15, 15, 2, 0.072, 4.725675, 0.760)]


def fever(kind: Kind) -> Found:
    places, cases = read("nyc_fever/")
    return scan(places, cases, replace(FEVER, kind=kind), threads=2)


@pytest.mark.parametrize(("kind", "expected"), [(Kind.PROSPECTIVE, PROSPECTIVE), (Kind.RETROSPECTIVE, RETROSPECTIVE)])
def test_fever_in_new_york(kind: Kind, expected: list[tuple[str, float, int, int, int, float, float, float]]) -> None:
    found = fever(kind)
    for cluster, row in zip(found.clusters, expected, strict=False):
        members, radius, first, last, observed, mean, statistic, p = row
        assert cluster.locations == tuple(members.split()) and cluster.center == cluster.locations[0]
        assert cluster.radius_km == pytest.approx(radius, abs=0.005)
        assert (cluster.start, cluster.end) == (date(2001, 11, first), date(2001, 11, last))
        assert (cluster.observed, cluster.expected) == (observed, pytest.approx(mean, abs=0.006))
        assert cluster.statistic == pytest.approx(statistic, abs=1e-6)
        # Both p-values come from 999 replications: four standard errors of their difference.
        assert cluster.p_value == pytest.approx(p, abs=4 * np.sqrt(2 * p * (1 - p) / 999) + 0.002)
        assert cluster.p_low <= cluster.p_value <= cluster.p_high + 0.001
    assert len(found.clusters) >= len(expected) and found.replications == 999


def test_a_prospective_cluster_says_how_often_chance_gives_as_much() -> None:
    cluster = fever(Kind.PROSPECTIVE).clusters[0]
    assert cluster.recurrence_interval_days == pytest.approx(1 / cluster.p_value)
    assert fever(Kind.RETROSPECTIVE).clusters[0].recurrence_interval_days is None


@pytest.mark.parametrize(("name", "statistic", "observed", "mean", "windows"), [
    ("A", 35.009867, 21, 1.5795, 5.20e7), ("B", 149.260986, 97, 8.3850, 5.48e7),
    ("C", 1407.513085, 1037, 109.5768, 7.68e7), ("R", 31.731666, 21, 1.8720, 2.54e8),
    ("D", 158.461810, 101, 8.4495, 1.55e8)])
def test_the_planted_cluster_is_the_best(name: str, statistic: float, observed: int, mean: float,
                                         windows: float) -> None:
    places, cases = read(f"scan/{name}_")
    found = scan(places, cases, replace(WORKLOADS[name], replications=19))
    best = found.clusters[0]
    assert best.statistic == pytest.approx(statistic, abs=1e-6)
    assert (best.observed, best.expected) == (observed, pytest.approx(mean, abs=5e-5))
    assert (best.start, best.end) == (date(2023, 12, 11), date(2023, 12, 31))
    assert best.p_value == 1 / 20
    assert found.windows == pytest.approx(windows, rel=0.01)
    middle = places.given[places.names.index(best.center)]
    assert np.hypot(*(middle - (12.3, 7.7))) < 0.8 and best.radius_km < 1.5
