"""What a meeting talks about, one thing at a time, and by which word each is named in addresses and decisions.

A point is an item of the briefing, one place under "What happened" ("happened.<area>"), or one thing that last week's
meeting left for this one ("followed.<decision>").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.situation.briefing.figures import Figures, Section
from lokalnet.situation.briefing.items import Item


@dataclass(frozen=True)
class Point:
    """`section` is the place's figures, where the point is a place; `left` the decision of last week that it is."""

    slug: str
    item: Item
    section: Section | None = None
    left: UUID | None = None

    @property
    def place(self) -> str:
        return str(self.section.area) if self.section and self.section.area else ""

    @property
    def title(self) -> str:
        return in_words(self.item, self.place)


def in_words(item: Item, place: str) -> str:
    return _("%(item)s: %(place)s") % {"item": item.label, "place": place} if place else str(item.label)


def slug_of(item: Item, about: UUID | str) -> str:
    return f"{item.value}.{about}"


def split(slug: str) -> tuple[str, UUID | None]:
    """The word of the item, and the place or the decision that it is about."""
    item, _dot, about = slug.partition(".")
    try:
        return item, UUID(about) if about else None
    except ValueError:
        return "", None


def unusual(section: Section) -> bool:
    """Was it another week than the place is used to? There a meeting stops by itself."""
    return section.level in (-1, 1)


def every(figures: Figures, left: Iterable[UUID]) -> list[Point]:
    """All that can be met about, in the order of the briefing; `left` are last week's decisions that go on."""
    found = []
    for item in Item:
        found.append(Point(item.value, item))
        if item == Item.HAPPENED:
            found += [Point(slug_of(item, each.area.id), item, each) for each in figures.parts if each.area]
        elif item == Item.FOLLOWED:
            found += [Point(slug_of(item, each), item, left=each) for each in left]
    return found
