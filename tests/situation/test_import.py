"""An import stores each row once, rejects rows one by one, and can be run again."""

import csv
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from lokalnet.access.models import Event, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.importing import running as importing
from lokalnet.situation.importing.profiles import ImportFailed
from lokalnet.situation.importing.storing import Shelf
from lokalnet.situation.models import Change, Exact, Observation, Part, Text
from tests.situation.importers import DATA, everything_stored, london, run

JANUARY, FEBRUARY = DATA / "police-2015-01.csv", DATA / "police-2015-02.csv"
REJECTED = {"no-coordinates": 3, "id-twice": 2, "swapped": 1, "metres": 1, "out-of-bounds": 1, "bad-time": 1}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here():
    return london()


def table(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_every_row_is_stored_or_rejected_with_its_reason(tmp_path) -> None:
    done = run([JANUARY, FEBRUARY], tmp_path)
    assert done.figures == {"rows read": 51, "stored": 42, "updated": 0, "unchanged": 0, "rejected": 9, **REJECTED}
    assert len(everything_stored()) == 42


def test_a_second_run_changes_nothing(tmp_path) -> None:
    run([JANUARY, FEBRUARY], tmp_path)
    before = everything_stored()
    again = run([JANUARY, FEBRUARY], tmp_path)
    assert (again["stored"], again["updated"], again["unchanged"]) == (0, 0, 42)
    assert everything_stored() == before


def test_the_order_of_the_files_does_not_matter(tmp_path) -> None:
    run([JANUARY, FEBRUARY], tmp_path)
    before = everything_stored()
    again = run([FEBRUARY, JANUARY], tmp_path)
    assert (again["stored"], again["updated"], again["unchanged"]) == (0, 0, 42)
    assert everything_stored() == before


def test_the_order_of_the_rows_does_not_matter(tmp_path) -> None:
    run([JANUARY, FEBRUARY], tmp_path)
    mixed = []
    for path in (JANUARY, FEBRUARY):
        header, *rows = table(path)
        random.Random(37).shuffle(rows)
        mixed.append(write(tmp_path / path.name, [header, *rows]))
    again = run(mixed, tmp_path)
    assert (again["stored"], again["updated"], again["unchanged"]) == (0, 0, 42)


def test_the_order_of_the_columns_does_not_matter(tmp_path) -> None:
    run([JANUARY, FEBRUARY], tmp_path)
    turned = [write(tmp_path / path.name, [row[::-1] for row in table(path)]) for path in (JANUARY, FEBRUARY)]
    again = run(turned, tmp_path)
    assert (again["stored"], again["updated"], again["unchanged"]) == (0, 0, 42)


def test_rows_that_are_equal_in_everything_are_different_events(tmp_path) -> None:
    header, *rows = table(JANUARY)
    twin = next(row for row in rows if not row[0] and row[4])
    done = run([write(tmp_path / "a.csv", [header, twin, twin]), write(tmp_path / "b.csv", [header, twin])], tmp_path)
    assert done["stored"] == 3
    done = run([write(tmp_path / "c.csv", [header, twin, twin, twin, twin])], tmp_path)
    assert (done["stored"], done["unchanged"]) == (1, 3)


def test_of_an_id_twice_the_latest_is_kept_and_the_other_told_where(tmp_path) -> None:
    header, *rows = table(JANUARY)
    old = ["x", "2015-01", *rows[0][2:4], "-0.09", "51.51", *rows[0][6:]]
    new = [*old[:1], "2015-03", *old[2:]]
    first, second = write(tmp_path / "a.csv", [header, new]), write(tmp_path / "b.csv", [header, old])
    for files in ([first, second], [second, first]):
        done = run(files, tmp_path)
        assert done.rejected == [("b.csv", 2, "id-twice")]
        assert f"{first}:2" in done.rejected_file
    with as_role(MIGRATION):
        assert Exact.objects.get().occurred_at == datetime(2015, 2, 23, tzinfo=UTC)


def test_an_id_twice_does_not_lose_the_valid_row_to_an_invalid_one(tmp_path) -> None:
    header, *rows = table(JANUARY)
    good = ["x", "2015-01", *rows[0][2:4], "-0.09", "51.51", *rows[0][6:]]
    later = ["x", "2015-02", *rows[0][2:4], "", "", *rows[0][6:]]
    done = run([write(tmp_path / "a.csv", [header, later, good])], tmp_path)
    assert done["stored"] == 1 and done.rejected == [("a.csv", 2, "no-coordinates")]


def test_a_month_is_kept_as_the_week_that_holds_its_first_day(tmp_path) -> None:
    run([FEBRUARY], tmp_path)
    with as_role(MIGRATION):
        starts = set(Observation.objects.values_list("period_start", "part"))
    assert starts == {(datetime(2015, 1, 26, tzinfo=UTC), Part.WEEK), (datetime(2014, 12, 29, tzinfo=UTC), Part.WEEK)}


def test_a_changed_row_updates_its_observation(tmp_path) -> None:
    header, *rows = table(JANUARY)
    row = next(row for row in rows if row[0] and row[4])
    run([write(tmp_path / "a.csv", [header, row])], tmp_path)
    (before,) = everything_stored()
    moved = [*row[:4], "-0.0700", "51.5200", *row[6:9], "Possession of weapons", *row[10:]]
    done = run([write(tmp_path / "a.csv", [header, moved])], tmp_path)
    assert (done["stored"], done["updated"], done["unchanged"]) == (0, 1, 0)
    (after,) = everything_stored()
    assert after[0] == before[0] and after[1] == "weapons" and after[9:11] == (-0.07, 51.52)
    assert after[2:4] != before[2:4]


def test_a_change_in_a_column_that_we_do_not_use_is_no_change(tmp_path) -> None:
    header, *rows = table(JANUARY)
    row = next(row for row in rows if row[0] and row[4])
    run([write(tmp_path / "a.csv", [header, row])], tmp_path)
    done = run([write(tmp_path / "a.csv", [header, [*row[:10], "Offender sent to prison", ""]])], tmp_path)
    assert done["unchanged"] == 1


def test_a_run_that_failed_in_the_middle_is_finished_by_running_again(tmp_path, monkeypatch) -> None:
    run([JANUARY, FEBRUARY], tmp_path, dry_run=True)
    monkeypatch.setattr(importing, "BATCH", 10)
    stored, calls = Shelf.store, []

    def fails_on_the_third(shelf, actor, entries):
        calls.append(len(entries))
        done = stored(shelf, actor, entries)
        if len(calls) == 3:
            raise ConnectionError("the plug was pulled")
        return done

    monkeypatch.setattr(Shelf, "store", fails_on_the_third)
    with pytest.raises(ConnectionError):
        run([JANUARY, FEBRUARY], tmp_path)
    assert len(everything_stored()) == 20
    monkeypatch.setattr(Shelf, "store", stored)
    done = run([FEBRUARY, JANUARY], tmp_path)
    assert (done["stored"], done["unchanged"]) == (22, 20)
    assert len(everything_stored()) == 42


def test_batches_make_no_difference(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 7)
    assert run([JANUARY, FEBRUARY], tmp_path)["stored"] == 42


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path) -> None:
    dry = run([JANUARY, FEBRUARY], tmp_path, dry_run=True)
    assert "dry run" in dry.printed
    assert everything_stored() == set()
    with as_role(MIGRATION):
        assert not Event.objects.exists() and not Member.objects.exists() and not Change.objects.exists()
    assert run([JANUARY, FEBRUARY], tmp_path).figures == dry.figures


def test_each_batch_is_one_piece_of_news_and_the_run_one_entry_in_the_log(tmp_path, monkeypatch, here) -> None:
    monkeypatch.setattr(importing, "BATCH", 30)
    run([JANUARY, FEBRUARY], tmp_path)
    with as_role(MIGRATION):
        assert list(Change.objects.values_list("kind", "partnership_id", "observation_id")) == [
            ("imported", here.id, None)] * 2
        assert set(Change.objects.values_list("reported_at", flat=True)) == set(
            Exact.objects.values_list("reported_at", flat=True))
        entry = Event.objects.get()
        assert (entry.kind, entry.subject) == ("observations.imported", here.id)
        assert entry.detail == {"profile": "police-uk", "read": 51, "stored": 42, "updated": 0, "unchanged": 0,
                                "rejected": dict(sorted(REJECTED.items()))}
    run([JANUARY, FEBRUARY], tmp_path)
    with as_role(MIGRATION):
        assert (Change.objects.count(), Event.objects.count()) == (2, 2)


def test_the_import_acts_as_one_member_of_the_organisation_without_a_login(tmp_path) -> None:
    run([JANUARY], tmp_path)
    run([FEBRUARY], tmp_path)
    with as_role(MIGRATION):
        member = Member.objects.get()
        assert (member.name, member.user_id, member.roles) == ("Import", None, ["system"])
        assert set(Exact.objects.values_list("reporter_id", flat=True)) == {member.id}
        assert not Text.objects.exists()


@pytest.mark.parametrize(("change", "said"), [
    ({"profile": "police-dk"}, "lokalnet, lokalnet-export, police-uk"),
    ({"organisation": "Nobody"}, "--organisation Nobody"),
    ({"partnership": "andet"}, "--partnership andet"),
    ({"profile": "lokalnet"}, "missing columns: 'category', 'lat', 'lon', 'occurred_at'; unknown columns: 'Context'"),
    ({"files": [JANUARY, DATA / ".." / "data" / JANUARY.name]}, "named twice"),
    ({"files": [DATA / "absent.csv"]}, "absent.csv"),
])
def test_what_cannot_be_meant_is_refused_before_any_row(tmp_path, change, said) -> None:
    arguments = {"files": [JANUARY]} | change
    with pytest.raises(ImportFailed, match=said.replace(".", r"\.")):
        run(arguments.pop("files"), tmp_path, **arguments)
    assert everything_stored() == set()


def test_the_rejected_rows_never_replace_an_imported_file(tmp_path) -> None:
    own = tmp_path / "rejected.csv"
    own.write_bytes(JANUARY.read_bytes())
    with pytest.raises(ImportFailed, match="one of the files to import"):
        run([own], tmp_path)
    assert own.read_bytes() == JANUARY.read_bytes()


def test_only_the_service_may_ask_for_the_import_member() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolname from pg_roles where rolname like 'lokalnet%' and rolname <> 'lokalnet_definer' "
                       "and has_function_privilege(rolname, 'import_member(text)', 'execute')")
        assert cursor.fetchall() == [("lokalnet_app",)]


def test_another_encoding_is_refused_before_any_row(tmp_path) -> None:
    (tmp_path / "latin.csv").write_bytes(JANUARY.read_bytes().replace(b"Sample Street", b"Gr\xf8n Street"))
    with pytest.raises(ImportFailed, match=r"latin\.csv: not (a text file )?in utf-8-sig"):
        run([tmp_path / "latin.csv"], tmp_path)
    assert everything_stored() == set()
