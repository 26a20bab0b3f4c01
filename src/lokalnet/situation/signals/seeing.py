"""What one look saw, and how it lies to the signals that there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import hypot
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from lokalnet.access.models import Partnership
from lokalnet.analysis.detection.found import Candidate, Looked
from lokalnet.analysis.detection.tellers import once_a_day
from lokalnet.analysis.detection.told import Told, Voices
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

    def middle_of(self, candidate: Candidate) -> Cell:
        """The cell in the middle of what was told of it: a circle reaches further where nothing was."""
        told = self.sighted.told.where(_inside(self.sighted.told, cell_names(candidate), candidate.first_day,
                                               candidate.last_day))
        if not len(told):
            return candidate.center
        nearest = np.argmin(np.hypot(told.x - told.x.mean(), told.y - told.y.mean()))
        return int(told.x[nearest]), int(told.y[nearest])

    def belongs(self, candidate: Candidate, signal: Signal) -> bool:
        """Whether it is the same that goes on: it overlaps or lies close by, and follows before long."""
        at, middle = cell_of(signal.longitude, signal.latitude, self.partnership.projection), self.middle_of(candidate)
        return (_metres((at.x, at.y), middle) <= NEAR_METRES or not set(cell_names(candidate)).isdisjoint(signal.cells)
                ) and candidate.first_day <= signal.last_day + FOLLOWS

    def carried_by(self, signal: Signal) -> tuple[int, int]:
        """How many reporters and organisations tell, as of now, of what a signal was made of."""
        parts = [(part, _inside(part, signal.cells, signal.first_day, signal.last_day))
                 for part in (self.sighted.told, self.sighted.voices)]
        reporters, organisations = (len(np.unique(np.concatenate([getattr(part, name)[rows] for part, rows in parts])))
                                    for name in ("reporter", "organisation"))
        return reporters, organisations

    def events_of(self, signal: Signal) -> int:
        """How many events are told, as of now, of where and when a signal was last found, counted as the look does."""
        told = self.sighted.told
        return len(once_a_day(told.where(_inside(told, signal.cells, signal.first_day, signal.last_day))))


def cell_names(candidate: Candidate) -> list[str]:
    return [f"{x}:{y}" for x, y in candidate.cells]


def reach(middle: Cell, cells: Iterable[Cell]) -> int:
    """How far, in metres, the cells reach from the middle of one of them."""
    return round(max(_metres(middle, cell) for cell in cells)) + CELL_METRES // 2


def _metres(one: Cell, other: Cell) -> float:
    return CELL_METRES * hypot(one[0] - other[0], one[1] - other[1])


def _inside(part: Told | Voices, cells: Iterable[str], first: date, last: date) -> NDArray[np.bool_]:
    wanted = set(cells)
    there = np.array([f"{x}:{y}" in wanted for x, y in zip(part.x.tolist(), part.y.tolist(), strict=True)], bool)
    rows: NDArray[np.bool_] = there & (part.day >= np.datetime64(first)) & (part.day <= np.datetime64(last))
    return rows
