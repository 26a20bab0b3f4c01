"""The figures of a briefing as they are frozen: counts with their names, and ids. Never a text that somebody wrote.

`canonical` makes one text of the same figures, always; its digest says whether they are still the same.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from lokalnet.analysis.seasons import Usual, Week
from lokalnet.foundation.languages import reader_language

OPEN = ("proposed", "agreed", "under-way")


@dataclass(frozen=True)
class Name:
    """What something was called when it was counted, so that a later name does not change what was frozen."""

    id: str
    da: str
    en: str

    def __str__(self) -> str:
        return self.en if reader_language() == "en" else self.da


@dataclass(frozen=True)
class CategoryCount:
    """One category in one place: this week, the week before, and what is usual for the season."""

    category: Name
    severity: int
    count: int
    before: int
    usual: Usual | None


@dataclass(frozen=True)
class Section:
    """One place, or everywhere (`area` is None). `told` is everything but what goes well.

    `weeks` are the half year that ends with the briefing's week, oldest first. `level` is the week's own: -1, 0 or 1
    (fewer, about as usual, more), or None where there is too little to go by.
    """

    area: Name | None
    told: int
    unconfirmed: int
    good: int
    good_usual: Usual | None
    usual: Usual | None
    level: int | None
    weeks: tuple[Week, ...]
    categories: tuple[CategoryCount, ...]


@dataclass(frozen=True)
class Teller:
    """A party as others see it: its reports in the week, and how many of its people said that it was quiet."""

    name: str
    reports: int
    quiet: int

    @property
    def silent(self) -> bool:
        return not self.reports and not self.quiet


@dataclass(frozen=True)
class SilentArea:
    """A place where somebody reported during the half year and nobody did in the week."""

    area: Name
    usual: Usual | None


@dataclass(frozen=True)
class Newcomer:
    """A category that was seen at least twice in a place, and not once in the eight weeks before."""

    area: Name
    category: Name
    count: int


@dataclass(frozen=True)
class MeasureFigure:
    """A measure by its id and its days; what it is called is looked up when it is shown."""

    id: str
    kind: str
    state: str
    made_on: date
    due_on: date | None
    ends_on: date
    ended_on: date | None
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    id: str
    due_on: date


@dataclass(frozen=True)
class Figures:
    """Everything that is frozen. `counted_on` is the local day of `counted_at`: what is overdue is so on that day.

    `unheard` is how many small areas had no report in the whole half year: of them silence tells nothing.
    """

    partnership: Name
    municipality: Name | None
    week: date
    counted_at: datetime
    counted_on: date
    whole: Section
    parts: tuple[Section, ...]
    tellers: tuple[Teller, ...]
    silent: tuple[SilentArea, ...]
    unheard: int
    new: tuple[Newcomer, ...]
    measures: tuple[MeasureFigure, ...]
    promises: tuple[Promise, ...]

    @property
    def until(self) -> date:
        """The week's Sunday."""
        return self.week + timedelta(days=6)

    @property
    def new_measures(self) -> tuple[MeasureFigure, ...]:
        return tuple(each for each in self.measures if self.week <= each.made_on <= self.until)

    @property
    def under_way(self) -> tuple[MeasureFigure, ...]:
        """Agreed or begun, and not past their last day."""
        return tuple(each for each in self.measures
                     if each.state in ("agreed", "under-way") and each.ends_on >= self.counted_on)

    @property
    def overdue(self) -> tuple[MeasureFigure, ...]:
        """Still open though their day has passed, or their last day."""
        return tuple(each for each in self.measures if each.state in OPEN
                     and ((each.due_on or each.ends_on) < self.counted_on or each.ends_on < self.counted_on))

    @property
    def finished(self) -> tuple[MeasureFigure, ...]:
        """Done, dropped or ended by themselves in the week."""
        return tuple(each for each in self.measures if each.ended_on and self.week <= each.ended_on <= self.until)

    @property
    def overdue_promises(self) -> tuple[Promise, ...]:
        return tuple(each for each in self.promises if each.due_on < self.counted_on)

    @property
    def coming_promises(self) -> tuple[Promise, ...]:
        return tuple(each for each in self.promises if each.due_on >= self.counted_on)


class NotTheSame(ValueError):
    """Frozen figures that are not what was frozen."""


@functools.cache
def _adapter() -> TypeAdapter[Figures]:
    return TypeAdapter(Figures)


def canonical(figures: Figures) -> str:
    """JSON with sorted keys and nothing between them: one text for the same figures."""
    said = _adapter().dump_python(figures, mode="json")
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(frozen: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def thawed(frozen: str, sha: str) -> Figures:
    """The figures of a canonical text. Raises NotTheSame where the digest is another one."""
    if digest(frozen) != sha:
        raise NotTheSame("the figures of this briefing are not those that were approved")
    return _adapter().validate_json(frozen)
