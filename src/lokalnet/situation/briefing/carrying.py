"""Decisions where they are read: under the items of their week, and in the week after.

Nothing of it is frozen: a measure is said as it stands now, to whoever may see it.
"""

from dataclasses import dataclass
from uuid import UUID

from lokalnet.situation.briefing import deciding, points
from lokalnet.situation.briefing.deciding import Decided, Outcome
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.models import Briefing, BriefingDecision
from lokalnet.situation.partnerships import Frame


@dataclass(frozen=True)
class Left:
    """Something of last week: `about` says what was spoken of then, `slug` is its own point in this week's meeting."""

    slug: str
    about: str
    outcome: Outcome


@dataclass(frozen=True)
class Spoken:
    """What was decided, and about what: a place, a thing of last week, or nothing for the item itself."""

    about: str
    decided: Decided


def by_item(frame: Frame, briefing: Briefing) -> dict[str, tuple[Spoken, ...]]:
    """What was decided about the week, by item: what is about the item itself first."""
    found: dict[str, list[Spoken]] = {}
    for slug, decided in sorted(deciding.decided(frame, briefing).items()):
        item, which = points.split(slug)
        found.setdefault(item, []).append(Spoken(about(frame, slug) if which else "", decided))
    return {item: tuple(spoken) for item, spoken in found.items()}


def left(frame: Frame, briefing: Briefing) -> list[Left]:
    """In the order in which it was decided."""
    decisions = deciding.last_decisions(briefing)[::-1]
    return [Left(points.slug_of(Item.FOLLOWED, outcome.id), about(frame, outcome.slug), outcome)
            for outcome in deciding.outcomes(frame, decisions)]


def about(frame: Frame, slug: str) -> str:
    """What a decision was about, in words: of one that was carried on, what it was about at first."""
    item, which = points.split(slug)
    seen: set[UUID] = set()
    while item == Item.FOLLOWED and which and which not in seen:
        seen.add(which)
        before = BriefingDecision.objects.filter(id=which).first()
        item, which = points.split(before.item) if before else ("", None)
    if item not in Item.values:
        return str(Item.FOLLOWED.label)
    place = frame.areas.get(which) if which and item == Item.HAPPENED else None
    return points.in_words(Item(item), place.name if place else "")
