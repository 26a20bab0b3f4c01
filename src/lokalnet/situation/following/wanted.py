"""What is followed, as a condition on the picture: it uses no more of a report than its reader may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Ring = tuple[tuple[float, float], ...]  # [longitude, latitude] of each corner; the last is joined to the first
Condition = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Wanted:
    """Where: in one of the areas or within the outline, and everywhere where neither is given. `severity` is the least.

    With `not_by`, what that member reported is left out: nobody is told what they told themselves.
    """

    areas: tuple[UUID, ...] = ()
    outline: Ring = ()
    categories: tuple[UUID, ...] = ()
    severity: int | None = None
    not_by: UUID | None = None

    def conditions(self) -> Iterator[Condition]:
        """Of `o`, the observation, and `e`, its exact row where the reader gets it (`picture.readable`)."""
        if self.areas or self.outline:
            yield _where(self.areas, self.outline)
        if self.categories:
            yield "o.category_id = any(%s::uuid[])", (list(self.categories),)
        if self.severity is not None:
            yield ("o.category_id = any(array(select c.id from situation_category c where c.severity >= %s))",
                   (self.severity,))
        if self.not_by:
            yield "e.reporter_id is distinct from %s", (self.not_by,)


# Of what is followed no more there is nothing; everything would be more than was asked for, in an export above all.
NOTHING = Wanted(areas=(UUID(int=0),))


def _where(areas: tuple[UUID, ...], outline: Ring) -> Condition:
    """PostgreSQL's own polygon counts what lies on its edge as inside."""
    either: list[Condition] = []
    if areas:
        either.append(("coalesce(e.areas, o.areas) && %s::uuid[]", (list(areas),)))
    if outline:
        either.append(("%s::polygon @> point(coalesce(e.longitude, o.longitude), coalesce(e.latitude, o.latitude))",
                       (_polygon(outline),)))
    return f"({' or '.join(words for words, _ in either)})", tuple(each for _, values in either for each in values)


def _polygon(ring: Ring) -> str:
    return "(" + ",".join(f"({x!r},{y!r})" for x, y in ring) + ")"
