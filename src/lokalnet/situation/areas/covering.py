"""Which areas hold each other: what is said of a municipality holds in its neighbourhoods, and the other way round."""

from uuid import UUID

from lokalnet.places.areas import places
from lokalnet.situation.partnerships import Frame


def related(frame: Frame, area_id: UUID) -> frozenset[UUID]:
    """The area, those of the partnership that it lies in, and those that lie in it, judged by each one's middle."""
    areas = list(frame.areas.values())
    held_by = dict(zip((area.id for area in areas), places().areas_of(
        [area.longitude for area in areas], [area.latitude for area in areas]), strict=True))
    above = set(held_by.get(area_id, ()))
    below = {inner for inner, holders in held_by.items() if area_id in holders}
    return frozenset((above | below | {area_id}) & set(frame.areas))
