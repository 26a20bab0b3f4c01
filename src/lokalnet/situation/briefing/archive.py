"""All weeks that have a briefing: the edition that holds, those it replaced, and drafts for those who write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lokalnet.access import events
from lokalnet.access.rights import Purpose
from lokalnet.situation.addresses import addresses
from lokalnet.situation.briefing import reading
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame

WEEKS = 26


@dataclass(frozen=True)
class Edition:
    number: int
    state: str
    url: str


@dataclass(frozen=True)
class Cell:
    """What there is of one week and one place: the newest edition first."""

    name: str
    editions: tuple[Edition, ...]

    @property
    def replaced(self) -> tuple[Edition, ...]:
        return tuple(each for each in self.editions if each.state == BriefingState.REPLACED)

    @property
    def standing(self) -> tuple[Edition, ...]:
        """The one that holds and, for those who write it, a draft."""
        return tuple(each for each in self.editions if each.state != BriefingState.REPLACED)


@dataclass(frozen=True)
class Week:
    monday: date
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Archive:
    """Half a year of weeks, the newest first. `older` is the day before which the next page begins."""

    heads: tuple[str, ...]
    weeks: tuple[Week, ...]
    older: date | None


def page(frame: Frame, *, before: date | None) -> Archive:
    """Of the weeks before this day, or the newest. Raises NotAllowed."""
    decision = reading.may_read(frame.actor)
    rows = Briefing.objects.filter(partnership=frame.partnership)
    rows = rows.filter(week__lt=before) if before else rows
    weeks = list(rows.order_by("-week").values_list("week", flat=True).distinct()[:WEEKS + 1])
    shown = weeks[:WEEKS]
    found: dict[tuple[date, UUID | None], list[Briefing]] = {}
    for each in rows.filter(week__in=shown).defer("figures").order_by("-edition"):
        found.setdefault((each.week, each.municipality_id), []).append(each)
    events.record(frame.actor, "briefings.read", decision=decision, purpose=Purpose.BRIEFING,
                  subject_kind="partnership", subject=frame.partnership.id)
    places = {None: frame.partnership.name} | {place.id: place.name for place in reading.municipalities(frame)}
    return Archive(tuple(places.values()), tuple(
        Week(week, tuple(Cell(name, _editions(frame, found.get((week, place), ()))) for place, name in places.items()))
        for week in shown), shown[-1] if len(weeks) > WEEKS else None)


def _editions(frame: Frame, rows: Sequence[Briefing]) -> tuple[Edition, ...]:
    to = addresses(frame, "briefing")
    return tuple(Edition(each.edition, each.state, to(each.id)) for each in rows)
