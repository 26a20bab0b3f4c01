"""A conflict for tests: Lars of the police proposes, Berit of Ballerup confirms, and days can go by."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from lokalnet.access import founding
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.conflicts import looking, opening, tree
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.conflicts.opening import Proposed
from tests.situation.telling import frame
from tests.world import World

TITLE, KNOWN = "Uro ved torvet", "Slagsmål på torvet i aften. Ingen kom til skade."
DATED = ("situation_step", "situation_tree_call", "situation_conflict_entry", "situation_conflict_standing",
         "situation_conflict_message", "situation_conflict_edition", "situation_conflict_agreement",
         "situation_conflict_withdrawal", "situation_conflict_review")


def seen_by(world: World, member: Member, conflict_id: UUID) -> Conflict:
    """As the member gets it, who is the actor from now on."""
    return looking.one(frame(world, member), conflict_id)


def proposed(world: World, by: Member | None = None) -> UUID:
    here = frame(world, by or world.lars)
    return opening.propose(here, Proposed(TITLE, KNOWN, (next(iter(here.areas)),)))


def opened(world: World) -> UUID:
    made = proposed(world)
    opening.confirm(seen_by(world, world.berit, made))
    return made


def template(world: World) -> None:
    """The duty officer rings the coordinator, who rings the school and the club; the officer also rings the SSP."""
    here = frame(world, world.berit)

    def row(function: str, phone: str, position: int, parent: str = "") -> None:
        above = next((each.id for each in tree.template(here) if each.function == parent), None)
        tree.add(here, tree.Entered(world.ballerup.id, function, phone, above, position))

    row("Vagthavende", "44 77 30 00", 1)
    row("Koordinator på vagt", "44 77 30 01", 1, "Vagthavende")
    row("Skoleleder på vagt", "44 77 30 02", 1, "Koordinator på vagt")
    row("Klubleder på vagt", "44 77 30 03", 2, "Koordinator på vagt")
    row("SSP-leder", "44 77 30 04", 2, "Vagthavende")


def days_go_by(conflict_id: UUID, days: int) -> None:
    """Everything about it happened so much earlier: the clock that decides is the database's own."""
    back = timedelta(days=days)
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("update situation_measure set ends_on = ends_on - %s, made_at = made_at - %s, "
                       "changed_at = changed_at - %s where id = %s", [days, back, back, conflict_id])
        for table in DATED:
            cursor.execute(f"update {table} set at = at - %s where measure_id = %s", [back, conflict_id])
        cursor.execute("select id from situation_conflict_review where measure_id = %s order by day", [conflict_id])
        for (row,) in cursor.fetchall():  # one by one: each day has one
            cursor.execute("update situation_conflict_review set day = day - %s where id = %s", [days, row])


def leader(world: World) -> Member:
    """Lone leads at Herlev, a third organisation."""
    with as_role(MIGRATION):
        return founding.member(world.herlev, "Lone", "lone@herlev.example", Role.LEADER)
