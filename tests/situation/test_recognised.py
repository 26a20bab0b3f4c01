"""Somebody can be recognised here: the words are planted everywhere they can lie, and afterwards searched for in every
column of every table, in the pages, the API, the exports and the live events."""

import json
from uuid import UUID

import pytest
from django.db import connection

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import acting, correcting, corroborating
from lokalnet.situation.corroborating import Opinion
from lokalnet.situation.models import ActKind, Export, Observation, Photo, Receipt, Text
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of, events
from tests.doors.people import api_key, browser, keyed
from tests.situation.test_outside import body, picture, send
from tests.world import World

PLANTED = "zebrafisk"  # a word that stands nowhere else
SECRET = f"En {PLANTED} ved opgangen"


def frame(world: World, member: object) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)  # type: ignore[arg-type]


def everywhere(word: str) -> list[str]:
    """table.column of every place in the database that holds the word, as text, in JSON, in bytes or as a lexeme."""
    found = []
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select table_name, column_name, data_type from information_schema.columns "
                       "where table_schema = 'public' order by 1, 2")
        for table, column, kind in cursor.fetchall():
            said = f"encode({column}, 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'select count(*) from "{table}" where {said} ilike %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.fixture
def planted(world: World) -> UUID:
    """The word in the text, in what stood before a correction, in a note, and in a finished export."""
    made: UUID = world.report(world.anna, key="k", text=SECRET, visibility="partnership")
    here = frame(world, world.anna)
    correcting.correct(here, made, Report(**(vars(correcting.present(here, made).report())
                                             | {"text": f"{SECRET}, rettet"})), edition=1)
    corroborating.seen_too(frame(world, world.berit), made, note=SECRET)
    corroborating.decide(frame(world, world.bo), made, Opinion("confirmed", SECRET))
    actor = world.actor(world.adam)
    Export(organisation_id=actor.organisation_id, partnership=world.partnership, member_id=actor.member_id,
           format="csv", scope="picture", state="ready", file=SECRET.encode(), observation_ids=[made],
           finished_at=now()).save(force_insert=True)
    return made


def test_the_search_of_this_test_finds_what_was_planted(planted: UUID) -> None:
    assert everywhere(PLANTED) == ["situation_act.note", "situation_export.file", "situation_observation_text.text",
                                   "situation_observation_text.words", "situation_version.content"]


def test_the_words_go_from_everywhere_at_once(world: World, planted: UUID) -> None:
    assert browser_of(world.berit).post(f"/haendelse/{planted}/kan-genkendes/").status_code == 302
    assert everywhere(PLANTED) == []
    with as_role(MIGRATION):
        assert Receipt.objects.get(observation_id=planted).body_hash is None  # a short text could be guessed from it
        assert Export.objects.get().state == "removed"
        assert Observation.objects.get(id=planted).text_removed


def test_no_page_api_answer_journal_copy_or_live_event_gives_them_back(world: World, planted: UUID) -> None:
    api = keyed(api_key(world.gladsaxe, "observations"))
    browser_of(world.bo).post(f"/haendelse/{planted}/kan-genkendes/")
    for member in (world.anna, world.berit, world.bo, world.adam):
        client = browser_of(member)
        for path in (f"/haendelse/{planted}/", f"/haendelse/{planted}/?journal=text", "/overblik/", "/mine/",
                     f"/overblik/?q={PLANTED}", "/overblik/?journal=text", "/overblik/live"):
            said = client.get(path).content.decode()
            assert SECRET not in said, (member.name, path)
    assert PLANTED not in api.get("/api/v1/observations").content.decode()
    assert PLANTED not in json.dumps([event.detail for event in events("observation.recognised")])


def test_those_who_see_the_report_keep_the_rest_of_it(world: World, planted: UUID) -> None:
    acting.do(frame(world, world.berit), planted, ActKind.RECOGNISED)
    page = browser_of(world.bo).get(f"/haendelse/{planted}/").content.decode()
    assert "Teksten er fjernet" in page and "Grantoften" not in page


def test_a_retry_of_the_report_does_not_bring_the_words_back(world: World, planted: UUID) -> None:
    acting.do(frame(world, world.berit), planted, ActKind.RECOGNISED)
    again = world.report(world.anna, key="k", text=SECRET, visibility="partnership")
    assert again == planted and everywhere(PLANTED) == []


def test_who_gets_no_words_cannot_remove_them(world: World) -> None:
    made = world.report(world.anna, key="area", text=SECRET, visibility="partnership", police_sees="area")
    with pytest.raises(NotAllowed):
        acting.do(frame(world, world.bo), made, ActKind.RECOGNISED)
    assert browser_of(world.clara).post(f"/haendelse/{made}/kan-genkendes/").status_code == 404
    world.actor(world.anna)
    assert Text.objects.get(observation_id=made).text == SECRET


def test_the_sender_may_write_new_words_after_that(world: World, planted: UUID) -> None:
    acting.do(frame(world, world.berit), planted, ActKind.RECOGNISED)
    here = frame(world, world.anna)
    said = correcting.present(here, planted)
    correcting.correct(here, planted, Report(**(vars(said.report()) | {"text": "Uro ved opgangen"})),
                       edition=said.observation.edition)
    page = browser_of(world.bo).get(f"/haendelse/{planted}/").content.decode()
    assert "Uro ved opgangen" in page and "Teksten er fjernet" not in page


def test_the_picture_goes_with_the_text_and_comes_back_by_no_way(world: World) -> None:
    """Not by the phone that sends it again because its answer was lost, and not by a correction without new words."""
    client, said = browser(world.anna), body(photo=picture())
    made = send(client, said).json()["observation"]
    browser(world.berit).post(f"/haendelse/{made}/kan-genkendes/")
    assert browser(world.berit).get(f"/haendelse/{made}/billede/").status_code == 404
    assert send(client, said).status_code == 200
    with as_role(MIGRATION):
        edition = Observation.objects.get(id=made).edition
    correction = said | {"kind": "correction", "observation": made, "edition": edition, "text": ""}
    assert send(client, correction).json()["errors"]["photo"]
    with as_role(MIGRATION):
        assert not Photo.objects.filter(observation_id=made).exists()


def test_a_report_that_is_only_a_picture_can_be_recognised_too(world: World) -> None:
    made = send(browser(world.anna), body(text="", photo=picture())).json()["observation"]
    page = browser(world.berit).get(f"/haendelse/{made}/").content.decode()
    assert f"/haendelse/{made}/kan-genkendes/" in page
    browser(world.berit).post(f"/haendelse/{made}/kan-genkendes/")
    with as_role(MIGRATION):
        assert not Photo.objects.filter(observation_id=made).exists()
