"""Measures with a before and after, for tests that count: told by weeks, in places that lie apart."""

import uuid
from datetime import date, datetime, timedelta

from lokalnet.access.models import Member
from lokalnet.analysis.seasons import WEEK, monday_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.places.points import cell_of
from lokalnet.situation import periods
from lokalnet.situation.models import (
    Category,
    Exact,
    Measure,
    MeasureObservation,
    Observation,
    Precision,
    Signal,
    SignalMeasure,
    Step,
)
from tests.days import today
from tests.situation.measuring import propose
from tests.situation.telling import area, frame_zone
from tests.world import World

HERE = (12.3600, 55.7300)
NEAR = (12.3600, 55.7342)  # about 470 m north of the middle: within 500 m of the area's edge, whatever its cell
FAR = (12.4400, 55.7300)


def week(number: int) -> date:
    """The Monday so many weeks ago."""
    return monday_of(today()) - WEEK * number


def place() -> Area:
    """About 500 by 450 m around HERE."""
    return area("neighbourhood", "her", (HERE[0] - .004, HERE[1] - .002, HERE[0] + .004, HERE[1] + .002))


class Weeks:
    """Reports by week, each on another day or by another reporter unless said, stored together."""

    def __init__(self, world: World) -> None:
        self.world = world
        with as_role(MIGRATION):
            self.categories = {row.slug: row for row in Category.objects.filter(partnership=world.partnership)}
        self._rows: list[Observation] = []
        self._exacts: list[Exact] = []

    def tell(self, monday: date, where: tuple[float, float], number: int = 1, *, by: Member | None = None,
             category: str = "nuisance", visibility: str = "partnership", day: int | None = None,
             flagged: bool = False) -> None:
        by, zone = by or self.world.anna, frame_zone(self.world)
        cell = cell_of(*where, self.world.partnership.projection)
        kind = "police" if by.organisation_id == self.world.police.id else "municipality"
        for at in range(number):
            told = monday + timedelta(days=at % 7 if day is None else day)
            when = datetime(told.year, told.month, told.day, 14, tzinfo=zone)
            start, part = periods.period_of(when, Precision.EXACT, zone)
            audience = {"partnership_id": self.world.partnership.id, "organisation_id": by.organisation_id,
                        "source_kind": kind, "visibility": visibility, "police_sees": "area"}
            made = uuid.uuid4()
            self._rows.append(Observation(
                id=made, category=self.categories[category], cell_x=cell.x, cell_y=cell.y, longitude=cell.longitude,
                latitude=cell.latitude, areas=[], period_start=start, part=part, **audience))
            self._exacts.append(Exact(
                observation_id=made, areas=[], occurred_at=when, precision=Precision.EXACT, reporter=by,
                reported_at=when + timedelta(minutes=5), longitude=where[0], latitude=where[1],
                planned_presence=flagged, **audience))

    def store(self) -> None:
        with as_role(MIGRATION):
            Observation.objects.bulk_create(self._rows)
            Exact.objects.bulk_create(self._exacts)
        self._rows, self._exacts = [], []


def begun(world: World, member: Member, where: Area, *, weeks_ago: int, **said: object) -> Measure:
    """A measure that was started on the Monday so many weeks ago."""
    measure = propose(world, member, areas=[where.id], title="Indsats", **said)
    monday = week(weeks_ago)
    at = datetime(monday.year, monday.month, monday.day, 9, tzinfo=frame_zone(world))
    with as_role(MIGRATION):
        Measure.objects.filter(id=measure.id).update(made_at=at - timedelta(days=3))
        Step.objects.filter(measure=measure).update(at=at - timedelta(days=3))
        for kind, when in (("agreed", at - timedelta(days=1)), ("started", at)):
            Step(id=uuid.uuid4(), measure=measure, organisation_id=member.organisation_id, member=member, kind=kind,
                 at=when).save(force_insert=True)
    return measure


def link(world: World, measure: Measure, category: str) -> None:
    """The measure is about one of the reports of that category."""
    with as_role(MIGRATION):
        MeasureObservation.objects.create(
            measure=measure, organisation=world.ballerup, member=world.berit,
            observation=Observation.objects.filter(category__slug=category).first())


def signal(world: World, measure: Measure, **said: object) -> None:
    """The measure was made of a signal."""
    with as_role(MIGRATION):
        made = Signal.objects.create(**{
            "partnership": world.partnership, "audience": "partnership", "theme": "unrest",
            "longitude": HERE[0], "latitude": HERE[1], "radius_m": 250, "word": "unusual", "last_day": week(9),
            "observed": 9, "expected": 2, "ratio_low": 2, "ratio_high": 9, "per_year": 0.2, "reporters": 3,
            "organisations": 2} | said)
        SignalMeasure.objects.create(signal=made, measure=measure, member=world.berit)
