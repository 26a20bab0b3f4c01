"""Long lists, newest first, a page at a time: where the next page begins is an opaque token, so nothing is left out or
shown twice while rows are added.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from lokalnet.foundation import tokens

SIZE = 50
Row = TypeVar("Row")
AModel = TypeVar("AModel", bound=Model)


def page(name: str, found: QuerySet[AModel], cursor: str, *, at: str = "at") -> tuple[list[AModel], str]:
    """The newest by the column `at`, and the cursor of what follows."""
    if place := after(name, cursor):
        found = found.filter(Q(**{f"{at}__lt": place[0]}) | Q(**{at: place[0], "id__lt": place[1]}))
    rows = list(found.order_by(f"-{at}", "-id")[:SIZE + 1])
    return cut(name, rows, lambda row: (getattr(row, at), row.pk))


def after(name: str, cursor: str) -> tuple[datetime, UUID] | None:
    """The last row of the page before: when it was, and its id. A cursor that is not ours starts anew."""
    if not cursor:
        return None
    try:
        at, row_id = tokens.unseal(name, cursor)
    except tokens.BadToken:
        return None
    return datetime.fromisoformat(at), UUID(row_id)


def cut(name: str, rows: Sequence[Row], place: Callable[[Row], tuple[datetime, UUID]]) -> tuple[list[Row], str]:
    """The page out of SIZE + 1 rows at most, and the cursor of what follows; empty at the end."""
    if len(rows) <= SIZE:
        return list(rows), ""
    at, row_id = place(rows[SIZE - 1])
    return list(rows[:SIZE]), tokens.seal(name, [at.isoformat(), str(row_id)])
