"""Local Moran's I against esda, and against Gi."""

import warnings

import numpy as np
import pytest

from lokalnet.analysis.local.getis_ord import gi
from lokalnet.analysis.local.moran import local_moran
from lokalnet.analysis.local.neighbours import row_standardised, within_distance
from lokalnet.analysis.local.statistic import LocalSettings
from tests.analysis.local.test_getis_ord import NEAR, NORMAL, RATES, in_libpysal, interpret

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from esda import Moran_Local
    from esda import moran as esda_moran

QUADRANTS = np.array(["", "HH", "LH", "LL", "HL"])
COUNTS = np.random.default_rng(1995).poisson(2, 150).astype(float)


def esda(values, *, transform: str, permutations: int = 0) -> Moran_Local:
    return Moran_Local(values, in_libpysal(NEAR), transformation=transform, permutations=permutations, seed=1)


@pytest.mark.parametrize("values", [RATES, COUNTS])
@pytest.mark.parametrize(("transform", "neighbours"), [("r", row_standardised(NEAR)), ("b", NEAR)])
@pytest.mark.filterwarnings("ignore")
def test_statistic_quadrants_and_moments_are_those_of_esda(values, transform, neighbours) -> None:
    """esda's moments are of n / (n - 1) times its statistic (Sokal et al. 1998); ours are of the statistic."""
    found, theirs = local_moran(values, neighbours, NORMAL), esda(values, transform=transform)
    assert found.statistic == pytest.approx(theirs.Is, abs=1e-10)
    assert list(found.kind) == QUADRANTS[theirs.q].tolist()
    assert found.expected == pytest.approx(theirs.EIc * 149 / 150, abs=1e-10)
    assert found.deviation**2 == pytest.approx(theirs.VIc * (149 / 150) ** 2, abs=1e-10)


def test_given_the_cell_its_distance_is_that_of_gi_signed_by_its_own_side() -> None:
    found, around = local_moran(RATES, row_standardised(NEAR), NORMAL), gi(RATES, NEAR, NORMAL)
    assert found.z == pytest.approx(np.sign(RATES - RATES.mean()) * around.z, abs=1e-9)


@pytest.mark.parametrize("values", [RATES, COUNTS])
@pytest.mark.filterwarnings("ignore")
def test_permutations_are_those_of_esda_within_the_error_of_both(values, monkeypatch) -> None:
    """Counted in esda's own simulations, a tie on both sides: four standard errors of the difference."""
    interpret(monkeypatch, esda_moran, "_moran_local_crand")
    found = local_moran(values, row_standardised(NEAR), LocalSettings(alternative="greater", permutations=4_999))
    theirs = esda(values, transform="r", permutations=4_999)
    p = ((theirs.sim >= theirs.Is - 1e-10).sum(axis=0) + 1) / 5_000
    assert (np.abs(found.p_value - p) <= 4 * np.sqrt(2 * p * (1 - p) / 5_000) + 2 / 5_000).all()
    assert theirs.sim.mean(axis=0) == pytest.approx(found.expected, abs=0.1)


def test_less_asks_for_cells_unlike_their_neighbours() -> None:
    alternating = np.array([9, 1] * 20, float)
    chain = row_standardised(within_distance(np.arange(40.0)[:, None], 1))
    found = local_moran(alternating, chain, LocalSettings(alternative="less", permutations=999))
    assert set(found.kind) == {"HL", "LH"}
    assert (found.p_value[1:-1] < 0.5).all()
    assert (local_moran(alternating, chain, LocalSettings(alternative="greater")).p_value > 0.99).all()


def test_a_cell_at_the_mean_and_an_island_are_like_nobody() -> None:
    places = np.array([0, 1, 2, 3, 9.0])[:, None]
    found = local_moran([1, 3, 5, 2, 4], within_distance(places, 1), LocalSettings(permutations=99))
    assert (found.statistic[1], found.p_value[1]) == (0, 1)
    assert np.isnan([found.z[1], found.statistic[4], found.p_value[4]]).all()
    assert (found.kind[4], found.islands.tolist()) == ("", [4])


@pytest.mark.parametrize("permutations", [0, 99])
def test_where_all_values_are_the_same_nothing_stands_out(permutations) -> None:
    found = local_moran(np.full(150, 0.1), NEAR, LocalSettings(permutations=permutations))
    assert np.isnan(found.statistic).all()
    assert not found.stands_out.any()
    assert set(found.kind) == {""}
