"""Decisions in the database, by raw SQL: from an approved briefing, by its decider, about a measure of that table."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access import founding
from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Briefing, Measure
from tests.situation.measuring import propose
from tests.situation.meetings import approved, drafted, follow
from tests.situation.test_exercises import begun
from tests.world import World

pytestmark = pytest.mark.django_db


def insert(world: World, member: Member, briefing: Briefing, **said: Any) -> None:
    actor = world.actor(member)
    row = {"id": uuid.uuid4(), "briefing_id": briefing.id, "item": "happened", "kind": "nothing", "words": "",
           "measure_id": None, "organisation_id": actor.organisation_id, "member_id": actor.member_id} | said
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"insert into situation_briefing_decision ({', '.join(row)}, at) values "
            f"({', '.join(['%s'] * len(row))}, now())", list(row.values()))


def refused(world: World, member: Member, briefing: Briefing, **said: Any) -> bool:
    try:
        insert(world, member, briefing, **said)
    except DatabaseError as problem:
        return "row-level security" in str(problem)
    return False


def test_a_coordinator_decides_from_an_approved_one(world: World) -> None:
    briefing = approved(world)
    assert not refused(world, world.berit, briefing)


@pytest.mark.parametrize("name", ["anna", "bo", "lars", "viggo", "dorte", "clara"])
def test_nobody_else_does(world: World, name: str) -> None:
    assert refused(world, getattr(world, name), approved(world))


def test_nobody_does_from_a_draft(world: World) -> None:
    assert refused(world, world.berit, drafted(world))


def test_nobody_decides_in_anothers_name(world: World) -> None:
    briefing = approved(world)
    assert refused(world, world.berit, briefing, member_id=world.adam.id)
    assert refused(world, world.berit, briefing, organisation_id=world.gladsaxe.id)


def test_the_measure_is_one_of_the_same_partnership(world: World) -> None:
    briefing = approved(world)
    exercise = begun(world)
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.ballerup)
    here = propose(world, world.berit)
    for there in (world.elsewhere, exercise):
        elsewhere = propose(world, world.berit, partnership=there)
        assert refused(world, world.berit, briefing, kind="measure", measure_id=elsewhere.id)
    assert not refused(world, world.berit, briefing, kind="measure", measure_id=here.id)


def test_the_measure_is_one_that_the_decider_sees(world: World) -> None:
    briefing = approved(world)
    hidden = propose(world, world.anna, visibility="organisation")
    assert refused(world, world.berit, briefing, kind="measure", measure_id=hidden.id)


def test_an_exercise_has_no_briefing_to_decide_from(world: World) -> None:
    exercise = begun(world)
    drafted(world)
    with as_role(MIGRATION):
        assert not Briefing.objects.filter(partnership=exercise).exists()


def test_what_was_decided_stays_as_it_was_said(world: World) -> None:
    briefing = approved(world)
    follow(world, briefing)
    world.actor(world.berit)
    for statement in ("update situation_briefing_decision set words = 'Noget andet'",
                      "delete from situation_briefing_decision"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(("name", "sees"), [("anna", 1), ("bo", 1), ("lars", 1), ("viggo", 0), ("clara", 0),
                                            ("dorte", 0)])
def test_whoever_reads_the_briefing_reads_what_was_decided(world: World, name: str, sees: int) -> None:
    follow(world, approved(world))
    world.actor(getattr(world, name))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from situation_briefing_decision")
        assert cursor.fetchone()[0] == sees


def test_the_police_see_no_decision_of_a_municipalitys(world: World) -> None:
    follow(world, approved(world, municipality="Ballerup"))
    for member, sees in ((world.anna, 1), (world.bo, 0), (world.lars, 0)):
        world.actor(member)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from situation_briefing_decision")
            assert cursor.fetchone()[0] == sees


def test_a_decision_stays_when_its_measure_goes(world: World) -> None:
    briefing, made = approved(world), propose(world, world.berit)
    insert(world, world.berit, briefing, kind="measure", measure_id=made.id)
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("delete from situation_measure where id = %s", [made.id])
        cursor.execute("select kind, measure_id from situation_briefing_decision")
        assert cursor.fetchall() == [("measure", None)] and not Measure.objects.exists()
