"""`./run keys rotate`: a new master key, a new version of every key, everything sealed anew, and a new look-up secret.

Whoever began before it may still seal under an older version. So it makes the newer ones, waits until every
transaction that was open then is over, and only then seals anew. Whoever began meanwhile may have read what was sealed
under an older one. So it waits again before it takes those away.
"""

from dataclasses import dataclass

from lokalnet.access import events
from lokalnet.foundation import jobs, transactions
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import index, key_rotation, lookup, opening, resealing, sealed_columns, versions
from lokalnet.persons.resealing import Resealed


class RotationRuns(Exception):
    """Another process rotates just now."""


@dataclass(frozen=True)
class Rotation:
    rows: int
    found: int  # persons in the look-up index
    unreadable: int  # keys under which something does not open


def rotate() -> Rotation:
    """Begins one, or ends the one that was broken off. Raises RoomClosed, RotationRuns."""
    opening.check_open()
    with jobs.alone("keys rotate") as mine:
        if not mine:
            raise RotationRuns("another process rotates the keys just now")
        if not key_rotation.unfinished():
            versions.renew(lookup.SECRET)
            key_rotation.begin()
        transactions.let_pass()
        done = [resealing.reseal(column) for column in sealed_columns.registered()]
        found = index.rebuild()
        transactions.let_pass()
        return _finish(done, found)


def _finish(done: list[Resealed], persons: int) -> Rotation:
    unreadable = set().union(*(each.unreadable for each in done))
    found = Rotation(sum(each.rows for each in done), persons, len(unreadable))
    key_rotation.finish(keeping=unreadable)
    versions.drop_all_but(lookup.SECRET, used=())
    with as_role(MIGRATION):
        events.record(None, "keys.rotated", rows=found.rows, persons=found.found, unreadable=found.unreadable)
    return found
