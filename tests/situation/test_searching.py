"""Search in the texts: Danish, by what the reader may know, and never for a person."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lokalnet.situation import searching
from tests.access.people import browser_of, events
from tests.world import World

PERSONS = ["Mads Nielsen", "010190-1234", "20 30 40 51"]
Sending = Callable[[Client, dict[str, str]], Any]


def hits(world: World, who: str, words: str) -> int:
    answer = browser_of(getattr(world, who)).get("/overblik/", {"q": words})
    assert answer.status_code == 200
    return int(answer.context["count"])


@pytest.fixture
def told(world: World) -> World:
    world.report(world.anna, key="1", text="Uro på legepladsen, to scootere", visibility="partnership")
    world.report(world.anna, key="2", text="Knuste ruder i vaskeriet", visibility="municipalities")
    world.report(world.anna, key="3", text="Scooter på stien", visibility="partnership", police_sees="area")
    world.report(world.anna, key="4", text="Scooter i gården", visibility="organisation")
    return world


@pytest.mark.parametrize(("words", "found"), [("scooter", 3), ("legeplads", 1), ("ruder vaskeri", 1), ("rude", 1),
                                              ("scooter ruder", 0), ("og", 0), ("«»!", 4), ("", 4)])
def test_danish_words_are_found_by_their_beginning_and_in_any_form(told: World, words: str, found: int) -> None:
    assert hits(told, "anna", words) == found


@pytest.mark.parametrize(("who", "found"), [("anna", 3), ("berit", 2), ("bo", 1), ("viggo", 0), ("clara", 0)])
def test_only_in_words_that_the_reader_gets(told: World, who: str, found: int) -> None:
    assert hits(told, who, "scooter") == found


@pytest.mark.parametrize("send", [
    lambda client, asked: client.post("/overblik/filtre/", asked),
    lambda client, asked: client.get("/overblik/", asked)], ids=["by the form", "by an address"])
@pytest.mark.parametrize("words", PERSONS)
def test_a_search_for_a_person_is_not_made_and_leaves_no_words(told: World, words: str, send: Sending) -> None:
    client = browser_of(told.anna)
    sent = send(client, {"q": words, "days": "30"})
    assert (sent.status_code, sent["Location"]) == (302, "/overblik/?days=30")
    page = client.get(sent["Location"])
    assert page.context["count"] == 4
    assert "alert-error" in page.content.decode() and words not in page.content.decode()
    assert not any(words in str(event.detail) for event in events("picture.read"))


def test_a_search_for_a_person_is_told_where_the_list_alone_is_asked_for(told: World) -> None:
    answer = browser_of(told.anna).post("/overblik/filtre/", {"q": PERSONS[0]}, follow=True,
                                        headers={"HX-Request": "true"})
    assert answer.templates[0].name == "situation/list.html"
    assert answer.content.decode().count('role="alert"') == 1


def test_a_search_for_events_goes_on_to_its_address(told: World) -> None:
    sent = browser_of(told.anna).post("/overblik/filtre/", {"q": "scooter", "days": "30", "area": ""})
    assert sent["Location"] == "/overblik/?q=scooter&days=30"


@pytest.mark.parametrize("words", PERSONS)
def test_a_view_is_saved_without_a_search_for_a_person(told: World, words: str) -> None:
    client = browser_of(told.anna)
    assert client.get("/overblik/mere/", {"q": words}).context["query"] == ""
    client.post("/overblik/visninger/", {"name": "Min", "query": urlencode({"q": words, "days": "30"})})
    page = client.get("/overblik/")
    assert [view.query for view in page.context["views"]] == ["days=30"]


def test_the_log_says_that_a_search_was_made_and_not_what_for(told: World) -> None:
    hits(told, "anna", "legeplads")
    detail = events("picture.read")[-1].detail
    assert detail["filters"]["searched"] is True and "legeplads" not in str(detail)


@pytest.mark.parametrize("words", ["'", "a' | 'b", "!", "a & !b", "\\", "x" * 500, "\x00", "(((", ":*"])
def test_no_character_breaks_the_question(told: World, words: str) -> None:
    assert browser_of(told.anna).get("/overblik/", {"q": words}).status_code == 200


def test_list_and_map_show_the_same_found_set(told: World) -> None:
    client = browser_of(told.anna)
    shown = client.get("/overblik/", {"q": "scooter"}).content.decode()
    points = client.get("/overblik/kort.json", {"q": "scooter"}).content.decode()
    assert shown.count("data-id=") == 3 and sum(part in points for part in
                                                (row.split('"')[0] for row in shown.split('data-id="')[1:])) == 3


def test_words_become_a_query_of_beginnings() -> None:
    assert searching.query("Uro, på stien!") == "'Uro':* & 'på':* & 'stien':*"
