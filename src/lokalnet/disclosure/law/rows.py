"""A ground as it is checked (`grounds.Ground`) and as it is kept (`models.Ground`): the same words in both."""

from dataclasses import fields
from typing import Any

from lokalnet.access.models import Partnership
from lokalnet.disclosure import models
from lokalnet.disclosure.grounds import Ground

PARTS = tuple(field.name for field in fields(Ground))
ASSIGNED = ("code", "version", "verified")  # by whoever keeps it, not by whoever words it


def ground_of(row: models.Ground) -> Ground:
    said: dict[str, Any] = {part: getattr(row, part) for part in PARTS}
    return Ground(**said | {part: tuple(value) for part, value in said.items() if isinstance(value, list)})


def row_of(ground: Ground, partnership: Partnership, **kept: Any) -> models.Ground:
    said: dict[str, Any] = vars(ground) | kept
    return models.Ground(partnership=partnership, **said | {
        part: list(value) for part, value in said.items() if isinstance(value, tuple)})


def says_the_same(one: Ground, other: Ground) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in PARTS if part not in ASSIGNED)
