"""What somebody follows is read and changed by that member alone, whatever SQL is run in their name."""

import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices.models import Preferences
from tests.situation.following import follows, now_is
from tests.world import World

INSERT = ("insert into situation_subscription (id, member_id, partnership_id, name, areas, categories, pace, told_to, "
          "edition, made_at) values (%s, %s, %s, %s, '{}', '{}', 'daily', 0, 1, now())")


def rows(question: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(statement, *values)


def ids() -> list[object]:
    return [row[0] for row in rows("select id from situation_subscription")]


@pytest.fixture
def annas(world: World) -> UUID:
    return follows(world, world.anna, name="Kun min")


def test_nobody_else_reads_it(world: World, annas: UUID) -> None:
    for member in (world.adam, world.bo, world.berit, world.clara, world.viggo, world.dorte):
        world.actor(member)
        assert ids() == []
    world.actor(world.anna)
    assert ids() == [annas]


def test_nobody_else_changes_or_removes_it(world: World, annas: UUID) -> None:
    world.actor(world.adam)
    rows("update situation_subscription set name = 'Anden'")
    rows("delete from situation_subscription")
    assert now_is(annas).name == "Kun min"


def test_nobody_follows_in_anothers_name_or_at_another_table(world: World) -> None:
    world.actor(world.adam)
    refused(INSERT, uuid.uuid4(), world.anna.id, world.partnership.id, "For hende")
    refused(INSERT, uuid.uuid4(), world.adam.id, world.elsewhere.id, "Derovre")
    rows(INSERT, uuid.uuid4(), world.adam.id, world.partnership.id, "Her")


def test_who_has_no_right_to_notices_follows_nothing(world: World) -> None:
    world.actor(world.viggo)
    refused(INSERT, uuid.uuid4(), world.viggo.id, world.partnership.id, "Alt")


def test_a_subscription_is_not_given_to_another(world: World, annas: UUID) -> None:
    world.actor(world.anna)
    refused("update situation_subscription set member_id = %s", world.adam.id)


def test_a_stand_in_reads_it_while_the_other_is_away_and_changes_nothing(world: World, annas: UUID) -> None:
    today = now().astimezone(COPENHAGEN).date()
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(stand_in=world.adam)
    world.actor(world.adam)
    assert ids() == []
    for first, last, seen in ((1, 5, False), (-5, -1, False), (-1, 1, True), (0, 0, True)):
        with as_role(MIGRATION):
            Preferences.objects.update_or_create(member=world.anna, defaults={
                "away_from": today + timedelta(days=first), "away_until": today + timedelta(days=last)})
        world.actor(world.adam)
        assert (ids() == [annas]) is seen
    rows("update situation_subscription set name = 'Anden'")
    rows("delete from situation_subscription")
    assert now_is(annas).name == "Kun min"
    world.actor(world.berit)
    assert ids() == []


def test_a_stand_in_of_another_organisation_reads_nothing(world: World, annas: UUID) -> None:
    today = now().astimezone(COPENHAGEN).date()
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(stand_in=world.berit)
        Preferences.objects.create(member=world.anna, away_from=today, away_until=today)
    world.actor(world.berit)
    assert ids() == []


def test_news_are_of_what_the_actor_may_read_and_of_their_own_tables(world: World) -> None:
    """The function sees everything; what it gives stands under the same rule as the rows."""
    world.report(world.anna, key="own", visibility="organisation")
    shared = world.report(world.anna, key="shared", visibility="partnership")
    rows("select number_changes()")
    asked = "select observation_id from news_for_actor(%s, 0, 1000000)"
    for member, number in ((world.adam, 2), (world.berit, 1), (world.bo, 1), (world.viggo, 0), (world.clara, 0)):
        world.actor(member)
        found = rows(asked, world.partnership.id)
        assert len(found) == number
        assert number != 1 or found == [(shared,)]


def test_the_serving_login_calls_no_trigger_function(world: World) -> None:
    world.actor(world.anna)
    for name in ("tell_step()", "tell_answer()", "following_ended()", "few_subscriptions()"):
        assert rows("select has_function_privilege('lokalnet_app', %s, 'execute')", name) == [(False,)]
