"""Which points are believable, and where many points lie at once."""

import random
import uuid

import pytest
import shapely

from lokalnet.places.areas import Places
from lokalnet.places.points import BadPoint, Bounds, cell_of, cells_of, check_point

VESTEGNEN = Bounds(12.2, 55.6, 12.7, 55.85)


@pytest.mark.parametrize("point", [(12.2, 55.6), (12.7, 55.85), (12.45, 55.7)])
def test_points_within_the_bounds_and_on_them_are_taken(point) -> None:
    check_point(*point, VESTEGNEN)


@pytest.mark.parametrize(("point", "reason"), [
    ((55.7, 12.45), "swapped"), ((720_000, 6_180_000), "metres"), ((12.45, 91), "metres"), ((0, 0), "out-of-bounds"),
    ((12.19, 55.7), "out-of-bounds"), ((12.45, 55.86), "out-of-bounds"), ((float("nan"), 55.7), "not-a-number"),
    ((12.45, float("inf")), "not-a-number")])
def test_a_refused_point_has_a_reason(point, reason) -> None:
    with pytest.raises(BadPoint) as refused:
        check_point(*point, VESTEGNEN)
    assert refused.value.reason == reason and str(refused.value)


def test_many_points_get_the_cells_that_each_would_get_alone() -> None:
    chance = random.Random(37)
    points = [(chance.uniform(12.2, 12.7), chance.uniform(55.6, 55.85)) for _ in range(200)]
    assert cells_of(*zip(*points, strict=True), 25832) == [cell_of(*point, 25832) for point in points]
    assert cells_of([], [], 25832) == []


def test_a_cell_lies_in_itself_and_is_at_most_250_metres_wide() -> None:
    cell = cell_of(12.3633, 55.7311, 25832)
    assert cell_of(cell.longitude, cell.latitude, 25832) == cell
    assert abs(cell.longitude - 12.3633) < 0.0025 and abs(cell.latitude - 55.7311) < 0.0015


def test_many_points_get_the_areas_that_each_would_get_alone() -> None:
    boxes = [("neighbourhood", (12.3, 55.7, 12.35, 55.75)), ("municipality", (12.3, 55.7, 12.4, 55.8)),
             ("parish", (12.3, 55.7, 12.38, 55.78))]
    ids = tuple(uuid.UUID(int=number) for number in range(3))
    index = Places(ids, tuple(kind for kind, _ in boxes), shapely.STRtree([shapely.box(*box) for _, box in boxes]))
    points = [(12.32, 55.72), (12.5, 55.9), (12.39, 55.79), (12.36, 55.76)]
    assert index.areas_of(*zip(*points, strict=True)) == [
        [ids[1], ids[2], ids[0]], [], [ids[1]], [ids[1], ids[2]]]
    assert [index.areas_at(*point) for point in points] == index.areas_of(*zip(*points, strict=True))
    assert Places((), (), shapely.STRtree([])).areas_of([12.3], [55.7]) == [[]]
