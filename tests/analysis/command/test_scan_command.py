"""`./run scan` from end to end: what it refuses before it computes, what it prints and writes."""

import argparse
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lokalnet.analysis.command import geojson, progress, scan, writing
from lokalnet.analysis.earth import RADIUS_KM
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan import running
from lokalnet.analysis.scan.found import Cluster, Found
from lokalnet.analysis.scan.study import Kind, Model
from tests.analysis.reference import reference

CASES = "location,count,date\nA,1,2023-01-02\nB,3,2023-01-05\n"
FIRST = Cluster(("A", "B"), "A", 2.5, date(2023, 1, 4), date(2023, 1, 5), 1234, 400.5, 3.081, 2.9, 3.25, 123.45678,
                0.001, 0.0, 0.0037, 1000.0)


@pytest.fixture
def files(tmp_path) -> list[str]:
    (tmp_path / "cases").write_text(CASES)
    (tmp_path / "locations").write_text("location,lat,lon\nA,55.676,12.568\nB,56.162,10.203\n")
    (tmp_path / "plane").write_text("location,x_km,y_km\nA,1,2\nB,3,4\n")
    (tmp_path / "population").write_text("location,year,population\nA,2023,10\nB,2023,20\n")
    return ["--cases", str(tmp_path / "cases"), "--locations", str(tmp_path / "locations")]


@pytest.fixture
def engine(monkeypatch):
    """Notes what it was asked, and finds FIRST."""
    asked = []

    def found(places, cases, settings, **more) -> Found:
        asked.append((places, cases, settings, more))
        return Found((FIRST,), settings, date(2023, 1, 2), date(2023, 1, 5), 4, 2, 4, 16, 2, 0, 0, 19, True,
                     np.arange(19.0))

    monkeypatch.setattr(running, "scan", found)
    return asked


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="./run")
    scan.add_to(parser.add_subparsers())
    given = parser.parse_args(["scan", *map(str, arguments)])
    return given.command(given)


def test_without_further_options_it_is_a_prospective_permutation_scan(files, engine) -> None:
    assert run(*files) == 0
    (places, cases, settings, more), = engine
    assert (settings.model, settings.kind, settings.replications, settings.seed) == (
        Model.PERMUTATION, Kind.PROSPECTIVE, 999, 1)
    assert (places.names, cases.count.tolist(), more["population"], more["threads"]) == (
        ("A", "B"), [1, 3], None, os.cpu_count())


def test_every_option_reaches_the_engine(files, engine, tmp_path) -> None:
    run(*files, "--model", "poisson", "--population", tmp_path / "population", "--retrospective", "--max-km", "2,5",
        "--max-share", "0.3", "--max-days", "3", "--max-time-share", "0.4", "--step-days", "2", "--start", "2023-01-01",
        "--end", "2023-01-31", "--replications", "99", "--seed", "7", "--threads", "2", "--stop-after", "5", "--gumbel")
    (_, _, asked, more), = engine
    assert (asked.model, asked.kind, asked.max_km, asked.max_share, asked.max_days, asked.max_time_share) == (
        Model.POISSON, Kind.RETROSPECTIVE, 2.5, 0.3, 3, 0.4)
    assert (asked.step_days, asked.start, asked.end) == (2, date(2023, 1, 1), date(2023, 1, 31))
    assert (asked.replications, asked.seed, asked.stop_after, asked.gumbel) == (99, 7, 5, True)
    assert more["threads"] == 2 and more["population"].persons.tolist() == [10, 20]


@pytest.mark.parametrize(("options", "said"), [
    ("--max-share 50", "--max-share: 50 is not a share between 0 and 1; for 50 % write 0.5"),
    ("--max-time-share 30%", "for 30 % write 0.3"), ("--max-share 0", "0 is not a share above 0"),
    ("--max-share 101", "not a share above 0, at most 1"),
    ("--start 01/02/2023", '"01/02/2023" is not a date, year-month-day as in 2023-01-26'),
    ("--end 2023-02-30", 'there is no day "2023-02-30"'), ("--start 2023-02-01 --end 2023-01-01", "is after --end"),
    ("--prospective --retrospective", "--prospective and --retrospective exclude each other"),
    ("--purely-spatial", "--purely-spatial: the permutation model compares places with each other over time"),
    ("--population population", "--population: the permutation model needs the cases alone"),
    ("--model poisson", "add --population, or choose --model permutation"), ("--model binomial", "invalid choice"),
    ("--model poisson --purely-temporal --max-km 3", "--max-km: a purely temporal scan takes all places"),
    ("--model poisson --purely-temporal --geojson x", "on no map"),
    ("--model poisson --population p --purely-spatial --max-days 3", "--max-days: a purely spatial scan"),
    ("--max-days 3 --step-days 7", "--max-days 3 is less than one step of 7 days"),
    ("--replications 1e3", '"1e3" is not a whole number'), ("--replications 1000000", "between 0 and 999,999"),
    (f"--seed {2**63}", "does not lie between 0 and"), ("--threads 0", "at least 1"), ("--max-km -1", "or more"),
    ("--leave-out-others", "no others without --start or --end")])
def test_a_mistake_in_the_options_is_explained_before_anything_is_read(engine, capsys, options, said) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--cases", "no such file", "--locations", "none", *options.split())
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert not engine


@pytest.mark.parametrize(("option", "file", "said"), [
    ("--json", "missing/x.json", "there is no folder"), ("--json", ".", "this is a folder, not a file"),
    ("--json", "/proc/x.json", "cannot be written"), ("--geojson", "cases", "this is the file of --cases too"),
    ("--json", "cases/x", "there is no folder")])
def test_a_file_that_cannot_be_written_is_told_beforehand(files, engine, tmp_path, option, file, said) -> None:
    with pytest.raises(BadInput, match=said):
        run(*files, option, tmp_path / file)
    assert not engine


def test_a_map_needs_degrees_and_says_so_before_the_computation(files, engine, tmp_path) -> None:
    with pytest.raises(BadInput, match="a map needs degrees"):
        run(*files[:3], tmp_path / "plane", "--geojson", tmp_path / "x.geojson")
    assert not engine and not (tmp_path / "x.geojson").exists()


def test_the_table_says_what_was_found_and_how_it_was_made(files, engine, capsys) -> None:
    run(*files, "--max-km", "3")
    said = capsys.readouterr().out
    assert "Prospective scan, permutation model: 4 cases at 2 places, 2023-01-02 to 2023-01-05" in said
    row = next(line for line in said.split("\n") if line.startswith("1 "))
    assert " ".join(row.split()) == ("1 2023-01-04 to 2023-01-05 2.50 1,234 400.50 3.08 (2.90 to 3.25) 123.4568 0.001 "
                                     "(0.000 to 0.004) at least 2.7 years")
    assert "2 places: A, B" in said
    assert "radius up to 3 km, up to 50 % of the cases" in said
    assert "19 replications, stopped early of 999, seed 1" in said


def test_nothing_found_is_said(files, monkeypatch, capsys) -> None:
    monkeypatch.setattr(running, "scan", lambda places, cases, settings, **_: Found(
        (), settings, date(2023, 1, 2), date(2023, 1, 5), 4, 2, 4, 16, 2, 0, 0, 999, False, np.zeros(999)))
    run(*files)
    assert "No window held more cases than expected, and at least two." in capsys.readouterr().out


def test_json_holds_the_clusters_the_settings_and_how_they_were_made(files, engine, tmp_path) -> None:
    run(*files, "--json", tmp_path / "x.json", "--seed", "5")
    found = json.loads((tmp_path / "x.json").read_text())
    assert next(iter(found)) == "clusters"
    assert found["clusters"][0] == {
        "locations": ["A", "B"], "center": "A", "radius_km": 2.5, "start": "2023-01-04", "end": "2023-01-05",
        "observed": 1234, "expected": 400.5, "ratio": 3.081, "ratio_low": 2.9, "ratio_high": 3.25,
        "statistic": 123.45678, "p_value": 0.001, "p_low": 0.0, "p_high": 0.0037, "recurrence_interval_days": 1000.0,
        "gumbel_p_value": None}
    assert found["settings"]["seed"] == 5 and found["settings"]["model"] == "permutation"
    assert (found["replications"], found["stopped_early"], found["version"]) == (19, True, running.Found.version)
    assert "simulated" not in found


def test_geojson_is_a_circle_and_its_places(files, engine, tmp_path) -> None:
    run(*files, "--geojson", tmp_path / "x.geojson")
    collection = json.loads((tmp_path / "x.geojson").read_text())
    cluster, *places = collection["features"]
    (ring,) = cluster["geometry"]["coordinates"]
    assert len(ring) == 65 and ring[0] == ring[-1]
    assert cluster["properties"]["rank"] == 1 and cluster["properties"]["start"] == "2023-01-04"
    assert [each["properties"]["location"] for each in places] == ["A", "B"]
    assert [each["geometry"] for each in places] == [{"type": "Point", "coordinates": [12.568, 55.676]},
                                                     {"type": "Point", "coordinates": [10.203, 56.162]}]


@pytest.mark.parametrize(("latitude", "longitude", "radius"), [(55.7, 12.6, 3.0), (0, 0, 0.1), (-33.9, 179.999, 50)])
def test_a_circle_is_as_far_from_its_centre_all_round_and_goes_anticlockwise(latitude, longitude, radius) -> None:
    ring = np.array(geojson.circle(latitude, longitude, radius))
    lon, lat = np.radians(ring).T
    lat_0, lon_0 = np.radians([latitude, longitude])
    haversine = np.sin((lat - lat_0) / 2) ** 2 + np.cos(lat) * np.cos(lat_0) * np.sin((lon - lon_0) / 2) ** 2
    assert 2 * RADIUS_KM * np.arcsin(np.sqrt(haversine)) == pytest.approx(radius, abs=2e-4)
    x, y = (ring - [longitude, latitude]).T
    assert np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) > 0
    assert np.abs(np.diff(ring[:, 0])).max() < 1


def test_an_interrupted_computation_leaves_files_as_they_were(files, monkeypatch, tmp_path) -> None:
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    (tmp_path / "x.json").write_text("before")
    monkeypatch.setattr(running, "scan", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(*files, "--json", tmp_path / "x.json")
    assert (tmp_path / "x.json").read_text() == "before"
    assert not list(tmp_path.glob(".*"))


def test_an_interrupted_writing_leaves_no_half_of_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "x.json").write_text("before")

    def interrupted(self, content) -> None:
        self.write_text("who")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.write(tmp_path / "x.json", b"whole content")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"x.json": "before"}


class Stream:
    def __init__(self, terminal: bool) -> None:
        self.terminal, self.said = terminal, ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> None:
        self.said += text

    def flush(self) -> None: ...


def test_progress_is_told_at_once_on_a_terminal_and_taken_away() -> None:
    stream = Stream(terminal=True)
    with progress.Progress("replications", stream) as told:
        told(32, 1000)
    assert stream.said == "\r32 of 1,000 replications" + "\r" + " " * 24 + "\r"


def test_elsewhere_progress_is_told_only_where_it_takes_long(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    stream = Stream(terminal=False)
    with progress.Progress("replications", stream) as told:
        for second, made in ((1, 10), (2.5, 20), (3, 30), (13, 40)):
            now[0] = 100 + second
            told(made, 999)
    assert stream.said == "20 of 999 replications\n40 of 999 replications\n"


def test_columns_that_the_model_does_not_use_are_told(files, engine, tmp_path, capsys) -> None:
    (tmp_path / "cases").write_text("location,count,date,what\nA,1,2023-01-02,fire\n")
    run(*files)
    assert "the permutation model does not use what" in capsys.readouterr().err


def test_help_and_mistakes_wait_for_nothing_heavy() -> None:
    """numpy and numba take longer to load than all the rest."""
    loaded = ("import sys; from lokalnet.project import commands; commands._parser(); "
              "print([name for name in ('numpy', 'numba', 'pandas', 'scipy', 'django') if name in sys.modules])")
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": "src"}).stdout == "[]\n"


FEVER = ["--max-km", "3", "--max-days", "7", "--threads", "2"]


def test_new_york_fever_by_the_command(tmp_path, capsys) -> None:
    """SaTScan's clusters, prospective: see the reference notes."""
    run("--cases", reference("nyc_fever/cases.csv"), "--locations", reference("nyc_fever/locations.csv"), *FEVER,
        "--json", tmp_path / "x.json", "--geojson", tmp_path / "x.geojson")
    found = json.loads((tmp_path / "x.json").read_text())
    first, second, third, fourth = found["clusters"][:4]
    assert " ".join(first["locations"]) == "11418 11415 11419 11435 11416 11421 11451 11375 11417"
    assert [each["statistic"] for each in (first, second, third, fourth)] == pytest.approx(
        [3.845418, 3.164201, 2.137259, 1.427139], abs=1e-6)
    assert (first["start"], first["end"], first["observed"]) == ("2001-11-22", "2001-11-24", 4)
    assert first["radius_km"] == pytest.approx(2.90, abs=0.005) and first["expected"] == pytest.approx(0.67, abs=0.005)
    assert first["p_value"] == pytest.approx(0.216, abs=0.055)
    assert first["recurrence_interval_days"] == pytest.approx(1 / first["p_value"])
    shapes = [each["geometry"]["type"] for each in json.loads((tmp_path / "x.geojson").read_text())["features"][:4]]
    assert shapes == ["Polygon", "Point", "Point", "Polygon"]
    assert "9 places: 11418, 11415, 11419, 11435, 11416, 11421, 11451, 11375 and 1 more" in capsys.readouterr().out


def test_a_date_far_from_all_others_and_an_open_end_are_told(tmp_path, capsys, engine) -> None:
    (tmp_path / "l.csv").write_text("location,x_km,y_km\na,0,0\nb,1,1\n")
    (tmp_path / "c.csv").write_text("location,count,date\na,1,2023-01-02\nb,1,2023-01-05\na,2,2032-01-05\n")
    run("--cases", tmp_path / "c.csv", "--locations", tmp_path / "l.csv")
    said = capsys.readouterr().err
    assert "2032-01-05 lies 3,287 days from the next day with a case, 2023-01-05; is the year right?" in said
    assert "without --end, what is alive on 2032-01-05 is looked for" in said
