"""What is sealed under an older version of a key, sealed anew under the newest, row by row.

Each batch is a transaction; a row that was done already is left as it is, so a run that was killed is finished by the
next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import keys
from lokalnet.persons.sealed_columns import Sealed
from lokalnet.persons.sealing import Spot, Unreadable, seal, unseal, version_of

BATCH = 500
FIRST = UUID(int=0)


@dataclass
class Resealed:
    """`unreadable`: the keys of rows that do not open, whose older versions must stay. Rows without a key are none."""

    rows: int = 0
    unreadable: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class _Row:
    id: UUID
    key_id: UUID
    controller: UUID
    sealed: bytes


def reseal(column: Sealed) -> Resealed:
    done = Resealed()
    after: UUID | None = FIRST
    while after:
        after = _batch(column, after, done)
    return done


def _batch(column: Sealed, after: UUID, done: Resealed) -> UUID | None:
    """The last row of the batch; None after the last batch."""
    with as_role(MIGRATION):
        rows = list(_rows(column, after))
        changed = [(again, row.id) for row in rows if (again := _again(column, row, done))]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"update {column.table} set {column.column} = %s where {column.row} = %s", changed)  # noqa: S608
    done.rows += len(changed)
    return rows[-1].id if rows else None


def _rows(column: Sealed, after: UUID) -> Iterator[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {column.row}, {column.key}, {column.controller}, {column.column} from {column.table} "  # noqa: S608
            f"where {column.column} is not null and {column.row} > %s order by {column.row} limit %s for update",
            [after, BATCH])
        for row, key_id, controller, sealed in cursor.fetchall():
            yield _Row(row, key_id, controller, bytes(sealed))


def _again(column: Sealed, row: _Row, done: Resealed) -> bytes | None:
    """None where it is sealed under the newest version, its key is gone, or it does not open."""
    spot = Spot(column.table, row.id, row.controller, column.column)
    try:
        key = keys.fetch(row.key_id)
        if version_of(row.sealed) == key.version:
            return None
        return seal(key, spot, unseal(key, spot, row.sealed))
    except keys.KeyGone:
        return None
    except Unreadable:
        done.unreadable.add(row.key_id)
        return None
