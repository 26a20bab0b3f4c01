"""A file is entered for a purpose, and every page of it leaves an entry, or is no page."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lokalnet.access import events
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Purpose
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.persons.models import Visit
from lokalnet.youth.files import entering, fetching, reading
from lokalnet.youth.models import Note
from tests.days import today
from tests.doors.people import browser
from tests.youth.opened import EMIL, Opened, opened, seat, stay
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
NOWHERE = uuid4()


@pytest.fixture
def made(room: Room) -> Opened:
    return opened(room.world, room.sanne)


def plain(answer: HttpResponse, file_id: UUID) -> str:
    """The page without its own address and the token of its forms."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode().replace(str(file_id), ""))


def kinds(member: Member) -> list[str]:
    with as_role(MIGRATION):
        return list(Event.objects.filter(member=member).order_by("at").values_list("kind", flat=True))


def at(made: Opened, route: str = "file") -> str:
    return reverse(route, args=[made.file_id])


def enter(client: Client, made: Opened, purpose: str = "early-help") -> None:
    assert client.post(at(made, "file_enter"), {"purpose": purpose}).status_code == 302


@pytest.mark.parametrize("who", ["karl", "tove", "gorm", "signe", "petra", "freja"])
def test_whoever_does_not_work_on_it_gets_the_404_of_a_file_that_is_not_there(room: Room, made: Opened,
                                                                              who: str) -> None:
    here = seat(room, getattr(room, who))
    for file_id in (made.file_id, NOWHERE):
        with pytest.raises(Http404):
            fetching.one(here, file_id)
    client = browser(getattr(room, who))
    there, nothing = (client.get(reverse("file", args=[file_id])) for file_id in (made.file_id, NOWHERE))
    assert there.status_code == nothing.status_code == 404
    assert plain(there, made.file_id) == plain(nothing, NOWHERE)


def test_without_a_visit_the_page_asks_what_for_and_says_nothing_of_the_person(room: Room, made: Opened) -> None:
    answer = browser(room.sanne).get(at(made))
    said = answer.content.decode()
    assert answer.status_code == 200 and EMIL not in said
    assert all(f'value="{purpose.value}"' in said for purpose in (
        Purpose.EARLY_HELP, Purpose.INFORMING, Purpose.DISCLOSURE))


def test_each_page_of_a_visit_is_an_entry_with_the_purpose(room: Room, made: Opened) -> None:
    client = browser(room.sanne)
    enter(client, made, "informing")
    assert EMIL in client.get(at(made)).content.decode()
    assert client.get(at(made, "file_looks")).status_code == 200
    with as_role(MIGRATION):
        found = Event.objects.filter(member=room.sanne).order_by("at")
        assert list(found.values_list("kind", "purpose", "subject")) == [
            ("file.entered", "informing", made.file_id), *[("file.read", "informing", made.file_id)] * 2]


def test_where_the_entry_cannot_be_written_there_is_no_page(room: Room, made: Opened,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(room.sanne)
    client.raise_request_exception = False
    enter(client, made)

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("the log cannot be written")

    monkeypatch.setattr(events, "record", broken)
    answer = client.get(at(made))
    assert answer.status_code == 500 and EMIL not in answer.content.decode()


def test_nobody_enters_without_a_purpose(room: Room, made: Opened) -> None:
    here = seat(room, room.sanne)
    for purpose in ("", "triage", "report"):
        with pytest.raises(BrokenRule):
            entering.enter(here, fetching.one(here, made.file_id), purpose)
    assert browser(room.sanne).post(at(made, "file_enter"), {}).status_code == 422


def test_a_street_worker_who_may_not_share_is_not_asked_to_decide_about_sharing(room: Room) -> None:
    made = opened(room.world, room.world.anna)
    here = seat(room, room.world.anna)
    assert entering.choices(here) == [Purpose.EARLY_HELP, Purpose.INFORMING]
    with pytest.raises(BrokenRule):
        entering.enter(here, fetching.one(here, made.file_id), Purpose.DISCLOSURE)


def test_after_two_hours_the_page_asks_again(room: Room, made: Opened) -> None:
    client = browser(room.sanne)
    enter(client, made)
    with as_role(MIGRATION):
        Visit.objects.update(entered_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1))
    assert EMIL not in client.get(at(made)).content.decode()


def test_what_was_typed_while_the_visit_ended_is_sent_along_with_the_answer(room: Room, made: Opened) -> None:
    client, note = browser(room.sanne), {"id": str(uuid4()), "kind": "strength", "text": "Han passer sin træning"}
    answer = client.post(at(made, "file_note"), note)
    assert answer.status_code == 409 and "Han passer sin træning" in answer.content.decode()
    assert client.post(at(made, "file_note"), note | {"purpose-of-visit": "early-help"}).status_code == 302
    assert [each.text for each in reading.sheet(stay(room, room.sanne, made).file, today=today()).notes] == [
        "Han passer sin træning"]


def test_leaving_closes_and_the_wrong_file_is_told_apart(room: Room, made: Opened) -> None:
    client = browser(room.sanne)
    for door in ("file_leave", "file_wrong"):
        enter(client, made)
        assert client.post(at(made, door)).status_code == 302
        assert EMIL not in client.get(at(made)).content.decode()
    assert kinds(room.sanne) == ["file.entered", "file.left", "file.entered", "file.left-as-wrong"]
    with as_role(MIGRATION):
        assert list(Visit.objects.order_by("entered_at").values_list("wrong", flat=True)) == [False, True]


def test_later_than_ten_minutes_it_is_not_told_apart(room: Room, made: Opened) -> None:
    here = stay(room, room.sanne, made)
    with as_role(MIGRATION):
        Visit.objects.update(entered_at=now() - timedelta(minutes=11))
    room.world.actor(room.sanne)
    assert not entering.was_wrong(here.seat, here.file)
    with as_role(MIGRATION):
        assert not Visit.objects.get().wrong


def test_entering_leads_to_the_page_that_was_asked_for_and_to_no_other_place(room: Room, made: Opened) -> None:
    client = browser(room.sanne)
    for wanted, led in ((at(made, "file_note"), at(made, "file_note")), ("https://x.example/", at(made)),
                        ("/konto/", at(made))):
        answer = client.post(at(made, "file_enter"), {"purpose": "early-help", "next": wanted})
        assert answer["Location"] == led
    client.post(at(made, "file_leave"))
    said = client.get(at(made, "file_note") + "?slags=fact").content.decode()
    assert f'name="next" value="{at(made, "file_note")}?slags=fact"' in said
    assert 'name="next" value=""' in client.get(at(made, "file_enter")).content.decode()


def test_a_page_takes_as_many_questions_however_much_is_written(room: Room, made: Opened) -> None:
    client = browser(room.sanne)
    enter(client, made)
    client.get(at(made))
    with CaptureQueriesContext(connection) as few:
        client.get(at(made))
    here = stay(room, room.sanne, made)
    opener = here.sealer()
    for _ in range(30):
        row = Note(file=here.file, person_id=made.person_id, controller_id=here.file.controller_id, kind="fact",
                   author=room.sanne)
        row.sealed = opener.sealed(row, text="Set ved hallen", source="Læreren")
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        assert client.get(at(made)).content.decode().count('<article class="note">') == 30
    assert len(many) == len(few)


def test_the_database_never_looks_up_the_id_of_a_file(room: Room, made: Opened) -> None:
    """It goes through whom the actor may know: so a file of others takes as long as one that is not there."""
    room.world.actor(room.karl)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {fetching.BY_ID}", [str(made.file_id)])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "youth_file_pkey" not in plan and "person_id" in plan
