"""Which partnership's picture a reader is looking at, and the names that go with it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from lokalnet.access.acting import Actor
from lokalnet.access.seats import Seat, seat_for, seat_of
from lokalnet.foundation.ordering import danish_sql
from lokalnet.situation import picture
from lokalnet.situation.models import Category


class Place(NamedTuple):
    """An area without its outline."""

    id: UUID
    kind: str
    name: str
    longitude: float
    latitude: float
    changed_at: float  # seconds: only outlines.py asks, whether it is still the same


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
        west, south, east, north = self.bounds
        rows = picture.fetched(
            "select id, kind, name, longitude, latitude, extract(epoch from changed_at)::float8 from places_area "  # noqa: S608
            f"where longitude between %s and %s and latitude between %s and %s order by kind, {danish_sql('name')}",
            [west, east, south, north])
        return {row[0]: Place._make(row) for row in rows}

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
