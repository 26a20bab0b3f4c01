"""What the database itself says about a conflict's tables, by plain SQL and whatever the code above would do."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.conflicts import log, opening, reviews, saying, tree
from tests.situation.conflicting import days_go_by, opened, proposed, seen_by, template
from tests.situation.measuring import propose, step, today
from tests.world import World

TABLES = ("situation_tree_row", "situation_tree_call", "situation_conflict_entry", "situation_conflict_standing",
          "situation_conflict_message", "situation_conflict_edition", "situation_conflict_agreement",
          "situation_conflict_withdrawal", "situation_conflict_review")
APPENDED = TABLES[1:]


@pytest.fixture
def full(world: World):
    """A conflict with something in each of its tables; its id."""
    template(world)
    made = opened(world)
    berit, lars = world.berit, world.lars
    tree.ring(seen_by(world, berit, made), tree.used(seen_by(world, berit, made)).lines[0].id, "reached")
    log.add(seen_by(world, berit, made), "Patruljen bliver i området.")
    entry, = log.entries(seen_by(world, lars, made))
    log.hold(seen_by(world, lars, made), entry.id, standing="confirmed", reason="Set selv.", newest="")
    conflict = seen_by(world, berit, made)
    for words in ("Skolen holder åbent.", "Skolen er åben."):
        saying.draft(conflict, audience="schools", words=words, builds_on=str(entry.id))
    saying.withdraw(conflict, saying.messages(conflict, [])[0].id, "Skrevet to gange.")
    reviews.hold(conflict, changed="Roligt.", choice="hold", who="")
    return made


def rows(table: str, conflict_id: uuid.UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where measure_id = %s", [conflict_id])
        return int(cursor.fetchone()[0])


def first(table: str, conflict_id: uuid.UUID) -> dict[str, Any]:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute(f"select * from {table} where measure_id = %s order by 1", [conflict_id])
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def insert(table: str, **said: Any) -> None:
    names = ", ".join(said)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({names}) values ({', '.join(['%s'] * len(said))})", list(said.values()))


def copied(table: str, conflict_id: uuid.UUID, member: Any, **said: Any) -> dict[str, Any]:
    """A row like one that is there, in the member's name, that no unique constraint stops."""
    row = first(table, conflict_id) | {"id": uuid.uuid4()} | said
    if "member_id" in row:
        row |= {"member_id": member.id, "organisation_id": member.organisation_id}
    else:
        row |= {"changed_by_id": member.organisation_id, "parent_id": None}
    if table.endswith("standing"):
        row |= {"after_id": row_id(table, conflict_id), "standing": "refuted"}
    if table.endswith("edition"):
        row |= {"number": 2}
    if table.endswith("review"):
        row |= {"day": today()}
    return row


def row_id(table: str, conflict_id: uuid.UUID) -> uuid.UUID:
    found: uuid.UUID = first(table, conflict_id)["id"]
    return found


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_seen_with_the_conflict_and_by_nobody_else(world: World, full, table: str) -> None:
    for member in (world.anna, world.bo, world.berit):
        world.actor(member)
        assert rows(table, full) > 0, member.name
    for member in (world.clara, world.viggo, world.dorte):
        world.actor(member)
        assert rows(table, full) == 0, member.name


@pytest.mark.parametrize("table", TABLES)
def test_rows_follow_the_visibility_of_the_measure(world: World, full, table: str) -> None:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("delete from situation_measure_partner where measure_id = %s", [full])
        cursor.execute("update situation_measure set visibility = 'organisation' where id = %s", [full])
    world.actor(world.lars)
    assert rows(table, full) > 0
    world.actor(world.berit)
    assert rows(table, full) == 0


@pytest.mark.parametrize("table", TABLES)
def test_without_an_actor_there_is_nothing(world: World, full, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lokalnet.actor', '', true)")
    assert rows(table, full) == 0


@pytest.mark.parametrize("table", APPENDED)
def test_nobody_changes_or_deletes_what_was_written(world: World, full, table: str) -> None:
    world.actor(world.berit)
    for statement in (f"update {table} set at = now()", f"delete from {table}"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_tree_of_a_conflict_is_neither_changed_nor_deleted(world: World, full) -> None:
    world.actor(world.berit)
    with connection.cursor() as cursor:
        for statement in ("update situation_tree_row set phone = '112' where measure_id is not null",
                          "delete from situation_tree_row where measure_id is not null"):
            cursor.execute(statement)
            assert cursor.rowcount == 0
    assert rows("situation_tree_row", full) == 5


def test_a_template_is_kept_by_its_own_partnership_and_by_those_who_lead(world: World, full) -> None:
    for member, changed in ((world.anna, 0), (world.viggo, 0), (world.clara, 0), (world.lars, 5)):
        world.actor(member)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update situation_tree_row set position = 9, changed_by_id = %s where measure_id is null",
                           [member.organisation_id])
            assert cursor.rowcount == changed, member.name


def test_a_row_of_the_template_is_of_a_party_and_in_the_own_name(world: World, full) -> None:
    row = first("situation_tree_row", full) | {"measure_id": None, "parent_id": None}
    world.actor(world.berit)
    for wrong in ({"organisation_id": world.outside.id}, {"partnership_id": world.elsewhere.id},
                  {"changed_by_id": world.police.id}):
        said = row | {"id": uuid.uuid4(), "changed_by_id": world.ballerup.id} | wrong
        with pytest.raises(DatabaseError, match="row-level security"):
            insert("situation_tree_row", **said)


# What every table takes from whom while it is open, on the way that code takes: the rest of this file says what not.
@pytest.mark.parametrize("table", [table for table in TABLES if table not in (
    "situation_conflict_agreement", "situation_conflict_withdrawal", "situation_conflict_review")])
def test_a_row_is_taken_in_the_own_name_while_it_is_open_and_in_nobody_elses(world: World, full, table: str) -> None:
    wanted = copied(table, full, world.berit)
    if table.endswith("edition"):
        wanted["message_id"] = open_message(full)
    world.actor(world.berit)
    for wrong in ({"member_id": world.lars.id}, {"organisation_id": world.police.id}):
        if "member_id" in wanted:
            with pytest.raises(DatabaseError):
                insert(table, **(wanted | wrong))
    for member in (world.viggo, world.clara, world.dorte):
        world.actor(member)
        with pytest.raises(DatabaseError):
            insert(table, **(wanted | ({"member_id": member.id, "organisation_id": member.organisation_id}
                                       if "member_id" in wanted else {})))
    world.actor(world.berit)
    insert(table, **wanted)


def open_message(conflict_id: uuid.UUID) -> uuid.UUID:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select id from situation_conflict_message m where measure_id = %s and not exists (select from "
                       "situation_conflict_withdrawal w where w.message_id = m.id)", [conflict_id])
        found: uuid.UUID = cursor.fetchone()[0]
        return found


@pytest.mark.parametrize("table", TABLES)
def test_when_it_is_over_everything_is_read_and_nothing_is_added_before_any_job_ran(
        world: World, full, table: str) -> None:
    wanted = copied(table, full, world.lars)
    if table.endswith(("edition", "withdrawal")):
        wanted["message_id"] = open_message(full)
    if table.endswith("agreement"):
        wanted["edition_id"] = newest_edition(full)
    days_go_by(full, 15)
    world.actor(world.lars)
    assert rows(table, full) > 0
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(table, **wanted)


def test_agreements_withdrawals_and_reviews_are_for_those_who_lead(world: World, full) -> None:
    edition = {"id": uuid.uuid4(), "measure_id": full, "at": first("situation_conflict_edition", full)["at"],
               "edition_id": newest_edition(full)}
    for member, taken in ((world.anna, False), (world.bo, False), (world.lars, True)):
        world.actor(member)
        said = edition | {"member_id": member.id, "organisation_id": member.organisation_id}
        if taken:
            insert("situation_conflict_agreement", **said)
        else:
            with pytest.raises(DatabaseError, match="row-level security"):
                insert("situation_conflict_agreement", **said)


def newest_edition(conflict_id: uuid.UUID) -> uuid.UUID:
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select id from situation_conflict_edition where message_id = %s", [open_message(conflict_id)])
        found: uuid.UUID = cursor.fetchone()[0]
        return found


def test_nobody_confirms_the_own_words_by_sql_either(world: World, full) -> None:
    row = copied("situation_conflict_standing", full, world.berit) | {"standing": "confirmed"}
    world.actor(world.berit)
    with pytest.raises(DatabaseError, match="own-entry"):
        insert("situation_conflict_standing", **row)


def test_a_chain_of_standings_does_not_fork(world: World, full) -> None:
    world.actor(world.lars)
    for after in (None, row_id("situation_conflict_standing", full)):
        row = copied("situation_conflict_standing", full, world.lars) | {"after_id": after}
        world.actor(world.lars)
        if after is None:  # there is a first one already
            with pytest.raises(DatabaseError, match="conflict_standing_chain"):
                insert("situation_conflict_standing", **row)
        else:
            insert("situation_conflict_standing", **row)
            with pytest.raises(DatabaseError, match="conflict_standing_chain"):
                insert("situation_conflict_standing", **(row | {"id": uuid.uuid4()}))


def test_what_belongs_to_another_conflict_cannot_be_mixed_in(world: World, full) -> None:
    other = opened(world)
    for table, column in (("situation_tree_call", "row_id"), ("situation_conflict_standing", "entry_id"),
                          ("situation_conflict_edition", "message_id"),
                          ("situation_conflict_withdrawal", "message_id")):
        row = copied(table, full, world.lars) | {"measure_id": other}
        if table.endswith("standing"):
            row["after_id"] = None
        if table.endswith(("edition", "withdrawal")):
            row[column] = open_message(full)
        world.actor(world.lars)
        with pytest.raises(DatabaseError):
            insert(table, **row)
            connection.check_constraints()


def test_a_review_is_of_the_day_that_it_is(world: World, full) -> None:
    days_go_by(full, 1)
    row = copied("situation_conflict_review", full, world.lars)
    for days in (-1, 1):
        world.actor(world.lars)
        with pytest.raises(DatabaseError, match="another-day"):
            insert("situation_conflict_review", **(row | {"day": today() + timedelta(days=days)}))
    insert("situation_conflict_review", **row)
    with pytest.raises(DatabaseError, match="once_a_day"):
        insert("situation_conflict_review", **(row | {"id": uuid.uuid4()}))


def test_a_measure_that_is_no_conflict_takes_nothing(world: World, full) -> None:
    measure = propose(world, world.lars)
    step(world, world.lars, measure, "agreed")
    row = copied("situation_conflict_entry", full, world.lars) | {"measure_id": measure.id}
    world.actor(world.lars)
    with pytest.raises(DatabaseError, match="row-level security"):
        insert("situation_conflict_entry", **row)


@pytest.mark.parametrize("ended", ["done", "by time"])
def test_no_step_is_taken_any_more_when_it_is_over(world: World, full, ended: str) -> None:
    if ended == "done":
        opening.stand_down(seen_by(world, world.berit, full), "Roligt.", "Det gik godt.")
    else:
        days_go_by(full, 15)
    for kind in ("reopened", "commented", "done", "dropped", "prolonged"):
        world.actor(world.berit)
        with pytest.raises(DatabaseError, match="not-now"):
            insert("situation_step", id=uuid.uuid4(), measure_id=full, organisation_id=world.ballerup.id,
                   member_id=world.berit.id, kind=kind, note="Igen", at=first("situation_step", full)["at"],
                   detail=f'{{"until": "{today() + timedelta(days=20)}"}}')


def test_a_proposal_takes_nothing(world: World, full) -> None:
    made = proposed(world, world.adam)
    row = copied("situation_conflict_entry", full, world.adam) | {"measure_id": made}
    world.actor(world.adam)
    with pytest.raises(DatabaseError, match="row-level security"):
        insert("situation_conflict_entry", **row)
