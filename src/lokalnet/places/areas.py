"""Which areas a point lies in."""

import functools
from dataclasses import dataclass
from uuid import UUID

import shapely
from django.db.models import Count, Max
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area


@dataclass(frozen=True)
class Places:
    """All areas with a spatial index; `areas_at` answers in microseconds."""

    ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
    tree: shapely.STRtree

    def areas_at(self, longitude: float, latitude: float) -> list[UUID]:
        """Ids of the areas that hold the point, largest kind first."""
        hits = self.tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        order = list(Area.Kind.values)
        return [self.ids[i] for i in sorted(hits, key=lambda i: (order.index(self.kinds[i]), i))]


def places() -> Places:
    """The index, kept in this process until areas are imported anew."""
    edition = Area.objects.aggregate(number=Count("id"), changed=Max("changed_at"))
    return _places(str(edition))


@functools.lru_cache(maxsize=2)
def _places(edition: str) -> Places:
    rows = list(Area.objects.order_by("kind", "code").values_list("id", "kind", "outline"))
    outlines: list[BaseGeometry] = [shapely.from_wkb(bytes(row[2])) for row in rows]
    return Places(tuple(row[0] for row in rows), tuple(row[1] for row in rows), shapely.STRtree(outlines))
