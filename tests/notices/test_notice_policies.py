"""What the database itself says about notices: one's own rows, and no others, whatever SQL the service runs."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access.acting import act_as_device, set_actor
from lokalnet.access.models import Device, Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices.models import Message, Notice, Preferences, State
from tests.doors.people import give_roles
from tests.notices.kit import DAY, a_report, happens
from tests.world import World

pytestmark = pytest.mark.django_db
TABLES = ("notices_notice", "notices_message", "notices_preferences")


@pytest.fixture
def annas(world: World) -> World:
    """A row of Anna's in each table."""
    happens(world.anna, a_report(world), world, at=now())
    with as_role(MIGRATION):
        Preferences.objects.create(member=world.anna, quiet_from=21)
        Message.objects.create(member=world.anna, state=State.SENT, handed_at=now())
    return world


def sql(query: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.rowcount


def seen() -> list[int]:
    return [sql(f"select 1 from {table}") for table in TABLES]


def refused(query: str, *values: object) -> None:
    with pytest.raises(DatabaseError):
        sql(query, *values)


def test_each_member_reads_their_own_and_nobody_elses(annas: World) -> None:
    """A colleague, the administrator of the same organisation, another party, a stranger with every role, nobody."""
    annas.actor(annas.anna)
    assert seen() == [1, 1, 1]
    give_roles(annas.clara, [Role.COORDINATOR, Role.ADMINISTRATOR])
    for other in ("adam", "berit", "bo", "lars", "dorte", "viggo", "clara"):
        annas.actor(getattr(annas, other))
        assert seen() == [0, 0, 0], other
    set_actor(None)
    assert seen() == [0, 0, 0]


def test_a_member_without_the_right_reads_not_even_their_own(annas: World) -> None:
    give_roles(annas.anna, [Role.ADMINISTRATOR])
    annas.actor(annas.anna)
    assert seen() == [0, 0, 0]


def test_a_paired_phone_reads_none(annas: World) -> None:
    with as_role(MIGRATION):
        phone = Device.objects.create(member=annas.anna, label="Telefon", public_key=b"x")
    act_as_device(phone.id, annas.anna.id)
    assert seen() == [0, 0, 0]


@pytest.mark.parametrize("name", ["adam", "berit", "clara", None])
def test_nobody_changes_anothers(annas: World, name: str | None) -> None:
    set_actor(None)
    if name:
        annas.actor(getattr(annas, name))
    assert sql("update notices_notice set opened_at = now()") == 0
    assert sql("update notices_message set state = 'empty'") == 0
    assert sql("update notices_preferences set mail = false") == 0
    refused("insert into notices_preferences (member_id) values (%s)", annas.lars.id)
    refused("insert into notices_message (id, member_id, state, pace, due_at, made_at, tries, next_try_at, trouble) "
            "values (%s, %s, 'waiting', 'daily', now(), now(), 0, now(), '')", uuid.uuid4(), annas.anna.id)


def test_no_notice_is_made_moved_or_removed_by_hand(annas: World) -> None:
    annas.actor(annas.anna)
    refused("insert into notices_notice (id, member_id, partnership_id, kind, subject, pace) "
            "values (%s, %s, %s, 'test', %s, '')", uuid.uuid4(), annas.anna.id, annas.partnership.id, uuid.uuid4())
    for change in (f"member_id = '{annas.berit.id}'", "kind = 'x'", f"subject = '{uuid.uuid4()}'", "since = 0",
                   "happened = 9", "on_behalf_of_id = member_id"):
        refused(f"update notices_notice set {change}")
    for table in TABLES:
        refused(f"delete from {table}")
    refused(f"update notices_message set member_id = '{annas.berit.id}'")
    refused("update notices_preferences set member_id = %s", annas.berit.id)


def test_the_helper_that_writes_a_notice_is_for_telling_alone(annas: World) -> None:
    refused("select notices_note(%s, null, %s, 'test', %s, null, '')", annas.berit.id, annas.partnership.id,
            uuid.uuid4())


def test_who_is_looked_at_is_told_as_members_and_nothing_else(annas: World) -> None:
    with connection.cursor() as cursor:
        set_actor(None)
        cursor.execute("select * from notices_waiting(now())")
        assert cursor.fetchall() == [(annas.anna.id,)]
        assert [column.name for column in cursor.description] == ["notices_waiting"]


def test_how_mail_goes_is_told_in_numbers_of_all_together(annas: World) -> None:
    set_actor(None)
    with connection.cursor() as cursor:
        cursor.execute("select * from notices_mail(now() - interval '1 day')")
        assert [row[:2] for row in cursor.fetchall()] == [("sent", 1)]
        assert [column.name for column in cursor.description] == ["state", "number", "oldest"]


@pytest.mark.parametrize("wrong", [
    "quiet_from = 24", "hour = 99", "most_a_day = 0", "most_a_day = 25", "pace = 'now'", "away_from = current_date",
    "away_from = current_date, away_until = current_date - 1"])
def test_wishes_that_make_no_sense_are_not_stored(annas: World, wrong: str) -> None:
    annas.actor(annas.anna)
    refused(f"update notices_preferences set {wrong}")


def test_two_unopened_notices_of_one_thing_cannot_be(annas: World) -> None:
    with pytest.raises(DatabaseError), as_role(MIGRATION):
        row = Notice.objects.get()
        row.id = uuid.uuid4()
        row.save(force_insert=True)


def test_a_mail_that_was_handed_says_when(annas: World) -> None:
    annas.actor(annas.anna)
    refused("update notices_message set handed_at = null")


def test_stopping_says_nothing_and_changes_nothing_else(annas: World) -> None:
    set_actor(None)
    for member, changed in ((annas.anna.id, True), (annas.anna.id, False), (uuid.uuid4(), False)):
        with connection.cursor() as cursor:
            cursor.execute("select notices_stop(%s)", [member])
            assert cursor.fetchone() == (changed,)
    with as_role(MIGRATION):
        stopped = Preferences.objects.get()
        assert (stopped.member_id, stopped.quiet_from, stopped.mail) == (annas.anna.id, 21, True)


def test_telling_answers_nothing_about_the_one_told(annas: World) -> None:
    """Whoever tells cannot learn from it who works here, or who is away."""
    annas.actor(annas.clara)
    with as_role(MIGRATION):
        Member.objects.filter(id=annas.adam.id).update(ended_at=now() - DAY)
    answers = set()
    for member in (annas.berit.id, annas.adam.id, uuid.uuid4()):
        with connection.cursor() as cursor:
            cursor.execute("select notices_tell(%s, %s, 'test', %s, null, null)",
                           [member, annas.partnership.id, uuid.uuid4()])
            answers.add(cursor.fetchone()[0])
    assert len(answers) == 1
