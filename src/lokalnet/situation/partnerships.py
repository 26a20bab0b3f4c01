"""Which partnership's picture a reader is looking at, and the names that go with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404

from lokalnet.access.acting import Actor, partner_names
from lokalnet.access.models import Partnership
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
class Frame:
    """A partnership with what every screen about it needs; each part is asked for once, when it is used."""

    partnership: Partnership
    actor: Actor
    mine: tuple[Partnership, ...] = ()  # all that the organisation is a party of

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self.partnership.west, self.partnership.south, self.partnership.east, self.partnership.north

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.partnership.timezone)

    @cached_property
    def categories(self) -> dict[UUID, Category]:
        return {row.id: row for row in Category.objects.filter(partnership=self.partnership).order_by("position")}

    @cached_property
    def organisations(self) -> dict[UUID, str]:
        return partner_names(self.actor)

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
    """The partnership asked for, or the only one, or the first; None for an actor who is in none.

    Exercises come last and only when they are asked for: nobody is to land in one by accident.
    Raises Http404 for a slug that the actor's organisation is no party of, as for one that does not exist.
    """
    if actor is None:
        return None
    found = Partnership.objects.filter(id__in=actor.partnership_ids).order_by("name")
    mine = tuple(sorted(found, key=lambda each: each.exercise_of_id is not None))
    wanted = [each for each in mine if (each.slug == slug if slug else each.exercise_of_id is None)]
    if slug and not wanted:
        raise Http404
    return Frame(wanted[0], actor, mine) if wanted else None


def frame_of(actor: Actor, partnership_id: UUID) -> Frame:
    """The frame of one partnership; Http404 when the actor's organisation is no party of it any more."""
    found = Partnership.objects.filter(id__in=actor.partnership_ids, id=partnership_id).first()
    if found is None:
        raise Http404
    return Frame(found, actor)
