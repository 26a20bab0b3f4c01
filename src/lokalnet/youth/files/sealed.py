"""What a file's rows say, opened and sealed under the person's key, which is fetched once for a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, models, transaction

from lokalnet.foundation.laying import sqlstate
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import keys, sealing
from lokalnet.persons.keys import Key
from lokalnet.persons.sealing import Spot


@dataclass(frozen=True)
class Sealer:
    """For one person's rows, each bound to its table, its id and its controller."""

    key: Key
    controller_id: UUID

    def opened(self, table: str, row_id: UUID, sealed: bytes) -> dict[str, str]:
        return sealing.unseal(self.key, Spot(table, row_id, self.controller_id), bytes(sealed))

    def words(self, row: models.Model) -> dict[str, str]:
        """Of a row with a column `sealed`."""
        return self.opened(row._meta.db_table, row.pk, row.sealed)  # type: ignore[attr-defined]

    def sealed(self, row: models.Model, **said: str) -> bytes:
        return sealing.seal(self.key, Spot(row._meta.db_table, row.pk, self.controller_id), said)


def of(person_id: UUID, controller_id: UUID) -> Sealer:
    return Sealer(keys.fetch(person_id), controller_id)


@contextmanager
def refused_as(problem: BrokenRule) -> Iterator[None]:
    """What the database refuses in the last moment, because somebody else was faster, in words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as refusal:
        if sqlstate(refusal) != "LN003":
            raise
        raise problem from None
