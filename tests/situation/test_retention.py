"""What is no longer needed goes: played with a moved clock, as the login that removes and no other."""

import csv
import re
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from lokalnet.access import founding
from lokalnet.access.models import Event, Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.areas import places
from lokalnet.places.points import cells_of
from lokalnet.project import logins
from lokalnet.situation import categories, reporting
from lokalnet.situation.models import (
    Act,
    ActKind,
    Change,
    Exact,
    Export,
    ImportRow,
    KnownPlace,
    Observation,
    Receipt,
    SavedView,
    Text,
    Upload,
    Version,
    Watch,
)
from lokalnet.situation.protection import retention
from lokalnet.situation.protection.retention import Line
from tests.days import today
from tests.situation.importers import run as import_files
from tests.world import GRANTOFTEN, World

PLANTED = "kvistbunke"
STEM = "kvistbunk"  # what the search index keeps of it


def gone(at: datetime) -> dict[str, int]:
    with as_role(logins.RETENTION):
        return numbers(retention.let_go(at))


def foreseen(at: datetime) -> dict[str, int]:
    with as_role(logins.RETENTION):
        return numbers(retention.foresee(at))


def numbers(lines: list[Line]) -> dict[str, int]:
    return {line.what: line.number for line in lines if line.number}


def happened(observation: UUID) -> datetime:
    with as_role(MIGRATION):
        return Exact.objects.get(observation_id=observation).occurred_at


def point_of(observation: UUID) -> tuple[float, float, bool]:
    with as_role(MIGRATION):
        row = Exact.objects.get(observation_id=observation)
        return row.longitude, row.latitude, row.coarsened


def middle(point: tuple[float, float] = GRANTOFTEN) -> tuple[float, float, bool]:
    cell, = cells_of([point[0]], [point[1]], 25832, metres=100)
    return cell.longitude, cell.latitude, True


def count(model: type, **where: object) -> int:
    with as_role(MIGRATION):
        return model.objects.filter(**where).count()  # type: ignore[attr-defined]


def act(world: World, observation: UUID, *, note: str = "", kind: str = ActKind.ANSWERED) -> Act:
    with as_role(MIGRATION):
        made = Act(observation_id=observation, organisation=world.gladsaxe, member=world.adam, kind=kind, note=note,
                   answer="taken" if kind == ActKind.ANSWERED else "")
        made.save(force_insert=True)
    return made


def corrected(world: World, observation: UUID, text: str) -> None:
    made = act(world, observation, kind=ActKind.CORRECTED)
    with as_role(MIGRATION):
        Version(observation_id=observation, organisation=world.gladsaxe, act=made, content={
            "text": text, "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1]}).save(force_insert=True)


def exported(world: World, *observations: UUID, expires_at: datetime, text: str = "") -> None:
    with as_role(MIGRATION):
        Export(organisation=world.gladsaxe, partnership=world.partnership, member=world.adam, format="csv",
               scope="own", state="ready", file=text.encode(), observation_ids=list(observations),
               expires_at=expires_at).save(force_insert=True)


# --- points --------------------------------------------------------------------------------------------------------


def test_a_point_is_exact_for_90_days_and_then_the_middle_of_a_100_metre_cell(world) -> None:
    made = world.report(world.anna, key="1")
    assert gone(happened(made) + timedelta(days=89)) == {}
    assert point_of(made) == (*GRANTOFTEN, False)
    assert gone(happened(made) + timedelta(days=91))["exact points"] == 1
    assert point_of(made) == middle()


def test_a_coarse_point_lies_in_the_areas_that_hold_it(world) -> None:
    edge = (12.41995, 55.73)  # in Ballerup; the middle of its cell is in Herlev
    made = world.report(world.anna, key="1", longitude=edge[0], latitude=edge[1])
    gone(now() + timedelta(days=91))
    with as_role(MIGRATION):
        row, index = Exact.objects.get(observation_id=made), places()
        assert row.areas == index.areas_at(row.longitude, row.latitude) != index.areas_at(*edge)
        coarse = Observation.objects.get(id=made)
        assert coarse.areas == index.areas_at(coarse.longitude, coarse.latitude)


def test_the_cell_that_everybody_gets_stays_as_it_was(world) -> None:
    made = world.report(world.anna, key="1")
    with as_role(MIGRATION):
        before = Observation.objects.filter(id=made).values().get()
    gone(now() + timedelta(days=400))
    with as_role(MIGRATION):
        assert Observation.objects.filter(id=made).values().get() == before


def test_it_goes_exactly_once(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    at = happened(made) + timedelta(days=400)
    assert gone(at) == {"exact points": 1, "texts": 1, "receipts": 1}
    assert gone(at) == {}
    assert gone(at + timedelta(days=400)) == {}


def test_an_exact_point_that_comes_back_is_found_again(world) -> None:
    made = world.report(world.anna, key="1")
    gone(now() + timedelta(days=91))
    with as_role(MIGRATION):  # as a changed row of an import does it: the mark stays
        Exact.objects.filter(observation_id=made).update(longitude=12.3641, latitude=55.7302)
    assert gone(now() + timedelta(days=91)) == {"exact points": 1}
    assert point_of(made) == middle((12.3641, 55.7302))


def test_each_partnership_has_its_own_grid(world) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(projection=25833)
    made = world.report(world.anna, key="1")
    gone(now() + timedelta(days=91))
    cell, = cells_of([GRANTOFTEN[0]], [GRANTOFTEN[1]], 25833, metres=100)
    assert point_of(made) == (cell.longitude, cell.latitude, True) != middle()


def test_more_than_a_batch(world, monkeypatch) -> None:
    from lokalnet.situation.protection import coarsening

    monkeypatch.setattr(coarsening, "BATCH", 2)
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(7):
        world.report(world.anna, key=str(number), text="Uro", longitude=12.36 + number / 1000)
    reporting.number_changes()
    at = now() + timedelta(days=400)
    assert foreseen(at) == gone(at) == {"exact points": 7, "texts": 7, "receipts": 7, "news": 6}


def unnumbered() -> bool:
    with as_role(MIGRATION):
        return Change.objects.filter(number=None).exists()


# --- texts ---------------------------------------------------------------------------------------------------------


def test_a_text_is_kept_for_365_days(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    gone(happened(made) + timedelta(days=364))
    assert count(Text) == 1
    gone(happened(made) + timedelta(days=366))
    assert count(Text) == 0
    assert count(Observation) == count(Exact) == 1


def test_the_age_is_counted_from_when_it_happened(world) -> None:
    old = world.report(world.anna, key="1", text="Uro", occurred_at=now() - timedelta(days=360))
    new = world.report(world.anna, key="2", text="Uro", occurred_at=now() - timedelta(hours=1))
    gone(now() + timedelta(days=6))
    with as_role(MIGRATION):
        assert list(Text.objects.values_list("observation_id", flat=True)) == [new]
    assert point_of(old)[2] and not point_of(new)[2]


def test_notes_on_acts_go_with_the_texts_and_the_acts_stay(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    act(world, made, note="Vi har talt med dem, der bor der")
    assert "notes on acts" not in gone(now() + timedelta(days=360))
    assert gone(now() + timedelta(days=366))["notes on acts"] == 1
    with as_role(MIGRATION):
        assert [(row.kind, row.note) for row in Act.objects.all()] == [("answered", "")]


def test_former_contents_go_with_the_exact_points(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    corrected(world, made, "Uro før")
    gone(happened(made) + timedelta(days=89))
    assert count(Version) == 1
    assert gone(happened(made) + timedelta(days=91))["former contents"] == 1
    assert count(Text) == count(Act) == 1


def test_after_a_year_the_words_stand_in_no_column_of_any_table(world) -> None:
    said = f"Uro ved en {PLANTED}"
    made = world.report(world.anna, key="1", text=said)
    act(world, made, note=said)
    corrected(world, made, said)
    exported(world, made, expires_at=now() + timedelta(days=1000), text=said)
    with as_role(MIGRATION):
        Upload(organisation=world.gladsaxe, partnership=world.partnership, member=world.adam, name="a.csv",
               profile="lokalnet", file=said.encode()).save(force_insert=True)
    assert places_of(STEM) == {
        ("situation_observation_text", "text"), ("situation_observation_text", "words"), ("situation_act", "note"),
        ("situation_version", "content"), ("situation_export", "file"), ("situation_upload", "file")}
    gone(now() + timedelta(days=366))
    assert places_of(STEM) == set()


def places_of(word: str) -> set[tuple[str, str]]:
    """Every table and column in which the word stands, whatever its type."""
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select table_name, column_name, data_type from information_schema.columns c where table_schema "
                       "= 'public' and exists (select from pg_tables t where t.tablename = c.table_name)")
        columns = cursor.fetchall()
        assert len(columns) > 150
        found = set()
        for table, column, kind in columns:
            read = f'encode("{column}", \'escape\')' if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'select count(*) from "{table}" where {read} ilike %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


def test_a_search_finds_it_until_then(world) -> None:
    world.report(world.anna, key="1", text=f"Uro ved en {PLANTED}")

    def found() -> int:
        with as_role(MIGRATION), connection.cursor() as cursor:
            cursor.execute("select count(*) from situation_observation_text where words @@ "
                           "to_tsquery('pg_catalog.danish', %s)", [PLANTED])
            return int(cursor.fetchone()[0])

    assert found() == 1
    gone(now() + timedelta(days=366))
    assert found() == 0


# --- imports -------------------------------------------------------------------------------------------------------


def imported(tmp_path, text: str, *, moment: str, lon: float = GRANTOFTEN[0]):  # type: ignore[no-untyped-def]
    path = tmp_path / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "category", "lat", "lon", "occurred_at", "text"],
                                    ["a-1", "nuisance", GRANTOFTEN[1], lon, moment, text]])
    return import_files([path], tmp_path, profile="lokalnet", organisation="Gladsaxe Kommune")


def test_running_an_import_again_does_not_bring_texts_back(world, tmp_path) -> None:
    moment = "2024-05-03T21:45:00Z"
    imported(tmp_path, "Uro", moment=moment)
    at = datetime.fromisoformat(moment) + timedelta(days=366)
    assert gone(at)["texts"] == 1
    assert imported(tmp_path, "Uro", moment=moment)["unchanged"] == 1
    assert gone(at) == {}


def test_a_changed_row_of_an_import_is_made_coarse_once_more(world, tmp_path) -> None:
    moment = "2024-05-03T21:45:00Z"
    imported(tmp_path, "Uro", moment=moment)
    at = datetime.fromisoformat(moment) + timedelta(days=366)
    gone(at)
    assert imported(tmp_path, "Uro igen", moment=moment, lon=12.3702)["updated"] == 1
    assert {name: number for name, number in gone(at).items() if name in ("exact points", "texts")} == {
        "exact points": 1, "texts": 1}
    assert count(Text) == 0 and count(Exact, coarsened=True) == 1


# --- what is kept beside -------------------------------------------------------------------------------------------


def test_the_numbers_of_news_go_on_after_the_old_ones_went(world) -> None:
    for key in "abc":
        world.report(world.anna, key=key)
    reporting.number_changes()
    with as_role(MIGRATION):
        newest = max(Change.objects.values_list("number", flat=True))
    assert "news" not in gone(now() + timedelta(days=29))
    assert gone(now() + timedelta(days=31))["news"] == 2
    world.report(world.anna, key="d")
    reporting.number_changes()
    with as_role(MIGRATION):
        assert sorted(Change.objects.values_list("number", flat=True)) == [newest, newest + 1]


def test_news_without_a_number_wait_for_theirs(world) -> None:
    world.report(world.anna, key="a")
    assert "news" not in gone(now() + timedelta(days=31))
    assert unnumbered()


def test_files_go_when_their_time_is_over(world) -> None:
    for days in (6, 8):
        exported(world, expires_at=now() + timedelta(days=days))
    with as_role(MIGRATION):
        Upload(organisation=world.gladsaxe, partnership=world.partnership, member=world.adam, name="a.csv",
               profile="lokalnet", file=b"x").save(force_insert=True)
    assert gone(now() + timedelta(days=7, minutes=1)) == {"exports": 1, "uploads": 1}


def test_an_export_goes_with_the_first_text_in_it(world) -> None:
    old = world.report(world.anna, key="1", text="Uro", occurred_at=now() - timedelta(days=364))
    new = world.report(world.anna, key="2", text="Uro")
    exported(world, old, new, expires_at=now() + timedelta(days=7))
    exported(world, new, expires_at=now() + timedelta(days=7))
    assert gone(now() + timedelta(days=2))["exports"] == 1
    with as_role(MIGRATION):
        assert [row.observation_ids for row in Export.objects.all()] == [[new]]


def test_receipts_and_watches_go(world) -> None:
    world.report(world.anna, key="1")
    with as_role(MIGRATION):
        Watch(partnership=world.partnership, organisation=world.gladsaxe, who="Gadeplan", starts_at=now(),
              ends_at=now() + timedelta(hours=8)).save(force_insert=True)
    assert gone(now() + timedelta(days=30)) == {}
    assert gone(now() + timedelta(days=31))["watches"] == 1
    assert "receipts" not in gone(now() + timedelta(days=89))
    assert gone(now() + timedelta(days=91))["receipts"] == 1
    assert count(Receipt) == 0


def exercise(world: World, *, ended: date) -> Partnership:
    with as_role(MIGRATION):
        made = founding.partnership("oevelse-1", "Øvelse", bounds=reporting.bounds_of(world.partnership),
                                    valid_from=date(2026, 1, 1))
        founding.join(made, world.gladsaxe, world.police)
        categories.install(made)
        Partnership.objects.filter(id=made.id).update(exercise_of=world.partnership)
        entered = reporting.Report(category="nuisance", longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], text="Øvelse",
                                   occurred_at=now() - timedelta(hours=1))
    reporting.report(world.actor(world.anna), made, entered, key="i øvelsen")
    with as_role(MIGRATION):
        Partnership.objects.filter(id=made.id).update(valid_to=ended)
    return made


def test_an_exercise_goes_as_a_whole_seven_days_after_its_end(world) -> None:
    real = world.report(world.anna, key="1", text="Uro")
    ended = today() - timedelta(days=1)
    made = exercise(world, ended=ended)
    with as_role(MIGRATION):
        observation = Observation.objects.get(partnership=made)
    corrected(world, observation.id, "Øvelse før")
    with as_role(MIGRATION):
        about = {"partnership": made, "organisation_id": world.anna.organisation_id}
        SavedView.objects.create(member=world.anna, partnership=made, name="Min")
        KnownPlace.objects.create(member=world.anna, word="Kiosken", **about)
        ImportRow.objects.create(profile="lokalnet", key=b"1", content=b"1", observation_id=observation.id, **about)
    at = now() + timedelta(days=7)
    assert "reports of exercises" not in gone(at - timedelta(days=1))
    assert foreseen(at) == {"receipts": 1, "reports of exercises": 1, "views of exercises": 1,
                            "places said in exercises": 1, "imported rows of exercises": 1} == gone(at)
    with as_role(MIGRATION):
        assert [row.id for row in Observation.objects.all()] == [real]
        for model in (Exact, Text, Receipt):
            assert [row.observation_id for row in model.objects.all()] == [real]
        assert not Act.objects.exists() and not Version.objects.exists()


def test_nothing_of_a_running_exercise_and_nothing_real_is_deleted(world) -> None:
    world.report(world.anna, key="1")
    exercise(world, ended=today())
    with as_role(logins.RETENTION), connection.cursor() as cursor:
        cursor.execute("delete from situation_observation")
        assert cursor.rowcount == 0
    assert count(Observation) == 2


# --- the run -------------------------------------------------------------------------------------------------------


def full(world: World) -> None:
    """Something of everything, old and new."""
    for number in range(4):
        made = world.report(world.anna, key=str(number), text="Uro", longitude=12.36 + number / 500,
                            occurred_at=now() - timedelta(days=90 * number, hours=1))
        act(world, made, note="Set")
        corrected(world, made, "Uro før")
        exported(world, made, expires_at=now() + timedelta(days=100 * number))
    reporting.number_changes()
    exercise(world, ended=today() - timedelta(days=2))


@pytest.mark.parametrize("days", [0, 3, 8, 40, 95, 200, 500])
def test_a_dry_run_says_what_the_run_then_does_and_changes_nothing(world, days) -> None:
    full(world)
    at = now() + timedelta(days=days)
    before = everything()
    said = foreseen(at)
    assert everything() == before
    with as_role(logins.RETENTION):
        lines = retention.foresee(at)
        done = retention.let_go(at)
    assert numbers(done) == said
    assert [line.oldest for line in done if line.number] == [line.oldest for line in lines if line.number]
    assert foreseen(at) == {}


def everything() -> list[tuple[str, str | None]]:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        found = []
        for table, in cursor.fetchall():
            cursor.execute(f"select md5(string_agg(t::text, chr(10) order by t::text)) from {table} t")
            found.append((table, cursor.fetchone()[0]))
    return found


def printed(*, dry_run: bool, at: datetime) -> str:
    out = StringIO()
    with as_role(logins.RETENTION), redirect_stdout(out):
        assert retention.run(dry_run=dry_run, at=at) == 0
    return out.getvalue()


def test_the_table_says_what_by_which_rule_how_many_and_the_oldest(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    at, day = now() + timedelta(days=400), happened(made).date().isoformat()
    dry = "(dry run: nothing was changed)\n"
    said = printed(dry_run=True, at=at)
    assert said.splitlines()[0].split() == ["what", "rule", "goes", "oldest"]
    lines = [re.split(" {2,}", line) for line in said.splitlines()]
    assert ["texts", "365 days after it happened", "1", day] in lines
    assert ["uploads", "past their date", "0"] in lines
    assert {len(line) for line in lines[:-1]} <= {3, 4}  # what and rule stand apart
    assert said.endswith(dry)
    assert printed(dry_run=False, at=at).replace("gone", "goes") == said.removesuffix(dry)


def test_a_run_stands_in_the_log_with_its_numbers_and_a_dry_run_does_not(world) -> None:
    world.report(world.anna, key="1", text="Uro")
    at = now() + timedelta(days=400)
    printed(dry_run=True, at=at)
    assert count(Event, kind="retention.run") == 0
    printed(dry_run=False, at=at)
    with as_role(MIGRATION):
        entry = Event.objects.get(kind="retention.run")
    assert entry.detail["texts"] == entry.detail["exact points"] == 1
    from lokalnet.access import events

    assert bytes(entry.digest) == events.digest_of(entry) and entry.member_id is None


def test_the_rules_follow_the_installation(world) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    with override_settings(LOKALNET_POINTS_EXACT_DAYS=10, LOKALNET_TEXTS_KEPT_DAYS=20, LOKALNET_COARSE_METRES=200):
        assert gone(now() + timedelta(days=11)) == {"exact points": 1}
        assert gone(now() + timedelta(days=21)) == {"texts": 1}
    cell, = cells_of([GRANTOFTEN[0]], [GRANTOFTEN[1]], 25832, metres=200)
    assert point_of(made) == (cell.longitude, cell.latitude, True)


@pytest.mark.parametrize("statement", [
    "delete from situation_observation_text", "delete from situation_observation", "delete from situation_version",
    "delete from situation_receipt", "delete from situation_change", "update situation_act set note = ''",
    "select * from every_area()", "select note_retention(gen_random_uuid(), now(), '{}', '', '', '')"])
def test_the_login_that_serves_removes_nothing(world, statement) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    world.actor(world.anna)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert count(Text, observation_id=made) == 1


@pytest.mark.parametrize("statement", [
    "update situation_observation_exact set longitude = 12.5", "update situation_act set note = 'andet'",
    "update situation_observation_text set text = 'andet'", "insert into access_event (id) values (gen_random_uuid())",
    "delete from situation_act", "select * from access_member", "select * from situation_sample"])
def test_the_login_that_removes_does_nothing_else(world, statement) -> None:
    made = world.report(world.anna, key="1", text="Uro")
    act(world, made, note="Set")
    with pytest.raises(ProgrammingError), as_role(logins.RETENTION), connection.cursor() as cursor:
        cursor.execute(statement)
