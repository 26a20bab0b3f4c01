"""Knox's test is what pointpats and R say; its kernels are their readable versions."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lokalnet.analysis import results
from lokalnet.analysis.points import counting, readable
from lokalnet.analysis.points.knox import knox
from lokalnet.analysis.points.pairs import close_pairs, pairs_within
from lokalnet.analysis.points.permuting import observed_counts, simulated_counts
from tests.analysis.reference import reference

coordinates = st.integers(0, 6).map(lambda n: n / 4)
events = st.lists(st.tuples(coordinates, coordinates, st.sampled_from([0, 1, 1.5, 2, 7, 8, 30])), min_size=2,
                  max_size=12)


def city() -> tuple[np.ndarray, np.ndarray]:
    table = np.loadtxt(reference("scan/synthA_points.csv"), delimiter=",", skiprows=1)
    return table[:, :2], table[:, 2]


@pytest.mark.parametrize(("distance", "days", "pairs", "p_poisson"),
                         [(0.2, 7, 57, 0.9948386), (0.4, 14, 575, 0.5164123)])
def test_it_is_what_r_and_pointpats_say(distance: float, days: float, pairs: int, p_poisson: float) -> None:
    places, times = city()
    found = knox(places, times, distance_km=distance, days=days, replications=99)
    assert found.observed == pairs
    assert found.p_poisson == pytest.approx(p_poisson, abs=1e-7)


def test_with_the_permutations_of_pointpats_its_p_value_is_ours() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pointpats import Knox
    places, times = city()
    places, times = places[:500], times[:500]
    np.random.seed(3)
    theirs = Knox(places, times[:, None], delta=0.4, tau=14, permutations=60, keep=True)
    pairs = close_pairs(places, [0.4])
    np.random.seed(3)
    ours = [observed_counts(pairs, times[np.random.permutation(len(times))], [14]).item() for _ in range(60)]
    assert ours == theirs.sim.tolist()
    assert (1 + sum(count >= theirs.nst for count in ours)) / 61 == theirs.p_sim
    found = knox(places, times, distance_km=0.4, days=14, replications=4999)
    assert found.observed == theirs.nst
    assert found.expected == pytest.approx(theirs.expected[0, 0])
    assert found.p_value == pytest.approx(theirs.p_sim, abs=4 * np.sqrt(0.25 / 60))


@settings(max_examples=150, deadline=None)
@given(events, st.sampled_from([[0.25], [0, 0.5], [0.3, 0.75, 1.5]]), st.sampled_from([[7], [0, 1, 6.5], [0.4, 40]]))
def test_each_pair_counts_once_in_its_band_as_in_the_readable_version(
        rows: list[tuple[float, float, float]], distances: list[float], days: list[float]) -> None:
    places, times = np.array(rows, float)[:, :2], np.array(rows, float)[:, 2]
    pairs = close_pairs(places, distances)
    assert np.array_equal(observed_counts(pairs, times, days),
                          readable.table_of_pairs(places, times, distances, days))
    everywhere = readable.table_of_pairs(np.zeros_like(places), times, [1], days)
    assert np.array_equal(pairs_within(times, days), everywhere[0])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(0, 25), st.integers(0, 2**64 - 1))
def test_times_are_dealt_as_in_the_readable_version(times: list[int], needed: int, key: int) -> None:
    dealt = np.array(times, np.float32)
    counting.shuffle(dealt, needed, np.uint64(key))
    assert dealt.tolist() == readable.shuffled(times, needed, key)
    assert sorted(dealt.tolist()) == sorted(times)


@settings(max_examples=60, deadline=None)
@given(events, st.integers(0, 2**32))
def test_each_permutation_is_counted_as_in_the_readable_version(rows: list[tuple[float, float, float]],
                                                                seed: int) -> None:
    places, times = np.array(rows, float)[:, :2], np.array(rows, float)[:, 2]
    pairs = close_pairs(places, [0.3, 0.75])
    found = simulated_counts(pairs, times, [1, 7], replications=3, seed=seed)
    for key, counted in zip(np.random.SeedSequence(seed).generate_state(3, np.uint64), found, strict=True):
        dealt = readable.shuffled(times[pairs.order].tolist(), pairs.involved, int(key))
        assert np.array_equal(counted, readable.table_of_pairs(places[pairs.order], np.array(dealt), [0.3, 0.75],
                                                               [1, 7]))


def test_every_order_of_the_times_comes_equally_often() -> None:
    counts: dict[tuple[float, ...], int] = {}
    for key in np.random.SeedSequence(5).generate_state(12_000, np.uint64):
        dealt = np.arange(4, dtype=np.float32)
        counting.shuffle(dealt, 4, key)
        counts[tuple(dealt.tolist())] = counts.get(tuple(dealt.tolist()), 0) + 1
    assert len(counts) == 24
    assert sum((count - 500) ** 2 / 500 for count in counts.values()) < 49.7  # chi-squared, 23 df, p 0.001


def test_the_expected_count_is_the_mean_of_the_permutations() -> None:
    places, times = city()
    found = knox(places, times, distance_km=0.4, days=14)
    simulated = simulated_counts(close_pairs(places, [0.4]), times, [14], replications=2000, seed=2)
    assert simulated.mean() == pytest.approx(found.expected, abs=4 * simulated.std() / np.sqrt(2000))


@pytest.mark.parametrize("shift", [0, 0.25])
def test_threads_do_not_change_the_answer_and_more_replications_keep_the_first(shift: float) -> None:
    places, times = city()
    times = times + shift * (np.arange(len(times)) % 2)
    pairs = close_pairs(places, [0.2])
    one, two = (simulated_counts(pairs, times, [7], replications=101, seed=4, threads=threads) for threads in (1, 3))
    assert np.array_equal(one, two)
    assert np.array_equal(one[:20], simulated_counts(pairs, times, [7], replications=20, seed=4))


def test_events_that_follow_each_other_are_found() -> None:
    random = np.random.default_rng(8)
    places, times = random.uniform(0, 10, (300, 2)), np.floor(random.uniform(0, 365, 300))
    places = np.concatenate((places, places[:40] + random.normal(0, 0.03, (40, 2))))
    found = knox(places, np.concatenate((times, times[:40] + 3)), distance_km=0.2, days=7)
    assert found.p_value == 0.001
    assert found.low > 3


@pytest.mark.parametrize(("rows", "observed", "p"), [
    ([(0, 0, 1), (9, 9, 1)], 0, 1.0),  # nothing near
    ([(0, 0, 1)] * 5, 10, 1.0),        # everything the same
    ([(0, 0, 1), (0, 0, 99)], 0, 1.0)])
def test_where_there_is_nothing_to_find_p_is_one(rows: list[tuple[float, float, float]], observed: int,
                                                 p: float) -> None:
    table = np.array(rows, float)
    found = knox(table[:, :2], table[:, 2], distance_km=1, days=7, replications=9)
    assert (found.observed, found.p_value) == (observed, p)
    assert b'"version"' in results.to_json(found)


@pytest.mark.parametrize(("change", "said"), [
    ({"distance_km": -1}, "distance: each must be"), ({"days": float("nan")}, "days: each must be"),
    ({"replications": 0}, "replications"), ({"threads": 0}, "threads"), ({"seed": -1}, "seed"), ({"level": 1}, "level"),
    ({"places": [[0, 0]], "times": [1]}, "at least 2"), ({"times": [1]}, "one per event"),
    ({"times": [1, float("inf")]}, "finite"), ({"places": [[0], [1]]}, "two coordinates")])
def test_bad_input_is_named(change: dict[str, object], said: str) -> None:
    given = {"places": [[0, 0], [1, 1]], "times": [1, 2], "distance_km": 1, "days": 7, **change}
    with pytest.raises(results.BadInput, match=said):
        knox(given.pop("places"), given.pop("times"), **given)
