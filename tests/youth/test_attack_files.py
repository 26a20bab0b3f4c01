"""What somebody could do to a file past its pages, with ids and rights that are theirs for something else."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from lokalnet.foundation.asking import answer, rows
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import overriding
from lokalnet.persons.models import Access
from lokalnet.youth import forums
from lokalnet.youth.models import Contact, File, Mark
from tests.access.people import browser_of
from tests.youth.logbook import at, visit, weekday
from tests.youth.opened import Opened, number_of, opened, stay, way
from tests.youth.people import Room
from tests.youth.test_file_policies import insert

pytestmark = pytest.mark.django_db
WHY = "Han er meldt savnet, og ingen andre er her"


@pytest.fixture
def made(room: Room) -> Opened:
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    return opened(room.world, room.sanne)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as problem, transaction.atomic():
        act()
    return str(getattr(problem.value.__cause__, "sqlstate", ""))


def by_emergency(room: Room, made: Opened) -> None:
    overriding.begin(room.world.actor(room.sanne), made.person_id, WHY)
    stay(room, room.sanne, made)


@pytest.mark.parametrize("table", ["youth_mark", "youth_contact", "youth_placing", "youth_informing"])
def test_by_emergency_access_one_writes_notes_and_nothing_else(room: Room, table: str) -> None:
    """Also whoever decides about files elsewhere in the organisation."""
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    theirs = opened(room.world, room.karl)
    by_emergency(room, theirs)
    insert("youth_note", room, room.sanne, theirs)
    assert refused(lambda: insert(table, room, room.sanne, theirs)) in ("42501", "LN003")


def test_by_emergency_access_no_mark_or_contact_is_changed_by_a_form(room: Room) -> None:
    theirs = opened(room.world, room.karl)
    whose = {"file_id": theirs.file_id, "person_id": theirs.person_id, "controller_id": room.world.gladsaxe.id,
             "sealed": b"x"}
    with as_role(MIGRATION):
        mark = Mark.objects.create(made_by=room.karl, ends_on=now().date() + timedelta(days=20), **whose)
        contact = Contact.objects.create(**whose)
    by_emergency(room, theirs)
    client = browser_of(room.sanne)
    for sent in (client.post(reverse("file_mark", args=[theirs.file_id]), {"end": str(mark.id)}),
                 client.post(reverse("file_contact", args=[theirs.file_id]) + f"?ret={contact.id}", {"act": "end"})):
        assert sent.status_code == 403
    room.world.actor(room.sanne)
    for table in ("youth_mark", "youth_contact"):
        assert number_of(f"with ended as (update {table} set ended_at = now() returning 1) "
                         "select count(*) from ended") == 0


def test_a_note_corrects_one_of_the_same_file(room: Room, made: Opened) -> None:
    other = opened(room.world, room.karl, number="2026-0002")
    stay(room, room.karl, other)
    theirs = uuid4()
    insert("youth_note", room, room.karl, other, id=theirs)
    stay(room, room.sanne, made)
    ours = uuid4()
    insert("youth_note", room, room.sanne, made, id=ours)
    insert("youth_note", room, room.sanne, made, corrects_id=ours)
    for corrects in (theirs, uuid4()):
        assert refused(lambda: insert("youth_note", room, room.sanne, made, corrects_id=corrects)) == "LN003"  # noqa: B023


def test_what_was_given_for_a_week_is_handed_over_for_that_week(room: Room, made: Opened) -> None:
    ends = now() + timedelta(days=7)
    way(made.person_id, room.karl, until=ends)
    with as_role(MIGRATION):
        Access.objects.filter(member=room.sanne).update(until=now() - timedelta(minutes=1))
    room.world.actor(room.world.adam)
    answer("select hand_over_files(%s, %s)", room.karl.id, room.sanne.id)
    with as_role(MIGRATION):
        open_ways = Access.objects.filter(person_id=made.person_id, because="assigned", until__gt=now())
        assert [(each.member_id, each.until) for each in open_ways] == [(room.sanne.id, ends)]


def test_whoever_gets_the_files_of_a_leaver_owns_them_without_an_end(room: Room, made: Opened) -> None:
    way(made.person_id, room.karl, until=now() + timedelta(days=7))
    room.world.actor(room.world.adam)
    assert answer("select hand_over_files(%s, %s)", room.sanne.id, room.sanne.id) == 0  # nobody would work on it
    assert answer("select hand_over_files(%s, %s)", room.sanne.id, room.karl.id) == 1
    with as_role(MIGRATION):
        assert File.objects.get(id=made.file_id).owner_id == room.karl.id
        assert Access.objects.get(person_id=made.person_id, member=room.karl).until is None


def test_who_clarified_a_worry_does_not_learn_the_number_of_the_file(room: Room, made: Opened) -> None:
    asked = "select number from file_numbers(array[%s]::uuid[])"
    visit(made.person_id, room.karl, at(weekday(), 10), because=["triage"])
    room.world.actor(room.karl)
    assert rows(asked, made.person_id) == []
    visit(made.person_id, room.karl, at(weekday(), 11), because=["override"])
    room.world.actor(room.karl)
    assert rows(asked, made.person_id) == [(made.number,)]


def test_who_works_on_files_elsewhere_is_nobodys_to_ask(room: Room) -> None:
    room.world.actor(room.karl)
    assert answer("select works_on_files(%s, %s)", room.sanne.id, room.world.gladsaxe.id)
    assert not answer("select works_on_files(%s, %s)", room.signe.id, room.world.ballerup.id)


def test_a_worry_begins_at_the_first_step(room: Room) -> None:
    room.world.actor(room.tove)

    def begun(step: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("insert into youth_concern (id, controller_id, author_id, state, step, acute, edition, "
                           "made_at, changed_at) values (%s, %s, %s, 'draft', %s, false, 1, now(), now())",
                           [uuid4(), room.world.gladsaxe.id, room.tove.id, step])

    begun("contact")
    assert refused(lambda: begun("final")) == "42501"
