"""The kernel against the readable version (the same counts), and both against every way to deal the values out."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lokalnet.analysis.local import readable
from lokalnet.analysis.local.neighbours import Neighbours, NeighbourSettings, nearest, row_standardised, within_distance
from lokalnet.analysis.local.permutation import permuted


@st.composite
def cells(draw) -> tuple[np.ndarray, Neighbours]:
    """Few cells with counts, ties, zeros or rates, and any neighbours, none and all among them."""
    n = draw(st.integers(3, 8))
    value = draw(st.sampled_from([st.integers(0, 3).map(float), st.just(0.1), st.floats(0, 100)]))
    values = np.array(draw(st.lists(value, min_size=n, max_size=n)))
    touching = np.array(draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))).reshape(n, n)
    np.fill_diagonal(touching, False)
    rows, columns = np.nonzero(touching)
    weight = draw(st.sampled_from([st.just(1.0), st.floats(0.1, 5)]))
    weights = np.array(draw(st.lists(weight, min_size=len(rows), max_size=len(rows))), np.float64)
    indptr = np.searchsorted(rows, np.arange(n + 1)).astype(np.int64)
    return values, Neighbours(indptr, columns.astype(np.int64), weights, NeighbourSettings("given", "given"))


@settings(max_examples=60, deadline=None)
@given(cells(), st.integers(0, 2**64 - 1))
def test_kernel_and_readable_version_count_the_same(given_cells, seed) -> None:
    values, neighbours = given_cells
    compiled = permuted(values, neighbours, permutations=25, seed=seed, threads=1)
    plain = readable.permuted(values, neighbours, permutations=25, seed=seed)
    assert compiled.at_least.tolist() == plain.at_least.tolist()
    assert compiled.at_most.tolist() == plain.at_most.tolist()


def test_the_answer_is_the_same_for_any_number_of_threads() -> None:
    rng = np.random.default_rng(1)
    values, neighbours = rng.poisson(3, 500).astype(float), nearest(rng.random((500, 2)), 6)
    one, three = (permuted(values, neighbours, permutations=199, seed=7, threads=threads) for threads in (1, 3))
    assert (one.at_least == three.at_least).all()
    assert (one.at_most == three.at_most).all()
    other = permuted(values, neighbours, permutations=199, seed=8, threads=1)
    assert (one.at_least != other.at_least).any()


def test_shares_are_those_of_every_way_to_deal_the_values_out() -> None:
    values, neighbours = np.array([4, 0, 1, 2, 2, 7.0]), nearest(np.random.default_rng(2).random((6, 2)), 3)
    drawn = permuted(values, neighbours, permutations=40_000, seed=3)
    observed = neighbours.lag(values)
    for cell in range(6):
        sums = np.array([sum(way) for way in permutations(np.delete(values, cell), 3)])
        assert drawn.at_least[cell] / 40_000 == pytest.approx((sums >= observed[cell]).mean(), abs=0.01)
        assert drawn.at_most[cell] / 40_000 == pytest.approx((sums <= observed[cell]).mean(), abs=0.01)


def test_sums_that_differ_by_their_order_alone_are_ties() -> None:
    """0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1: with all others as neighbours every deal gives the observed sum."""
    values = np.array([0.1, 0.2, 0.3, 0.7, 1.1])
    everyone = row_standardised(within_distance(np.arange(5.0)[:, None], 9))
    drawn = permuted(values, everyone, permutations=50, seed=1)
    assert drawn.at_least.tolist() == drawn.at_most.tolist() == [50] * 5
