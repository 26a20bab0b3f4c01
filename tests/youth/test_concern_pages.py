"""The pages: search before writing, a draft that saves itself, sending, reading one's own; nothing in any address."""

import json
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lokalnet.access.models import Event, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.youth.concerns import drafting
from lokalnet.youth.models import Concern
from tests.doors.people import browser
from tests.youth.concerns import FACTS, NAME, WORDS, begun, born, sent, who, with_file, written
from tests.youth.people import Room

pytestmark = pytest.mark.django_db

SAID = {"name": NAME, "cpr": who().cpr, "born": born().isoformat(), "facts": FACTS, "source": WORDS.source,
        "acute": "no", "why": WORDS.why, "edition": "1"}


def asked(client: Client, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/bekymring/", {"concern": str(uuid4()), "cpr": who().cpr, "why": WORDS.why} | more)


def saved(client: Client, concern_id: UUID, **more: str):  # type: ignore[no-untyped-def]
    return client.post(f"/bekymring/{concern_id}/gem/", json.dumps(SAID | more), content_type="application/json")


def text(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_whom_it_is_about_is_asked_first_and_a_draft_begins(room: Room) -> None:
    answer = asked(browser(room.tove))
    assert answer.status_code == 302
    page = browser(room.tove).get(answer["Location"])
    assert who().cpr in text(page) and WORDS.why in text(page)
    with as_role(MIGRATION):
        assert answer["Location"] == f"/bekymring/{Concern.objects.get().id}/"


def test_what_one_has_already_is_shown_first_and_one_may_write_all_the_same(room: Room) -> None:
    there = begun(room, room.tove)
    page = asked(browser(room.tove))
    assert page.status_code == 200 and f"/bekymring/{there}/" in text(page)
    assert asked(browser(room.tove), act="begin").status_code == 302


def test_whether_anybody_else_holds_something_the_answer_is_the_same(room: Room) -> None:
    with_file(room, room.karl)
    answers = [asked(browser(room.tove), cpr=who(nth=nth).cpr) for nth in (0, 1)]
    assert [answer.status_code for answer in answers] == [302, 302]
    pages = [text(browser(room.tove).get(answer["Location"])) for answer in answers]
    assert len({len(page.replace(who(nth=nth).cpr, "")) for nth, page in enumerate(pages)}) == 1


@pytest.mark.parametrize(("typed", "field"), [
    ({"cpr": ""}, "cpr"), ({"cpr": "123"}, "cpr"), ({"cpr": "", "name": NAME}, "born"), ({"why": ""}, "why"),
    ({"cpr": who(years=9).cpr}, "cpr")])
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(room: Room, typed: dict[str, str], field: str
                                                                     ) -> None:
    page = asked(browser(room.tove), **typed)
    assert page.status_code == 422 and list(page.context["form"].errors) == [field]
    with as_role(MIGRATION):
        assert not Concern.objects.exists()


def test_the_page_takes_no_words_by_its_address(room: Room) -> None:
    page = browser(room.tove).get(f"/bekymring/?name={NAME}&why=Set-paa-torvet&cpr={who().cpr}")
    main = text(page)[text(page).index("<main"):]
    assert NAME not in main and "Set-paa-torvet" not in main and who().cpr not in main


def test_no_cache_keeps_a_page_and_no_other_page_learns_its_address(room: Room) -> None:
    concern_id = begun(room, room.tove)
    for path in ("/bekymring/", f"/bekymring/{concern_id}/", "/bekymringer/"):
        answer = browser(room.tove).get(path)
        assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "strict-origin"
    assert 'autocomplete="off"' in text(answer) or path == "/bekymringer/"


def test_it_saves_itself_and_says_which_edition_stands(room: Room) -> None:
    concern_id = begun(room, room.tove)
    client = browser(room.tove)
    assert saved(client, concern_id).json() == {"edition": 2}
    assert saved(client, concern_id).json() == {"edition": 2}  # the same words
    assert saved(client, concern_id, edition="2", tried="Jeg har ringet").json() == {"edition": 3}
    assert saved(client, concern_id, edition="2", tried="Noget andet").status_code == 409
    found = drafting.draft(room.world.actor(room.tove), concern_id).worry
    assert (found.words.facts, found.words.tried) == (FACTS, "Jeg har ringet")


@pytest.mark.parametrize("body", ["", "[]", "1", "{", '{"born": "i går"}', '{"edition": []}', '{"facts": 7}'])
def test_what_is_no_draft_is_not_saved(room: Room, body: str) -> None:
    concern_id = begun(room, room.tove)
    answer = browser(room.tove).post(f"/bekymring/{concern_id}/gem/", body, content_type="application/json")
    assert answer.status_code in (409, 422) and answer.json()["words"]


def test_a_child_under_ten_is_refused_while_it_is_typed(room: Room) -> None:
    answer = saved(browser(room.tove), begun(room, room.tove), cpr=who(years=9).cpr)
    assert answer.status_code == 422 and answer.json()["field"] == "cpr"


def test_sent_it_says_received_and_a_double_click_is_harmless(room: Room) -> None:
    concern_id = begun(room, room.tove)
    client = browser(room.tove)
    for _ in range(2):
        answer = client.post(f"/bekymring/{concern_id}/", SAID | {"act": "send"})
        assert (answer.status_code, answer["Location"]) == (302, f"/bekymring/{concern_id}/")
    page = client.get(f"/bekymring/{concern_id}/")
    assert page.context["own"].told.sent_at and FACTS in text(page)
    assert saved(client, concern_id).status_code == 409


def test_two_clicks_at_the_same_moment_both_lead_to_what_was_sent(room: Room, monkeypatch) -> None:
    concern_id = begun(room, room.tove)
    save = drafting.save

    def overtaken(*args, **kwargs):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(drafting, "save", save)
        assert browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {"act": "send"}).status_code == 302
        return save(room.world.actor(room.tove), *args[1:], **kwargs)

    monkeypatch.setattr(drafting, "save", overtaken)
    answer = browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {"act": "send"})
    assert (answer.status_code, answer["Location"]) == (302, f"/bekymring/{concern_id}/")


def test_what_is_missing_keeps_what_was_typed_and_saves_it(room: Room) -> None:
    concern_id = begun(room, room.tove)
    page = browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {"act": "send", "source": ""})
    assert page.status_code == 422 and list(page.context["form"].errors) == ["source"] and FACTS in text(page)
    again = browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {
        "act": "send", "edition": str(page.context["form"]["edition"].value())})
    assert again.status_code == 302


def test_without_script_a_draft_is_saved_and_thrown_away_by_buttons(room: Room) -> None:
    concern_id = begun(room, room.tove)
    client = browser(room.tove)
    assert client.post(f"/bekymring/{concern_id}/", SAID | {"act": "save"}).status_code == 302
    assert FACTS in text(client.get(f"/bekymring/{concern_id}/"))
    for _ in range(2):
        assert client.post(f"/bekymring/{concern_id}/", {"act": "throw-away"}).status_code in (302, 404)
    assert client.get(f"/bekymring/{concern_id}/").status_code == 404


def test_an_old_window_says_so_and_a_second_save_counts(room: Room) -> None:
    concern_id, _ = written(room, room.tove)
    page = browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {"act": "save", "edition": "1"})
    assert page.status_code == 422 and page.context["form"].non_field_errors()
    edition = str(page.context["form"]["edition"].value())
    assert browser(room.tove).post(f"/bekymring/{concern_id}/", SAID | {
        "act": "save", "edition": edition}).status_code == 302


@pytest.mark.parametrize("name", ["sanne", "karl", "gorm", "signe"])
def test_for_anybody_else_it_is_not_there_and_the_same_as_nothing(room: Room, name: str) -> None:
    member: Member = getattr(room, name)
    draft, told = begun(room, room.tove), sent(room, room.tove, who(nth=1))
    client = browser(member)
    pages = [client.get(f"/bekymring/{each}/") for each in (draft, told, uuid4())]
    pages += [client.post(f"/bekymring/{each}/", SAID | {"act": "send"}) for each in (draft, told, uuid4())]
    pages += [saved(client, each) for each in (draft, told, uuid4())]
    assert {page.status_code for page in pages} == {404}


def test_who_may_not_tell_of_a_worry_is_refused_the_page_and_a_stranger_sees_their_own(room: Room) -> None:
    assert browser(room.gorm).get("/bekymring/").status_code == 403
    assert browser(room.world.viggo).get("/bekymring/").status_code == 403
    assert browser(room.world.clara).get("/bekymringer/").status_code == 200


def test_the_list_has_days_and_no_names(room: Room) -> None:
    begun(room, room.tove)
    sent(room, room.tove, who("Selma Opdigtet", nth=1))
    page = text(browser(room.tove).get("/bekymringer/"))
    assert page.count("/bekymring/") >= 3 and NAME not in page and "Selma" not in page and FACTS not in page


def test_in_danger_the_page_says_whom_to_call_and_keeps_only_that_a_notification_was_sent(room: Room, settings) -> None:
    settings.LOKALNET_DUTY_TELEPHONES = {"Ballerup Kommune": "44 00 00 01", "Gladsaxe Kommune": "39 00 00 02"}
    concern_id = begun(room, room.tove)
    client = browser(room.tove)
    page = text(client.get(f"/bekymring/{concern_id}/"))
    assert page.index("39 00 00 02") < page.index("44 00 00 01") and "§ 133" in page and "112" in page
    client.post(f"/bekymring/{concern_id}/", SAID | {"act": "send", "acute": "yes", "notified_on": "2026-11-20"})
    with as_role(MIGRATION):
        row = Concern.objects.get(id=concern_id)
    assert row.acute and row.notified_on.isoformat() == "2026-11-20"


def test_where_the_room_is_closed_whoever_might_come_in_is_told_why_and_others_that_there_is_nothing(
        room: Room, settings) -> None:
    concern_id = begun(room, room.tove)
    settings.LOKALNET_DEMO = False
    assert browser(room.tove).get("/bekymring/").templates[0].name == "persons/closed.html"
    assert browser(room.tove).get(f"/bekymring/{concern_id}/").status_code == 403
    assert "/bekymring/" not in text(browser(room.tove).get("/min-dag/"))


def test_no_word_of_it_stands_in_the_log(room: Room) -> None:
    client = browser(room.tove)
    location = asked(client)["Location"]
    client.post(location, SAID | {"act": "send"})
    with as_role(MIGRATION):
        said = str([vars(event) for event in Event.objects.all()])
    assert not any(word in said for word in (NAME, who().cpr, FACTS, WORDS.why))
