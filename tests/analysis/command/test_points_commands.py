"""`nearrepeat` and `density` answer for a file, and say what is wrong with a file or an option."""

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from lokalnet.analysis.command import density, nearrepeat
from lokalnet.analysis.command.points_file import read_points
from lokalnet.analysis.earth import RADIUS_KM, on_sphere, plane_around
from lokalnet.analysis.points.knox import knox
from lokalnet.analysis.results import BadInput
from tests.analysis.points.test_knox import city

FIRST = date(2023, 1, 2)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(*lines: str) -> Path:
        path = tmp_path / "points.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return made


@pytest.fixture
def city_file(write: Write) -> Path:
    places, times = city()
    return write("x_km,y_km,date", *(f"{x},{y},{FIRST + timedelta(int(day))}"
                                     for (x, y), day in zip(places.tolist(), times, strict=True)))


def run(*words: object) -> int:
    parser = argparse.ArgumentParser(prog="./run")
    commands = parser.add_subparsers(required=True)
    nearrepeat.add_to(commands)
    density.add_to(commands)
    arguments = parser.parse_args([str(word) for word in words])
    return arguments.command(arguments)


def test_near_repeats_of_a_file_are_printed_and_written(city_file: Path, tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "answer.json"
    assert run("nearrepeat", "--points", city_file, "--distances", "0.2,0.4", "--days", "7,14", "--replications", 99,
               "--seed", 5, "--threads", 2, "--json", kept) == 0
    said = capsys.readouterr().out
    assert "2,000 events, 99 permutations of their dates, seed 5." in said
    assert "over 0.2 to 0.4  over 7 to 14" in said
    answer = json.loads(kept.read_bytes())
    assert answer["cells"][0]["observed"] == 57
    assert sum(cell["observed"] for cell in answer["cells"]) == 575
    assert answer["settings"] == {"distances_km": [0.2, 0.4], "days": [7, 14], "replications": 99, "seed": 5,
                                  "level": 0.95}


def test_density_of_a_file_has_the_reference_maximum(city_file: Path, tmp_path: Path,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "answer.json"
    assert run("density", "--points", city_file, "--bandwidth", 0.5, "--no-edge-correction", "--json", kept) == 0
    assert "2,000 points on 200 x 200 cells of 0.1 km" in capsys.readouterr().out
    answer = json.loads(kept.read_bytes())
    assert np.max(answer["density"]["per_km2"]) == pytest.approx(41.7201096297, rel=5e-4)
    assert np.shape(answer["interval"]["low"]) == (200, 200)
    assert answer["density"]["settings"]["edge"] == "none"


def test_a_count_stands_for_that_many_points(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "answer.json"
    path = write("count,date,lon,note,lat", "2,2024-01-01,12.5,\"a, b\",55.7", "1,2024-01-03,12.5,,55.7",
                 "0,2024-01-03,12.5,,55.7")
    assert run("nearrepeat", "--points", path, "--distances", "0,1", "--days", "1,7", "--replications", 9,
               "--json", kept) == 0
    assert [cell["observed"] for cell in json.loads(kept.read_bytes())["cells"]] == [1, 2, 0, 0]
    assert capsys.readouterr().out.startswith("3 events")
    assert run("density", "--points", path, "--bandwidth", 1) == 0
    assert capsys.readouterr().out.startswith("3 points")


def test_cells_become_geojson_where_the_points_lie(write: Write, tmp_path: Path) -> None:
    drawn = tmp_path / "cells.geojson"
    path = write("lat,lon", "55.70,12.50", "55.70,12.50", "55.71,12.52")
    assert run("density", "--points", path, "--bandwidth", 0.2, "--kernel", "quartic", "--geojson", drawn) == 0
    cells = json.loads(drawn.read_bytes())["features"]
    densest = max(cells, key=lambda cell: cell["properties"]["per_km2"])
    ring = np.array(densest["geometry"]["coordinates"][0])
    assert (ring.min(axis=0) <= (12.50, 55.70)).all()
    assert (ring.max(axis=0) >= (12.50, 55.70)).all()
    assert densest["properties"]["low"] < densest["properties"]["per_km2"] < densest["properties"]["high"]


@pytest.mark.parametrize("rule", ["scott", "likelihood"])
def test_a_bandwidth_by_rule_is_said(city_file: Path, rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("density", "--points", city_file, "--bandwidth", rule, "--cell", 0.5) == 0
    assert f"km (by {rule})" in capsys.readouterr().out


@pytest.mark.parametrize(("row", "said"), [
    ("95,12,2024-01-01,1", "lat: 95 lies outside -90 to 90"), ("55,x,2024-01-01,1", "lon: \"x\" is no number"),
    ("55,nan,2024-01-01,1", "lon: must be a finite"), ("55,12,2024-02-30,1", "date: \"2024-02-30\" is no day"),
    ("55,12,20240101,1", "date: \"20240101\" is no day"), ("55,12,2024-01-01,-1", "count: \"-1\" is no whole"),
    ("55,12,2024-01-01,", "count: \"\" is no whole"), ("55", "lon: \"\" is no number"),
    ("55,1,12,4,2024-01-01,1", "has more fields than the first line")])
def test_a_bad_row_is_named_by_line_and_rule(write: Write, row: str, said: str) -> None:
    path = write("lat,lon,date,count", "55,12,2024-01-01,1", "", row)
    with pytest.raises(BadInput) as caught:
        read_points(path, dated=True)
    assert f"{path}, line 4: {said}" in str(caught.value)


def test_twenty_bad_rows_are_named_and_the_others_counted(write: Write) -> None:
    with pytest.raises(BadInput) as caught:
        read_points(write("x_km,y_km", *["?,1"] * 1033), dated=False)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 1,013 more"


@pytest.mark.parametrize(("lines", "said"), [
    (["lat,date", "1,2024-01-01"], "either lat,lon or x_km,y_km,date; found: lat,date"),
    (["lat,lon", "1,1"], "the column date is missing"), (["x_km,y_km,date"], "has no points"),
    ([""], "found: nothing")])
def test_a_file_of_another_kind_is_named(write: Write, lines: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_points(write(*lines), dated=True)


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path, write: Write) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read_points(tmp_path / "none.csv", dated=False)
    (tmp_path / "latin.csv").write_bytes("x_km,y_km\n1,\xe6".encode("latin-1"))
    with pytest.raises(BadInput, match="no CSV file in UTF-8"):
        read_points(tmp_path / "latin.csv", dated=False)
    with pytest.raises(BadInput, match="cannot be written"):
        run("density", "--points", write("x_km,y_km", "1,1"), "--bandwidth", 1, "--json", tmp_path / "no" / "x.json")


@pytest.mark.parametrize(("words", "said"), [
    (["nearrepeat", "--distances", "0.1,x"], "is no list of numbers"),
    (["density", "--bandwidth", "wide"], "neither km (written like 0.5) nor scott nor likelihood"),
    (["density"], "--bandwidth"), (["density", "--bandwidth", "1", "--kernel", "box"], "invalid choice: 'box'")])
def test_a_mistake_in_an_option_is_explained(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(*words, "--points", "x.csv")
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("words", "said"), [
    (["nearrepeat", "--distances", "0.4,0.1"], "distances: each must be larger"),
    (["nearrepeat", "--replications", "0"], "replications: at least 1"),
    (["density", "--bandwidth", "0"], "bandwidth: must be a number of km larger"),
    (["density", "--bandwidth", "1", "--cell", "-1"], "cell: must be"),
    (["density", "--bandwidth", "1", "--geojson", "x"], "needs points with lat and lon")])
def test_an_option_that_cannot_be_is_named(write: Write, words: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        run(*words, "--points", write("x_km,y_km,date", "1,1,2024-01-01", "2,2,2024-01-01"))


def test_degrees_become_chords_or_a_plane() -> None:
    degrees = np.array([[55.6, 12.4], [55.7, 12.6], [55.65, 12.5]])
    chord = np.linalg.norm(np.subtract(*on_sphere(degrees)[:2]))
    latitudes, along = np.radians(degrees[:2, 0]), np.radians(0.2)
    angle = np.arccos(np.sin(latitudes).prod() + np.cos(latitudes).prod() * np.cos(along))
    assert chord == pytest.approx(2 * RADIUS_KM * np.sin(angle / 2))
    plane = plane_around(degrees)
    assert np.linalg.norm(np.subtract(*plane.km(degrees)[:2])) == pytest.approx(chord, rel=1e-4)
    assert plane.degrees(plane.km(degrees)) == pytest.approx(degrees)
    with pytest.raises(BadInput, match="do not fit on a plane"):
        plane_around(np.array([[50.0, 8], [56, 8]]))


def test_the_test_is_the_same_on_the_sphere() -> None:
    places, times = city()
    plane = plane_around(np.array([[0.0, 0.0], [0.0, 0.0]]))
    flat, round_ = (knox(at, times, distance_km=0.4, days=14, replications=19).observed
                    for at in (places, on_sphere(plane.degrees(places))))
    assert abs(flat - round_) <= 2
