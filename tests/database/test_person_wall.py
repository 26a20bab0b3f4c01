"""The place room cannot reach the person room: by grants, keys, functions, the queue or what is told live."""

import re

import pytest
from django.db import connection

from lokalnet.access import grants
from lokalnet.foundation import jobs
from lokalnet.project import jobs as periodic

pytestmark = pytest.mark.django_db
PERSONS = {table for table, grant in grants.TABLES.items() if grant.room == grants.PERSON}
PLACES = {table for table, grant in grants.TABLES.items() if grant.room == grants.PLACE}
CAPABILITIES = ("persons_", "disclosure_", "youth_")


def ask(query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())


def test_every_table_of_these_capabilities_is_of_the_person_room() -> None:
    assert {table for table in grants.TABLES if table.startswith(CAPABILITIES)} == PERSONS


def test_the_place_login_holds_nothing_on_any_table_or_column_of_it() -> None:
    for table in PERSONS:
        assert ask("select has_any_column_privilege('lokalnet_place', %s, 'select, insert, update, references') or "
                   "has_table_privilege('lokalnet_place', %s, 'select, insert, update, delete, truncate, references, "
                   "trigger')", table, table) == [(False,)], table


def test_the_place_login_may_call_no_function_that_speaks_of_persons() -> None:
    reachable = {name for name, source, may in functions() if mentions(source, PERSONS) and may}
    assert reachable == set()
    assert "known_persons" in {name for name, source, _ in functions() if mentions(source, PERSONS)}


def test_no_function_reads_both_rooms() -> None:
    assert {name for name, source, _ in functions() if mentions(source, PERSONS) and mentions(source, PLACES)} == set()


def test_no_policy_and_no_trigger_of_one_room_speaks_of_the_other() -> None:
    policies = ask("select c.relname, coalesce(pg_get_expr(p.polqual, p.polrelid), '') || "
                   "coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') from pg_policy p "
                   "join pg_class c on c.oid = p.polrelid")
    sources = {name: source for name, source, _ in functions()}
    triggers = [(table, sources.get(function, "")) for table, function in ask(
        "select c.relname, f.proname from pg_trigger t join pg_class c on c.oid = t.tgrelid "
        "join pg_proc f on f.oid = t.tgfoid where not t.tgisinternal")]
    called = {name for name, source in sources.items() if mentions(source, PERSONS)}
    for table, text in (*policies, *triggers):
        if table in PLACES:
            assert not mentions(text, PERSONS) and not mentions(text, called), table
        if table in PERSONS:
            assert not mentions(text, PLACES), table


def test_no_foreign_key_crosses() -> None:
    keys = ask("select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'")
    assert [pair for pair in keys if {*pair} & PERSONS and {*pair} & PLACES] == []
    assert [pair for pair in keys if {*pair} <= PERSONS] != []


def test_the_queue_of_the_place_room_carries_no_job_of_the_person_room() -> None:
    """Workers share the table; the place login has no right to it, and each job runs in its own room's queue."""
    assert ask("select has_table_privilege('lokalnet_place', 'procrastinate_jobs', 'select')") == [(False,)]
    for job in jobs.registered():
        room = job.run.__module__.split(".")[1]
        assert (job.queue == periodic.PLACE) == (room in ("situation", "places", "partnership")), job.name


def functions() -> list[tuple[str, str, bool]]:
    return ask("select proname::text, prosrc, has_function_privilege('lokalnet_place', oid, 'execute') from pg_proc "
               "where pronamespace = 'public'::regnamespace")


def mentions(text: str, names: set[str]) -> bool:
    return any(re.search(rf"\b{name}\b", text) for name in names)
