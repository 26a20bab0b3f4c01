"""Steps, windows and circles: the limits that were asked for, both where both are."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.circles import along_curve, circles_around
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.steps import steps_between, windows_of
from lokalnet.analysis.scan.study import Cases, Kind, Model, Places, Population, Settings
from tests.analysis.scan.studies import lived_in, made

SMALL = Settings(replications=9, start=date(2024, 1, 1), end=date(2024, 1, 20))


def test_steps_are_counted_back_from_the_last_day() -> None:
    steps = steps_between(date(2024, 1, 1), date(2024, 1, 10), 4)
    assert steps.edges.tolist() == [date(2024, 1, 1), date(2024, 1, 3), date(2024, 1, 7), date(2024, 1, 11)]
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-10"], "datetime64[D]")
    assert steps.of(days).tolist() == [0, 0, 1, 2]
    assert steps_between(date(2024, 1, 1), date(2024, 1, 8), 4).number == 2
    assert steps_between(date(2024, 1, 1), date(2024, 1, 1), 7).number == 1


@pytest.mark.parametrize(("settings", "longest"), [
    (Settings(), 5), (Settings(max_time_share=0.3), 3), (Settings(max_days=4), 4), (Settings(max_days=30), 5),
    (Settings(max_days=9, step_days=4), 2), (Settings(max_time_share=0.2, max_days=4), 2)])
def test_both_limits_of_time_apply(settings: Settings, longest: int) -> None:
    windows = windows_of(settings, 11)
    assert (windows.last - windows.first + 1).max() == longest and set(windows.last) == {10}
    both = windows_of(replace(settings, kind=Kind.RETROSPECTIVE), 11)
    assert (both.last - both.first + 1).max() == longest
    assert len(set(zip(both.first, both.last, strict=True))) == len(both.first) == sum(
        11 - length + 1 for length in range(1, longest + 1))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_window_holds_what_fell_into_its_steps(kind: Kind) -> None:
    model = Model.POISSON
    windows, each = windows_of(Settings(kind=kind, model=model), 9), np.random.default_rng(1).integers(0, 9, (4, 9))
    held = windows.within(windows.running(each))
    for window, (first, last) in enumerate(zip(windows.first, windows.last, strict=True)):
        assert held[:, window].tolist() == each[:, first:last + 1].sum(axis=1).tolist()


def test_time_that_leaves_no_window_is_refused() -> None:
    with pytest.raises(BadInput, match="not one step of 7 days"):
        windows_of(Settings(max_days=6, step_days=7), 20)


def test_circles_take_places_by_distance_and_ties_by_lesser_coordinate() -> None:
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0], [5, 5, 0]], float)
    circles = circles_around(points, np.ones(6), max_km=np.inf, max_weight=6, threads=2)
    assert circles.around(0).tolist() == [0, 3, 4, 2, 1, 5]
    assert circles.around(5).tolist()[0] == 5


def test_both_limits_of_space_apply() -> None:
    places, _ = made(4, places=40)
    weights = np.arange(40.0)
    for centre in range(40):
        circle = circles_around(places.points, weights, max_km=4, max_weight=200, threads=1).around(centre)
        away = np.linalg.norm(places.points - places.points[centre], axis=1)
        assert away[circle].max(initial=0) <= 4 and weights[circle].sum() <= 200
        ordered = np.argsort(away, kind="stable")
        following = ordered[len(circle)]
        assert away[following] > 4 or weights[circle].sum() + weights[following] > 200
        assert sorted(circle) == sorted(ordered[:len(circle)])


def test_neighbours_on_the_curve_are_neighbours_in_the_city() -> None:
    points = np.stack(np.meshgrid(np.arange(16.0), np.arange(16.0)), axis=-1).reshape(-1, 2)
    path = points[along_curve(points, bits=4)]
    assert np.abs(np.diff(path, axis=0)).sum(axis=1).max() == 1


def test_a_cluster_in_time_alone_is_of_all_places() -> None:
    places, cases = made(1, cases=80)
    many = np.full(40, np.datetime64("2024-01-12"))
    cases = Cases(np.append(cases.place, np.zeros(40, int)), np.append(cases.count, np.ones(40, int)),
                  np.append(cases.day, many), np.zeros(120, np.int64))
    found = scan(places, cases, replace(SMALL, model=Model.POISSON, kind=Kind.TEMPORAL, replications=99))
    best = found.clusters[0]
    assert (best.start, best.end) == (date(2024, 1, 12), date(2024, 1, 12))
    assert len(best.locations) == len(places.names) and (best.center, best.radius_km, best.p_value) == ("", 0, 0.01)


def test_a_cluster_in_space_alone_is_of_all_days() -> None:
    places, cases = made(1, cases=80)
    cases = replace(cases, count=np.where(cases.place == 3, 12, 1))
    settings = replace(SMALL, model=Model.POISSON, kind=Kind.SPATIAL, replications=99)
    best = scan(places, cases, settings, population=lived_in(places)).clusters[0]
    assert "p3" in best.locations and (best.start, best.end) == (SMALL.start, SMALL.end)
    assert best.recurrence_interval_days is None and best.p_value == 0.01


@pytest.mark.parametrize(("settings", "message"), [
    ({"kind": Kind.SPATIAL}, "choose the Poisson model"), ({"max_share": 0}, "max-share"),
    ({"max_share": 50}, "max-share"),
    ({"max_km": -1}, "max-km"), ({"step_days": 0}, "step-days"), ({"replications": -1}, "replications"),
    ({"start": date(2024, 2, 1), "end": date(2024, 1, 1)}, "start is not after")])
def test_settings_that_make_no_sense_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Settings(**settings)  # type: ignore[arg-type]


def test_data_that_the_model_cannot_use_are_refused() -> None:
    places, cases = made(1)
    with pytest.raises(BadInput, match="are not between"):
        scan(places, cases, replace(SMALL, end=date(2024, 1, 15)))
    with pytest.raises(BadInput, match="give the population"):
        scan(places, cases, replace(SMALL, model=Model.POISSON))
    with pytest.raises(BadInput, match="leave it out"):
        scan(places, cases, SMALL, population=lived_in(places))
    nothing = Cases(*(each[:0] for each in (cases.place, cases.count, cases.day, cases.cell)))
    with pytest.raises(BadInput, match="there are none"):
        scan(places, nothing, SMALL)
    with pytest.raises(BadInput, match="allow a larger one"):
        scan(Places.on_plane(["one"], np.zeros(1), np.zeros(1)),
             replace(cases, place=np.zeros_like(cases.place)), SMALL)


def test_as_far_as_the_limit_is_within_it_also_where_a_grid_rounds() -> None:
    """On cells of 0.4 km every inner centre has 5 places within 0.4 km and 81 within 2 km."""
    points = 0.2 + 0.4 * np.stack(np.meshgrid(np.arange(30), np.arange(30)), axis=-1).reshape(-1, 2).astype(float)
    inner = np.flatnonzero(((points > 2.1) & (points < 9.9)).all(axis=1))
    for limit, number in ((0.4, 5), (1.2, 29), (2.0, 81)):
        circles = circles_around(np.column_stack([points, np.zeros(900)]), np.ones(900), max_km=limit, max_weight=900,
                                 threads=1)
        assert {len(circles.around(centre)) for centre in inner} == {number}


def test_places_at_one_point_are_one_however_they_are_listed() -> None:
    names, x = ["a", "b", "c", "d"], np.array([0.0, 0.0, 5.0, 9.0])
    day = np.datetime64("2024-01-01") + np.array([19, 19, 18, 3, 5, 9, 12, 2])
    which = np.array(["a", "b", "b", "c", "d", "c", "d", "c"])
    answers = []
    for order in ([0, 1, 2, 3], [1, 0, 3, 2]):
        listed = [names[one] for one in order]
        cases = Cases(np.array([listed.index(name) for name in which]), np.full(8, 2), day, np.zeros(8, np.int64))
        answers.append(scan(Places.on_plane(listed, x[order], np.zeros(4)), cases, SMALL).clusters[0])
    one, other = answers
    assert set(one.locations) == set(other.locations) == {"a", "b"}
    assert (one.statistic, one.observed, one.p_value) == (other.statistic, other.observed, other.p_value)


@pytest.mark.parametrize(("count", "said"), [
    ([-1, 5], "not negative"), ([10**9, 1], "more than the 10,000,000"), ([2**62, 2**62], "more than the 10,000,000")])
def test_counts_that_cannot_be_are_refused(count: list[int], said: str) -> None:
    places, _ = made(1)
    day = np.array(["2024-01-01", "2024-01-20"], "datetime64[D]")
    with pytest.raises(BadInput, match=said):
        scan(places, Cases(np.zeros(2, np.int64), np.array(count), day, np.zeros(2, np.int64)), SMALL)


def test_a_mistaken_year_is_refused_before_it_takes_all_memory() -> None:
    cases = made(1)[1]
    for kind, said in ((Kind.RETROSPECTIVE, "Are all dates right"), (Kind.PROSPECTIVE, "GB or more")):
        with pytest.raises(BadInput, match=said):
            scan(Places.on_plane([str(n) for n in range(900)], np.arange(900.0), np.zeros(900)), cases,
                 replace(SMALL, kind=kind, start=date(203, 1, 1)), threads=4)


def test_a_share_of_the_time_loses_no_step_by_rounding() -> None:
    for share, number, longest in ((0.29, 100, 29), (0.58, 50, 29), (0.57, 200, 114), (0.5, 5, 2)):
        assert len(windows_of(Settings(max_time_share=share), number).low) == longest


def test_cases_when_nobody_lived_there_are_named() -> None:
    """Until 10 January nobody lives at a place, from 11 January on a hundred do; its case is of 2 January."""
    places, cases = made(1)
    others = lived_in(places)
    days = np.array(["2024-01-10", "2024-01-11"], "datetime64[D]")
    people = Population(np.append(others.place[1:], [0, 0]), np.append(others.persons[1:], [0, 100]),
                        np.append(others.day[1:], days), np.append(others.cell, 0))
    cases = replace(cases, place=np.where(cases.place == 0, 1, cases.place))
    cases = replace(cases, place=np.append(cases.place[1:], 0),
                    day=np.append(cases.day[1:], np.datetime64("2024-01-02")))
    with pytest.raises(BadInput, match="nobody lived at the time, the first at p0 on 2024-01-02"):
        scan(places, cases, replace(SMALL, model=Model.POISSON), population=people)
