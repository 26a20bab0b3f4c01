"""Import areas, and tell the observations that are there already which areas they now lie in.

It lies here and not in `places`, because an observation knows its areas and an area knows no observation.
"""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places import importing
from lokalnet.places.areas import Places, places
from lokalnet.places.models import Area
from lokalnet.situation.models import Exact, Observation
from lokalnet.situation.reporting import bounds_of

BATCH = 5_000
Placed = tuple[UUID, float, float, list[UUID], UUID | None]


def import_areas(*, file: Path, name_field: str, code_field: str, kind: str) -> int:
    """Raises BadAreas before anything is stored. Run by the owner of the database, in the migration role."""
    with as_role(MIGRATION):
        bounds = [bounds_of(partnership) for partnership in Partnership.objects.all()]
    found = importing.read(file, name_field=name_field, code_field=code_field, bounds=bounds)
    with as_role(MIGRATION):
        imported = importing.store(found.outlines, kind=Area.Kind(kind))
    moved = assign_areas()
    for number in found.repaired:
        print(f"{file}, feature {number}: the outline crossed itself and was repaired")
    print(_table(found, imported, moved))
    return 0


def _table(found: importing.ReadAreas, imported: importing.Imported, moved: int) -> str:
    lines = (("features read", found.features), ("  of these repaired", len(found.repaired)),
             ("areas", len(found.outlines)), ("  new", imported.new), ("  changed", imported.changed),
             ("  unchanged", imported.unchanged), ("observations re-assigned", moved))
    return "\n".join(f"{name:<24}{number:>10,}" for name, number in lines)


def assign_areas() -> int:
    """Every observation's areas anew, coarse and exact; how many observations changed.

    In batches, each a transaction of its own: a run that is stopped is finished by running it again. A report that
    another process is storing in this very moment may still get the areas of before; run again, and it is right.
    """
    with as_role(MIGRATION):
        index = places()
    moved: set[UUID] = set()
    for table, key, named in ((Observation, "id", "named_area"), (Exact, "observation_id", "observation__named_area")):
        last: UUID | None = None
        while True:
            with as_role(MIGRATION):
                rows = _batch(table, key, named, last)
                moved.update(_assign(table, key, rows, index))
            if not rows:
                break
            last = rows[-1][0]
    return len(moved)


def _batch(table: Any, key: str, named: str, after: UUID | None) -> list[Placed]:
    rows = table.objects.order_by(key).values_list(key, "longitude", "latitude", "areas", named)
    return list((rows.filter(**{f"{key}__gt": after}) if after else rows)[:BATCH])


def _assign(table: Any, key: str, rows: list[Placed], index: Places) -> Iterator[UUID]:
    """Few sets of areas hold many observations, so each set is one update."""
    at_point = index.areas_of([row[1] for row in rows], [row[2] for row in rows])
    around = functools.cache(index.areas_around)
    wanted = [around(row[4]) if row[4] else areas for row, areas in zip(rows, at_point, strict=True)]
    together: dict[tuple[UUID, ...], list[UUID]] = {}
    for row, areas in zip(rows, wanted, strict=True):
        if row[3] != areas:
            together.setdefault(tuple(areas), []).append(row[0])
    for held, ids in together.items():
        table.objects.filter(**{f"{key}__in": ids}).update(areas=list(held))
        yield from ids
