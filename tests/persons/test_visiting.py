"""Without a way to a person nobody knows of them, and without a visit nobody reads: asked in raw SQL."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404

from lokalnet.access import founding
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Purpose, Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import identity, knowing, overriding, visiting
from lokalnet.persons.identity import Identity
from lokalnet.persons.models import Access, Override, Person, Visit
from tests.days import today
from tests.persons.numbers import nobodys
from tests.world import World

pytestmark = pytest.mark.django_db
EMIL = "Emil Opdigtet"


def somebody(world: World, by: Member) -> UUID:
    """A person of the member's organisation, whom nobody has a way to yet."""
    born = today().replace(year=today().year - 14)
    return identity.enter(world.actor(by), Identity(EMIL, nobodys(born), born))


def way(person_id: UUID, member: Member | None, because: str = "assigned", until: datetime | None = None) -> None:
    with as_role(MIGRATION):
        Access.objects.create(person_id=person_id, controller_id=Person.objects.get(id=person_id).controller_id,
                              member=member, because=because, since=now() - timedelta(hours=1), until=until)


def seen(query: str = "select count(*) from persons_person") -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


@pytest.fixture
def sanne(world: World) -> Member:
    """Gladsaxe's SSP consultant, who works on files."""
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Sanne", "sanne@gladsaxe.example", Role.SSP_CONSULTANT)


def test_whoever_works_on_the_file_reads_on_a_visit_and_not_before(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    way(person, sanne)
    actor = world.actor(sanne)
    assert knowing.knows(person, knowing.FILE) and seen() == 0
    visiting.enter(actor, person, Purpose.EARLY_HELP, thing="file", subject=person)
    assert seen() == 1 and identity.of(person).name == EMIL
    visiting.leave(actor, person, thing="file", subject=person)
    assert seen() == 0
    with pytest.raises(Http404):
        identity.of(person)


def test_a_visit_leaves_entries_and_a_page_without_a_visit_is_none(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    way(person, sanne)
    actor = world.actor(sanne)
    with pytest.raises(visiting.NoVisit):
        visiting.read(actor, person, thing="file", subject=person)
    visiting.enter(actor, person, Purpose.INFORMING, thing="file", subject=person)
    visiting.read(actor, person, thing="file", subject=person)
    with as_role(MIGRATION):
        assert list(Event.objects.filter(member=sanne).order_by("at").values_list("kind", "purpose")) == [
            ("file.entered", "informing"), ("file.read", "informing")]


@pytest.mark.parametrize("who", ["bo", "berit", "clara", "viggo", "dorte", "adam", "lars"])
def test_nobody_else_can_enter_and_a_person_that_is_not_there_is_the_same(world: World, who: str) -> None:
    person = somebody(world, world.anna)
    actor = world.actor(getattr(world, who))
    for subject in (person, uuid4()):
        with pytest.raises(Http404):
            visiting.enter(actor, subject, Purpose.EARLY_HELP, thing="file", subject=subject)
    assert seen() == seen("select count(*) from persons_access") == seen("select count(*) from persons_visit") == 0


def test_a_right_that_is_lost_closes_the_visit_at_once(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    way(person, sanne)
    visiting.enter(world.actor(sanne), person, Purpose.EARLY_HELP, thing="file", subject=person)
    with as_role(MIGRATION):
        Member.objects.filter(id=sanne.id).update(roles=[Role.ANALYST.value])
    world.actor(sanne)
    assert seen() == 0 and not knowing.knows(person, knowing.FILE)


def test_a_way_ends_with_its_time(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    way(person, sanne, until=now() - timedelta(minutes=1))
    world.actor(sanne)
    assert not knowing.knows(person, knowing.FILE)


def test_triage_opens_to_all_who_clarify_in_the_organisation_and_for_that_purpose_alone(
        world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    way(person, None, because="triage")
    for member in (sanne, world.adam):
        actor = world.actor(member)
        with pytest.raises(Http404):
            visiting.enter(actor, person, Purpose.EARLY_HELP, thing="concern", subject=person)
        visiting.enter(actor, person, Purpose.TRIAGE, thing="concern", subject=person)
        assert seen() == 1
    for member in (world.anna, world.berit, world.lars):
        world.actor(member)
        assert not knowing.knows(person, knowing.TRIAGE)


@pytest.mark.parametrize("statement", [
    "insert into persons_access (id, person_id, controller_id, member_id, because, since) select gen_random_uuid(), "
    "id, controller_id, actor_id(), 'assigned', now() from persons_person",
    "insert into persons_visit (id) values (gen_random_uuid())", "update persons_visit set purpose = ''",
    "delete from persons_visit", "update persons_access set until = null", "delete from persons_person",
    "insert into persons_override (id) values (gen_random_uuid())",
    "select give_way(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), actor_id(), 'assigned', null)"])
def test_no_login_writes_who_may_know_or_who_was_there(world: World, sanne: Member, statement: str) -> None:
    world.actor(sanne)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_emergency_access_opens_inside_the_own_organisation_for_three_hours(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    actor = world.actor(sanne)
    overriding.begin(actor, person, "Hun er væk, og jeg skal bruge hendes mors nummer")
    visiting.enter(actor, person, Purpose.EARLY_HELP, thing="file", subject=person)
    assert seen() == 1
    with as_role(MIGRATION):
        held = Access.objects.get(because="override")
        hours = (held.until - held.since).total_seconds() / 3600
        assert hours == 3 and Visit.objects.get().ends_at <= held.until
        assert overriding.reason_of(Override.objects.get()).startswith("Hun er væk")
        Access.objects.update(until=held.since)
    world.actor(sanne)
    assert seen() == 0


def test_across_organisations_emergency_access_does_not_exist(world: World) -> None:
    person = somebody(world, world.anna)
    with as_role(MIGRATION):
        other = founding.member(world.ballerup, "Signe", "signe@ballerup.example", Role.SSP_CONSULTANT)
    for subject in (person, uuid4()):
        with pytest.raises(Http404):
            overriding.begin(world.actor(other), subject, "Det haster meget, og jeg ved ikke andet")


def test_the_wrong_file_within_ten_minutes_is_no_alarm_and_later_it_is(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    override = overriding.begin(world.actor(sanne), person, "Jeg skulle have været i en anden sag")
    assert overriding.was_wrong(world.actor(sanne), override)
    assert not knowing.knows(person, knowing.FILE)
    later = overriding.begin(world.actor(sanne), person, "Jeg skulle have været i en anden sag")
    with as_role(MIGRATION):
        Override.objects.filter(id=later).update(opened_at=Override.objects.get(id=later).opened_at.replace(year=2020))
    assert not overriding.was_wrong(world.actor(sanne), later)


def test_one_organisation_does_not_find_the_persons_of_another(world: World, sanne: Member) -> None:
    person = somebody(world, world.anna)
    who = Identity(EMIL, nobodys(today().replace(year=today().year - 14)))
    assert identity.found(world.actor(sanne), who) == person
    assert identity.found(world.actor(world.berit), who) is None
    assert identity.found(world.actor(world.viggo), who) is None
