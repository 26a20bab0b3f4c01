"""`./run trend` reads series, says which weeks were unusual, and explains mistakes by line and rule."""

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.analysis.command import trend
from lokalnet.analysis.command.series_file import read_series
from lokalnet.analysis.results import BadInput

Write = Callable[[str], Path]
MONDAYS = [date(2018, 1, 1) + timedelta(7 * week) for week in range(320)]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "series.csv"
        path.write_text(text)
        return path
    return written


def _run(*options: object) -> int:
    parser = argparse.ArgumentParser()
    trend.add_to(parser.add_subparsers())
    arguments = parser.parse_args(["trend", "--threads", "1", *map(str, options)])
    return int(arguments.command(arguments))


def _wide(*, outbreak: int | None = 300) -> str:
    counts = np.random.default_rng(3).poisson(6, size=(2, len(MONDAYS)))
    if outbreak is not None:
        counts[1, outbreak] = 60
    rows = [f"{day},{north},{south}" for day, north, south in zip(MONDAYS, *counts, strict=True)]
    return "\n".join(["date,north,south", *rows])


@pytest.mark.parametrize("method", trend.METHODS)
def test_every_method_finds_the_outbreak(method: str, write: Write, tmp_path: Path,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--series", write(_wide()), "--method", method, "--json", tmp_path / "found.json") == 0
    found = json.loads((tmp_path / "found.json").read_bytes())
    most = max(found["alarms"], key=lambda alarm: alarm["observed"])
    assert (most["series"], most["date"], most["observed"]) == ("south", str(MONDAYS[300]), 60)
    assert most["observed"] > most["upper"] > most["expected"]
    assert found["settings"]["method"] == method and found["version"]
    assert [series["name"] for series in found["series"]] == ["north", "south"]
    assert len(found["series"][0]["dates"]) == len(found["series"][0]["upper"]) == 52
    assert f"south   {MONDAYS[300]}     60" in capsys.readouterr().out


def test_long_and_wide_say_the_same(write: Write) -> None:
    wide = read_series(write("date,a,b\n2024-01-01,1,2\n2024-01-08,3,4\n"))
    long = read_series(write("series,date,count\na,2024-01-01,1\nb,2024-01-01,2\na,2024-01-08,3\nb,2024-01-08,4\n"))
    assert wide.names == long.names == ["a", "b"]
    assert wide.mondays == long.mondays
    assert wide.counts.tolist() == long.counts.tolist() == [[1, 3], [2, 4]]


def test_a_week_missing_within_a_series_counts_as_nothing_and_one_outside_is_not_there(write: Write) -> None:
    read = read_series(write("series,date,count\na,2024-01-01,1\na,2024-01-22,1\nb,2024-01-08,5\nb,2024-01-15,5\n"))
    assert read.filled == 2
    assert read.counts[0].tolist() == [1, 0, 0, 1]
    assert (read.begins.tolist(), read.ends.tolist()) == ([0, 1], [4, 3])


def test_it_says_that_missing_weeks_count_as_nothing(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    text = _wide().split("\n")
    _run("--series", write("\n".join(text[:50] + text[53:])))
    assert "6 weeks are not in the file" in capsys.readouterr().out


@pytest.mark.parametrize(("row", "rule"), [
    ("a,2024-01-02,1", "line 2, date: 2024-01-02 is a Tuesday; the date of a week is its Monday"),
    ("a,soon,1", 'line 2, date: "soon" is not a date'),
    ("a,2024-01-01,-1", 'line 2, count: "-1" is not a whole number'),
    ("a,2024-01-01,1.5", 'line 2, count: "1.5" is not a whole number'),
    ("a,2024-01-01,1000000000", 'line 2, count: "1000000000" is not a whole number below a thousand million'),
    ("a,2024-01-01,", "line 2, count: is empty; it should be a whole number, 0 or more"),
    (",2024-01-01,1", "line 2, series: is empty"),
    ("a,2024-01-01", "line 2: 2 fields, but the heading has 3"),
    ("a,2024-01-01,1\na,2024-01-01,2", "line 3, date: series and date are already on line 2"),
    ("a,1824-01-05,1\na,2024-01-01,2", "more than the 5,200 of a century")])
def test_a_bad_row_is_named_by_line_and_rule(row: str, rule: str, write: Write) -> None:
    with pytest.raises(BadInput) as problem:
        read_series(write(f"series,date,count\n{row}\n"))
    assert rule in str(problem.value)


def test_twenty_bad_rows_are_named_and_the_others_counted(write: Write) -> None:
    with pytest.raises(BadInput) as problem:
        read_series(write("series,date,count\n" + "a,never,1\n" * 33))
    assert str(problem.value).count("line ") == 20
    assert str(problem.value).endswith("and 13 more")


@pytest.mark.parametrize(("rows", "rule"), [
    ("2024-01-01,1,x", 'line 2, South: "x" is not a whole number'), ("2024-01-01,,1", "line 2, north: is empty"),
    ("2024-01-03,1,1", "line 2, date: 2024-01-03 is a Wednesday"), ("2024-01-01,1", "line 2: 2 fields"),
    ("2024-01-01,1,1\n2024-01-01,1,1", "line 3, date: it is already on line 2")])
def test_a_bad_row_of_a_wide_file_is_named_by_line_series_and_rule(rows: str, rule: str, write: Write) -> None:
    with pytest.raises(BadInput) as problem:
        read_series(write(f"date,north,South\n{rows}\n"))
    assert rule in str(problem.value)


def test_a_spreadsheet_writes_semicolons_a_mark_and_blank_lines_and_series_keep_their_names(write: Write) -> None:
    read = read_series(write("\ufeffDate;Nørre ; Sønder\n2024-01-01;1;2\n;;\n\n2024-01-15;3;4\n"))
    assert read.names == ["Nørre", "Sønder"]
    assert (read.counts.tolist(), read.filled) == ([[1, 0, 3], [2, 0, 4]], 2)


def test_columns_that_no_one_uses_may_stand_beside_a_series(write: Write) -> None:
    read = read_series(write('note,count,series,Date\n"a, b",1,north,2024-01-01\n'))
    assert (read.names, read.counts.tolist()) == (["north"], [[1]])


@pytest.mark.parametrize("text", ["date\n2024-01-01\n", "when,count\n2024-01-01,1\n", "date,a,\n2024-01-01,1,1\n",
                                  "series,count\na,1\n"])
def test_a_file_of_another_kind_is_refused(text: str, write: Write) -> None:
    with pytest.raises(BadInput, match="there are columns series, date and count, or date and one for each series"):
        read_series(write(text))


@pytest.mark.parametrize(("text", "said"), [
    ("", "the file is empty"), ("date,a\n", "no row below it"), ("date,a,A\n2024-01-01,1,1\n", 'is called "a"')])
def test_a_file_that_is_no_table_is_explained(text: str, said: str, write: Write) -> None:
    with pytest.raises(BadInput, match=said):
        read_series(write(text))


@given(st.sampled_from(["series,date,count\n", "date;a;b\n", "date\ta\n", ""]),
       st.lists(st.sampled_from([*"ab,;\t\n\r\"-1 ", "2024-01-01", "a,2024-01-08,1\n", "2024-01-08;1;2\n", "\0"])))
def test_whatever_a_file_holds_is_read_or_explained(tmp_path_factory: pytest.TempPathFactory, heading: str,
                                                    pieces: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(heading + "".join(pieces))
    try:
        read = read_series(path)
    except BadInput:
        return
    assert (read.ends > read.begins).all() and len(read.names) == len(read.counts)


@pytest.mark.parametrize(("options", "rule"), [
    (["--method", "ears", "--b", 3], "--b says nothing to ears"),
    (["--method", "cusum", "--alpha", 0.1], "--alpha says nothing to cusum"),
    (["--alpha", 2], "2 is not a share between 0 and 1; for 2 % write 0.02"),
    (["--alpha", 1], "it should be a share below 1"), (["--b", 0], "0 is too few; at least 1"),
    (["--w", 26], "26 does not lie between 0 and 25"), (["--threads", 0], "0 is too few; at least 1"),
    (["--from", "yesterday"], '"yesterday" is not a date, year-month-day'),
    (["--from", "2024-01-01", "--to", "2023-01-01"], "--from 2024-01-01 is after --to 2023-01-01")])
def test_a_mistake_in_the_options_is_explained_before_anything_is_read(options: list[object], rule: str,
                                                                       capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        _run("--series", "no such file", *options)
    assert stopped.value.code == 2
    assert rule in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize(("options", "rule"), [
    (["--to", "2030-01-01"], "--to: 2030-01-01 lies outside the file, which has 2018-01-01 to 2024-02-12"),
    (["--from", "2030-01-01"], "--from: 2030-01-01 lies outside the file"),
    (["--b", 9], "farrington-flexible needs 474 weeks up to the one it judges, and the longest series has 320"),
    (["--to", "2020-01-06"], "no series has enough weeks before 2020-01-06")])
def test_what_the_file_is_too_short_for_is_explained(options: list[object], rule: str, write: Write) -> None:
    with pytest.raises(BadInput) as problem:
        _run("--series", write(_wide()), *options)
    assert rule in str(problem.value)


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(write: Write) -> None:
    with pytest.raises(BadInput, match=r"nothing\.csv: there is no such file"):
        _run("--series", "nothing.csv")
    with pytest.raises(BadInput, match=r"--json /nowhere/at/all\.json: there is no folder /nowhere/at"):
        _run("--series", "nothing.csv", "--json", "/nowhere/at/all.json")
    path = write(_wide())
    with pytest.raises(BadInput, match="this is the file of --series too"):
        _run("--series", path, "--json", path)


def test_a_short_series_beside_long_ones_is_named(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"old,{day},5" for day in MONDAYS] + [f"new,{day},5" for day in MONDAYS[-9:]]
    _run("--series", write("\n".join(["series,date,count", *rows])))
    assert "too few weeks or none in the period: new" in capsys.readouterr().out
