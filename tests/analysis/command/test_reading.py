"""The files of a scan: what is accepted, and what is said of the rest."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalnet.analysis.command.cases_file import Period
from lokalnet.analysis.command.reading import Study, read_study
from lokalnet.analysis.results import BadInput
from tests.analysis.reference import reference

LOCATIONS = "location,lat,lon\nA,55.676,12.568\nB,56.162,10.203\n"
PLANE = "location,x_km,y_km\nA,1,2\nB,3.5,-4\n"
CASES = "location,count,date\nA,1,2023-01-02\nB,3,2023-01-05\n"
POPULATION = "location,year,sex,age,population\nA,2022,f,0-9,10\nA,2022,m,0-9,20\nB,2022,f,10+,30\nB,2022,m,10+,0\n"
POISSON_CASES = "location,count,date,age,sex\nA,1,2023-01-02,0-9,m\nB,3,2023-01-05,10+,f\n"


@pytest.fixture
def read(tmp_path):
    """Read a study from texts (or bytes); messages name the files cases, locations and population."""
    def read(cases=CASES, locations=LOCATIONS, population=None, **period) -> Study:
        given = {"cases": cases, "locations": locations, "population": population}
        files = {}
        for name, content in given.items():
            if content is not None:
                files[name] = tmp_path / name
                files[name].write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_study(**files, period=Period(**period))

    return read


@pytest.fixture
def refused(read, tmp_path):
    """What is said, without the folder."""
    def refused(*texts, **more) -> str:
        with pytest.raises(BadInput) as raised:
            read(*texts, **more)
        return str(raised.value).replace(f"{tmp_path}/", "")

    return refused


def as_text(study: Study) -> str:
    cases = study.cases
    return " ".join(f"{study.places.names[place]}:{count}:{day}" for place, count, day in
                    zip(cases.place, cases.count, cases.day, strict=True))


PLAIN = "A:1:2023-01-02 B:3:2023-01-05"


@pytest.mark.parametrize("cases", [
    CASES, CASES.replace("\n", "\r\n"), CASES.replace("\n", "\r"), CASES.rstrip("\n"), "\n\n" + CASES + "\n \n",
    CASES.encode("utf-8-sig"), CASES.replace(",", ";"), CASES.replace(",", "\t"), CASES.replace("A,1", "A,0001"),
    CASES.replace("A,1", '"A","1"'), CASES.replace("A,1", "\n,,\nA , 1 "),
    'Date,LOCATION, Count \n2023-01-02,A,1\n\n"2023-01-05","B","3"\n', CASES + "A,0,2023-06-01\n"])
def test_spreadsheets_and_programs_write_the_same_cases_differently(read, cases) -> None:
    assert as_text(read(cases)) == PLAIN


def test_places_are_on_earth_or_in_a_plane(read) -> None:
    earth, plane = read().places, read(locations=PLANE).places
    assert earth.spherical and earth.given.tolist() == [[55.676, 12.568], [56.162, 10.203]]
    assert not plane.spherical and plane.given.tolist() == [[1, 2], [3.5, -4]]
    assert plane.names == ("A", "B")


def test_a_danish_spreadsheet_writes_a_comma_before_the_decimals(read) -> None:
    places = read(locations="location;lat;lon\nA;55,676;12,568\nB;56,162;10,203\n").places
    assert places.given[0].tolist() == [55.676, 12.568]


def test_columns_that_no_one_uses_are_named(read) -> None:
    study = read("location,count,date,what,by\nA,1,2023-01-02,fire,me\n")
    assert study.unused == ("by", "what")
    assert study.cases.cell.tolist() == [0]
    assert read(POISSON_CASES, population=POPULATION).unused == ()


def test_covariates_are_one_cell_for_each_combination_in_cases_and_population(read) -> None:
    study = read(POISSON_CASES, population=POPULATION)
    assert study.population.cell[[1, 2]].tolist() == study.cases.cell.tolist()
    assert len(set(study.population.cell.tolist())) == 4
    assert study.population.persons.tolist() == [10, 20, 30, 0]


def test_a_bare_year_is_its_first_of_july(read) -> None:
    years = "location,date,persons\nA,2022,10\nA,2023-01-01,11\nB,2022,5\n"
    assert [str(day) for day in read(population=years).population.day] == ["2022-07-01", "2023-01-01", "2022-07-01"]


@pytest.mark.parametrize(("row", "said"), [
    ("C,1,2023-01-02", 'line 4, location: "C" is not among the locations of locations'),
    (",1,2023-01-02", "line 4, location: is empty"),
    ("A,-1,2023-01-02", 'line 4, count: "-1" is not a whole number, 0 or more'),
    ("A,1.5,2023-01-02", 'line 4, count: "1.5" is not'),
    ("A,1000000000,2023-01-02", 'line 4, count: "1000000000" is not a whole number below a thousand million'),
    ("A,,2023-01-02", "line 4, count: is empty; it should be a whole number"),
    ("A,1_0,2023-01-02", 'line 4, count: "1_0"'), ("A,one,2023-01-02", 'line 4, count: "one"'),
    ("A,1,2023-02-29", 'line 4, date: there is no day "2023-02-29"'),
    ("A,1,02-01-2023", 'line 4, date: "02-01-2023" is not a date, year-month-day as in 2023-01-26'),
    ("A,1,2023-01-02T10:00", "line 4, date"), ("A,1,", "line 4, date: is empty"), ("A,1", "line 4: 2 fields"),
    ("A,1,2023-01-02,x", "line 4: 4 fields, but the heading has 3"),
    ('\n"A\nA",1,2023-01-02\n\nC,1,2023-01-02', 'line 8, location: "C"')])
def test_a_bad_row_is_named_by_line_column_and_rule(refused, row, said) -> None:
    assert said in refused(CASES + row + "\n")


def test_twenty_bad_rows_are_named_and_the_others_counted(refused) -> None:
    lines = refused(CASES + "A,x,2023-01-02\nC,-1,2023\n" * 50).split("\n")
    assert lines[0] == "cases: some rows cannot be used"
    assert lines[1:4] == ['  line 4, count: "x" is not a whole number, 0 or more',
                          '  line 5, location: "C" is not among the locations of locations',
                          '  line 5, count: "-1" is not a whole number, 0 or more']
    assert lines[21:] == ["  and 180 more"]


@pytest.mark.parametrize(("locations", "said"), [
    (LOCATIONS + "A,55,12\n", 'line 4, location: it is already on line 2'),
    (LOCATIONS + "C,91,12\n", "line 4, lat: 91 does not lie between -90 and 90, as degrees north do; are lat and lon"),
    (LOCATIONS + "C,55,181\n", "line 4, lon: 181 does not lie between -180 and 180"),
    (LOCATIONS + "C,nan,12\n", 'line 4, lat: "nan" is not a number'), (LOCATIONS + "C,55,\n", "line 4, lon: is empty"),
    ("location,lat,lon\nA,12.568,55.676\nB,10.203,56.162\n", "lat and lon are exchanged"),
    ("location,x_km,y_km\nA,725000,6175000\n", "line 2, x_km: 725000 does not lie between -20040 and 20040, as kilom"),
    ("location,lat,lon,x_km\nA,1,2,3\n", "columns for degrees and for kilometres"),
    ("location,lat\nA,55\n", 'there is no column lon; the first line has "location", "lat"'),
    ("location,x,y\nA,1,2\n", 'neither columns lat and lon nor x_km and y_km; the first line has "location", "x"')])
def test_a_place_is_somewhere_and_once(refused, locations, said) -> None:
    assert said in refused(locations=locations)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "cases: the file is empty"), (b"\n \n", "the file is empty"), (b'""\n,,\n', "the file is empty"),
    (b"location,count,date\n", "no row below it"),
    (b"L0,1,2023-01-26\nL0,1,2023-01-27\n", 'there is no column location; the first line has "L0", "1", "2023-01-26"'),
    (b"location,count,date,count\nA,1,2023-01-02,1\n", 'more than one column is called "count"'),
    ((CASES + "Bl\xe5b\xe6r,1,2023-01-02\n").encode("latin-1"), "line 4 is not UTF-8, perhaps Windows-1252"),
    (CASES.encode("utf-16"), "this is UTF-16"), (b"PK\x03\x04\x00", "this is a spreadsheet"),
    ((CASES + 'A,1,"2023-01-02\n' + "A,1,2023-01-02\n" * 9000).encode(), "is a quotation mark left open?"),
    ((CASES + "A,0,2023-01-02\n").replace("1,", "0,").replace("3,", "0,").encode(), "there is no case")])
def test_a_file_that_is_no_such_table_is_explained(refused, content, said) -> None:
    assert said in refused(content)


@given(st.lists(st.sampled_from([*"ABC,,,;\t\n\n\r\"-. 1", "2023-01-02", "A,1,2023-01-02\n", "\xa0", "\v", "\0", "é"])),
       st.sampled_from(["location,count,date\n", "location;count;date\r\n", '"location","count","date"\n', ""]))
def test_whatever_a_file_holds_is_read_or_explained(tmp_path_factory, pieces, heading) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "locations").write_text(LOCATIONS)
    (folder / "cases").write_text(heading + "".join(pieces))
    try:
        found = read_study(cases=folder / "cases", locations=folder / "locations")
    except BadInput:
        return
    assert found.cases.count.min() > 0


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(BadInput, match="nothing: there is no such file"):
        read_study(cases=tmp_path / "nothing", locations=tmp_path / "nothing")
    with pytest.raises(BadInput, match="this is a folder, not a file"):
        read_study(cases=tmp_path, locations=tmp_path)


def test_cases_outside_the_time_are_refused_or_left_out(read, refused) -> None:
    period = {"start": date(2023, 1, 3), "end": date(2023, 1, 5)}
    said = refused(**period)
    assert "1 of the 4 cases do not lie in the time from 2023-01-03 to 2023-01-05" in said
    assert "the first is on line 2, 2023-01-02. To leave them out give --leave-out-others" in said
    assert as_text(read(**period, leave_out_others=True)) == "B:3:2023-01-05"
    assert "there is no case to 2022-01-01" in refused(end=date(2022, 1, 1), leave_out_others=True)


@pytest.mark.parametrize(("cases", "population", "said"), [
    (CASES, POPULATION, 'need the same covariates, in columns of the same name: the cases have none, the population has'
     ' "age", "sex"'),
    (POISSON_CASES, "location,date,population\nA,2022,1\n", 'cases have "age", "sex", the population has none'),
    (POISSON_CASES, POPULATION.replace("A,2022,m,0-9,20\n", ""), "cases: some rows cannot be used\n  line 2, age: "
     'by the population nobody has age "0-9", sex "m"'),
    (POISSON_CASES, POPULATION.replace(",20\n", ",0\n"), 'line 2, age: by the population nobody has age "0-9", sex'),
    (CASES, "location,date,population\nA,2022,5\n", 'line 3, location: by the population nobody lives at "B"'),
    (CASES, "location,date,population\nA,2022,5\nB,2022,0\n", 'line 3, location: by the population nobody lives at'),
    (CASES, "location,date,population\nA,2022,0\n", "population: population is 0 in every row"),
    (CASES, "location,date,population\nA,2022,5\nA,2022-07-01,6\n", "line 3, location: place, date and covariates are "
     "already on line 2"),
    (CASES, "location,date,population\nA,2022,-5\n", 'line 2, population: "-5" is not a number of persons, 0 or more'),
    (CASES, "location;date;population\nA;2022;1.234\n", '"1.234" can be read in two ways'),
    (CASES, 'location,date,population\nA,2022,"1,234"\n', '"1,234" can be read in two ways'),
    (CASES, "location,date,population\nA,july,5\n", 'line 2, date: "july" is not a date'),
    (CASES, "location,date\nA,2022\n", "there is no column population or persons")])
def test_a_case_has_people_that_it_could_have_happened_to(refused, cases, population, said) -> None:
    assert said in refused(cases, population=population)


def test_the_reference_cases_are_read_whole() -> None:
    study = read_study(cases=reference("scan/C_cases.csv"), locations=reference("scan/C_locations.csv"))
    assert (study.cases.count.sum(), len(study.places.names)) == (100_000, 2500)
    assert (str(study.cases.day.min()), str(study.cases.day.max())) == ("2023-01-02", "2023-12-31")
    first = np.flatnonzero(study.cases.place == 0)[:3]
    assert [str(day) for day in study.cases.day[first]] == ["2023-01-26", "2023-02-10", "2023-04-05"]
