"""Signals that tests speak of, written as the detection would, so that reading them is what is tested."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.places.points import cell_of
from lokalnet.situation.models import Look, Signal, SignalStep, SignalVerdict
from lokalnet.situation.partnerships import Frame, frame_of
from tests.days import today
from tests.doors.people import browser
from tests.world import GRANTOFTEN, World


def cell(world: World, place: tuple[float, float] = GRANTOFTEN) -> str:
    found = cell_of(*place, world.partnership.projection)
    return f"{found.x}:{found.y}"


def signal(world: World, **said: Any) -> Signal:
    """Nine reports of drug dealing in the cell of Grantoften in the last three days, where two would be usual."""
    middle = cell_of(*said.pop("place", GRANTOFTEN), world.partnership.projection)
    if said.get("state") == "closed":
        said.setdefault("closed_at", now())
    row = {"partnership": world.partnership, "audience": "partnership", "theme": "drugs",
           "cells": [f"{middle.x}:{middle.y}"], "longitude": middle.longitude, "latitude": middle.latitude,
           "radius_m": 125, "state": "open", "word": "unusual", "first_day": today() - timedelta(days=2),
           "last_day": today(), "observed": 9, "expected": 2.1, "ratio_low": 2.0, "ratio_high": 8.1, "per_year": 1.3,
           "reporters": 4, "organisations": 3}
    with as_role(MIGRATION):
        made = Signal.objects.create(**row | said)
        SignalStep.objects.create(signal=made, kind="opened", figures={
            "observed": made.observed, "expected": made.expected, "word": made.word})
    return made


def look(world: World, **said: Any) -> Look:
    row = {"partnership": world.partnership, "audience": "partnership", "theme": "drugs", "day": today(), "upto": 0,
           "word": "quiet", "counted": 80, "reporters": 9, "organisations": 3, "per_year": 40.0}
    with as_role(MIGRATION):
        return Look.objects.create(**row | said)


def verdict(world: World, member: Member, about: Signal, turned_out: str, words: str = "Vi var der selv.") -> None:
    with as_role(MIGRATION):
        SignalVerdict.objects.create(signal=about, turned_out=turned_out, words=words, member=member,
                                     organisation_id=member.organisation_id)


def neighbourhood(place: tuple[float, float] = GRANTOFTEN, name: str = "Grantoften") -> Area:
    """A neighbourhood around a place."""
    import shapely

    outline = shapely.MultiPolygon([shapely.box(place[0] - .005, place[1] - .003, place[0] + .005, place[1] + .003)])
    with as_role(MIGRATION):
        return Area.objects.create(kind="neighbourhood", code=name, name=name, outline=shapely.to_wkb(outline),
                                   longitude=place[0], latitude=place[1])


def frame(world: World, member: Member) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)


def read(member: Member, path: str, **query: str) -> Any:
    """The page as the member gets it, in English."""
    client = browser(member)
    client.cookies["django_language"] = "en"
    return client.get(path, query)


def page(member: Member, about: Signal | UUID) -> Any:
    return read(member, f"/usaedvanligt/{about.id if isinstance(about, Signal) else about}/")
