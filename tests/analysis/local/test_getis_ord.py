"""Gi and Gi* against the reference file, esda, and what they promise."""

import warnings

import numpy as np
import orjson
import pytest
from libpysal.weights import W
from scipy.stats import norm

from lokalnet.analysis.local.getis_ord import gi, gi_star
from lokalnet.analysis.local.neighbours import Neighbours, nearest, row_standardised, within_distance
from lokalnet.analysis.local.statistic import LocalSettings, cells_of
from lokalnet.analysis.results import BadInput, to_frame, to_json
from tests.analysis.reference import reference

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from esda import G_Local
    from esda import crand as esda_crand
    from esda import getisord as esda_getisord

NORMAL = LocalSettings(permutations=0)
RNG = np.random.default_rng(1992)
PLACES, RATES = RNG.random((150, 2)), RNG.gamma(2, 3, 150)
NEAR = nearest(PLACES, 5)


def in_libpysal(neighbours: Neighbours) -> W:
    ends = neighbours.indptr
    return W({cell: neighbours.indices[ends[cell]:ends[cell + 1]].tolist() for cell in range(neighbours.cells)},
             silence_warnings=True)


def interpret(monkeypatch, module, statistic: str) -> None:
    """esda's permutations without compiling them, which takes longer than these tests."""
    for name in ("vec_permutations", "compute_chunk", "_permutation_significance"):
        monkeypatch.setattr(esda_crand, name, getattr(esda_crand, name).py_func)
    monkeypatch.setattr(module, statistic, getattr(module, statistic).py_func)


@pytest.mark.filterwarnings("ignore")
def esda(values, neighbours, *, star: bool, transform: str = "B", permutations: int = 0) -> G_Local:
    return G_Local(values, in_libpysal(neighbours), transform=transform, star=star, permutations=permutations, n_jobs=1,
                   seed=1)


def test_gi_star_is_the_reference() -> None:
    x, y, counts, expected = np.loadtxt(reference("scan/ref_gistar_spdep.csv"), delimiter=",", skiprows=1).T
    found = gi_star(counts, within_distance(np.column_stack([x, y]), 0.6), NORMAL)
    assert found.z == pytest.approx(expected, abs=1e-10)
    assert found.z.max() == pytest.approx(15.7359995602, abs=1e-10)


@pytest.mark.parametrize(("ours", "star"), [(gi, False), (gi_star, True)])
def test_statistic_and_moments_are_those_of_esda(ours, star) -> None:
    found, theirs = ours(RATES, NEAR, NORMAL), esda(RATES, NEAR, star=star)
    assert found.statistic == pytest.approx(theirs.Gs, abs=1e-10)
    assert found.expected == pytest.approx(theirs.EGs, abs=1e-10)
    assert found.deviation**2 == pytest.approx(theirs.VGs, abs=1e-10)
    assert found.z == pytest.approx(theirs.Zs, abs=1e-10)
    assert found.p_value == pytest.approx(2 * theirs.p_norm, abs=1e-10)


@pytest.mark.parametrize(("ours", "star"), [(gi, False), (gi_star, True)])
@pytest.mark.filterwarnings("ignore")
def test_in_standardised_rows_the_share_is_that_of_esda_and_the_distance_that_of_weights_of_one(ours, star) -> None:
    """esda takes the sum of the weights for the sum of their squares, which holds for weights of one only."""
    found = ours(RATES, row_standardised(NEAR), NORMAL)
    assert found.statistic == pytest.approx(esda(RATES, NEAR, star=star, transform="R").Gs, abs=1e-10)
    assert found.z == pytest.approx(ours(RATES, NEAR, NORMAL).z, abs=1e-10)


@pytest.mark.filterwarnings("ignore")
def test_permutation_p_values_are_those_of_esda_within_the_error_of_both(monkeypatch) -> None:
    """esda's one-sided p of the nearer tail, of values without ties; four standard errors of the difference."""
    interpret(monkeypatch, esda_getisord, "_g_local_crand")
    found = gi(RATES, NEAR, LocalSettings(permutations=4_999))
    theirs = 2 * esda(RATES, NEAR, star=False, permutations=4_999).p_sim
    error = 2 * np.sqrt(2 * theirs / 2 * (1 - theirs / 2) / 5_000)
    assert (np.abs(found.p_value - np.minimum(theirs, 1)) <= 4 * error + 2 / 5_000).all()
    assert ((found.p_low <= found.p_value) & (found.p_value <= found.p_high)).all()
    assert gi_star(RATES, NEAR, LocalSettings(permutations=4_999)).p_value.tolist() == found.p_value.tolist()


def test_one_sided_tests_ask_for_one_side() -> None:
    greater, less = (gi(RATES, NEAR, LocalSettings(alternative=side, permutations=999)) for side in ("greater", "less"))
    assert greater.p_normal == pytest.approx(norm.sf(greater.z))
    assert greater.p_normal + less.p_normal == pytest.approx(1)
    assert greater.p_value + less.p_value == pytest.approx(1 + 1 / 1000)  # no ties
    assert (np.corrcoef(greater.p_value, greater.p_normal)[0, 1]) > 0.99


def test_where_nothing_is_few_cells_stand_out_and_where_something_is_they_do() -> None:
    rng = np.random.default_rng(4)
    grid = np.array([(x, y) for x in range(20) for y in range(20)], float)
    near, planted = within_distance(grid, 1.5), np.abs(grid - (5, 12)).max(axis=1) <= 2
    settings = LocalSettings(alternative="greater", permutations=1_999)
    chance = [gi(rng.poisson(3, 400), near, settings).stands_out.any() for _ in range(40)]
    assert np.mean(chance) <= 0.05 + 4 * np.sqrt(0.05 * 0.95 / 40)
    found = gi(rng.poisson(np.where(planted, 9, 3)), near, settings)
    assert found.stands_out[planted].mean() > 0.7
    assert set(np.array(found.kind)[found.stands_out]) == {"hot"}


def test_an_island_is_named_and_not_tested() -> None:
    places = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [9, 9.0]])
    near, counts = within_distance(places, 1), np.array([1, 4, 4, 2, 3])
    found = gi(counts, near, LocalSettings(permutations=99))
    assert (found.islands.tolist(), found.kind[4]) == ([4], "")
    assert np.isnan([found.statistic[4], found.z[4], found.p_value[4], found.p_low[4], found.p_adjusted[4]]).all()
    assert not found.stands_out[4]
    assert np.isfinite(found.p_adjusted[:4]).all()
    alone = gi_star(counts, near, LocalSettings(permutations=99))
    assert alone.z[4] == pytest.approx((3 - counts.mean()) / counts.std())
    assert np.isnan(alone.p_value[4])


@pytest.mark.parametrize("value", [0, 0.1, 7])
def test_where_all_values_are_the_same_nothing_stands_out(value) -> None:
    for found in (gi(np.full(150, value), NEAR), gi_star(np.full(150, value), NEAR, NORMAL)):
        assert np.isnan(found.z).all()
        assert not found.stands_out.any()


def test_a_cell_that_holds_nearly_everything_does_not_blur_its_own_surroundings() -> None:
    """Where 1e9 of 1e9 lie in one cell, the others' spread cannot be had by taking its own off the whole."""
    counts = np.r_[1e9, RNG.poisson(3, 149)]
    others = np.delete(counts, 0)
    around = NEAR.lag(counts)[0]
    spread = others.std() * np.sqrt(5 * (149 - 5) / 148)
    assert gi(counts, NEAR, NORMAL).z[0] == pytest.approx((around - 5 * others.mean()) / spread, abs=1e-9)


def test_it_leaves_as_json_and_as_a_frame() -> None:
    found = gi_star(RATES, NEAR, LocalSettings(permutations=99, seed=3))
    said = orjson.loads(to_json(found))
    assert (said["settings"]["seed"], said["neighbours"]["count"], said["version"]) == (3, 5, "1")
    assert len(said["z"]) == len(said["kind"]) == 150
    frame = to_frame(cells_of(found))
    assert frame["p_value"].tolist() == found.p_value.tolist()
    assert to_frame(cells_of(gi(RATES, NEAR, NORMAL)))["p_low"].isna().all()


@pytest.mark.parametrize(("wrong", "field"), [
    (lambda: gi(RATES[:-1], NEAR), "values"), (lambda: gi(-RATES, NEAR), "negative"),
    (lambda: gi(np.r_[RATES[:-1], np.nan], NEAR), "finite"), (lambda: LocalSettings(permutations=-1), "permutations"),
    (lambda: LocalSettings(alternative="both"), "alternative"), (lambda: LocalSettings(seed=-1), "seed"),
    (lambda: LocalSettings(procedure="bonferroni"), "procedure"),
    (lambda: LocalSettings(false_discovery_rate=0), "false_discovery_rate")])
def test_what_cannot_be_told_is_refused(wrong, field) -> None:
    with pytest.raises(BadInput, match=field):
        wrong()
