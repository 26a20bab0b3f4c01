"""`nearrepeat` and `density` answer for a file, and say what is wrong with a file or an option."""

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.analysis.command import density, fields, nearrepeat
from lokalnet.analysis.command.points_file import read_events, read_points
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
    ("95,12,2024-01-01,1", ", lat: 95 does not lie between -90 and 90"),
    ("55,181,2024-01-01,1", ", lon: 181 does not lie between -180 and 180"),
    ("55,x,2024-01-01,1", ', lon: "x" is not a number'), ("55,nan,2024-01-01,1", ', lon: "nan" is not a number'),
    ("55,12,2024-02-30,1", ', date: there is no day "2024-02-30"'),
    ("55,12,20240101,1", ', date: "20240101" is not a date'), ("55,12,2024-01-01,-1", ', count: "-1" is not a whole'),
    ("55,12,2024-01-01,", ", count: is empty"), ("55,,2024-01-01,1", ", lon: is empty"), ("55", ": 1 fields"),
    ("55,1,12,4,2024-01-01,1", ": 6 fields, but the heading has 4")])
def test_a_bad_row_is_named_by_line_and_rule(write: Write, row: str, said: str) -> None:
    path = write("lat,lon,date,count", "55,12,2024-01-01,1", "", row)
    with pytest.raises(BadInput) as caught:
        read_events(path)
    assert f"{path}: some rows cannot be used\n  line 4{said}" in str(caught.value)


def test_twenty_bad_rows_are_named_and_the_others_counted(write: Write) -> None:
    with pytest.raises(BadInput) as caught:
        read_points(write("x_km,y_km", *["?,1"] * 1033))
    first, *lines = str(caught.value).splitlines()
    assert first.endswith("points.csv: some rows cannot be used") and len(lines) == 21
    assert lines[-1] == "  and 1,013 more"


@pytest.mark.parametrize(("lines", "said"), [
    (["lat,date", "1,2024-01-01"], 'there is no column lon; the first line has "lat", "date"'),
    (["lat,lon", "1,1"], "there is no column date"), (["x_km,y_km,date"], "no row below it"),
    (["x_km,y_km,date,count", "1,1,2024-01-01,0"], "count is 0 in every row"), ([""], "the file is empty"),
    (["date", "2024-01-01"], "neither columns lat and lon nor x_km and y_km"),
    (["lat,lon,x_km,date", "1,1,1,2024-01-01"], "columns for degrees and for kilometres"),
    (["lat,lon,date", "12.568,55.676,2024-01-01"], "lat and lon are exchanged"),
    (["x_km,y_km,date", "725000,6175000,2024-01-01"], "if these are metres, divide by 1,000")])
def test_a_file_of_another_kind_is_named(write: Write, lines: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_events(write(*lines))


@given(st.sampled_from(["lat,lon,date,count\n", "x_km;y_km;date\n", ""]),
       st.lists(st.sampled_from([*",;\n\r\"-1. ", "55,12,2024-01-01,1\n", "1,5;2;2024-01-08\n", "e9", "\0"])))
def test_whatever_a_file_holds_is_read_or_explained(tmp_path_factory: pytest.TempPathFactory, heading: str,
                                                    pieces: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(heading + "".join(pieces))
    try:
        points = read_points(path)
    except BadInput:
        return
    assert points.counts.min() > 0 and len(points.counts) == len(points.at.given)


def test_a_danish_spreadsheet_writes_semicolons_and_a_comma_before_the_decimals(write: Write) -> None:
    events = read_events(write("\ufeffX_km;Y_km;Date;Count", "1,5;2;2024-01-03;2", ";;;", '"0,5";-2;2024-01-01;1'))
    assert events.places.tolist() == [[1.5, 2], [1.5, 2], [0.5, -2]]
    assert np.diff(events.days).tolist() == [0, -2]


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path, write: Write) -> None:
    with pytest.raises(BadInput, match="there is no such file"):
        read_points(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="this is a folder"):
        read_points(tmp_path)
    (tmp_path / "latin.csv").write_bytes("x_km,y_km\n1,\xe6".encode("latin-1"))
    with pytest.raises(BadInput, match="line 2 is not UTF-8"):
        read_points(tmp_path / "latin.csv")


@pytest.mark.parametrize("words", [["nearrepeat"], ["density", "--bandwidth", 1]])
def test_a_file_that_cannot_be_written_is_told_beforehand(tmp_path: Path, words: list[object]) -> None:
    with pytest.raises(BadInput, match="there is no folder"):
        run(*words, "--points", "not read.csv", "--json", tmp_path / "no" / "x.json")
    with pytest.raises(BadInput, match="this is the file of --points too"):
        run(*words, "--points", tmp_path / "x", "--json", tmp_path / "x")


@pytest.mark.parametrize(("words", "said"), [
    ("nearrepeat --distances 0.1,x", '"x" is not a number'), ("nearrepeat --distances 0.4,0.1", "does not rise"),
    ("nearrepeat --days 7,7", "does not rise"), ("nearrepeat --days -1,7", "does not rise, from 0 or more"),
    ("nearrepeat --replications 0", "0 does not lie between 1 and 999,999"),
    ("nearrepeat --seed -1", '"-1" is not a whole number'), ("nearrepeat --threads 0", "0 is too few; at least 1"),
    ("density --bandwidth wide", '"wide" is neither a rule (scott, likelihood) nor a number of kilometres'),
    ("density --bandwidth 0", "it should be a number of kilometres above 0"),
    ("density --bandwidth 1 --cell -1", "-1 is not a number of kilometres"), ("density", "--bandwidth"),
    ("density --bandwidth 1 --kernel box", "invalid choice: 'box'")])
def test_a_mistake_in_the_options_is_explained_before_anything_is_read(words: str, said: str,
                                                                       capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*words.replace(" -1", "=-1").split(), "--points", "no such file")
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_bands_may_be_written_with_a_comma_before_the_decimals() -> None:
    assert fields.rising("0,1; 0,2") == fields.rising("0.1,0.2") == [0.1, 0.2]


def test_a_map_needs_degrees(write: Write, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a map needs degrees, but .*points\.csv has x_km and y_km"):
        run("density", "--bandwidth", 1, "--points", write("x_km,y_km", "1,1"), "--geojson", tmp_path / "x")


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
