"""Worries asked for in raw SQL: by those who wrote them, those who clarify them, and everybody else."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from lokalnet.access.rights import Purpose
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import visiting
from lokalnet.youth.models import Concern, Outcome, Step
from tests.youth.concerns import begun, decided, sent, who, with_file, written
from tests.youth.people import Room

pytestmark = pytest.mark.django_db

TABLES = ("youth_concern", "youth_concern_text", "youth_decision", "youth_reply")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def counts() -> tuple[int, ...]:
    return tuple(count(table) for table in TABLES)


def refused(statement: str, *values: object) -> bool:
    """Nothing is done: an error, or no row."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, values)
                return cursor.rowcount == 0
        except Exception as problem:
            assert "permission denied" in str(problem) or "row-level security" in str(problem)
            return True


def test_a_draft_is_its_authors_alone(room: Room) -> None:
    begun(room, room.tove)
    room.world.actor(room.tove)
    assert counts() == (1, 1, 0, 0)
    for name in ("sanne", "karl", "gorm", "signe", "petra"):
        room.world.actor(getattr(room, name))
        assert counts() == (0, 0, 0, 0), name


def test_what_was_sent_is_known_to_those_who_clarify_and_read_on_a_visit_alone(room: Room) -> None:
    concern_id = sent(room, room.tove)
    decided(room, room.sanne, concern_id)
    room.world.actor(room.world.adam)
    assert counts() == (1, 0, 0, 0)
    with as_role(MIGRATION):
        person_id = Concern.objects.get().person_id
    visiting.enter(room.world.actor(room.world.adam), person_id, Purpose.TRIAGE, thing="concern", subject=concern_id)
    assert counts() == (1, 1, 1, 0)
    visiting.leave(room.world.actor(room.world.adam), person_id, thing="concern", subject=concern_id)
    assert counts() == (1, 0, 0, 0)
    for name in ("karl", "gorm", "signe", "petra"):
        room.world.actor(getattr(room, name))
        assert counts() == (0, 0, 0, 0), name


def test_the_author_reads_their_own_words_and_answers_and_no_decision(room: Room) -> None:
    concern_id = sent(room, room.tove)
    decided(room, room.sanne, concern_id, Step.CONTACT, Outcome.NOTHING)
    room.world.actor(room.tove)
    assert counts() == (1, 1, 0, 1)
    assert count("persons_person") == count("persons_access") == count("youth_file") == 0


@pytest.mark.parametrize("statement", [
    "update youth_concern set state = 'sent'", "update youth_concern set author_id = actor_id()",
    "update youth_concern set step = 'final'", "update youth_concern_text set author_id = actor_id()",
    "update youth_reply set outcome = 'file'", "delete from youth_decision", "delete from youth_reply",
    "insert into youth_decision (id) values (gen_random_uuid())",
    "insert into youth_concern (id, controller_id, author_id, state, step, acute, edition, made_at, changed_at) select "
    "gen_random_uuid(), actor_organisation(), m.id, 'draft', 'contact', false, 1, now(), now() from access_member m "
    "where m.id <> actor_id()",
    "select drop_old_drafts(now())"])
@pytest.mark.parametrize("name", ["tove", "sanne"])
def test_nobody_writes_what_only_functions_write(room: Room, statement: str, name: str) -> None:
    begun(room, room.tove)
    sent(room, room.tove, who(nth=1))
    room.world.actor(getattr(room, name))
    assert refused(statement)


def test_what_was_sent_is_changed_and_deleted_by_nobody(room: Room) -> None:
    concern_id = sent(room, room.tove)
    for name in ("tove", "sanne"):
        room.world.actor(getattr(room, name))
        for statement in ("update youth_concern set acute = true where id = %s",
                          "update youth_concern_text set sealed = '' where concern_id = %s",
                          "delete from youth_concern_text where concern_id = %s",
                          "delete from youth_concern where id = %s"):
            assert refused(statement, concern_id), (name, statement)


def test_nobody_sends_or_decides_for_somebody_else(room: Room) -> None:
    draft, _ = written(room, room.tove)
    waiting = sent(room, room.tove, who(nth=1))
    with as_role(MIGRATION):
        person_id = Concern.objects.get(id=waiting).person_id
    for name in ("karl", "signe", "gorm", "petra"):
        room.world.actor(getattr(room, name))
        with connection.cursor() as cursor:
            cursor.execute("select send_concern(%s, %s, false, %s)", [draft, person_id, uuid4()])
            assert cursor.fetchone() == (False,)
            cursor.execute("select decide_concern(%s, %s, 'contact', 'nothing', false, '')", [uuid4(), waiting])
            assert cursor.fetchone() == (False,)
            cursor.execute("select count(*) from concerns_to_clarify()")
            assert cursor.fetchone() == (0,)


def test_who_may_own_a_file_is_told_to_those_who_open_one(room: Room) -> None:
    for name, number in (("sanne", 4), ("tove", 0), ("karl", 0), ("signe", 2)):
        room.world.actor(getattr(room, name))
        assert count("may_own_files()") == number, name


def test_whether_somebody_awaits_the_board_is_told_to_those_who_clarify(room: Room) -> None:
    with_file(room, room.tove)
    with as_role(MIGRATION):
        person_id = Concern.objects.get().person_id
    for name in ("tove", "sanne", "signe"):
        room.world.actor(getattr(room, name))
        with connection.cursor() as cursor:
            cursor.execute("select concern_is_frozen(%s)", [person_id])
            assert cursor.fetchone() == (False,)
