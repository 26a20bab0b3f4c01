"""What one look saw, and how it lies to the signals that there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import hypot
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from lokalnet.access.models import Partnership
from lokalnet.analysis.detection.found import Candidate, Looked
from lokalnet.analysis.detection.tellers import once_a_day
from lokalnet.analysis.detection.told import Told, Voices
from lokalnet.places.areas import places
from lokalnet.places.points import CELL_METRES, cell_of
from lokalnet.situation.models import Signal, SignalAudience, Theme
from lokalnet.situation.signals.asking import Cell, Sighted

NEAR_METRES = 500
FOLLOWS = timedelta(days=7)


@dataclass(frozen=True)
class Seen:
    """A look at one group of categories, as one audience gets it: what it was given, and what it found."""

    partnership: Partnership
    audience: SignalAudience
    theme: Theme
    at: datetime
    sighted: Sighted
    looked: Looked
    middles: dict[Cell, tuple[float, float]]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.partnership.timezone)

    @property
    def day(self) -> date:
        return self.at.astimezone(self.zone).date()

    def middle_of(self, candidate: Candidate) -> tuple[float, float]:
        return self.middles[candidate.center]

    def areas_of(self, candidate: Candidate) -> list[UUID]:
        """Those that hold its middle, the largest kind first."""
        return places().areas_at(*self.middle_of(candidate))

    def belongs(self, candidate: Candidate, signal: Signal) -> bool:
        """Whether it is the same that goes on: it overlaps or lies close by, and follows before long."""
        at = cell_of(signal.longitude, signal.latitude, self.partnership.projection)
        apart = CELL_METRES * hypot(at.x - candidate.center[0], at.y - candidate.center[1])
        return (apart <= NEAR_METRES or not set(cell_names(candidate)).isdisjoint(signal.cells)) and (
            candidate.first_day <= signal.last_day + FOLLOWS)

    def carried_by(self, signal: Signal) -> tuple[int, int]:
        """How many reporters and organisations tell, as of now, of what a signal was made of."""
        parts = [(part, _inside(part, signal)) for part in (self.sighted.told, self.sighted.voices)]
        reporters, organisations = (len(np.unique(np.concatenate([getattr(part, name)[rows] for part, rows in parts])))
                                    for name in ("reporter", "organisation"))
        return reporters, organisations

    def events_of(self, signal: Signal) -> int:
        """How many events are told, as of now, of where and when a signal was last found, counted as the look does."""
        return len(once_a_day(self.sighted.told.where(_inside(self.sighted.told, signal))))


def cell_names(candidate: Candidate) -> list[str]:
    return [f"{x}:{y}" for x, y in candidate.cells]


def _inside(part: Told | Voices, signal: Signal) -> NDArray[np.bool_]:
    cells = set(signal.cells)
    there = np.array([f"{x}:{y}" in cells for x, y in zip(part.x.tolist(), part.y.tolist(), strict=True)], bool)
    rows: NDArray[np.bool_] = there & (part.day >= np.datetime64(signal.first_day)) & (
        part.day <= np.datetime64(signal.last_day))
    return rows
