"""Which columns are sealed, and under whose key: registered by each capability, so that a rotation finds them all.

A test holds the register against the models: a sealed column that it forgot would be unreadable after a rotation.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sealed:
    """`row`, `key` and `controller` are SQL over the row: what its `Spot` and its key were made of."""

    table: str
    column: str = "sealed"
    row: str = "id"
    key: str = "person_id"
    controller: str = "controller_id"


_registered: dict[tuple[str, str], Sealed] = {}


def register(*columns: Sealed) -> None:
    _registered.update({(column.table, column.column): column for column in columns})


def registered() -> list[Sealed]:
    return list(_registered.values())
