"""Triage on the screen: a list without names, a page for each, decisions that a colleague notices."""

from uuid import uuid4

import pytest

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons.models import Visit
from lokalnet.youth.models import Concern, File, Outcome, Step
from tests.doors.people import browser
from tests.youth.concerns import FACTS, NAME, decided, sent, who
from tests.youth.people import Room

pytestmark = pytest.mark.django_db

SAID = {"act": "decide", "step": "contact", "outcome": "onward", "reason": "Jeg har ringet til Tove"}


def text(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_the_list_has_no_name_and_no_word_of_what_was_told(room: Room) -> None:
    concern_id = sent(room, room.tove, acute=True)
    page = text(browser(room.sanne).get("/afklaring/"))
    assert str(concern_id) in page and NAME not in page and FACTS not in page and "Tove" not in page
    with as_role(MIGRATION):
        assert not Visit.objects.exists()


def test_the_page_says_it_all_and_is_a_visit_for_triage(room: Room) -> None:
    concern_id = sent(room, room.tove)
    page = text(browser(room.sanne).get(f"/afklaring/{concern_id}/"))
    assert NAME in page and FACTS in page and "Tove" in page
    with as_role(MIGRATION):
        assert Visit.objects.get().purpose == "triage"


@pytest.mark.parametrize(("name", "status"), [("tove", 403), ("karl", 403), ("gorm", 403), ("signe", 200),
                                              ("petra", 200)])
def test_for_anybody_else_it_is_not_there(room: Room, name: str, status: int) -> None:
    member: Member = getattr(room, name)
    concern_id = sent(room, room.tove)
    client = browser(member)
    assert client.get("/afklaring/").status_code == status
    assert str(concern_id) not in text(client.get("/afklaring/"))
    pages = [client.get(f"/afklaring/{each}/") for each in (concern_id, uuid4())]
    pages += [client.post(f"/afklaring/{each}/", SAID) for each in (concern_id, uuid4())]
    assert {page.status_code for page in pages} == {404}


def test_a_step_is_decided_and_the_page_goes_on_to_the_next(room: Room) -> None:
    concern_id = sent(room, room.tove)
    client = browser(room.sanne)
    for _ in range(2):  # a double click
        answer = client.post(f"/afklaring/{concern_id}/", SAID)
        assert (answer.status_code, answer["Location"]) == (302, f"/afklaring/{concern_id}/")
    page = client.get(f"/afklaring/{concern_id}/")
    assert page.context["step"] == Step.FIRST and SAID["reason"] in text(page)


def test_what_is_missing_is_said_and_what_was_written_stays(room: Room) -> None:
    concern_id = sent(room, room.tove)
    page = browser(room.sanne).post(f"/afklaring/{concern_id}/", SAID | {"outcome": "advice"})
    assert page.status_code == 422 and list(page.context["form"].errors) == ["reply"] and SAID["reason"] in text(page)


def test_who_was_too_late_is_told_and_nothing_is_decided_twice(room: Room) -> None:
    concern_id = sent(room, room.tove)
    decided(room, room.world.adam, concern_id)
    answer = browser(room.sanne).post(f"/afklaring/{concern_id}/", SAID)
    assert answer.status_code == 302
    with as_role(MIGRATION):
        assert Concern.objects.get().decisions.count() == 1


def test_closed_it_is_out_of_sight_and_a_double_click_leads_to_the_list(room: Room) -> None:
    concern_id = sent(room, room.tove)
    client = browser(room.sanne)
    for _ in range(2):
        answer = client.post(f"/afklaring/{concern_id}/", SAID | {"outcome": "advice", "reply": "Ring til træneren"})
        assert (answer.status_code, answer["Location"]) == (302, "/afklaring/")
    assert client.get(f"/afklaring/{concern_id}/").status_code == 404
    assert "Ring til træneren" in text(browser(room.tove).get(f"/bekymring/{concern_id}/"))


def test_only_the_last_step_offers_a_file_and_says_whose_it_can_be(room: Room) -> None:
    concern_id = sent(room, room.tove)
    client = browser(room.sanne)
    assert "owner" not in client.get(f"/afklaring/{concern_id}/").context["form"].fields
    for step in (Step.CONTACT, Step.FIRST, Step.SCREENING):
        decided(room, room.sanne, concern_id, step)
    offered = [name for _, name in client.get(f"/afklaring/{concern_id}/").context["form"].fields["owner"].choices]
    assert offered[1:] == ["Adam", "Anna", "Karl", "Sanne"]
    answer = client.post(f"/afklaring/{concern_id}/", {
        "act": "decide", "step": "final", "outcome": Outcome.FILE.value, "reason": "Han vil gerne have hjælp",
        "reply": "Vi tager over herfra", "owner": str(room.karl.id), "about": "helped", "deletes_on": ""})
    assert answer.status_code == 302
    with as_role(MIGRATION):
        assert File.objects.get().owner_id == room.karl.id


def test_an_answer_on_the_way_reaches_whoever_told_of_it(room: Room) -> None:
    concern_id = sent(room, room.tove)
    client = browser(room.sanne)
    assert client.post(f"/afklaring/{concern_id}/", {"act": "reply", "words": " "}).status_code == 422
    assert client.post(f"/afklaring/{concern_id}/", {"act": "reply", "words": "Vi ringer"}).status_code == 302
    assert "Vi ringer" in text(browser(room.tove).get(f"/bekymring/{concern_id}/"))


def test_a_protected_address_is_said_to_be_protected(room: Room) -> None:
    from dataclasses import replace

    concern_id = sent(room, room.tove, replace(who(), protected=True))
    page = browser(room.sanne).get(f"/afklaring/{concern_id}/")
    assert page.context["found"].worry.who.protected and page.context["found"].worry.who.address == ""
