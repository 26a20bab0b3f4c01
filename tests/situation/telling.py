"""Many reports at once, past the form, for tests that count: what was told where, when, by whom and for whom."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import shapely

from lokalnet.access.models import Member, Organisation
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation import periods
from lokalnet.situation.models import Category, Exact, Observation, Precision
from lokalnet.situation.partnerships import Frame, frame_for
from tests.world import World

MIDDLE = (12.36, 55.73)


def frame(world: World, member: Member) -> Frame:
    found = frame_for(world.actor(member))
    assert found is not None
    return found


def area(kind: str, code: str, box: tuple[float, float, float, float] = (12.35, 55.72, 12.37, 55.74),
         residents: int | None = None) -> Area:
    with as_role(MIGRATION):
        return Area.objects.create(kind=kind, code=code, name=f"Sted {code}", residents=residents,
                                   residents_source="prøve" if residents else "",
                                   outline=shapely.to_wkb(shapely.MultiPolygon([shapely.box(*box)])),
                                   longitude=(box[0] + box[2]) / 2, latitude=(box[1] + box[3]) / 2)


class Telling:
    """Collects reports and stores them together."""

    def __init__(self, world: World) -> None:
        self.world = world
        with as_role(MIGRATION):
            self.categories = {row.slug: row for row in Category.objects.filter(partnership=world.partnership)}
            self._kinds = dict(Organisation.objects.values_list("id", "kind"))
        self._rows: list[Observation] = []
        self._exacts: list[Exact] = []

    def tell(self, number: int, category: str, where: Iterable[Area], at: datetime, *, by: Member | None = None,
             exactly: Iterable[Area] | None = None, reported: datetime | None = None, visibility: str = "public",
             police_sees: str = "text", **said: Any) -> list[UUID]:
        by = by or self.world.anna
        start, part = periods.period_of(at, Precision.EXACT, frame_zone(self.world))
        coarse = [each.id for each in where]
        made = []
        for _ in range(number):
            audience = {"partnership_id": self.world.partnership.id, "organisation_id": by.organisation_id,
                        "source_kind": self._kinds[by.organisation_id], "visibility": visibility,
                        "police_sees": police_sees}
            made.append(uuid.uuid4())
            point = {"longitude": MIDDLE[0], "latitude": MIDDLE[1]}
            self._rows.append(Observation(id=made[-1], category=self.categories[category], cell_x=0, cell_y=0,
                                          areas=coarse, period_start=start, part=part, **point, **audience, **said))
            self._exacts.append(Exact(
                observation_id=made[-1], areas=coarse if exactly is None else [each.id for each in exactly],
                occurred_at=at, precision=Precision.EXACT, reporter=by,
                reported_at=reported or at + timedelta(minutes=5), **point, **audience))
        return made

    def store(self) -> None:
        with as_role(MIGRATION):
            Observation.objects.bulk_create(self._rows, batch_size=2000)
            Exact.objects.bulk_create(self._exacts, batch_size=2000)
        self._rows, self._exacts = [], []


def frame_zone(world: World) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(world.partnership.timezone)
