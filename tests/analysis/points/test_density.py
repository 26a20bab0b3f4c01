"""Density by Fourier transform is the exact sum within what is promised, puts back what edges take, wraps nothing."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lokalnet.analysis import results
from lokalnet.analysis.points import readable
from lokalnet.analysis.points.density import cells, density, interval_of
from lokalnet.analysis.points.grid import Grid, grid_around
from lokalnet.analysis.points.raster import bin_linearly
from lokalnet.analysis.points.smoothing import SHAPES
from tests.analysis.points.test_knox import city

CITY = Grid(0, 0, 0.1, 200, 200)
SMALL = Grid(-1, 2, 0.2, 12, 17)
PROMISED = {"gaussian": 0.0025, "quartic": 0.0025, "epanechnikov": 0.02}  # of each point's peak


def heights(kernel: str, bandwidth: float):
    return partial(SHAPES[kernel].heights, bandwidth_km=bandwidth)


def test_the_exact_sum_has_the_reference_maximum_and_the_grid_is_near_it() -> None:
    places, _ = city()
    exact = readable.density(places, np.ones(len(places)), CITY.x, CITY.y, heights("gaussian", 0.5))
    assert exact.max() == pytest.approx(41.7201096297, abs=1e-9)
    found = density(places, grid=CITY, bandwidth_km=0.5, edge="none")
    assert np.abs(found.per_km2 - exact).max() < 0.0005 * exact.max()
    assert found.per_km2.argmax() == exact.argmax()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-3, 5), st.floats(0, 7), st.integers(0, 5)), min_size=1, max_size=8),
       st.sampled_from(sorted(SHAPES)), st.sampled_from([0.3, 0.8, 2.5]))
def test_it_is_the_exact_sum_within_what_is_promised_also_of_points_beyond_the_grid(
        rows: list[tuple[float, float, int]], kernel: str, bandwidth: float) -> None:
    table = np.array(rows, float)
    found = density(table[:, :2], counts=table[:, 2], grid=SMALL, bandwidth_km=bandwidth, kernel=kernel, edge="none")
    exact = readable.density(table[:, :2], table[:, 2], SMALL.x, SMALL.y, heights(kernel, bandwidth))
    most = PROMISED[kernel] * table[:, 2].sum() * SHAPES[kernel].peak(bandwidth)
    assert np.abs(found.per_km2 - exact).max() <= most + 1e-12
    squares = readable.density(table[:, :2], table[:, 2], SMALL.x, SMALL.y,
                               lambda squared: SHAPES[kernel].heights(squared, bandwidth) ** 2)
    assert np.abs(found.standard_error**2 - squares).max() <= 2 * most * SHAPES[kernel].peak(bandwidth) + 1e-12


@pytest.mark.parametrize("kernel", sorted(SHAPES))
def test_each_kernel_has_mass_one_and_the_spread_it_says(kernel: str) -> None:
    shape = SHAPES[kernel]
    for masses in (shape.in_cells(2, 0.1), shape.on_cells(2, 0.1) * 0.01):
        offsets = (np.arange(len(masses)) - len(masses) // 2) * 0.1
        assert masses.sum() == pytest.approx(1, abs=1e-3)
        assert np.sqrt(masses.sum(axis=0) @ offsets**2) == pytest.approx(2 * shape.spread, rel=2e-3)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(-2, 8), st.floats(-2, 8), st.floats(0, 3)), max_size=10))
def test_points_are_shared_out_as_in_the_readable_version(rows: list[tuple[float, float, float]]) -> None:
    table = np.array(rows, float).reshape(-1, 3)
    columns = [np.ascontiguousarray(column) for column in table.T]
    bins = np.zeros((6, 5))
    bin_linearly(*columns, bins)
    assert bins == pytest.approx(readable.shared_out(*columns, (6, 5)))


def test_nothing_wraps_round_to_the_other_side() -> None:
    found = density([[0.01, 10]], grid=CITY, bandwidth_km=0.5, edge="none")
    assert found.per_km2[:, 100:].max() < 1e-12
    assert found.per_km2[95:105, 0].min() > 0.1


@pytest.mark.parametrize("kernel", sorted(SHAPES))
@pytest.mark.parametrize("edge", ["uniform", "diggle"])
def test_what_the_edge_takes_is_put_back_in_a_window_of_any_form(kernel: str, edge: str) -> None:
    window = np.ones((SMALL.rows, SMALL.columns), bool)
    window[:5, :6] = window[8:, 10] = False
    rows, columns = np.nonzero(window)
    corners = np.stack([SMALL.x[columns], SMALL.y[rows]], axis=1) - SMALL.cell_km / 2
    places = np.array([[-0.9, 4.1], [0.5, 3.3], [2.2, 2.1], [1.4, 3.0]])
    found = density(places, grid=SMALL, bandwidth_km=0.8, kernel=kernel, edge=edge, window=window)
    height = heights(kernel, 0.8)
    inside = partial(readable.mass_inside, corners=corners, height=height, cell=SMALL.cell_km)
    each = np.array([1 / inside(place) if edge == "diggle" else 1.0 for place in places])
    exact = readable.density(places, each, SMALL.x, SMALL.y, height)
    for i, j in ((5, 0), (0, 8), (7, 10), (11, 16), (4, 6)):
        here = inside(np.array([SMALL.x[j], SMALL.y[i]])) if edge == "uniform" else 1.0
        assert found.per_km2[i, j] == pytest.approx(exact[i, j] / here, abs=PROMISED[kernel] * exact.max())
    assert np.isnan(found.per_km2[~window]).all()
    if edge == "diggle":
        assert np.nansum(found.per_km2) * SMALL.cell_km**2 == pytest.approx(4, rel=5e-3)


def test_an_even_density_is_even_to_the_edge() -> None:
    x = (np.arange(100) + 0.5) / 10
    places = np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2)
    grid = grid_around(places, cell_km=0.5)
    even, uncorrected = (density(places, grid=grid, bandwidth_km=1, edge=edge).per_km2 for edge in ("uniform", "none"))
    assert np.abs(even / 100 - 1).max() < 0.01
    assert uncorrected.min() < 50


def test_points_outside_the_window_are_left_out_and_said() -> None:
    window = np.ones((SMALL.rows, SMALL.columns), bool)
    window[0, 0] = False
    places = [[-0.9, 2.1], [1, 3], [99, 3], [2.4, 4.4]]  # in the cell taken out, within, far away, at the very corner
    found = density(places, counts=[1, 2, 4, 8], grid=SMALL, bandwidth_km=0.5, window=window)
    assert (found.points, found.outside) == (10, 5)


def test_the_interval_of_a_density_holds_the_smoothed_truth_about_as_often_as_it_says() -> None:
    random, grid = np.random.default_rng(4), Grid(0, 0, 1, 10, 10)
    held = []
    for _ in range(120):
        places = random.uniform(0, 10, (random.poisson(150), 2))
        found = interval_of(density(places, grid=grid, bandwidth_km=0.6))
        held.append((found.low <= 1.5) & (found.high >= 1.5))
    assert 0.945 < np.mean(held) < 0.99  # at least what it says, a little more where points are few


def test_where_no_point_is_the_density_may_still_be_above_zero() -> None:
    found = density([[0.5, 0.5]], grid=Grid(0, 0, 1, 1, 30), bandwidth_km=0.5, edge="none")
    interval = interval_of(found)
    assert found.per_km2[0, -1] == interval.low[0, -1] == 0
    assert interval.high[0, -1] == pytest.approx(-np.log(0.025) * SHAPES["gaussian"].peak(0.5))
    assert (interval.low <= found.per_km2).all()
    assert (found.per_km2 <= interval.high).all()


def test_cells_of_the_window_become_rows_of_a_data_frame() -> None:
    window = np.zeros((SMALL.rows, SMALL.columns), bool)
    window[3, 4:6] = True
    found = density([[0, 2.7]], grid=SMALL, bandwidth_km=0.5, window=window)
    frame = results.to_frame(cells(found, interval_of(found)))
    assert frame["x_km"].tolist() == pytest.approx([-0.1, 0.1])
    assert frame["per_km2"].tolist() == found.per_km2[3, 4:6].tolist()
    assert (frame["low"] < frame["high"]).all()


def test_threads_do_not_change_it_and_it_leaves_as_json() -> None:
    places, _ = city()
    one, two = (density(places, grid=SMALL, bandwidth_km=1.0, threads=threads) for threads in (1, 2))
    assert np.array_equal(one.per_km2, two.per_km2)
    assert b'"bandwidth_km": 1.0' in results.to_json(one)


@pytest.mark.parametrize(("change", "said"), [
    ({"bandwidth_km": 0}, "bandwidth: must be"), ({"kernel": "box"}, "kernel: is one of"),
    ({"edge": "x"}, "edge: is one"), ({"places": []}, "at least one row"), ({"counts": [-1]}, "counts: one for each"),
    ({"places": [[np.nan, 1]]}, "finite"), ({"window": np.ones((2, 2), bool)}, "window: 12 x 17"),
    ({"bandwidth_km": 1e4}, "bandwidth: 10000"), ({"bandwidth_km": 1e-6}, "bandwidth: 1e-06")])
def test_bad_input_is_named(change: dict[str, object], said: str) -> None:
    given = {"places": [[1, 3]], "grid": SMALL, "bandwidth_km": 1, **change}
    with pytest.raises(results.BadInput, match=said):
        density(given.pop("places"), **given)


@pytest.mark.parametrize(("cell", "rows", "said"), [(0, 1, "cell"), (1, 0, "at least one row"), (1, 9**9, "more than")])
def test_a_grid_that_is_none_is_named(cell: float, rows: int, said: str) -> None:
    with pytest.raises(results.BadInput, match=said):
        Grid(0, 0, cell, rows, 1)
