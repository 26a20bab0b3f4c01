"""A signal as a condition on the picture: its cells, and the reports that its audience gets.

It asks of a report only what everybody knows who gets it at all: cell, category and who may see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from lokalnet.situation.following.wanted import Condition
from lokalnet.situation.models import Signal


@dataclass(frozen=True)
class Around:
    """The cells "x:y" of a signal. The days stand beside it, in the filters themselves."""

    id: UUID
    theme: str
    audience: str
    cells: tuple[str, ...]

    def conditions(self) -> Iterator[Condition]:
        """Of `o`, the observation (`picture.readable`)."""
        yield "o.visibility = any(audience_gets(%s))", (self.audience,)
        # As it is counted: what was refuted is no report of anything.
        yield "o.standing <> 'refuted'", ()
        yield ("o.category_id = any(array(select c.id from situation_category c where c.theme = %s))", (self.theme,))
        yield "(o.cell_x, o.cell_y) in (select * from unnest(%s::int[], %s::int[]))", self._columns()

    def _columns(self) -> tuple[list[int], list[int]]:
        x, y = zip(*(map(int, cell.split(":")) for cell in self.cells), strict=True)
        return list(x), list(y)


def around(signal: Signal) -> Around:
    return Around(signal.id, signal.theme, signal.audience, tuple(signal.cells))
