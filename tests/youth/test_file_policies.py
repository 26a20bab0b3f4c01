"""Who reads and who writes what stands in a file, asked in raw SQL: the database decides, whatever a page does."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access.models import Member
from lokalnet.access.rights import Purpose, Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import overriding, visiting
from lokalnet.persons.models import Access
from lokalnet.youth import forums
from lokalnet.youth.models import About, Forum, Informing
from tests.days import today
from tests.youth.opened import Opened, number_of, opened, stay, way
from tests.youth.people import Room

pytestmark = pytest.mark.django_db

CONTENT = ("youth_note", "youth_contact", "youth_mark", "youth_placing", "youth_informing")


@pytest.fixture
def made(room: Room) -> Opened:
    """Sanne's, with one of everything in it."""
    file = opened(room.world, room.sanne)
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    stay(room, room.sanne, file)
    for table in CONTENT:
        insert(table, room, room.sanne, file)
    visiting.leave(room.world.actor(room.sanne), file.person_id, thing="file", subject=file.file_id)
    return file


def insert(table: str, room: Room, by: Member, file: Opened, **other: object) -> None:
    """A row, in raw SQL, as whoever acts now."""
    said: dict[str, object] = {
        "id": uuid4(), "file_id": file.file_id, "person_id": file.person_id, "controller_id": room.world.gladsaxe.id,
        "sealed": b"x"}
    said |= {"youth_note": {"kind": "fact", "author_id": by.id, "at": now()},
             "youth_contact": {"edition": 1},
             "youth_mark": {"made_by_id": by.id, "made_at": now(), "ends_on": today() + timedelta(days=9)},
             "youth_placing": {"forum_id": forum(room), "decided_by_id": by.id, "decided_at": now(),
                               "expires_on": today() + timedelta(days=90)},
             "youth_informing": {"whom": Informing.Whom.YOUTH, "told_on": today(), "member_id": by.id, "at": now()},
             }[table] | other
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({', '.join(said)}) values ({', '.join(['%s'] * len(said))})",
                       list(said.values()))


def forum(room: Room, position: int = 1) -> UUID:
    with as_role(MIGRATION):
        found: UUID = Forum.objects.get(controller=room.world.gladsaxe, position=position).id
    return found


def refused(act: Callable[[], object], why: str) -> None:
    with pytest.raises(DatabaseError, match=why):
        act()


def seen(table: str) -> int:
    return number_of(f"select count(*) from {table}")


@pytest.mark.parametrize("table", CONTENT)
def test_content_is_read_on_a_visit_and_not_before_or_after(room: Room, made: Opened, table: str) -> None:
    room.world.actor(room.sanne)
    assert seen(table) == 0 and seen("youth_file") == 1
    stay(room, room.sanne, made)
    assert seen(table) == 1
    visiting.leave(room.world.actor(room.sanne), made.person_id, thing="file", subject=made.file_id)
    assert seen(table) == 0


@pytest.mark.parametrize("who", ["karl", "tove", "gorm", "signe", "petra", "freja"])
def test_nobody_else_sees_a_row_not_even_that_there_is_a_file(room: Room, made: Opened, who: str) -> None:
    room.world.actor(getattr(room, who))
    assert [seen(table) for table in (*CONTENT, "youth_file", "persons_person")] == [0] * 7


@pytest.mark.parametrize("who", ["viggo", "clara", "lars"])
def test_landlords_strangers_and_leaders_see_nothing_either(room: Room, made: Opened, who: str) -> None:
    room.world.actor(getattr(room.world, who))
    assert [seen(table) for table in (*CONTENT, "youth_file", "youth_forum")] == [0] * 7


@pytest.mark.parametrize("table", CONTENT)
def test_nothing_is_written_without_a_visit_or_by_others(room: Room, made: Opened, table: str) -> None:
    for member in (room.sanne, room.karl, room.signe):
        room.world.actor(member)
        refused(lambda: insert(table, room, member, made), "row-level security|no-forum|no-mark")  # noqa: B023


@pytest.mark.parametrize(("table", "column"), [
    ("youth_note", "author_id"), ("youth_mark", "made_by_id"), ("youth_placing", "decided_by_id"),
    ("youth_informing", "member_id")])
def test_who_writes_is_who_acts(room: Room, made: Opened, table: str, column: str) -> None:
    stay(room, room.sanne, made)
    refused(lambda: insert(table, room, room.sanne, made, **{column: room.karl.id}), "no-|not-")


def test_a_note_is_never_overwritten_or_taken_away(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    for statement in ("update youth_note set sealed = 'x'", "delete from youth_note", "delete from youth_file",
                      "delete from youth_mark", "update youth_placing set sealed = 'x'",
                      "update youth_file set owner_id = actor_id()", "update youth_file set number = 'x'",
                      "update youth_file set inform_by = today() + 90", "update youth_forum set name = 'x'"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_third_mark_stands_and_a_fourth_is_refused(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    for _ in range(2):
        insert("youth_mark", room, room.sanne, made)
    refused(lambda: insert("youth_mark", room, room.sanne, made), "no-mark")
    with connection.cursor() as cursor:
        cursor.execute("update youth_mark set ended_at = now() where id = (select min(id::text) from youth_mark)::uuid")
    insert("youth_mark", room, room.sanne, made)
    assert seen("youth_mark") == 4


def test_a_mark_ends_within_a_year(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    for day in (today(), today() + timedelta(days=367)):
        refused(lambda: insert("youth_mark", room, room.sanne, made, ends_on=day), "no-mark")  # noqa: B023


@pytest.mark.parametrize("about", [About.VICTIM, About.WITNESS])
def test_a_victim_or_witness_is_given_no_forum(room: Room, about: About) -> None:
    file = opened(room.world, room.sanne, about=about)
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    stay(room, room.sanne, file)
    refused(lambda: insert("youth_placing", room, room.sanne, file), "no-forum")


def test_whoever_turns_out_to_be_a_victim_has_no_forum_any_more(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    with connection.cursor() as cursor:
        cursor.execute("update youth_file set about = 'victim'")
    assert number_of("select count(*) from youth_placing where ended_at is null") == 0


def test_nothing_is_placed_beside_the_board(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    with connection.cursor() as cursor:
        cursor.execute("update youth_file set board_since = today()")
    refused(lambda: insert("youth_placing", room, room.sanne, made), "no-forum")


def test_a_new_forum_ends_the_one_before_and_both_stand(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    insert("youth_placing", room, room.sanne, made, forum_id=forum(room, 2))
    assert number_of("select count(*) from youth_placing where ended_at is null") == 1 and seen("youth_placing") == 2


def test_a_forum_of_another_organisation_is_none(room: Room, made: Opened) -> None:
    with as_role(MIGRATION):
        forums.install(room.world.ballerup)
        theirs = Forum.objects.filter(controller=room.world.ballerup)[0].id
    stay(room, room.sanne, made)
    refused(lambda: insert("youth_placing", room, room.sanne, made, forum_id=theirs), "no-forum")


def test_a_colleague_on_the_file_who_does_not_decide_places_nothing(room: Room, made: Opened) -> None:
    way(made.person_id, room.karl)
    stay(room, room.karl, made)
    insert("youth_note", room, room.karl, made)
    refused(lambda: insert("youth_placing", room, room.karl, made), "no-forum")


def test_a_file_is_kept_two_years_at_most(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    for days in (0, -1, 732):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute("update youth_file set deletes_on = today() + %s", [days])


def test_nothing_is_written_into_the_file_of_another_person(room: Room, made: Opened) -> None:
    other = opened(room.world, room.karl, number="2026-0002")
    stay(room, room.sanne, made)
    for row in ({"person_id": other.person_id}, {"file_id": other.file_id}):
        refused(lambda: insert("youth_note", room, room.sanne, made, **row), "row-level security")  # noqa: B023


def test_emergency_access_reads_until_it_ends_and_changes_nothing_of_the_file(room: Room, made: Opened) -> None:
    overriding.begin(room.world.actor(room.karl), made.person_id, "Han er meldt savnet, og Sanne har fri")
    assert seen("youth_file") == 1 and seen("youth_note") == 0
    stay(room, room.karl, made)
    assert [seen(table) for table in CONTENT] == [1] * 5
    insert("youth_note", room, room.karl, made)
    assert number_of("with changed as (update youth_file set deletes_on = deletes_on + 1 returning 1) "
                     "select count(*) from changed") == 0
    refused(lambda: insert("youth_placing", room, room.karl, made), "no-forum")
    with as_role(MIGRATION):
        Access.objects.filter(because="override").update(until=now() - timedelta(seconds=1))
    room.world.actor(room.karl)
    assert [seen(table) for table in (*CONTENT, "youth_file")] == [0] * 6


def test_a_role_that_is_taken_away_closes_a_file_at_once(room: Room, made: Opened) -> None:
    stay(room, room.sanne, made)
    with as_role(MIGRATION):
        Member.objects.filter(id=room.sanne.id).update(roles=[Role.ANALYST.value])
    room.world.actor(room.sanne)
    assert [seen(table) for table in (*CONTENT, "youth_file")] == [0] * 6


def test_fora_are_read_by_who_works_on_files_in_the_organisation(room: Room, made: Opened) -> None:
    for member, number in ((room.sanne, 3), (room.karl, 3), (room.tove, 0), (room.signe, 0), (room.gorm, 0)):
        room.world.actor(member)
        assert seen("youth_forum") == number


def test_who_may_find_a_file_to_open_it_in_an_emergency(room: Room, made: Opened) -> None:
    for member, number in ((room.karl, 1), (room.sanne, 1), (room.world.anna, 0), (room.tove, 0), (room.signe, 0),
                           (room.petra, 0), (room.gorm, 0)):
        room.world.actor(member)
        for about, wanted in ((made.person_id, ""), (uuid4(), made.number)):
            assert number_of("select count(*) from file_to_open(%s, %s)", about, wanted) == number


def test_only_who_took_emergency_access_tells_of_it_and_only_who_works_on_the_file_learns_which(room: Room,
                                                                                              made: Opened) -> None:
    override = overriding.begin(room.world.actor(room.karl), made.person_id, "Han er meldt savnet, og Sanne har fri")
    for member in (room.sanne, room.tove, room.gorm, room.signe):
        room.world.actor(member)
        number_of("select count(*) from (select tell_of_override(%s, %s)) x", override, room.world.partnership.id)
        with as_role(MIGRATION):
            assert seen("notices_notice") == 0
    for member, number in ((room.sanne, 1), (room.karl, 0), (room.gorm, 0), (room.signe, 0)):
        room.world.actor(member)
        assert number_of("select count(*) from file_of_override(%s)", override) == number


@pytest.mark.parametrize("purpose", [Purpose.EARLY_HELP, Purpose.INFORMING, Purpose.DISCLOSURE])
def test_every_purpose_reads(room: Room, made: Opened, purpose: Purpose) -> None:
    stay(room, room.sanne, made, purpose)
    assert seen("youth_note") == 1
