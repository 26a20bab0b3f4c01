"""A year of a partnership as stored rows: a dozen people of four organisations, each with places that they know.

What is to be found, or must not be, is added by the test.
"""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lokalnet.access.models import Member, Organisation
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.points import CELL_METRES, cell_of, degrees_around
from lokalnet.situation.models import Category, Exact, ImportRow, Observation, Part, Precision
from tests.world import GRANTOFTEN, World

A_WEEK = 14  # reports of drug dealing, by all together


@dataclass(frozen=True)
class Event:
    """Told by somebody on a day, so many cells east and north of Grantoften."""

    member: Member
    day: date
    east: int = 0
    north: int = 0


def people(world: World, number: int = 3) -> list[Member]:
    """So many more in each of the four organisations, without a login of their own."""
    return [each for organisation in (world.gladsaxe, world.ballerup, world.herlev, world.police)
            for each in joined(organisation, number)]


def joined(organisation: Organisation, number: int) -> list[Member]:
    with as_role(MIGRATION):
        return Member.objects.bulk_create([
            Member(organisation=organisation, name=f"{organisation.name} {each}", title="", roles=["street-worker"])
            for each in range(number)])


def usual(members: Sequence[Member], *, until: date, seed: int = 7, days: int = 365) -> list[Event]:
    """What they tell in the `days` up to a day, each in six places of their own, Grantoften among them."""
    chance = random.Random(seed)
    known = {member.id: [(0, 0), *((chance.randrange(-9, 10), chance.randrange(-9, 10)) for _ in range(5))]
             for member in members}
    return [Event(member, until - timedelta(days=back), *chance.choice(known[member.id]))
            for back in range(days) for member in members if chance.random() < A_WEEK / 7 / len(members)]


def burst(members: Sequence[Member], first: date, *, days: int, number: int, east: int = 0,
          north: int = 0) -> list[Event]:
    """So many more in one place of six cells, told by these in turn."""
    return [Event(members[each % len(members)], first + timedelta(days=each * days // number), east + each % 3,
                  north + each // 3 % 2) for each in range(number)]


def store(world: World, events: Sequence[Event], *, category: str = "drug-dealing",
          visibility: str = "partnership") -> list[Observation]:
    """As reports of an afternoon; brought in at once, past the doors that take one at a time."""
    east, north = degrees_around(GRANTOFTEN[1], CELL_METRES)
    with as_role(MIGRATION):
        kind = Category.objects.get(partnership=world.partnership, slug=category)
        rows, exacts = [], []
        for event in events:
            point = (GRANTOFTEN[0] + event.east * east, GRANTOFTEN[1] + event.north * north)
            at = datetime.combine(event.day, time(12, 30), UTC)
            cell = cell_of(*point, world.partnership.projection)
            who = {"partnership_id": world.partnership.id, "organisation_id": event.member.organisation_id,
                   "source_kind": event.member.organisation.kind, "visibility": visibility, "police_sees": "area"}
            rows.append(Observation(
                id=uuid.uuid4(), category=kind, cell_x=cell.x, cell_y=cell.y, longitude=cell.longitude,
                latitude=cell.latitude, period_start=at, part=Part.AFTERNOON, **who))
            exacts.append(Exact(observation=rows[-1], longitude=point[0], latitude=point[1], occurred_at=at,
                                precision=Precision.EVENING, reporter=event.member, reported_at=at, **who))
        Observation.objects.bulk_create(rows)
        Exact.objects.bulk_create(exacts)
    return rows


def by_a_file(world: World, rows: Sequence[Observation]) -> None:
    """They came in by a file."""
    with as_role(MIGRATION):
        ImportRow.objects.bulk_create([
            ImportRow(organisation_id=row.organisation_id, partnership=world.partnership, profile="lokalnet",
                      key=row.id.bytes, content=b"", observation_id=row.id) for row in rows])
