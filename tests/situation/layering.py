"""What tests of layers are told, and how they ask: reports by many people in squares of the grid.

`Told` is a world in memory, as the database answers it; `Telling` stores reports in the database, past the form.
"""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np
from pyproj import Transformer

from lokalnet.access import founding
from lokalnet.access.models import Member, Organisation
from lokalnet.access.rights import Role
from lokalnet.analysis.detection import told as detected
from lokalnet.analysis.detection.told import Effort, Voices
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.places.points import CELL_METRES, cell_of
from lokalnet.situation import periods
from lokalnet.situation.models import LOOKED_AT, Category, Exact, Observation, Precision, Theme
from lokalnet.situation.signals.asking import Asked, Sighted
from tests.days import today
from tests.world import GRANTOFTEN, World

TO_METRES = Transformer.from_crs(4326, 25832, always_xy=True)
START = date(2026, 6, 1)  # a Monday
Spot = tuple[int, int]


@dataclass(frozen=True, order=True)
class Row:
    """One person told of something in a square on a day; a voice told of what another had told of."""

    day: date
    spot: Spot
    reporter: int
    theme: Theme = Theme.UNREST
    voice: bool = False


def asked(rows: Iterable[Row]) -> Asked:
    """As asking.asked would answer, in the order of the rows."""
    rows = list(rows)
    nothing = np.zeros(0, np.int64)
    return Asked({theme: Sighted(
        detected.Told(**_columns(rows, theme, voice=False), flagged=np.zeros(
            sum(row.theme == theme and not row.voice for row in rows), bool)),
        Voices(**_columns(rows, theme, voice=True))) for theme in Theme},
        Effort(np.zeros(0, "datetime64[D]"), nothing), {row.spot: (0.0, 0.0) for row in rows})


def _columns(rows: list[Row], theme: Theme, *, voice: bool) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    wanted = [row for row in rows if row.theme == theme and row.voice == voice]
    return {"day": np.array([row.day for row in wanted], "datetime64[D]"),
            "x": np.array([row.spot[0] for row in wanted], np.int64),
            "y": np.array([row.spot[1] for row in wanted], np.int64),
            "reporter": np.array([row.reporter for row in wanted], np.int64),
            "organisation": np.array([row.reporter % 3 for row in wanted], np.int64)}


def any_world(seed: int, *, number: int = 300, wide: int = 12, days: int = 100, people: int = 9) -> list[Row]:
    """A quarter with many reports, other squares with many, and many with few."""
    rng = random.Random(seed)
    west, south = rng.randrange(wide - 4), rng.randrange(wide - 4)
    busy = [(west + n % 4, south + n // 4) for n in range(16)] * 3
    busy += [(rng.randrange(wide), rng.randrange(wide)) for _ in range(20)]
    return [Row(START + timedelta(days=rng.randrange(days)),
                rng.choice(busy) if rng.random() < 0.6 else (rng.randrange(wide), rng.randrange(wide)),
                rng.randrange(people), rng.choice(LOOKED_AT), rng.random() < 0.15) for _ in range(number)]


def reporters(rows: Iterable[Row], themes: Iterable[Theme], until: date) -> dict[Spot, set[int]]:
    """The rule in plain words: who told of each square in the period."""
    found: dict[Spot, set[int]] = {}
    for row in rows:
        if row.theme in set(themes) and row.day <= until:
            found.setdefault(row.spot, set()).add(row.reporter)
    return found


def long_ago(days: int) -> date:
    """So many days before today, and in a week that is over."""
    assert days >= 7
    return today() - timedelta(days=days)


@dataclass
class Telling:
    """Collects reports and stores them together. Spots are counted in squares from that of Grantoften."""

    world: World
    _rows: list[Observation] = field(default_factory=list)
    _exacts: list[Exact] = field(default_factory=list)

    def __post_init__(self) -> None:
        with as_role(MIGRATION):
            self.categories = {row.slug: row for row in Category.objects.filter(partnership=self.world.partnership)}
            self._kinds = dict(Organisation.objects.values_list("id", "kind"))
        cell = cell_of(*GRANTOFTEN, 25832)
        self.middle = cell.x, cell.y

    def square(self, spot: Spot) -> Spot:
        """In the partnership's grid."""
        return self.middle[0] + spot[0], self.middle[1] + spot[1]

    def tell(self, spot: Spot, by: Member, day: date, *, category: str = "nuisance", visibility: str = "partnership",
             at: tuple[float, float] = (0.5, 0.5), hour: int = 20) -> uuid.UUID:
        """`at` is where in the square it was, from its south-west corner."""
        x, y = self.square(spot)
        point = TO_METRES.transform((x + at[0]) * CELL_METRES, (y + at[1]) * CELL_METRES, direction="INVERSE")
        cell = cell_of(*point, 25832)
        assert (cell.x, cell.y) == (x, y)
        moment = datetime.combine(day, time(hour), COPENHAGEN)
        start, part = periods.period_of(moment, Precision.EXACT, COPENHAGEN)
        audience = {"partnership_id": self.world.partnership.id, "organisation_id": by.organisation_id,
                    "source_kind": self._kinds[by.organisation_id], "visibility": visibility, "police_sees": "area"}
        made = uuid.uuid4()
        self._rows.append(Observation(
            id=made, category=self.categories[category], cell_x=cell.x, cell_y=cell.y, longitude=cell.longitude,
            latitude=cell.latitude, areas=[], period_start=start, part=part, **audience))
        self._exacts.append(Exact(
            observation_id=made, longitude=point[0], latitude=point[1], areas=[], occurred_at=moment,
            precision=Precision.EXACT, reporter=by, reported_at=moment + timedelta(minutes=5), **audience))
        return made

    def store(self) -> None:
        with as_role(MIGRATION):
            Observation.objects.bulk_create(self._rows, batch_size=2000)
            Exact.objects.bulk_create(self._exacts, batch_size=2000)
        self._rows, self._exacts = [], []


def people(of: Organisation, number: int, role: Role = Role.STREET_WORKER) -> list[Member]:
    """More members of an organisation."""
    with as_role(MIGRATION):
        return [founding.member(of, f"Medarbejder {n}", f"m{n}.{of.id}@lokalnet.example", role) for n in range(number)]
