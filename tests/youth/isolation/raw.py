"""What a member gets by SQL alone, with every key at hand: the most that any page could ever show them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import transaction

from lokalnet.foundation.asking import answer, rows
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealed_columns import Sealed, registered
from lokalnet.persons.sealing import Spot

PURPOSES = ("triage", "early-help", "informing", "disclosure")


def texts(persons: list[UUID]) -> Iterator[str]:
    """Every text that opens for the actor of this transaction, after trying to enter every person for every purpose."""
    with undone():
        for purpose in PURPOSES:
            for person in persons:
                answer("select enter_person(%s, %s, %s, now() + interval '1 hour')", uuid4(), person, purpose)
            for column in registered():
                yield from opened(column)
            for person in persons:
                yield from emergencies(person)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opened(column: Sealed) -> Iterator[str]:
    found = rows(f"select {column.row}, {column.key}, {column.controller}, {column.column} from {column.table} "
                 f"where {column.column} is not null")
    for row, key, controller, sealed in found:
        try:
            said = sealing.unseal(keys.fetch(key), Spot(column.table, row, controller, column.column), bytes(sealed))
        except keys.KeyGone:
            continue
        yield " ".join(said.values())


def emergencies(person: UUID) -> Iterator[str]:
    """Why others opened emergency access: asked of a function, which tells no name."""
    for row, controller, sealed in rows("select id, controller_id, sealed from overrides_of(%s)", person):
        said = sealing.unseal(keys.fetch(person), Spot("persons_override", row, controller), bytes(sealed))
        yield " ".join(said.values())
