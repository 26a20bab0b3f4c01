"""What a new subscription begins with: the filters that were set, the own areas, or nothing."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.following import subscribing
from lokalnet.situation.following.subscribing import Content
from lokalnet.situation.following.wanted import Wanted
from lokalnet.situation.models.following import LONGEST_NAME
from lokalnet.situation.partnerships import Frame


@dataclass(frozen=True)
class Start:
    content: Content
    left_out: tuple[str, ...] = ()  # the filters that cannot be followed, by their labels


def from_filters(frame: Frame, query: QueryDict) -> Start:
    """As the overview was filtered. Words that are searched for, periods, senders and standings are not followed."""
    bar = FilterBar(query, frame)
    filters = bar.filters()
    categories = tuple(row.id for row in frame.categories.values() if row.slug == filters.category)
    followed = (bar.follow and filters.followed) or Wanted()
    wanted = Wanted(tuple(each for each in filters.areas if each in frame.areas) or followed.areas,
                    () if filters.areas else followed.outline, categories or followed.categories,
                    filters.severity if filters.severity is not None else followed.severity)
    left_out = [bar.choices[name].label for name in ("organisation", "standing") if bar.choices[name].chosen]
    if bar.search.query:
        left_out.append(_("Search"))
    return Start(Content(name_for(frame, wanted), wanted), tuple(left_out))


def own_areas(frame: Frame) -> Content | None:
    """The reader's own areas, to be followed in one tap; None where there are none here, or they are followed."""
    areas = tuple(each for each in frame.actor.area_ids if each in frame.areas)
    if not areas:
        return None
    followed = any(set(row.areas) >= set(areas) and not row.categories and row.severity is None
                   for row in subscribing.of(frame))
    return None if followed else Content(_("My areas"), Wanted(areas))


def name_for(frame: Frame, wanted: Wanted) -> str:
    """A proposal for a name: what and where, as far as it fits."""
    what = [frame.categories[each].name for each in wanted.categories]
    where = [frame.areas[each].name for each in wanted.areas]
    said = ", ".join((*what, *where))
    return said if len(said) <= LONGEST_NAME else ""


