"""A rotation: everything is sealed anew under newer keys, everybody is found again, the older keys are gone."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from lokalnet.access.models import Event
from lokalnet.foundation.jobs import LOCKS
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import index, key_rotation, keys, lookup, rotating, sealed_columns, versions
from lokalnet.persons.models import Lookup, Person
from lokalnet.persons.sealed_columns import Sealed
from lokalnet.persons.sealing import Spot, Unreadable, seal, unseal, version_of
from tests.persons import filling
from tests.persons.filling import BORN, NAME, NUMBER, fill, person, words
from tests.world import World


@pytest.fixture
def filled(world: World) -> Person:
    return fill(world)


def rows(column: Sealed) -> list[tuple]:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute(f"select {column.row}, {column.key}, {column.controller}, {column.column} from {column.table} "
                       f"where {column.column} is not null")
        return [(*row[:3], bytes(row[3])) for row in cursor.fetchall()]


def opened() -> dict[tuple[str, str], list[dict[str, str]]]:
    return {(column.table, column.column): [
        unseal(keys.fetch(key_id), Spot(column.table, row, controller, column.column), sealed)
        for row, key_id, controller, sealed in rows(column)] for column in sealed_columns.registered()}


def used() -> set[int]:
    return {version_of(row[3]) for column in sealed_columns.registered() for row in rows(column)}


def find(controller, kind: str, value: str) -> list[Person]:
    with as_role(MIGRATION):
        return list(Person.objects.filter(id__in=Lookup.objects.filter(
            controller_id=controller, kind=kind, digest=lookup.digest(controller, kind, value)).values("person")))


def test_every_sealed_column_is_sealed_anew_and_says_the_same(filled: Person) -> None:
    before = opened()
    assert all(found for found in before.values()), "a column has no row: fill it in filling.py"
    assert all(each == words(*column) for column, found in before.items() for each in found
               if column != ("persons_person", "sealed"))
    done = rotating.rotate()
    assert opened() == before and used() == {2}
    assert (done.rows, done.unreadable) == (sum(map(len, before.values())), 0)


def test_the_older_keys_are_gone(filled: Person) -> None:
    rotating.rotate()
    assert keys.versions_of(filled.id) == [2] and not key_rotation.unfinished()
    rotating.rotate()
    assert keys.versions_of(filled.id) == [3] and used() == {3}


def test_everybody_is_found_again_under_a_newer_secret(filled: Person) -> None:
    before = lookup.digest(filled.controller_id, lookup.CPR, NUMBER)
    rotating.rotate()
    assert versions.kept(lookup.SECRET) == [2]
    assert lookup.digest(filled.controller_id, lookup.CPR, NUMBER) != before
    assert find(filled.controller_id, lookup.CPR, NUMBER) == [filled]
    assert find(filled.controller_id, lookup.NAME, lookup.named(NAME.upper(), BORN)) == [filled]


def test_a_copy_is_not_looked_up(filled: Person, world: World) -> None:
    with as_role(MIGRATION):
        assert Person.objects.filter(controller=world.police).count() == 1
    assert find(world.police.id, lookup.CPR, NUMBER) == []


def test_the_index_comes_back_from_nothing(filled: Person) -> None:
    with as_role(MIGRATION):
        Lookup.objects.all().delete()
    assert find(filled.controller_id, lookup.CPR, NUMBER) == []
    assert index.rebuild() == 1
    assert find(filled.controller_id, lookup.CPR, NUMBER) == [filled]


def test_one_that_was_broken_off_is_ended_and_not_begun_again(filled: Person) -> None:
    key_rotation.begin()
    rotating.rotate()
    assert used() == {2} and keys.versions_of(filled.id) == [2]


def test_what_is_erased_does_not_stand_in_its_way(filled: Person, world: World) -> None:
    keys.destroy(filled.id)
    assert rotating.rotate().unreadable == 0
    assert keys.versions_of(filled.id) == []
    assert find(filled.controller_id, lookup.CPR, NUMBER) == []


def test_what_does_not_open_is_told_and_its_older_key_is_kept(filled: Person, world: World) -> None:
    with as_role(MIGRATION):
        other = person(world.herlev.id, name="Liv Tårnby Ahorn")
        Person.objects.filter(id=other.id).update(sealed=bytes(other.sealed)[:-1] + b"x")
    assert rotating.rotate().unreadable == 1
    assert (keys.versions_of(other.id), keys.versions_of(filled.id)) == ([1, 2], [2])
    with as_role(MIGRATION), pytest.raises(Unreadable):
        unseal(keys.fetch(other.id), Spot("persons_person", other.id, world.herlev.id),
               bytes(Person.objects.get(id=other.id).sealed))


@pytest.fixture
def waits(monkeypatch) -> list[Callable[[], None]]:
    """What happens while a rotation waits for others, the first time and the second."""
    happens: list[Callable[[], None]] = []
    monkeypatch.setattr("lokalnet.foundation.transactions.let_pass", lambda: happens.pop(0)())
    return happens


def test_it_waits_for_those_who_began_before_it_and_seals_what_they_left(filled: Person, waits) -> None:
    """They may have sealed under the older version: the first wait stands between newer keys and sealing anew."""
    def late() -> None:
        assert key_rotation.unfinished() and used() == {1}
        with as_role(MIGRATION):
            row = Person.objects.get(id=filled.id)
            spot = Spot("persons_person", row.id, row.controller_id)
            row.sealed = seal(keys.fetch_version(row.id, 1), spot, filling.IDENTITY)
            row.save()

    waits += [late, lambda: None]
    rotating.rotate()
    assert used() == {2} and waits == []


def test_it_waits_for_those_who_have_read_and_takes_the_older_keys_then(filled: Person, waits) -> None:
    read: list[tuple[Spot, bytes]] = []

    def reads() -> None:
        with as_role(MIGRATION):
            row = Person.objects.get(id=filled.id)
        read.append((Spot("persons_person", row.id, row.controller_id), bytes(row.sealed)))

    def opens() -> None:
        assert used() == {2}
        assert unseal(keys.fetch(filled.id), *read[0])["name"] == NAME

    waits += [reads, opens]
    rotating.rotate()
    assert waits == []
    with pytest.raises(Unreadable):
        unseal(keys.fetch(filled.id), *read[0])


def test_the_log_tells_of_it_with_numbers_alone(filled: Person) -> None:
    done = rotating.rotate()
    with as_role(MIGRATION):
        event = Event.objects.get(kind="keys.rotated")
    assert event.detail == {"rows": done.rows, "persons": done.found, "unreadable": 0}
    assert event.member_id is None and event.subject is None


def test_two_do_not_rotate_at_once(filled: Person, bed) -> None:
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=connection.settings_dict["NAME"]) as other:
        other.execute("select pg_advisory_lock(hashtextextended('keys rotate', %s))", [LOCKS])
        with pytest.raises(rotating.RotationRuns):
            rotating.rotate()
    assert not key_rotation.unfinished()
