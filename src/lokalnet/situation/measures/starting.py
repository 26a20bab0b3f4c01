"""A measure out of what is seen: from one observation, or from the set that the picture shows. Never their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.situation import picture, reading
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.measures import linking
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Sight

SEALED_FOR = "observations of a new measure"
MOST_AREAS = 12


@dataclass(frozen=True)
class Start:
    """What a new measure begins with. `more`: there were more observations than are linked. `signal`: it is made of
    that one (signals/starting.py)."""

    title: str = ""
    areas: tuple[UUID, ...] = ()
    sights: tuple[Sight, ...] = ()
    more: bool = False
    signal: UUID | None = None

    @property
    def token(self) -> str:
        return tokens.seal(SEALED_FOR, [str(sight.id) for sight in self.sights]) if self.sights else ""


def link(frame: Frame, query: str) -> str:
    """Where a measure about the set of these filters begins: the filters go along, no ids. Empty without the right."""
    if not frame.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return ""
    return f"{reverse('new_measure')}?picture=1&{query}"


def begin(frame: Frame, query: QueryDict) -> Start:
    """As the address says: `observation` for one, `picture` for the set of the filters beside it. Raises Http404."""
    if said := query.get("observation"):
        return _from_one(frame, said)
    return _from_set(frame, query) if query.get("picture") else Start()


def again(frame: Frame, token: str) -> Start:
    """The observations of a form that comes back, as its sender may read them now."""
    try:
        ids = [UUID(said) for said in tokens.unseal(SEALED_FOR, token)] if token else []
    except tokens.BadToken:
        ids = []
    return Start(sights=tuple(sight for sight in picture.some(ids) if sight.partnership_id == frame.partnership.id))


def _from_one(frame: Frame, said: str) -> Start:
    right = reading.may_read(frame.actor)
    try:
        sight = picture.one(UUID(said))
    except ValueError:
        sight = None
    if sight is None or sight.partnership_id != frame.partnership.id:
        raise Http404
    events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="observation", subject=sight.id, beside=True)
    return Start(frame.categories[sight.category_id].name, _smallest(frame, [sight]), (sight,))


def _from_set(frame: Frame, query: QueryDict) -> Start:
    right = reading.may_read(frame.actor)
    filters = FilterBar(query, frame).filters()
    page = picture.page(frame.partnership, filters, size=linking.MOST)
    reading.record(frame, right, filters)
    names = {row.slug: row.name for row in frame.categories.values()}
    areas = tuple(each for each in filters.areas if each in frame.areas) or _smallest(frame, page.sights)
    return Start(names.get(filters.category, ""), areas, tuple(page.sights), page.next is not None)


def _smallest(frame: Frame, sights: Iterable[Sight]) -> tuple[UUID, ...]:
    """The smallest area of each, those of the most observations first."""
    counted: dict[UUID, int] = {}
    for sight in sights:
        for area in (each for each in reversed(sight.areas) if each in frame.areas):
            counted[area] = counted.get(area, 0) + 1
            break
    return tuple(sorted(counted, key=lambda area: -counted[area])[:MOST_AREAS])
