"""Near repeats: a table whose cells add up, whose intervals are honest, and that cries out where it should."""

import numpy as np
import pytest

from lokalnet.analysis import results
from lokalnet.analysis.points.knox import knox
from lokalnet.analysis.points.nearrepeat import near_repeat
from tests.analysis.points.test_knox import city


def test_the_cells_add_up_to_knoxs_count() -> None:
    places, times = city()
    table = near_repeat(places, times, distances_km=[0.1, 0.2, 0.4], days=[7, 14, 28], replications=19)
    within = [cell for cell in table.cells if cell.to_km <= 0.4 and cell.to_days <= 14]
    assert sum(cell.observed for cell in within) == 575
    whole = knox(places, times, distance_km=0.4, days=14, replications=19)
    assert sum(cell.expected for cell in within) == pytest.approx(whole.expected)


def test_one_band_of_both_is_knoxs_test() -> None:
    places, times = city()
    table = near_repeat(places, times, distances_km=[0.2], days=[7], replications=99, seed=6)
    test = knox(places, times, distance_km=0.2, days=7, replications=99, seed=6)
    assert [getattr(table.cells[0], name) for name in ("observed", "expected", "ratio", "low", "high", "p_value")] == [
        getattr(test, name) for name in ("observed", "expected", "ratio", "low", "high", "p_value")]


def test_a_band_holds_its_upper_end_and_the_first_one_holds_zero() -> None:
    table = near_repeat([[0, 0], [0, 0], [0.5, 0], [1.5, 0]], [0, 7, 14, 28], distances_km=[0, 0.5, 1], days=[7, 14],
                        replications=9)
    found = {(cell.to_km, cell.to_days): cell.observed for cell in table.cells if cell.observed}
    assert found == {(0, 7): 1, (0.5, 7): 1, (0.5, 14): 1, (1, 14): 1}


def test_repeats_soon_and_near_stand_out_and_those_alone() -> None:
    random = np.random.default_rng(2)
    places, times = random.uniform(0, 8, (600, 2)), np.floor(random.uniform(0, 365, 600))
    places = np.concatenate((places, places[:60] + random.uniform(-0.05, 0.05, (60, 2))))
    times = np.concatenate((times, times[:60] + random.integers(1, 7, 60)))
    table = near_repeat(places, times, distances_km=[0.1, 0.4, 0.8], days=[7, 14, 28], seed=3)
    assert [(cell.to_km, cell.to_days) for cell in table.cells if cell.p_adjusted < 0.05] == [(0.1, 7)]
    assert table.cells[0].low > table.cells[0].chance_high > 1


def test_the_interval_of_a_ratio_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(9)
    held = 0
    for seed in range(150):
        places, times = random.uniform(0, 3, (150, 2)), np.floor(random.uniform(0, 100, 150))
        cell = near_repeat(places, times, distances_km=[0.3], days=[7], replications=99, seed=seed).cells[0]
        held += cell.low <= 1 <= cell.high
    assert held >= 137  # 95 % is 142.5 with a standard deviation of 2.7


def test_chance_alone_gives_even_p_values() -> None:
    random = np.random.default_rng(10)
    p = [near_repeat(random.uniform(0, 3, (120, 2)), random.uniform(0, 100, 120), distances_km=[0.4], days=[10],
                     replications=99, seed=seed).cells[0].p_value for seed in range(200)]
    assert 0.42 < np.mean(p) < 0.60
    assert np.mean(np.array(p) <= 0.1) < 0.17


def test_a_cell_in_which_nothing_can_fall_has_no_ratio_and_leaves_as_null() -> None:
    table = near_repeat([[0, 0], [5, 5]], [0, 1], distances_km=[1], days=[7], replications=9)
    assert table.cells[0].p_value == 1
    assert b'"ratio": null' in results.to_json(table)
    assert list(results.to_frame(table.cells)["observed"]) == [0]


@pytest.mark.parametrize(("distances", "days", "said"), [
    ([], [7], "distances: at least one"), ([0.2, 0.1], [7], "distances: each must be larger"),
    ([0.1], [7, 7], "days: each must be larger"), ([float("inf")], [7], "distances: each must be a finite")])
def test_bands_that_are_none_are_named(distances: list[float], days: list[float], said: str) -> None:
    with pytest.raises(results.BadInput, match=said):
        near_repeat([[0, 0], [1, 1]], [0, 1], distances_km=distances, days=days)
