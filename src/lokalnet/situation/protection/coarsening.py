"""Old points become coarse: the middle of a cell of the partnership's own grid, by snapping, so nothing averages away.

What is due is found by comparing each old point with its cell's middle, not by the mark `coarsened`: a correction or a
changed row of an import can bring an exact point back, and the next run takes it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

import shapely
from django.conf import settings
from django.db import connection, transaction

from lokalnet.access.models import Partnership
from lokalnet.places.areas import Places
from lokalnet.places.points import cells_of
from lokalnet.situation.models import Exact

BATCH = 5_000
Row = tuple[UUID, float, float, bool, datetime]

# The old point is compared once more: a correction that came in between is left for the next run.
MOVE = """update situation_observation_exact e
  set longitude = m.x, latitude = m.y, areas = %(areas)s::uuid[], coarsened = true
  from unnest(%(ids)s::uuid[], %(from_x)s::float8[], %(from_y)s::float8[], %(to_x)s::float8[], %(to_y)s::float8[])
    as m (id, from_x, from_y, x, y)
  where e.observation_id = m.id and e.longitude = m.from_x and e.latitude = m.from_y"""


@dataclass(frozen=True)
class Move:
    """One old point and where it goes, in degrees."""

    id: UUID
    at: datetime
    old: tuple[float, float]
    new: tuple[float, float]


@dataclass(frozen=True)
class Found:
    number: int
    oldest: datetime | None


def due(before: datetime) -> Found:
    """Which points are exact and older; nothing changes."""
    return _sum((len(moves), moves) for partnership in Partnership.objects.all()
                for moves in _batches(partnership, before))


def coarsen(before: datetime) -> Found:
    """Make them coarse, a batch in each transaction; run again after it was stopped, it goes on."""
    index = _index()
    return _sum(done for partnership in Partnership.objects.all() for done in _coarsen(partnership, before, index))


def _coarsen(partnership: Partnership, before: datetime, index: Places) -> Iterator[tuple[int, list[Move]]]:
    for moves in _batches(partnership, before):
        with transaction.atomic():
            moved = _move(moves, index)
        yield moved, moves


def _sum(batches: Iterator[tuple[int, list[Move]]]) -> Found:
    number, oldest = 0, None
    for done, moves in batches:
        number += done
        oldest = min([move.at for move in moves] + ([oldest] if oldest else []), default=None)
    return Found(number, oldest if number else None)


def _batches(partnership: Partnership, before: datetime) -> Iterator[list[Move]]:
    """The moves of one partnership's old points, in the order of their ids, so that a batch is read once."""
    last: UUID | None = None
    rows = Exact.objects.filter(partnership_id=partnership.id, occurred_at__lt=before).order_by("observation_id")
    while True:
        here = rows.filter(observation_id__gt=last) if last else rows
        batch: list[Row] = list(here.values_list("observation_id", "longitude", "latitude", "coarsened",
                                                 "occurred_at")[:BATCH])
        if not batch:
            return
        last = batch[-1][0]
        if moves := _moves(partnership, batch):
            yield moves


def _moves(partnership: Partnership, rows: list[Row]) -> list[Move]:
    cells = cells_of([row[1] for row in rows], [row[2] for row in rows], partnership.projection,
                     metres=settings.LOKALNET_COARSE_METRES)
    return [Move(row[0], row[4], (row[1], row[2]), (cell.longitude, cell.latitude))
            for row, cell in zip(rows, cells, strict=True)
            if not row[3] or (row[1], row[2]) != (cell.longitude, cell.latitude)]


def _move(moves: list[Move], index: Places) -> int:
    """Few sets of areas hold many points, so each set is one update."""
    held = index.areas_of([move.new[0] for move in moves], [move.new[1] for move in moves])
    moved = 0
    pairs = sorted(zip(held, moves, strict=True), key=lambda pair: pair[0])
    with connection.cursor() as cursor:
        for areas, group in groupby(pairs, key=lambda pair: pair[0]):
            alike = [move for _, move in group]
            cursor.execute(MOVE, {
                "areas": areas, "ids": [move.id for move in alike], "from_x": [move.old[0] for move in alike],
                "from_y": [move.old[1] for move in alike], "to_x": [move.new[0] for move in alike],
                "to_y": [move.new[1] for move in alike]})
            moved += cursor.rowcount
    return moved


def _index() -> Places:
    """All areas; through a function, because the login that removes has no grant on areas."""
    with connection.cursor() as cursor:
        cursor.execute("select id, kind, outline from every_area()")
        rows = cursor.fetchall()
    return Places(tuple(row[0] for row in rows), tuple(row[1] for row in rows),
                  shapely.STRtree([shapely.from_wkb(bytes(row[2])) for row in rows]))
