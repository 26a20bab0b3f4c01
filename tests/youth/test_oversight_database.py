"""In raw SQL: what a data protection officer reads of the person room is the log of the own organisation, no more."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from lokalnet.access import grants
from lokalnet.access.models import Member
from lokalnet.disclosure.models import Copy, CopyText, Offer, Withheld
from lokalnet.foundation.asking import answer, rows
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons.models import Access
from lokalnet.youth.models import (
    Concern,
    ConcernText,
    Contact,
    Decision,
    Forum,
    Informing,
    Mark,
    Note,
    Placing,
    Reply,
)
from tests.days import today
from tests.youth.logbook import Held, at, held, offer, override, seen, visit, weekday
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
PERSON_TABLES = sorted(table for table, grant in grants.TABLES.items() if grant.room == grants.PERSON)
# What the officer's policies open: ids, times and states of the own organisation; the law is everybody's who shares.
LAW = {"disclosure_ground", "disclosure_confirmation"}
LOG = {"persons_access": "controller_id", "persons_visit": "controller_id", "persons_override": "controller_id"}


def filled(room: Room, by: Member, other: Member, number: str) -> Held:
    """A file with something in every table."""
    file = held(room, by, number)
    whose = {"person_id": file.person, "controller_id": by.organisation_id, "sealed": b"FORSEGLET"}
    visit(file.person, by, at(weekday(), 10))
    override(file.person, by, at(weekday(), 11))
    offer(room, by, other, file.person)
    room.world.actor(by)
    with as_role(MIGRATION):
        Access.objects.create(person_id=file.person, controller_id=by.organisation_id, member=by, because="assigned",
                              since=now() - timedelta(days=1))
        forum = Forum.objects.create(controller_id=by.organisation_id, position=1, name="Lokalgruppen")
        of_file = whose | {"file_id": file.file}
        Note.objects.create(kind="fact", author=by, **of_file)
        Contact.objects.create(**of_file)
        Mark.objects.create(made_by=by, ends_on=today() + timedelta(days=5), **of_file)
        Informing.objects.create(whom="youth", told_on=today(), member=by, **of_file)
        Placing.objects.create(forum=forum, decided_by=by, expires_on=today() + timedelta(days=5), **of_file)
        worry = Concern.objects.create(controller_id=by.organisation_id, author=by, person_id=file.person,
                                       state="sent", sent_at=now())
        ConcernText.objects.create(concern=worry, author=by, **whose)
        Decision.objects.create(concern=worry, step="contact", outcome="advice", decider=by, **whose)
        Reply.objects.create(concern=worry, reader=by, outcome="advice", **whose)
        Withheld.objects.create(giver_id=by.organisation_id, person_id=file.person, member=by, sealed=b"FORSEGLET")
    return file


def copied(room: Room, by: Member, giver: Member, person: UUID) -> None:
    """A copy that the member took."""
    own = held(room, by, f"kopi {by.name}")
    taken = offer(room, giver, by, person, taken_as=own.person, snapshot=None)
    with as_role(MIGRATION):
        CopyText.objects.create(copy=Copy.objects.get(offer=taken), person_id=own.person, sealed=b"FORSEGLET")


@pytest.fixture
def both(room: Room) -> tuple[Held, Held]:
    """Gladsaxe's and Ballerup's, with an offer each way and a copy on each side."""
    ours, theirs = filled(room, room.sanne, room.signe, "2026-0001"), filled(room, room.signe, room.sanne, "2026-0002")
    copied(room, room.sanne, room.signe, theirs.person)
    copied(room, room.signe, room.sanne, ours.person)
    return ours, theirs


@pytest.mark.parametrize("table", [table for table in PERSON_TABLES if table not in LAW])
def test_of_every_table_the_officer_reads_the_own_organisations_log_alone(
        room: Room, both: tuple[Held, Held], table: str) -> None:
    with as_role(MIGRATION):
        assert seen(f"select 1 from {table}") > 1, "nothing to be hidden"
    room.world.actor(room.gorm)
    found = {row[0] for row in rows(f"select {LOG.get(table, 'null')} from {table}")}
    assert found == ({room.world.gladsaxe.id} if table in LOG else set()), table


@pytest.mark.parametrize("who", ["tove", "karl", "signe", "petra", "freja"])
def test_nobody_but_the_officer_reads_others_visits_or_emergency_access(
        room: Room, both: tuple[Held, Held], who: str) -> None:
    member = getattr(room, who)
    room.world.actor(member)
    for table in ("persons_visit", "persons_override"):
        assert seen(f"select 1 from {table} where member_id <> %s", member.id) == 0
    for question in ("select 1 from overseen_offers('-infinity', 'infinity')",
                     "select 1 from overseen_file('2026-0001')", "select 1 from officers_at_work()"):
        assert seen(question) == 0, question


def test_colleagues_and_administrators_read_no_others_visits(room: Room, both: tuple[Held, Held]) -> None:
    for member in (room.world.adam, room.world.anna, room.world.dorte):
        room.world.actor(member)
        assert seen("select 1 from persons_visit where controller_id = %s", room.world.gladsaxe.id) == 0


def test_offers_are_told_without_anything_sealed_and_without_the_other_side(
        room: Room, both: tuple[Held, Held]) -> None:
    ours, theirs = both
    room.world.actor(room.gorm)
    found = rows("select giver_id, member_id, person_id, to_jsonb(o)::text "
                 "from overseen_offers('-infinity', 'infinity') o")
    assert len(found) == 4
    for giver, member, person, said in found:
        assert "sealed" not in said and "snapshot" not in said and b"NOEDVENDIGT".hex() not in said.lower()
        assert member in (room.sanne.id, None) and person != theirs.person
        if giver == room.world.gladsaxe.id:
            assert (member, person) == (room.sanne.id, ours.person)


def test_an_offer_that_is_looked_at_shows_the_officer_nothing_of_what_was_shared(
        room: Room, both: tuple[Held, Held]) -> None:
    with as_role(MIGRATION):
        every = {each.id: (each.giver_id, each.receiver_id) for each in Offer.objects.all()}
        Offer.objects.filter(state="offered").update(snapshot=b"FORSEGLET")
    for officer in (room.gorm, room.world.dorte):
        room.world.actor(officer)
        for offer_id, sides in every.items():
            found = rows("select sealed, snapshot from overseen_offer(%s)", offer_id)
            assert [(bytes(sealed), snapshot) for sealed, snapshot in found] == (
                [(b"", None)] if officer.organisation_id in sides else [])
    for member in (room.sanne, room.karl, room.petra):
        room.world.actor(member)
        assert not any(rows("select 1 from overseen_offer(%s)", offer_id) for offer_id in every)


def test_numbers_are_told_to_the_officer_and_to_who_has_been_in_the_file(room: Room, both: tuple[Held, Held]) -> None:
    ours, theirs = both
    asked = "select number from file_numbers(array[%s, %s, %s]::uuid[])"
    for member, expected in ((room.gorm, {"2026-0001"}), (room.sanne, {"2026-0001"}), (room.karl, set()),
                             (room.world.adam, set()), (room.world.dorte, {"2026-0002"}), (room.petra, set())):
        room.world.actor(member)
        assert {row[0] for row in rows(asked, ours.file, ours.person, theirs.file)} == expected, member.name


def test_a_file_is_found_by_its_number_in_the_own_organisation_alone(room: Room, both: tuple[Held, Held]) -> None:
    ours, theirs = both
    room.world.actor(room.gorm)
    assert rows("select * from overseen_file('2026-0001')") == [(ours.file, ours.person)]
    assert rows("select * from overseen_file('2026-0002')") == []
    assert answer("select overseen_person(%s)", ours.person) and not answer("select overseen_person(%s)", theirs.person)
    room.world.actor(room.sanne)
    assert not answer("select overseen_person(%s)", ours.person)


@pytest.mark.parametrize("statement", [
    "update persons_visit set wrong = true", "delete from persons_visit", "update persons_override set wrong = true",
    "delete from access_event", "update access_event set kind = ''", "update disclosure_offer set state = 'told'"])
def test_the_officer_changes_nothing_in_the_log(room: Room, both: tuple[Held, Held], statement: str) -> None:
    room.world.actor(room.gorm)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_officer_whose_role_is_taken_reads_nothing_at_once(room: Room, both: tuple[Held, Held]) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=room.gorm.id).update(roles=["analyst"])
        assert Offer.objects.count() == 4
    room.world.actor(room.gorm)
    for question in ("select 1 from persons_visit", "select 1 from persons_override", "select 1 from persons_access",
                     "select 1 from overseen_offers('-infinity', 'infinity')"):
        assert seen(question) == 0
