"""What a scan is asked: places, cases, people, and the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.earth import RADIUS_KM, on_sphere
from lokalnet.analysis.results import BadInput

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Days = NDArray[np.datetime64]


LONGEST_DAYS = 36_600  # a century


class Model(StrEnum):
    PERMUTATION = "permutation"
    POISSON = "poisson"


class Kind(StrEnum):
    """Which windows are looked at: alive on the last day, any, all time at once, or all places at once."""

    PROSPECTIVE = "prospective"
    RETROSPECTIVE = "retrospective"
    SPATIAL = "purely-spatial"
    TEMPORAL = "purely-temporal"


@dataclass(frozen=True)
class Places:
    """`points` (n, 3) in km, `given` (n, 2) as they came: (lat, lon) or (x, y). Distances are straight between points.

    Latitude and longitude become points on a sphere of 6,367 km, so a distance is a chord of it.
    """

    names: tuple[str, ...]
    points: Floats
    given: Floats
    spherical: bool

    @classmethod
    def on_earth(cls, names: Sequence[str], latitude: Floats, longitude: Floats) -> "Places":
        given = np.column_stack([latitude, longitude]).astype(float)
        return cls(tuple(names), on_sphere(given), given, spherical=True)

    @classmethod
    def on_plane(cls, names: Sequence[str], x_km: Floats, y_km: Floats) -> "Places":
        given = np.column_stack([x_km, y_km]).astype(float)
        return cls(tuple(names), np.column_stack([given, np.zeros(len(given))]), given, spherical=False)

    def __post_init__(self) -> None:
        if not np.isfinite(self.points).all():
            raise BadInput("locations: a coordinate is not a number")

    def together(self) -> tuple["Places", tuple[tuple[str, ...], ...], Integers]:
        """Places at one point are one: (each point once, the names there, where each place went), in their order."""
        _, first, index = np.unique(self.points, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first, kind="stable")
        went = np.argsort(order)[index.ravel()]
        names: list[list[str]] = [[] for _ in order]
        for name, point in zip(self.names, went.tolist(), strict=True):
            names[point].append(name)
        kept = first[order]
        once = Places(tuple(self.names[one] for one in kept.tolist()), self.points[kept], self.given[kept],
                      self.spherical)
        return once, tuple(map(tuple, names)), went

    def along_ground(self, chord_km: float) -> float:
        """A straight line through the earth, as it is walked on its surface."""
        return 2 * RADIUS_KM * float(np.arcsin(chord_km / (2 * RADIUS_KM))) if self.spherical else chord_km


@dataclass(frozen=True)
class Cases:
    """A row each: `place` (index into the places), `count`, `day` (datetime64[D]), `cell` (covariates, as an index).

    The Poisson model standardises by cells; the permutation model shuffles each cell's cases among themselves, so that
    what differs between cells in place or in time makes no cluster.
    """

    place: Integers
    count: Integers
    day: Days
    cell: Integers


@dataclass(frozen=True)
class Population:
    """A row each: `persons` of covariate `cell` who lived at `place` on `day`. Between days it is a straight line."""

    place: Integers
    persons: Floats
    day: Days
    cell: Integers


@dataclass(frozen=True)
class Settings:
    """Both limits of a pair apply where both are given. `start` and `end` default to the first and last day of a case.

    `stop_after` ends the replications as soon as so many were at least as extreme as what was observed (Besag and
    Clifford 1991), `gumbel` adds p-values from a Gumbel distribution fitted to the replications; both are said in the
    result, neither is the default.
    """

    model: Model = Model.PERMUTATION
    kind: Kind = Kind.PROSPECTIVE
    max_km: float | None = None
    max_share: float = 0.5
    max_days: int | None = None
    max_time_share: float = 0.5
    step_days: int = 1
    start: date | None = None
    end: date | None = None
    replications: int = 999
    seed: int = 1
    stop_after: int | None = None
    gumbel: bool = False

    def __post_init__(self) -> None:
        for name, right, rule in (
                ("max-share", 0 < self.max_share <= 1, "a share of the cases above 0, at most 1"),
                ("max-time-share", 0 < self.max_time_share <= 1, "a share of the time above 0, at most 1"),
                ("max-km", self.max_km is None or self.max_km >= 0, "kilometres, not negative"),
                ("max-days", self.max_days is None or self.max_days >= 1, "at least one day"),
                ("step-days", 1 <= self.step_days <= LONGEST_DAYS, f"between one day and {LONGEST_DAYS:,}"),
                ("replications", 0 <= self.replications <= 999_999, "between 0 and 999,999"),
                ("seed", 0 <= self.seed < 2**63, "a whole number from 0 to 9,223,372,036,854,775,807"),
                ("stop-after", self.stop_after is None or self.stop_after >= 1, "at least 1"),
                ("start, end", not self.start or not self.end or self.start <= self.end,
                 "the start is not after the end"),
                ("model", self.model is Model.POISSON or self.kind in (Kind.PROSPECTIVE, Kind.RETROSPECTIVE),
                 "the permutation model compares places with each other over time: it needs both; for one of them "
                 "alone choose the Poisson model")):
            if not right:
                raise BadInput(f"{name}: {rule}")
