"""Who is whose neighbour, by looking at every pair."""

import numpy as np
import pytest

from lokalnet.analysis.local.neighbours import given, nearest, row_standardised, with_itself, within_distance
from lokalnet.analysis.results import BadInput


def points(count: int = 40) -> np.ndarray:
    return np.random.default_rng(count).random((count, 2))


def lists(found) -> list[list[int]]:
    return [found.indices[a:b].tolist() for a, b in zip(found.indptr[:-1], found.indptr[1:], strict=True)]


def test_within_a_distance_are_all_pairs_that_are_no_farther() -> None:
    away = np.linalg.norm(points()[:, None] - points()[None], axis=2)
    np.fill_diagonal(away, 9)
    assert lists(within_distance(points(), 0.2)) == [np.flatnonzero(row <= 0.2).tolist() for row in away]


def test_nearest_are_the_first_by_distance_and_of_ties_the_first_by_number() -> None:
    grid = np.array([(x * 0.4, y * 0.4) for x in range(5) for y in range(5)])
    for places in (points(), grid, np.zeros((6, 2))):
        away = np.linalg.norm(places[:, None] - places[None], axis=2).round(9)
        np.fill_diagonal(away, 9)
        expected = [sorted(np.argsort(row, kind="stable")[:3].tolist()) for row in away]
        assert lists(nearest(places, 3)) == expected


def test_islands_are_named_and_sum_to_nothing() -> None:
    found = within_distance(np.array([[0, 0], [1, 0], [9, 9.0]]), 1)
    assert found.islands.tolist() == [2]
    assert found.lag(np.array([3, 5, 7.0])).tolist() == [5, 3, 0]
    assert within_distance(np.array([[0, 0], [1, 0.0]]), 0.5).islands.tolist() == [0, 1]


def test_rows_are_standardised_with_and_without_the_cell_itself() -> None:
    found = row_standardised(within_distance(np.array([[0, 0], [1, 0], [2, 0], [9, 9.0]]), 1))
    assert found.total().tolist() == [1, 1, 1, 0]
    joined = with_itself(found)
    assert lists(joined) == [[1, 0], [0, 2, 1], [1, 2], [3]]
    assert joined.weights == pytest.approx([1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 1])


@pytest.mark.parametrize(("indptr", "indices", "weights", "field"), [
    ([0, 1, 0], [1], [1], "indptr"), ([1, 1, 1], [], [], "indptr"), ([0, 1, 2], [1], [1], "as many"),
    ([0, 1, 2], [1, 2], [1, 1], "from 0 to 1"), ([0, 1, 2], [0, 0], [1, 1], "its own"),
    ([0, 2, 2], [1, 1], [1, 1], "twice"), ([0, 1, 2], [1, 0], [1, 0], "positive")])
def test_rows_that_are_none_are_refused(indptr, indices, weights, field) -> None:
    with pytest.raises(BadInput, match=field):
        given(indptr, indices, weights)


@pytest.mark.parametrize("wrong", [
    lambda: within_distance(points(), 0), lambda: within_distance(np.array([[np.nan, 1]]), 1),
    lambda: nearest(points(), 40), lambda: nearest(points(), 0)])
def test_a_rule_that_makes_no_neighbours_is_refused(wrong) -> None:
    with pytest.raises(BadInput, match=r"distance|coordinates|count"):
        wrong()
