"""The profile `lokalnet`: columns as the fields of the API."""

import csv
from datetime import UTC, datetime

import pytest

from lokalnet.access import founding
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import acting, correcting, corroborating, picture
from lokalnet.situation.corroborating import Opinion
from lokalnet.situation.importing.profiles import ImportFailed
from lokalnet.situation.models import ActKind, Exact, Observation, Text
from lokalnet.situation.partnerships import frame_of
from tests.situation.importers import DATA, everything_stored, run

FILE = DATA / "lokalnet.csv"
MINE = {"profile": "lokalnet", "organisation": "Gladsaxe Kommune"}
HEADER = ["id", "category", "lat", "lon", "occurred_at", "text"]


def write(path, *rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_rows_are_stored_or_rejected_at_the_line_where_they_begin(world, tmp_path) -> None:
    done = run([FILE], tmp_path, **MINE)
    assert (done["rows read"], done["stored"]) == (16, 6)
    assert done.rejected == [(FILE.name, line, reason) for line, reason in (
        (7, "cpr"), (10, "unknown-category"), (11, "bad-time"), (12, "not-a-number"), (13, "future"),
        (14, "bad-precision"), (15, "bad-time"), (16, "bad-columns"), (17, "no-coordinates"), (18, "long-text"))]


def test_a_civil_registration_number_is_neither_stored_nor_written_down(world, tmp_path) -> None:
    done = run([FILE], tmp_path, **MINE)
    assert "010190" not in done.rejected_file + done.printed and "porten" not in done.rejected_file
    with as_role(MIGRATION):
        assert not Text.objects.filter(text__contains="010190").exists()


def test_time_text_and_sharing_are_kept_as_they_were_sent(world, tmp_path) -> None:
    run([FILE], tmp_path, **MINE)
    with as_role(MIGRATION):
        exact = {row.occurred_at: row for row in Exact.objects.all()}
        del exact[datetime(2024, 5, 4, 20, tzinfo=UTC)]
        assert {moment: (row.precision, row.visibility, row.police_sees) for moment, row in exact.items()} == {
            datetime(2024, 5, 3, 19, 45, tzinfo=UTC): ("exact", "municipalities", "text"),
            datetime(2024, 5, 3, 21, 0, tzinfo=UTC): ("hour", "partnership", "exact"),
            datetime(2024, 7, 1, 10, 0, tzinfo=UTC): ("evening", "organisation", "text"),
            datetime(2024, 5, 5, 22, 0, tzinfo=UTC): ("week", "municipalities", "text")}
        assert set(Text.objects.values_list("text", flat=True)) == {
            "Larm ved kiosken", 'Rude knust, "igen"\nved skolen', "Uro"}


def test_areas_are_found_for_the_exact_and_the_coarse_place(world, tmp_path) -> None:
    from lokalnet.places.areas import places

    run([FILE], tmp_path, **MINE)
    with as_role(MIGRATION):
        for table in (Observation, Exact):
            for row in table.objects.all():
                assert row.areas == places().areas_at(row.longitude, row.latitude)
                assert row.areas


def test_a_changed_text_and_audience_reach_all_three_parts(world, tmp_path) -> None:
    head = [*HEADER, "visibility"]
    row = ["x", "nuisance", "55.7311", "12.3633", "2024-05-03T21:45+02:00"]
    file = tmp_path / "a.csv"
    run([write(file, head, [*row, "Larm", "partnership"])], tmp_path, **MINE)
    (first,) = everything_stored()
    world.actor(world.bo)
    assert picture.one(Observation.objects.get().id).text == "Larm"
    done = run([write(file, head, [*row, "Larm igen", "organisation"])], tmp_path, **MINE)
    assert (done["updated"], done["stored"]) == (1, 0)
    (second,) = everything_stored()
    assert second[0] == first[0] and second[6] == second[12] == "organisation" and second[13] == "Larm igen"
    world.actor(world.bo)
    assert not Observation.objects.exists() and not Text.objects.exists()
    run([write(file, head, [*row, "", "organisation"])], tmp_path, **MINE)
    assert next(iter(everything_stored()))[13] == ""


def changed(tmp_path, category: str, text: str = "Larm"):
    return run([write(tmp_path / "a.csv", [*HEADER, "visibility"], [
        "x", category, "55.7311", "12.3633", "2024-05-03T21:45+02:00", text, "partnership"])], tmp_path, **MINE)


def test_a_changed_row_brings_no_removed_text_back(world, tmp_path) -> None:
    changed(tmp_path, "nuisance")
    frame = frame_of(world.actor(world.anna), world.partnership.id)
    acting.do(frame, Observation.objects.get().id, ActKind.RECOGNISED)
    assert changed(tmp_path, "fireworks")["updated"] == 1
    world.actor(world.anna)
    about = Observation.objects.get()
    assert about.category.slug == "fireworks" and about.text_removed and not Text.objects.exists()


def test_a_changed_row_gives_a_withdrawn_report_back_to_nobody(world, tmp_path) -> None:
    changed(tmp_path, "nuisance")
    frame = frame_of(world.actor(world.adam), world.partnership.id)
    correcting.withdraw(frame, Observation.objects.get().id, note="")
    changed(tmp_path, "fireworks", "Larm igen")
    world.actor(world.lars)
    assert not Observation.objects.exists() and not Text.objects.exists()
    world.actor(world.adam)
    about = Observation.objects.get()
    assert (about.state, about.category.slug) == ("withdrawn", "fireworks")
    correcting.restore(frame, about.id)
    assert Text.objects.get().text == "Larm igen"


def test_what_was_confirmed_is_unconfirmed_when_its_row_says_something_else(world, tmp_path) -> None:
    changed(tmp_path, "nuisance")
    frame = frame_of(world.actor(world.bo), world.partnership.id)
    corroborating.decide(frame, Observation.objects.get().id, Opinion("confirmed"))
    changed(tmp_path, "nuisance", "Larm igen")
    world.actor(world.bo)
    assert Observation.objects.get().standing == "confirmed"
    changed(tmp_path, "shots", "Larm igen")
    world.actor(world.bo)
    assert Observation.objects.get().standing == "unconfirmed"


def test_an_organisation_imports_for_itself_only(world, tmp_path) -> None:
    run([FILE], tmp_path, **MINE)
    done = run([FILE], tmp_path, profile="lokalnet", organisation="Ballerup Kommune")
    assert done["stored"] == 6
    world.actor(world.clara)
    assert not Observation.objects.exists()


def test_the_partnership_must_be_named_where_there_are_several(world, tmp_path) -> None:
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.gladsaxe)
    with pytest.raises(ImportFailed, match="--partnership is needed: Gladsaxe Kommune is in andet, test"):
        run([FILE], tmp_path, **MINE)
    assert run([FILE], tmp_path, partnership="andet", **MINE)["stored"] == 6


def test_a_row_with_unmatched_quotes_is_rejected_alone(world, tmp_path) -> None:
    file = tmp_path / "a.csv"
    good = ",nuisance,55.7311,12.3633,2024-05-03T21:45+02:00,\n"
    bad = 'x,nuisance,55.7311,12.3633,2024-05-03T21:45+02:00,"a"b\n\n'
    file.write_text(",".join(HEADER) + "\n" + good + bad + good)
    done = run([file], tmp_path, **MINE)
    assert done["stored"] == 2 and done.rejected == [("a.csv", 3, "bad-quotes")]


def test_an_empty_file_is_refused_and_a_header_alone_is_no_rows(world, tmp_path) -> None:
    assert run([write(tmp_path / "a.csv", HEADER)], tmp_path, **MINE)["rows read"] == 0
    with pytest.raises(ImportFailed, match="missing columns"):
        run([write(tmp_path / "b.csv")], tmp_path, **MINE)
