"""A made-up past for briefings, as raw rows: written by the migration role, so that no code of ours counts it first."""

import random
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import shapely

from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.places.models import Area
from lokalnet.situation.briefing import counting
from lokalnet.situation.briefing.counting import Scope
from lokalnet.situation.models import Category, Exact, Observation, Precision
from lokalnet.situation.periods import period_of
from tests.world import World

WEEK = date(2026, 11, 16)
MONDAY_AT_SIX = datetime(2026, 11, 23, 6, tzinfo=COPENHAGEN).astimezone(UTC)
VISIBILITIES = ("organisation", "municipalities", "partnership", "public")


@dataclass(frozen=True)
class Raw:
    """One stored row with what the oracle needs of it."""

    observation: Observation
    exact: Exact


def neighbourhoods() -> dict[str, Area]:
    """Two in Ballerup, one in Gladsaxe, and one in which nobody ever reports."""
    boxes = {"Østblokken": (12.30, 55.71, 12.32, 55.72), "Vestblokken": (12.33, 55.71, 12.35, 55.72),
             "Nordblokken": (12.48, 55.72, 12.50, 55.73), "Ødegården": (12.38, 55.74, 12.39, 55.75)}
    with as_role(MIGRATION):
        return {name: Area.objects.get_or_create(kind="neighbourhood", code=name, defaults={
            "name": name, "outline": shapely.to_wkb(shapely.MultiPolygon([shapely.box(*box)])),
            "longitude": (box[0] + box[2]) / 2, "latitude": (box[1] + box[3]) / 2})[0] for name, box in boxes.items()}


def past(world: World, *, rows: int, years: float, seed: int) -> list[Raw]:
    """`rows` reports up to the end of WEEK, of every visibility, sender, standing and state, some put together."""
    chance = random.Random(seed)
    areas = neighbourhoods()
    municipality = {area.name: area for area in Area.objects.filter(kind="municipality")}
    inside = {"Østblokken": "Ballerup", "Vestblokken": "Ballerup", "Nordblokken": "Gladsaxe"}
    with as_role(MIGRATION):
        categories = list(Category.objects.filter(partnership=world.partnership))
        senders = [(world.gladsaxe, world.anna), (world.ballerup, world.berit), (world.police, world.bo),
                   (world.housing, world.viggo)]
        made = []
        for _ in range(rows):
            organisation, member = chance.choice(senders)
            back = timedelta(days=365.25 * years) * chance.random() ** 1.3
            at = datetime(2026, 11, 23, tzinfo=COPENHAGEN).astimezone(UTC) - timedelta(minutes=1) - back
            precise = chance.choice([Precision.EXACT, Precision.EVENING])
            start, part = period_of(at, precise, COPENHAGEN)
            block = chance.choice(list(inside))
            held = [municipality[inside[block]].id, areas[block].id]
            coarse = held[:1] if chance.random() < 0.3 else held  # the cell's middle may lie outside the block
            who = {"partnership_id": world.partnership.id, "organisation_id": organisation.id,
                   "source_kind": organisation.kind, "visibility": chance.choice(VISIBILITIES),
                   "police_sees": chance.choice(["area", "text", "exact"])}
            observation = Observation(
                id=uuid.UUID(int=chance.getrandbits(128)), category=chance.choice(categories), cell_x=0, cell_y=0,
                longitude=12.3, latitude=55.7, areas=coarse, period_start=start, part=part,
                standing=chance.choice(["unconfirmed", "unconfirmed", "confirmed", "refuted"]),
                state=chance.choice(["live"] * 8 + ["withdrawn"]), **who)
            made.append(Raw(observation, Exact(
                observation=observation, longitude=12.3, latitude=55.7, areas=held, occurred_at=at, precision=precise,
                reporter=member, **who)))
        _put_some_together(made, chance)
        Observation.objects.bulk_create([raw.observation for raw in made])
        Exact.objects.bulk_create([raw.exact for raw in made])
    return made


def _put_some_together(made: list[Raw], chance: random.Random) -> None:
    live = [raw.observation for raw in made if raw.observation.state == "live"]
    for observation in chance.sample(live, len(live) // 10):
        into = chance.choice(live)
        if into is not observation and into.state == "live":
            observation.state, observation.merged_into_id = "merged", into.id


def scope_of(partnership: Partnership, municipality: str = "") -> Scope:
    return next(each for each in counting.scopes(partnership)
                if (each.municipality.name if each.municipality else "") == municipality)
