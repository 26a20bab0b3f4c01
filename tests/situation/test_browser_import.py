"""An import from a browser: looked at first, stored once, and the file is gone afterwards."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation import scratch
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import files
from lokalnet.situation.importing import browser, previewing, profiles, receiving, running, sheets
from lokalnet.situation.importing.sheets import BadFile
from lokalnet.situation.models import Exact, Observation, Text, Upload
from tests.access.people import browser_of, events
from tests.situation.exports import colleague, frame
from tests.world import World

HEAD = ("id", "category", "lat", "lon", "occurred_at", "text", "visibility")
SECRET = "Uro ved elefanthuset"
GOOD = (("a1", "nuisance", "55.7311", "12.3633", "2026-03-31T21:45:00+02:00", SECRET, "municipalities"),
        ("a2", "vandalism", "55.7312", "12.3634", "2026-03-30T08:10:00+02:00", "", "partnership"),
        ("a3", "shots", "55.7313", "12.3635", "2026-03-29T23:10:00+02:00", "", "organisation"))
BAD = (("b1", "nonsense", "55.73", "12.36", "2026-03-31T21:45:00+02:00", SECRET, "municipalities"),
       ("b2", "nuisance", "", "", "2026-03-31T21:45:00+02:00", "", "municipalities"),
       ("b3", "nuisance", "55.73", "12.36", "i går", "", "municipalities"))

pytestmark = pytest.mark.django_db


def as_csv(*rows: Sequence[object], head: Sequence[str] = HEAD, delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([head, *rows])
    return text.getvalue().encode()


def as_xlsx(*rows: Sequence[object], head: Sequence[str] = HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    book.create_sheet("Andet").append(["nothing of ours"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def brought(world: World, content: bytes, *, member: Member | None = None, profile: str = "lokalnet") -> UUID:
    return browser.bring(frame(world, member or world.adam), name="raekker.csv", content=content, profile=profile).id


def looked(world: World, content: bytes, **more: Any) -> Upload:
    upload_id = brought(world, content, **more)
    browser.look(str(upload_id))
    return as_stored(upload_id)


def imported(world: World, content: bytes) -> Upload:
    upload = looked(world, content)
    browser.start(world.actor(world.adam), upload.id)
    browser.run(str(upload.id))
    return as_stored(upload.id)


def as_stored(upload_id: UUID) -> Upload:
    with as_role(MIGRATION):
        return Upload.objects.get(id=upload_id)


def observations() -> int:
    with as_role(MIGRATION):
        return Observation.objects.count()


def test_it_shows_what_would_happen_and_stores_nothing(world) -> None:
    upload = looked(world, as_csv(*GOOD, *BAD))
    assert upload.totals["foreseen"] == {
        "read": 6, "stored": 3, "updated": 0, "unchanged": 0,
        "rejected": {"bad-time": 1, "no-coordinates": 1, "unknown-category": 1}}
    assert [(line, reason) for line, reason, _rule in upload.problems] == [
        (5, "unknown-category"), (6, "no-coordinates"), (7, "bad-time")]
    assert [row["category"] for row in upload.totals["first"]] == ["nuisance", "vandalism", "shots"]
    assert observations() == 0
    assert (upload.state, bytes(upload.file or b"")) == ("preview", as_csv(*GOOD, *BAD))


def test_a_problem_never_says_what_stands_in_the_row(world) -> None:
    upload = looked(world, as_csv(*BAD, ("b4", "nuisance", "55.73", "12.36", "2026-03-31T21:45:00+02:00",
                                         "CPR 010190-1234", "municipalities")))
    said = str(upload.problems) + str(upload.totals)
    assert not any(piece in said for piece in (SECRET, "nonsense", "i går", "010190"))
    assert str(scratch.folder()) not in said


def test_only_the_first_problems_are_kept(world) -> None:
    upload = looked(world, as_csv(*(BAD[1] for _ in range(250))))
    assert (len(upload.problems), upload.totals["foreseen"]["rejected"]) == (200, {"no-coordinates": 250})


def test_a_reason_beyond_the_lines_that_are_kept_is_told_all_the_same(world) -> None:
    upload = looked(world, as_csv(*(BAD[1] for _ in range(250)), BAD[2]))
    page = browser_of(world.adam).get(f"/indlaes/{upload.id}/").content.decode()
    assert upload.totals["rules"]["no-coordinates"] in page and upload.totals["rules"]["bad-time"] in page
    told = previewing.summary(upload.totals, upload.problems).reasons
    assert [(each.number, each.lines) for each in told] == [(250, "2–201 …"), (1, "…")]


def test_the_import_member_reports_and_the_log_names_who_did_it(world) -> None:
    upload = imported(world, as_csv(*GOOD, *BAD))
    assert (upload.state, upload.file, "first" in upload.totals) == ("done", None, False)
    assert {name: upload.totals["now"][name] for name in ("read", "stored", "unchanged")} == {
        "read": 6, "stored": 3, "unchanged": 0}
    with as_role(MIGRATION):
        reporters = Member.objects.filter(id__in=Exact.objects.values_list("reporter_id", flat=True))
        assert [(member.name, member.user_id, member.organisation_id) for member in reporters] == [
            ("Import", None, world.gladsaxe.id)]
    (event,) = events("import.made")
    assert (event.member_id, event.detail["stored"], event.subject) == (world.adam.id, 3, upload.id)
    assert [event.member_id for event in events("import.asked")] == [world.adam.id]


def test_the_same_file_again_changes_nothing(world) -> None:
    imported(world, as_csv(*GOOD))
    again = imported(world, as_csv(*GOOD))
    assert (again.totals["now"]["stored"], again.totals["now"]["unchanged"]) == (0, 3)
    assert observations() == 3


def test_a_double_click_imports_once(world) -> None:
    upload = looked(world, as_csv(*GOOD))
    actor = world.actor(world.adam)
    browser.start(actor, upload.id)
    browser.start(actor, upload.id)
    browser.run(str(upload.id))
    browser.run(str(upload.id))
    assert observations() == 3
    assert (len(events("import.asked")), len(events("import.made"))) == (1, 1)


def test_what_was_not_looked_at_is_not_imported(world) -> None:
    upload_id = brought(world, as_csv(*GOOD))
    browser.start(world.actor(world.adam), upload_id)
    browser.run(str(upload_id))
    assert (as_stored(upload_id).state, observations()) == ("preview", 0)


def test_a_killed_import_goes_on_where_it_stopped(world, monkeypatch) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    upload = looked(world, as_csv(*GOOD))
    browser.start(world.actor(world.adam), upload.id)
    save, calls = browser.Task.save, []

    def killed_after_the_second(task, **changes):
        save(task, **changes)
        calls.append(changes)
        if len(calls) == 3:  # running, one row, two rows
            raise KeyboardInterrupt

    monkeypatch.setattr(browser.Task, "save", killed_after_the_second)
    with pytest.raises(KeyboardInterrupt):
        browser.run(str(upload.id))
    assert (as_stored(upload.id).state, observations()) == ("running", 2)
    monkeypatch.setattr(browser.Task, "save", save)
    with as_role(MIGRATION):
        Upload.objects.filter(id=upload.id).update(asked_at=now() - timedelta(minutes=3))
    files.run_again()
    browser.run(str(upload.id))
    done = as_stored(upload.id)
    assert (done.state, observations()) == ("done", 3)
    assert {name: done.totals["now"][name] for name in ("read", "stored", "unchanged")} == {
        "read": 3, "stored": 3, "unchanged": 0}


def test_progress_says_how_many_of_how_many(world, monkeypatch) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    told = []
    save = browser.Task.save
    monkeypatch.setattr(browser.Task, "save", lambda task, **changes: (told.append(changes), save(task, **changes)))
    imported(world, as_csv(*GOOD))
    assert [each["totals"]["now"]["stored"] for each in told if "now" in each.get("totals", {})] == [1, 2, 3]


def test_who_gives_up_leaves_nothing_behind(world) -> None:
    upload = looked(world, as_csv(*GOOD))
    browser.give_up(world.actor(world.adam), upload.id)
    after = as_stored(upload.id)
    assert (after.state, after.file, after.problems) == ("given-up", None, [])
    assert SECRET not in str(after.totals)
    browser.start(world.actor(world.adam), upload.id)
    browser.run(str(upload.id))
    assert observations() == 0


@pytest.fixture
def disk(tmp_path, monkeypatch) -> Path:
    """A scratch folder that no other test uses at the same time."""
    monkeypatch.setattr(scratch, "home", lambda: tmp_path)
    return scratch.folder()


def test_no_file_is_left_on_the_disk(world, disk) -> None:
    imported(world, as_xlsx(*GOOD))
    with pytest.raises(BadFile):
        brought(world, as_csv(*GOOD, head=("x",) * 7))
    assert list(disk.iterdir()) == []
    with receiving.opened(as_csv(*GOOD), profiles.load("lokalnet")) as table:
        assert table.path.stat().st_mode & 0o777 == 0o600
        assert table.path.parent.stat().st_mode & 0o777 == 0o700
    assert not table.path.exists()


def test_what_a_killed_process_left_behind_is_swept(world, disk, monkeypatch) -> None:
    left = disk / "left"
    left.mkdir()
    (left / "brought").write_text("x")
    files.run_again()
    assert left.exists()
    monkeypatch.setattr(scratch, "LONGEST_WORK", timedelta(seconds=-5))
    files.run_again()
    assert not left.exists()


# Rights


@pytest.mark.parametrize("who", ["anna", "bo", "viggo", "dorte", "lars"])
def test_who_has_no_right_imports_nothing(world, who) -> None:
    member = getattr(world, who)
    with pytest.raises(NotAllowed):
        brought(world, as_csv(*GOOD), member=member)
    assert browser_of(member).post("/indlaes/", {}).status_code == 403


def test_anothers_file_is_not_there(world) -> None:
    upload = looked(world, as_csv(*GOOD))
    other = colleague(world.gladsaxe, "Ada", Role.COORDINATOR)
    client = browser_of(other)
    for path in ("", "start/", "opgiv/"):
        ask = client.post if path else client.get
        assert ask(f"/indlaes/{upload.id}/{path}").status_code == 404
    assert as_stored(upload.id).state == "preview"


def test_who_has_left_imports_nothing(world) -> None:
    upload = looked(world, as_csv(*GOOD))
    browser.start(world.actor(world.adam), upload.id)
    with as_role(MIGRATION):
        Member.objects.filter(id=world.adam.id).update(ended_at=now() - timedelta(minutes=1))
    browser.run(str(upload.id))
    after = as_stored(upload.id)
    assert (after.state, after.file, observations()) == ("failed", None, 0)
    assert SECRET not in str(after.totals)


# Workbooks


def test_a_workbook_is_the_same_rows(world) -> None:
    upload = imported(world, as_xlsx(*((*row[:2], float(row[2]), float(row[3]), *row[4:]) for row in GOOD)))
    assert upload.totals["now"]["stored"] == 3
    again = imported(world, as_csv(*GOOD))
    assert (again.totals["now"]["stored"], again.totals["now"]["unchanged"]) == (0, 3)


def test_a_workbooks_own_dates_are_times(world) -> None:
    rows = [("x1", "nuisance", 55.7311, 12.3633, datetime(2026, 3, 31, 21, 45), None, None)]
    imported(world, as_xlsx(*rows))
    with as_role(MIGRATION):
        assert Exact.objects.get().occurred_at.isoformat() == "2026-03-31T19:45:00+00:00"


@pytest.mark.parametrize(("value", "said"), [
    (datetime(2026, 3, 31, 21, 44, 59, 999_900), "2026-03-31T21:45:00"), (date(2026, 3, 31), "2026-03-31T00:00:00"),
    (5.0, "5"), (-0.127, "-0.127"), (7, "7"), (True, "true"), (None, ""), ("a\r\nb", "a\nb")])
def test_cells_become_what_the_profile_expects(value, said) -> None:
    assert sheets._text(value, profiles.load("lokalnet")) == said


def test_a_month_in_a_workbook_is_written_as_its_profile_has_it() -> None:
    assert sheets._text(datetime(2026, 3, 1), profiles.load("police-uk")) == "2026-03"


def test_lines_of_a_workbook_are_its_rows(world) -> None:
    several = ("a1", *GOOD[0][1:5], "Første linje\nanden linje\ntredje", "municipalities")
    upload = looked(world, as_xlsx(several, (None,) * 7, GOOD[1], BAD[0]))
    assert [line for line, _reason, _rule in upload.problems] == [5]
    assert [row["line"] for row in upload.totals["first"]] == [2, 4]
    assert upload.totals["first"][0]["text"] == several[5]


def test_formulas_are_their_last_value(tmp_path) -> None:
    book = Workbook()
    book.active.append(["id", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    sheets.to_csv(tmp_path / "a.xlsx", tmp_path / "a.csv", profiles.load("lokalnet"))
    assert "=1+1" not in (tmp_path / "a.csv").read_text()


# Wrong files


def archive(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, said in members.items():
            made.writestr(name.replace("__", "/"), said)
    return file.getvalue()


def renamed(content: bytes, name: str, said: str) -> bytes:
    """The workbook with another content of one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for each in old.namelist():
            made.writestr(each, said if each == name else old.read(each))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
WRONG = {
    "pdf": (b"%PDF-1.7\n...", "This is a PDF"), "png": (b"\x89PNG\r\n\x1a\n....", "This is a picture"),
    "jpeg": (b"\xff\xd8\xff\xe0....", "This is a picture"), "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
    "word": (archive(**{"word/document.xml": "<x/>"}), "Word document"), "zip": (archive(a="b"), "archive (zip)"),
    "empty": (b"", "empty"), "blank": (b" \n\n", "empty"),
    "latin-1": (as_csv(*GOOD) + "a4,nuisance,55.7,12.4,2026-01-01T10:00:00Z,Grønt,\n".encode("latin-1"),
                "Line 5 is not in UTF-8"),
    "utf-16": (as_csv(*GOOD).decode().encode("utf-16"), "no text in UTF-8"),
    "columns": (as_csv(*GOOD, head=("id", "kategori", "lat", "lon", "occurred_at", "text", "visibility")),
                "missing: category. These columns are not known: kategori."),
    "twice": (as_csv(*GOOD, head=("id", "category", "lat", "lon", "occurred_at", "text", "text")), "twice: text"),
    "no header": (as_csv(head=GOOD[0]), "missing: category, lat, lon, occurred_at."),
    "damaged": (as_xlsx(*GOOD)[:3000] + b"x" * 500, "archive"),
    "not xml": (renamed(as_xlsx(*GOOD), SHEET, "<worksheet"), "damaged"),
    "entities": (renamed(as_xlsx(*GOOD), SHEET, '<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'),
                 "damaged"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_what_is_wrong_and_what_would_do(world, name) -> None:
    content, said = WRONG[name]
    with override("en"), pytest.raises(BadFile) as problem:
        brought(world, content)
    assert said in str(problem.value)
    with as_role(MIGRATION):
        assert not Upload.objects.exists()


def test_what_swells_is_refused(world, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 2_000)
    with pytest.raises(BadFile):
        brought(world, as_xlsx(*GOOD))
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(BadFile):
        brought(world, as_xlsx(*GOOD))


def test_one_long_text_in_many_cells_is_refused(world, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "LONGEST_CELL", 100)
    with override("en"), pytest.raises(BadFile, match="A cell in row 2"):
        brought(world, as_xlsx(("a1", "nuisance", "55.7311", "12.3633", "2026-03-31T21:45:00+02:00", "x" * 101, "")))
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MOST_BYTES", 60_000)  # more than the workbook unpacked, less than its rows
    with override("en"), pytest.raises(BadFile, match="too large"):
        brought(world, as_xlsx(*[("a1", "nuisance", 1, 1, "x", "y" * 30_000, "z")] * 9))


def test_a_header_that_is_very_wide_is_refused(world) -> None:
    with override("en"), pytest.raises(BadFile, match="200 columns"):
        brought(world, as_xlsx(("x",), head=[*HEAD, *[f"c{number}" for number in range(200)]]))


@pytest.mark.parametrize(("name", "kept"), [("raekker_marts.csv", "raekker_marts.csv"), ("010190-1234.csv", "Fil.csv"),
                                            ("mads_nielsen.xlsx", "Fil.xlsx")])
def test_a_files_name_tells_of_nobody(world, name, kept) -> None:
    with override("da"):
        upload = browser.bring(frame(world, world.adam), name=name, content=as_csv(*GOOD), profile="lokalnet")
    assert upload.name == kept


def test_a_bomb_is_refused_before_it_is_unpacked(world) -> None:
    bomb = renamed(as_xlsx(*GOOD), SHEET, "<worksheet>" + " " * (sheets.MOST_BYTES + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(BadFile):
        brought(world, bomb)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_delimiter_of_danish_spreadsheets_is_understood(world, delimiter) -> None:
    assert looked(world, as_csv(*GOOD, delimiter=delimiter)).totals["foreseen"]["stored"] == 3


# Pages


def test_from_the_file_to_the_closing_table(world) -> None:
    client = browser_of(world.adam)
    file = SimpleUploadedFile("Rækker fra tilsynet.csv", as_csv(*GOOD, *BAD), "text/csv")
    answer = client.post("/indlaes/", {"file": file, "profile": "lokalnet"})
    assert answer.status_code == 302
    address = answer["Location"]
    with as_role(MIGRATION):
        upload = Upload.objects.get()
    assert upload.name == "Rækker fra tilsynet.csv"
    waits = client.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in waits and "start/" not in waits
    browser.look(str(upload.id))
    page = client.get(address).content.decode()
    assert "hx-trigger" not in page and f"{address}start/" in page
    assert SECRET in page and "Skud" in page
    assert client.post(f"{address}start/")["Location"] == address
    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    browser.run(str(upload.id))
    done = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert done.lstrip().startswith('<div id="upload"') and "hx-trigger" not in done
    assert SECRET not in done
    assert "Rækker fra tilsynet.csv" in client.get("/indlaes/").content.decode()


def test_a_wrong_file_is_said_at_its_field(world) -> None:
    client = browser_of(world.adam)
    answer = client.post("/indlaes/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "profile": "lokalnet"})
    assert answer.status_code == 422 and "PDF" in answer.content.decode()
    assert client.post("/indlaes/", {"profile": "lokalnet"}).status_code == 422
    assert client.post("/indlaes/", {"file": SimpleUploadedFile("a.csv", as_csv(*GOOD)), "profile": "../x"}
                       ).status_code == 422


def test_a_file_that_is_too_large_is_refused_and_lies_nowhere(world) -> None:
    client = browser_of(world.adam)
    large = SimpleUploadedFile("a.csv", as_csv(*GOOD) + b" " * receiving.LARGEST)
    assert client.post("/indlaes/", {"file": large, "profile": "lokalnet"}).status_code == 422
    with as_role(MIGRATION):
        assert not Upload.objects.exists()


def test_it_can_be_given_up_on_its_page(world) -> None:
    upload = looked(world, as_csv(*GOOD))
    client = browser_of(world.adam)
    assert client.post(f"/indlaes/{upload.id}/opgiv/")["Location"] == "/indlaes/"
    assert as_stored(upload.id).file is None
    with as_role(MIGRATION):
        assert not Text.objects.exists()


def test_what_is_shown_as_fine_is_what_the_import_takes(world) -> None:
    """Of two rows with one ID only the later is taken, and a name that is known as a place passes: shown so too."""
    twice = ("a1", "shots", "55.7311", "12.3633", "2026-03-28T21:45:00+02:00", "Tidligere", "municipalities")
    outside = ("c1", "shots", "51.5", "0.1", "2026-03-28T21:45:00+02:00", "", "municipalities")
    named = ("c2", *outside[1:2], "55.7311", "12.3633", *outside[4:5], "Set ved Kalle Nørgaard", "municipalities")
    upload = looked(world, as_csv(twice, outside, named, *GOOD))
    refused = {line for line, _reason, _rule in upload.problems}
    assert {row["line"] for row in upload.totals["first"]} == {2, 3, 4, 5, 6, 7} - refused
    assert {2, 3} <= refused
    browser.start(world.actor(world.adam), upload.id)
    browser.run(str(upload.id))
    assert observations() == len(upload.totals["first"])


def test_the_page_says_how_many_rows_would_be_rejected_and_why_by_line(world) -> None:
    with override("en"):
        upload = looked(world, as_csv(*GOOD, *BAD, BAD[1]))
    client = browser_of(world.adam)
    client.cookies["django_language"] = "en"
    page = client.get(f"/indlaes/{upload.id}/").content.decode()
    assert "All 7 rows of the file were looked at: 4 would be rejected." in page
    assert "6, 8" in page and "The row has no coordinates." in page
    assert "Another system" in page
