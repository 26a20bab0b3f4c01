"""Reports near a place: what may be the same event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lokalnet.access.models import Partnership
from lokalnet.places.areas import places
from lokalnet.places.points import degrees_around
from lokalnet.situation.picture import SIGHT, Filters, Sight, fetched, readable


@dataclass(frozen=True)
class Around:
    """Near a point, in metres; where an area was named instead of a point, in that area."""

    point: tuple[float, float]
    metres: float
    named_area: UUID | None = None

    def condition(self) -> tuple[str, list[Any]]:
        if self.named_area:
            return "(o.named_area = %s or (o.named_area is null and %s = any(coalesce(e.areas, o.areas))))", [
                self.named_area, self.named_area]
        wide, high = degrees_around(self.point[1], self.metres)
        return ("(o.named_area is null and ((coalesce(e.longitude, o.longitude) - %s) / %s) ^ 2 "
                "+ ((coalesce(e.latitude, o.latitude) - %s) / %s) ^ 2 <= 1 or o.named_area = any(%s::uuid[]))",
                [self.point[0], wide, self.point[1], high, places().areas_at(*self.point)])


def near(partnership: Partnership, around: Around, *, category: str, since: datetime, until: datetime,
         most: int) -> list[Sight]:
    """Reports of a category round there, newest first."""
    rows = readable(partnership, Filters(since=since, until=until, category=category))
    condition, values = around.condition()
    found = fetched(f"select {SIGHT} {rows.source(joined=True)} and {condition} "
                    "order by o.period_start desc, e.occurred_at desc nulls last, o.id limit %s",
                    [*rows.values, *values, most])
    return [Sight(*row) for row in found]
