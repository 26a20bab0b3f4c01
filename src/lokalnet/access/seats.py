"""A member's seat in one partnership: what every page that is about a partnership begins with."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse

from lokalnet.access.acting import Actor, partner_names
from lokalnet.access.models import Partnership


@dataclass(frozen=True)
class Seat:
    """A partnership and the actor in it; what else is needed is asked for once, when it is used."""

    partnership: Partnership
    actor: Actor
    mine: tuple[Partnership, ...] = ()  # all that the organisation is a party of

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.partnership.timezone)

    def moved_to(self, partnership_id: UUID) -> "Seat":
        """The same member at another of their tables: a link to a thing may say no partnership, or another one."""
        return next(replace(self, partnership=each) for each in self.mine if each.id == partnership_id)

    @cached_property
    def organisations(self) -> dict[UUID, str]:
        return partner_names(self.actor)


def seat_for(actor: Actor | None, slug: str = "") -> Seat | None:
    """In the partnership asked for, or the only one, or the first; None for an actor who is in none.

    Exercises come last and only when they are asked for: nobody is to land in one by accident.
    Raises Http404 for a slug that the actor's organisation is no party of, as for one that does not exist.
    """
    if actor is None:
        return None
    found = Partnership.objects.raw("select * from access_partnership where id = any(%s) order by name",
                                    [list(actor.partnership_ids)])
    mine = tuple(sorted(found, key=lambda each: each.exercise_of_id is not None))
    wanted = [each for each in mine if (each.slug == slug if slug else each.exercise_of_id is None)]
    if slug and not wanted:
        raise Http404
    return Seat(wanted[0], actor, mine) if wanted else None


def seat_of(actor: Actor, partnership_id: UUID) -> Seat:
    """In one partnership; Http404 when the actor's organisation is no party of it any more."""
    found = Partnership.objects.filter(id__in=actor.partnership_ids, id=partnership_id).first()
    if found is None:
        raise Http404
    return Seat(found, actor)


def address(seat: Seat, route: str, *arguments: Any, **query: Any) -> str:
    """A link to a page of the same partnership: who is in several stays in the one that is being looked at."""
    asked = {name: str(value) for name, value in query.items() if value}
    if len(seat.mine) > 1:
        asked["partnership"] = seat.partnership.slug
    return reverse(route, args=arguments) + (f"?{urlencode(asked)}" if asked else "")
