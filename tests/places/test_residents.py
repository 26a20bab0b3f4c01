"""How many live in an area: a file is taken row by row, and can be run again."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places import residents
from lokalnet.places.models import Area

HEAD = "kind;code;residents;source\n"
SOURCE = "Danmarks Statistik, FOLK1A, 1. kvartal 2026"


@pytest.fixture(autouse=True)
def as_a_command() -> Iterator[None]:
    """Commands speak English (project/commands.py)."""
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "indbyggere.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
    return write


def stored() -> dict[str, tuple[int | None, str]]:
    return {area.name: (area.residents, area.residents_source) for area in Area.objects.all()}


def test_a_second_run_changes_nothing_and_an_outline_stays_as_it_was(world, file, capsys) -> None:
    before = dict(Area.objects.values_list("name", "changed_at"))
    path = file(f"{HEAD}municipality;0151;49000;{SOURCE}\nmunicipality;0163;29000;{SOURCE}\n")
    assert residents.import_residents(path) == 0
    assert residents.import_residents(path) == 0
    assert capsys.readouterr().out.splitlines() == [
        "areas with residents: 2 changed, 0 unchanged, 0 rejected",
        "areas with residents: 0 changed, 2 unchanged, 0 rejected"]
    assert stored() == {"Ballerup": (49000, SOURCE), "Herlev": (29000, SOURCE), "Gladsaxe": (None, "")}
    assert dict(Area.objects.values_list("name", "changed_at")) == before


@pytest.mark.parametrize(("row", "rule"), [
    ("kommune;0151;49000;kilde", "kind: must be one of"), ("municipality;151;49000;kilde", "keep their leading zeros"),
    ("parish;0151;49000;kilde", "there is no such area"), ("municipality;0151;49.000;kilde", "digits only"),
    ("municipality;0151;-5;kilde", "digits only"), ("municipality;0151;;kilde", "digits only"),
    ("municipality;0151;٤٩;kilde", "digits only"), ("municipality;0151;0;kilde", "from 1 to 2000000"),
    ("municipality;0151;99999999999999999999;kilde", "from 1 to 2000000"),
    ("municipality;0151;49000;", "source: say where"), ("municipality;0151;49000", "source: say where"),
    ("municipality;0151;49000;" + "x" * 121, "at most 120"), ("municipality;0151;49000;a\x00b", "at most 120"),
    ("municipality;0151;49000;kilde;mere", "more columns")])
def test_a_wrong_row_is_told_with_its_line_and_the_others_are_stored(world, file, capsys, row, rule) -> None:
    path = file(f"{HEAD}municipality;0159;69000;{SOURCE}\n{row}\nmunicipality;0163;29000;{SOURCE}\n")
    assert residents.import_residents(path) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{path}, line 3: ") and rule in said[0]
    assert said[1:] == ["areas with residents: 2 changed, 0 unchanged, 1 rejected"]
    assert stored()["Ballerup"] == (None, "") and stored()["Herlev"] == (29000, SOURCE)


def test_of_two_rows_about_one_area_the_first_counts(world, file, capsys) -> None:
    path = file(f"{HEAD}municipality;0151;49000;{SOURCE}\nmunicipality;0151;1;{SOURCE}\n")
    assert residents.import_residents(path) == 1
    assert "line 3: code: this area stands in the file more than once" in capsys.readouterr().out
    assert stored()["Ballerup"][0] == 49000


@pytest.mark.parametrize("text", [b"", b"kind,code,residents,source\n", b"code;kind;residents;source\n",
                                  HEAD.encode() + b"municipality;0151;1;\xe6\xf8\xe5\n"])
def test_what_is_no_such_file_is_refused_as_a_whole(world, file, text) -> None:
    with pytest.raises(residents.BadResidents, match=r"indbyggere\.csv"):
        residents.import_residents(file(text))
    assert set(stored().values()) == {(None, "")}


def test_a_file_that_is_not_there_is_named(world, tmp_path) -> None:
    with pytest.raises(residents.BadResidents, match=r"findes-ikke\.csv"):
        residents.import_residents(tmp_path / "findes-ikke.csv")


def test_the_login_that_serves_cannot_change_residents(world) -> None:
    from django.db import DatabaseError, transaction

    world.actor(world.adam)
    with pytest.raises(DatabaseError), transaction.atomic():
        Area.objects.update(residents=1)
    with as_role(MIGRATION):
        assert not Area.objects.filter(residents=1).exists()
