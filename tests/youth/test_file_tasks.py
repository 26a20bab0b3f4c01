"""What waits in files, by case number; what is told of; what somebody who leaves hands over; and the fora's names."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from lokalnet.access import administration, handover
from lokalnet.access.acting import NotAllowed
from lokalnet.access.administration import BadChange, NeedsHandover
from lokalnet.foundation.asking import answer
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.youth import forums
from lokalnet.youth.files import due, fetching, informing
from lokalnet.youth.files.informing import Told
from lokalnet.youth.models import File, Forum
from tests.days import today
from tests.doors.people import browser
from tests.youth.opened import EMIL, Opened, opened, seat, stay, worry
from tests.youth.people import Room
from tests.youth.test_file_acts import place, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(room: Room) -> Opened:
    return opened(room.world, room.sanne)


def test_the_owner_is_told_what_is_due_by_number_and_nobody_else_is(room: Room, made: Opened) -> None:
    task, = due.due_for(seat(room, room.sanne))
    assert made.number in task.about and task.until == today() + timedelta(days=28)
    for member in (room.karl, room.tove, room.gorm, room.signe):
        assert list(due.due_for(seat(room, member))) == []
    here = stay(room, room.sanne, made)
    informing.note(here, uuid4(), Told("youth", today(), "Talt med ham"))
    assert list(due.due_for(here.seat)) == []


def test_the_page_of_tasks_holds_numbers_and_no_names(room: Room, made: Opened) -> None:
    said = browser(room.sanne).get(reverse("files")).content.decode()
    assert made.number in said and EMIL not in said


def test_a_file_is_opened_by_its_number_by_who_works_on_it_alone(room: Room, made: Opened) -> None:
    answer = browser(room.sanne).post(reverse("files"), {"number": f" {made.number} "})
    assert answer["Location"] == reverse("file", args=[made.file_id])
    nobody = [browser(room.karl).post(reverse("files"), {"number": number}) for number in (made.number, "2026-9999")]
    assert [answer.status_code for answer in nobody] == [422, 422]


def test_a_file_that_is_to_be_deleted_soon_is_due(room: Room) -> None:
    opened(room.world, room.sanne, deletes_on=today() + timedelta(days=20))
    assert [each.what for each in due.listed(seat(room, room.sanne))] == ["delete", "inform"]


def test_while_the_room_is_closed_nothing_is_due(room: Room, made: Opened, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LOKALNET_DEMO = False
    assert list(due.due_for(seat(room, room.sanne))) == []
    assert browser(room.sanne).get(reverse("files")).status_code == 403
    assert browser(room.sanne).get(reverse("file", args=[made.file_id])).status_code == 403
    assert browser(room.tove).get(reverse("file", args=[made.file_id])).status_code == 404


def test_a_new_worry_is_told_to_who_works_on_the_file_without_a_name(room: Room, made: Opened) -> None:
    concern = worry(made, room.tove)
    answer("select tell_of_concern(%s, %s)", concern, seat(room, room.tove).partnership.id)
    with as_role(MIGRATION):
        assert set(Notice.objects.values_list("member__name", flat=True)) == {"Sanne"}
    here = seat(room, room.sanne)
    said = kinds.said(here, Notice.objects.get())
    assert said and made.number in said.title and said.url == reverse("file", args=[made.file_id])
    assert "concern" in [each.what for each in due.listed(here)]


def test_files_are_handed_over_when_somebody_leaves(room: Room, made: Opened) -> None:
    adam = room.world.actor(room.world.adam)
    assert len(handover.open_for(room.sanne.id)) == 1
    with pytest.raises(NeedsHandover):
        administration.end(adam, room.sanne.id, hand_to=None)
    administration.end(adam, room.sanne.id, hand_to=room.karl.id)
    with pytest.raises(Http404):
        fetching.one(seat(room, room.world.adam), made.file_id)
    assert fetching.one(seat(room, room.karl), made.file_id).owner_id == room.karl.id


def test_a_colleague_who_may_not_work_on_files_takes_none_over(room: Room, made: Opened) -> None:
    with pytest.raises(BadChange):
        administration.end(room.world.actor(room.world.adam), room.sanne.id, hand_to=room.tove.id)
    room.world.actor(room.sanne)
    assert File.objects.get(id=made.file_id).owner_id == room.sanne.id


def test_three_four_or_five_fora_with_names_of_their_own(room: Room) -> None:
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
        forums.install(room.world.gladsaxe)
    here = seat(room, room.sanne)
    assert [each.name for each in forums.of_organisation(here)] == list(forums.DEFAULT)
    for names in (["A", "B"], ["A", "", "C"], ["A", "B", "a"], ["A", "B", "C", "D", "E", "F"]):
        with pytest.raises(BrokenRule):
            forums.name(here, names)
    forums.name(here, ["Skolen", "Lokaludvalget", "Ledelsen", "Netværket", ""])
    assert [each.name for each in forums.of_organisation(here)] == ["Skolen", "Lokaludvalget", "Ledelsen", "Netværket"]
    with pytest.raises(NotAllowed):
        forums.name(seat(room, room.karl), ["A", "B", "C"])


def test_a_forum_that_files_are_taken_up_in_is_not_left_out_and_a_new_name_leaves_the_old_decision(
        room: Room, made: Opened) -> None:
    here = stay(room, room.sanne, made)
    forums.name(here.seat, ["A", "B", "C", "D"])
    place(here, 4)
    with pytest.raises(BrokenRule):
        forums.name(here.seat, ["A", "B", "C"])
    forums.name(here.seat, ["A", "B", "C", "Delta"])
    found = sheet(here).placed
    assert found and found.forum == "D" and Forum.objects.count() == 4
