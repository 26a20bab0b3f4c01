"""Which partnership's picture a reader is looking at, and the names that go with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from lokalnet.access.acting import Actor
from lokalnet.access.seats import Seat, seat_for, seat_of
from lokalnet.foundation.ordering import danish
from lokalnet.places.models import Area
from lokalnet.situation.models import Category


class Place(NamedTuple):
    """An area without its outline."""

    id: UUID
    kind: str
    name: str
    longitude: float
    latitude: float
    changed_at: datetime


@dataclass(frozen=True)
class Frame(Seat):
    """A seat with what every screen about places needs."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self.partnership.west, self.partnership.south, self.partnership.east, self.partnership.north

    @cached_property
    def categories(self) -> dict[UUID, Category]:
        return {row.id: row for row in Category.objects.filter(partnership=self.partnership).order_by("position")}

    @cached_property
    def areas(self) -> dict[UUID, Place]:
        rows = Area.objects.order_by("kind", danish("name"))
        west, south, east, north = self.bounds
        inside = rows.filter(longitude__range=(west, east), latitude__range=(south, north))
        return {row[0]: Place(*row) for row in inside.values_list(*Place._fields)}

    def place_name(self, area_ids: list[UUID]) -> str:
        """The smallest area that has a name people use: a neighbourhood, else a parish, else the municipality."""
        for area_id in reversed(area_ids):
            if area_id in self.areas:
                return self.areas[area_id].name
        return ""


def frame_for(actor: Actor | None, slug: str = "") -> Frame | None:
    """As `seat_for`."""
    seat = seat_for(actor, slug)
    return framed_as(seat) if seat else None


def frame_of(actor: Actor, partnership_id: UUID) -> Frame:
    """As `seat_of`."""
    return framed_as(seat_of(actor, partnership_id))


def framed_as(seat: Seat) -> Frame:
    """The seat with everything about places."""
    return seat if isinstance(seat, Frame) else Frame(seat.partnership, seat.actor, seat.mine)
