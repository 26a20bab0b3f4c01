"""An export holds what its member sees and nothing else, and no text that was removed."""

import json
import random
from datetime import UTC, datetime, timedelta
from io import BytesIO

import psycopg
import pytest
from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import override
from openpyxl import load_workbook

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation import jobs
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import correcting, files, picture
from lokalnet.situation.exporting import asking, formats, keeping, making, rows
from lokalnet.situation.exporting.formulas import dangerous, guarded
from lokalnet.situation.exporting.tables import Column, Sheet
from lokalnet.situation.models import Export
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of, events
from tests.days import today
from tests.situation.exports import (
    as_stored,
    asked,
    colleague,
    content,
    csv_rows,
    features,
    frame,
    made,
    sheets,
    somebody_is_recognised,
)
from tests.world import GRANTOFTEN, World

SECRET = "Uro ved elefanthuset"
HOSTILE = ("=1+1", "+45", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1+1", "\u200b=1+1",
           "＝1+1", "＋1", "－1", "＠SUM", "﹦1", "−2+3", "'=1+1", "\ufeff=cmd|' /C calc'!A0", "\u2028=1")
HARMLESS = ("Uro", "2 = 2", "kl. 21-23", "", " a", "'ja'", "100 %", "æ=1")

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world: World) -> World:
    """Reports of both municipalities, the police and the association, shared in every way."""
    chance = random.Random(11)
    senders = (world.anna, world.berit, world.bo, world.viggo)
    for number in range(48):
        world.report(
            chance.choice(senders), key=f"f{number}", text=chance.choice(("", f"Tekst {number}")),
            category=chance.choice(("nuisance", "vandalism", "shots")),
            visibility=chance.choice(("organisation", "municipalities", "partnership", "public")),
            police_sees=chance.choice(("area", "text", "exact")),
            precision=chance.choice(("exact", "hour", "evening", "week")),
            longitude=GRANTOFTEN[0] + chance.random() / 50, latitude=GRANTOFTEN[1] + chance.random() / 50,
            occurred_at=now() - timedelta(hours=chance.randrange(1, 500)))
    return world


def listed(world: World, member: Member, query: str = "") -> list[picture.Sight]:
    here = frame(world, member)
    filters = asking.FilterBar(asking.QueryDict(query), here).filters()
    return picture.page(here.partnership, filters, size=1000).sights


@pytest.mark.parametrize("query", ["days=30", "days=7", "days=30&category=shots", "days=30&severity=2",
                                   "days=30&organisation=Testpolitiet"])
def test_it_holds_what_the_list_shows_in_the_lists_order(filled, query) -> None:
    export = made(filled, filled.berit, query=query)
    shown = listed(filled, filled.berit, query)
    assert [row["id"] for row in csv_rows(export)] == [str(sight.id) for sight in shown]
    assert [row["text"] for row in csv_rows(export)] == [sight.text for sight in shown]
    assert export.rows == len(shown)
    assert set(export.observation_ids) == {sight.id for sight in shown if sight.text}


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ANALYST, Role.LEADER])
def test_the_police_get_their_own_and_nothing_else(filled, form, role) -> None:
    paula = colleague(filled.police, "Paula", role)
    with override("da"):
        export = made(filled, paula, form=form, query="days=30")
    own = {str(sight.id) for sight in listed(filled, paula, "days=30")
           if sight.organisation_id == filled.police.id}
    everything = {str(sight.id) for sight in listed(filled, paula, "days=30")}
    assert own and own < everything
    found = {"csv": lambda: {row["id"] for row in csv_rows(export)},
             "geojson": lambda: {id_ for id_, _point, _said in features(export)},
             "xlsx": lambda: {row[0] for row in next(iter(sheets(export).values()))[1:]}}[form]()
    assert found == own
    assert export.scope == "own"


@pytest.mark.parametrize("crafted", [
    "days=30&organisation=Gladsaxe+Kommune", "days=30&organisation=Ballerup+Kommune", "days=30&scope=picture"])
def test_the_police_cannot_ask_for_others_by_a_crafted_address(filled, crafted) -> None:
    client = browser_of(filled.lars)
    answer = client.post(f"/udtraek/ny/?{crafted}", {"format": "csv", "scope": "picture", "organisation": "x"})
    assert answer.status_code == 302
    with as_role(MIGRATION):
        export = Export.objects.get(member=filled.lars)
    making.make(str(export.id))
    municipal = {str(sight.id) for sight in listed(filled, filled.lars, "days=30")
                 if sight.organisation_id != filled.police.id}
    said = content(as_stored(export.id)).decode()
    assert as_stored(export.id).scope == "own"
    assert municipal and not any(id_ in said for id_ in municipal)


def test_a_scope_that_somebody_wrote_into_the_row_gives_the_police_nothing(filled) -> None:
    """The rights are asked again when the file is made."""
    export_id = asked(filled, filled.lars)
    with as_role(MIGRATION):
        Export.objects.filter(id=export_id).update(scope="picture")
    making.make(str(export_id))
    assert (as_stored(export_id).state, as_stored(export_id).file) == ("failed", None)


@pytest.mark.parametrize("who", ["anna", "bo", "viggo", "dorte"])
def test_who_has_no_right_gets_no_export(filled, who) -> None:
    member = getattr(filled, who)
    with pytest.raises(NotAllowed):
        asked(filled, member)
    client = browser_of(member)
    assert client.get("/udtraek/").status_code == 403
    assert client.post("/udtraek/ny/", {"format": "csv"}).status_code == 403


def test_a_stranger_gets_nothing_of_it(filled) -> None:
    nora = colleague(filled.outside, "Nora", Role.COORDINATOR)
    client = browser_of(nora)
    assert client.post("/udtraek/ny/?partnership=test", {"format": "csv"}).status_code == 404


def test_anothers_export_is_not_there(filled) -> None:
    export = made(filled, filled.berit)
    for other in (filled.adam, filled.lars):
        actor = filled.actor(other)
        assert Export.objects.count() == 0
        with pytest.raises(Http404):
            keeping.fetch(actor, export.id)
        with pytest.raises(Http404):
            keeping.delete(actor, export.id)
    assert browser_of(filled.adam).get(f"/udtraek/{export.id}/").status_code == 404


def test_coarse_values_stay_coarse(world) -> None:
    """A municipality's report as its reader gets it: here another municipality, which gets it whole, and the rows' own
    maker for the police, who get it coarsely."""
    place = (12.361234, 55.731234)
    observation = world.report(world.anna, key="1", visibility="partnership", police_sees="text", text="Larm",
                               longitude=place[0], latitude=place[1],
                               occurred_at=datetime(2026, 3, 4, 20, 17, tzinfo=UTC))
    here = frame(world, world.bo)
    sight = picture.one(observation)
    assert sight is not None and sight.coarse
    row = dict(zip([column.key for column in rows.columns()], rows.Maker(here).row(sight, coarsened=False),
                   strict=True))
    assert (row["longitude"], row["latitude"]) != place
    assert (row["from"].isoformat(), row["until"].isoformat()) == (
        "2026-03-04T18:00:00+01:00", "2026-03-05T00:00:00+01:00")
    assert "21.17" not in str(row["when"]) and "21:17" not in str(row["when"])


def test_a_part_of_a_day_and_a_week_are_as_long_as_the_clock_on_the_wall_says(world) -> None:
    observation = world.report(world.anna, key="1", precision="week",
                               occurred_at=datetime(2026, 3, 28, 12, tzinfo=UTC))  # the clocks change that Sunday
    here = frame(world, world.anna)
    start, end = rows.span(picture.one(observation), here.zone)
    assert (start.isoformat(), end.isoformat()) == ("2026-03-23T00:00:00+01:00", "2026-03-30T00:00:00+02:00")


def test_the_three_formats_hold_the_same(filled) -> None:
    with override("en"):
        by_form = {form: made(filled, filled.berit, form=form, query="days=30") for form in ("csv", "xlsx", "geojson")}
    table = sheets(by_form["xlsx"])["Observations"]
    head = table[0]
    in_book = [dict(zip(head, row, strict=True)) for row in table[1:]]
    in_text = content(by_form["csv"]).decode("utf-8-sig")
    points = list(features(by_form["geojson"]))
    assert len(in_book) == len(points) == by_form["csv"].rows
    for row, (id_, point, said) in zip(in_book, points, strict=True):
        assert id_ == row["Reference"] and id_ in in_text
        assert point == [pytest.approx(row["Longitude"], abs=1e-6), pytest.approx(row["Latitude"], abs=1e-6)]
        assert (said["text"] or None, said["standing"]) == (row["Text"], row["Standing"])
        assert said["from"].startswith(row["From time"].isoformat(timespec="minutes"))


def test_a_file_says_what_it_is(filled) -> None:
    with override("en"):
        said = dict(sheets(made(filled, filled.berit, form="xlsx", query="days=30&category=shots"))["About"])
    assert (said["Made by"], said["On behalf of"], said["Category"]) == ("Berit", "Ballerup Kommune", "Shots")
    assert "Not for investigation" in said["Use"]
    assert "Unconfirmed" in said["About the standing"]


def test_danish_spreadsheets_get_semicolons_and_decimal_commas(world) -> None:
    world.report(world.anna, key="1", text="Uro; og larm")
    with override("da"):
        export = made(world, world.berit)
    assert content(export).startswith(b"\xef\xbb\xbf")
    (row,) = csv_rows(export)
    assert (row["text"], row["longitude"], row["latitude"]) == ("Uro; og larm", "12,363300", "55,731100")
    with override("en"):
        assert b",12.363300,55.731100," in content(made(world, world.berit))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_is_known(text) -> None:
    assert dangerous(text) and guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text) -> None:
    assert guarded(text) == text


def unpacked(form: str, sheet: Sheet, about=()) -> bytes:
    return formats.unpacked(formats.packed(form, [sheet], about, language="en"))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_in_a_workbook(text) -> None:
    sheet = Sheet("A/B [x]", (Column("text", "=Overskrift"), Column("n", "N")), [(text, -0.127), ("#N/A", -5)])
    page = load_workbook(BytesIO(unpacked("xlsx", sheet, (("=x", text),)))).worksheets[0]
    assert {cell.data_type for row in page.iter_rows(max_col=1) for cell in row} == {"s"}
    assert page["A2"].quotePrefix and page["A2"].value[-1] == text[-1]
    assert (page["B2"].value, page["B2"].data_type, page["B3"].value) == (-0.127, "n", -5)


def test_negative_numbers_stay_numbers_in_csv() -> None:
    sheet = Sheet("A", (Column("x", "X"),), [(-0.127,), ("-0.127",), (-5,)])
    assert unpacked("csv", sheet).decode("utf-8-sig").splitlines() == [
        "X", "-0.127000", "'-0.127", "-5"]


def test_a_hostile_report_reaches_the_file_disarmed(world) -> None:
    world.report(world.anna, key="1", text="=HYPERLINK(\"http://x\")")
    assert csv_rows(made(world, world.berit))[0]["text"].startswith("'=HYPERLINK")


def test_geojson_is_as_the_rfc_has_it(world) -> None:
    world.report(world.anna, key="1", text="Uro")
    said = json.loads(content(made(world, world.berit, form="geojson")))
    assert said["type"] == "FeatureCollection" and "crs" not in said and said["about"]
    (feature,) = said["features"]
    assert feature["type"] == "Feature" and set(feature) == {"type", "id", "geometry", "properties"}
    assert feature["geometry"] == {"type": "Point", "coordinates": [12.3633, 55.7311]}


def test_more_rows_than_the_most_are_cut_and_it_is_said(world, monkeypatch) -> None:
    for number in range(4):
        world.report(world.anna, key=str(number))
    monkeypatch.setattr(rows, "MOST", 3)
    export = made(world, world.berit)
    assert (export.rows, len(csv_rows(export)), export.asked["cut"]) == (3, 3, True)
    monkeypatch.setattr(rows, "MOST", 4)
    assert "cut" not in made(world, world.berit).asked


# Removed texts


def test_a_text_that_is_removed_takes_the_file_along(world) -> None:
    observation = world.report(world.anna, key="1", text=SECRET)
    export = made(world, world.berit)
    assert SECRET in content(export).decode()
    somebody_is_recognised(world, world.adam, observation)
    after = as_stored(export.id)
    assert (after.state, after.file, after.observation_ids) == ("removed", None, [])
    assert SECRET not in content(made(world, world.berit)).decode()


def test_a_file_without_the_text_stays(world) -> None:
    hidden = world.report(world.anna, key="1", text=SECRET, visibility="organisation")
    world.report(world.anna, key="2", text="Larm")
    export = made(world, world.berit)
    somebody_is_recognised(world, world.adam, hidden)
    assert as_stored(export.id).state == "ready"


def test_a_text_that_is_removed_while_the_file_is_made_does_not_come_back(world, monkeypatch) -> None:
    observation = world.report(world.anna, key="1", text=SECRET)
    kept = world.report(world.anna, key="2", text="Larm")
    export_id = asked(world, world.berit)
    packed, calls = making.packed, []

    def removed_meanwhile(*said, **more):
        file = packed(*said, **more)
        calls.append(SECRET in formats.unpacked(file).decode())
        return file

    hold = making._hold_texts

    def hold_after_removal(ids):
        if len(calls) == 1:
            raise making.TextsGone  # as the recheck finds it; the removal itself follows below
        hold(ids)

    monkeypatch.setattr(making, "packed", removed_meanwhile)
    monkeypatch.setattr(making, "_hold_texts", hold_after_removal)
    finish = making._finish

    def finish_again(*ids):
        if len(calls) == 1:
            somebody_is_recognised(world, world.adam, observation)
        finish(*ids)

    monkeypatch.setattr(making, "_finish", finish_again)
    making.make(str(export_id))
    assert calls == [True, False]
    export = as_stored(export_id)
    assert SECRET not in content(export).decode() and export.observation_ids == [kept]


def test_the_recheck_sees_a_removed_and_a_hidden_text(world) -> None:
    observation = world.report(world.anna, key="1", text=SECRET)
    hidden = world.report(world.anna, key="2", text=SECRET, visibility="organisation")
    world.actor(world.berit)
    making._hold_texts([observation])
    with pytest.raises(making.TextsGone):
        making._hold_texts([observation, hidden])
    somebody_is_recognised(world, world.adam, observation)
    world.actor(world.berit)
    with pytest.raises(making.TextsGone):
        making._hold_texts([observation])


# Jobs


def test_a_job_that_runs_twice_makes_one_file(world) -> None:
    world.report(world.anna, key="1", text="Uro")
    export = made(world, world.berit)
    making.make(str(export.id))
    again = as_stored(export.id)
    assert (bytes(again.file), again.finished_at) == (bytes(export.file), export.finished_at)
    assert len(events("export.made")) == 1


def test_a_job_that_was_killed_is_found_and_finished(world) -> None:
    world.report(world.anna, key="1", text="Uro")
    export_id = asked(world, world.berit)
    with as_role(MIGRATION):
        Export.objects.filter(id=export_id).update(state="running")
    waiting(clear=True)
    files.run_again()
    assert waiting() == []  # it may be living still
    with as_role(MIGRATION):
        Export.objects.filter(id=export_id).update(asked_at=now() - timedelta(minutes=3))
    files.run_again()
    files.run_again()
    assert waiting() == [("situation.export", {"subject": str(export_id)})]
    making.make(str(export_id))
    assert as_stored(export_id).state == "ready"
    waiting(clear=True)
    files.run_again()
    assert waiting() == []


def test_what_nobody_could_finish_in_a_day_is_given_up(world) -> None:
    export_id = asked(world, world.berit)
    with as_role(MIGRATION):
        Export.objects.filter(id=export_id).update(asked_at=now() - timedelta(days=2))
    files.run_again()
    assert as_stored(export_id).state == "failed"


def test_two_workers_do_not_make_one_file_twice(world, bed, django_db_blocker) -> None:
    export_id = asked(world, world.berit)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=name, autocommit=True) as other:
        other.execute("select pg_advisory_lock(hashtextextended(%s, %s))", [str(export_id), jobs.LOCKS])
        making.make(str(export_id))
        assert as_stored(export_id).state == "waiting"
        other.execute("select pg_advisory_unlock_all()")  # a server may end a session after its client has gone on
    making.make(str(export_id))
    assert as_stored(export_id).state == "ready"


def test_what_others_took_out_goes_when_its_sender_withdraws_or_narrows_it(world) -> None:
    for narrow in (withdrawn, narrowed):
        observation_id = world.report(world.anna, key=narrow.__name__, text="Ved en fejl", visibility="municipalities")
        own, others = made(world, world.adam), made(world, world.berit)
        assert (own.state, others.state) == ("ready", "ready")
        narrow(frame(world, world.anna), observation_id)
        assert as_stored(others.id).state == "removed" and as_stored(others.id).file is None
        assert as_stored(own.id).state == "ready"


def withdrawn(here, observation_id) -> None:
    correcting.withdraw(here, observation_id, note="")


def narrowed(here, observation_id) -> None:
    said = correcting.present(here, observation_id)
    wanted = Report(**(vars(said.report()) | {"visibility": "organisation"}))
    correcting.correct(here, observation_id, wanted, edition=said.observation.edition)


def test_the_queue_holds_an_opaque_id_and_nothing_else(world) -> None:
    waiting(clear=True)
    export_id = asked(world, world.berit, query="days=30&q=Uro")
    assert waiting() == [("situation.export", {"subject": str(export_id)})]


def test_a_job_stands_or_falls_with_what_asked_for_it(world) -> None:
    waiting(clear=True)
    with transaction.atomic():
        asked(world, world.berit)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.parametrize(("words", "kept"), [("kiosken", True), ("010190-1234", False)])
def test_a_search_for_a_person_is_not_kept(world, words, kept) -> None:
    export = as_stored(asked(world, world.berit, query=f"days=30&q={words}"))
    assert (words in str(export.asked)) == kept
    assert words not in str(events("export.asked")[-1].detail)


def test_a_second_click_asks_for_no_second_file(world) -> None:
    assert asked(world, world.berit) == asked(world, world.berit)
    assert asked(world, world.berit) != asked(world, world.berit, form="xlsx")


def test_who_has_left_gets_no_file(world) -> None:
    world.report(world.anna, key="1", text=SECRET)
    export_id = asked(world, world.berit)
    with as_role(MIGRATION):
        Member.objects.filter(id=world.berit.id).update(ended_at=now() - timedelta(minutes=1))
    making.make(str(export_id))
    assert (as_stored(export_id).state, as_stored(export_id).file) == ("failed", None)


def test_who_has_lost_the_right_gets_no_file(world) -> None:
    export_id = asked(world, world.berit)
    ready = made(world, world.berit, form="xlsx")
    with as_role(MIGRATION):
        Member.objects.filter(id=world.berit.id).update(roles=["street-worker"])
    making.make(str(export_id))
    assert as_stored(export_id).state == "failed"
    assert browser_of(world.berit).get(f"/udtraek/{ready.id}/").status_code == 403


def test_what_fails_is_said_to_have_failed(world, monkeypatch) -> None:
    export_id = asked(world, world.berit)

    def breaks(*_said, **_more):
        raise ArithmeticError

    monkeypatch.setattr(making, "packed", breaks)
    with pytest.raises(ArithmeticError):
        making.make(str(export_id))
    assert as_stored(export_id).state == "failed"


def waiting(*, clear: bool = False) -> list[tuple[str, dict[str, str]]]:
    """What stands in the queue."""
    with connection.cursor() as cursor:
        if clear:
            cursor.execute("delete from procrastinate_jobs")
        cursor.execute("select task_name, args from procrastinate_jobs order by id")
        return [(name, json.loads(said)) for name, said in cursor.fetchall()]


# Pages


def test_from_the_form_to_the_file(filled) -> None:
    client = browser_of(filled.berit)
    page = client.get("/udtraek/ny/?days=30&category=shots").content.decode()
    assert "Skud" in page
    assert client.post("/udtraek/ny/?days=30&category=shots", {}).status_code == 422
    answer = client.post("/udtraek/ny/?days=30&category=shots", {"format": "csv"})
    assert (answer.status_code, answer["Location"]) == (302, "/udtraek/")
    waits = client.get("/udtraek/").content.decode()
    assert 'hx-trigger="every 2s"' in waits
    with as_role(MIGRATION):
        export = Export.objects.get()
    assert client.get(f"/udtraek/{export.id}/")["Location"] == "/udtraek/"
    making.make(str(export.id))
    ready = client.get("/udtraek/").content.decode()
    assert "hx-trigger" not in ready and f"/udtraek/{export.id}/" in ready
    answer = client.get(f"/udtraek/{export.id}/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    day = today().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="lokalnet-test-{day}.csv"'
    assert answer.content == content(as_stored(export.id))
    assert answer["Cache-Control"] == "no-store, private"
    assert client.post(f"/udtraek/{export.id}/slet/").status_code == 302
    with as_role(MIGRATION):
        assert not Export.objects.exists()
    told = {kind: events(kind)[-1] for kind in ("export.asked", "export.made", "export.fetched", "export.deleted")}
    assert {event.member_id for event in told.values()} == {filled.berit.id}
    assert told["export.asked"].detail["format"] == "csv"
    assert told["export.asked"].detail["rows"] == told["export.made"].detail["rows"] == export_rows(told)


def export_rows(told) -> int:
    return int(told["export.fetched"].detail["rows"])


def test_htmx_gets_the_list_alone(world) -> None:
    asked(world, world.berit)
    page = browser_of(world.berit).get("/udtraek/", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div id="exports"') and "<html" not in page


def test_what_has_expired_is_not_there(world) -> None:
    export = made(world, world.berit)
    with as_role(MIGRATION):
        Export.objects.filter(id=export.id).update(expires_at=now() - timedelta(seconds=1))
    assert browser_of(world.berit).get(f"/udtraek/{export.id}/").status_code == 404
