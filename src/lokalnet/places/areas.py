"""Which areas a point lies in."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import shapely
from django.db.models import Count, Max
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area

MOST_OF = 0.9


@dataclass(frozen=True)
class Places:
    """All areas with a spatial index; `areas_at` answers in microseconds."""

    ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
    tree: shapely.STRtree

    def areas_around(self, area_id: UUID) -> list[UUID]:
        """Ids of the areas that hold this whole area (or most of it: outlines of two sources never quite agree) and its
        own, largest kind first; none where the area is not known.
        """
        if area_id not in self.ids:
            return []
        outlines, order = self.tree.geometries, list(Area.Kind.values)
        at = self.ids.index(area_id)
        outline, rank = outlines[at], order.index(self.kinds[at])
        holding = [each for each in self.tree.query(outline, predicate="intersects")
                   if order.index(self.kinds[each]) < rank
                   and outlines[each].intersection(outline).area > MOST_OF * outline.area]
        return [self.ids[each] for each in sorted(holding, key=lambda each: (order.index(self.kinds[each]), each))
                ] + [area_id]

    def areas_at(self, longitude: float, latitude: float) -> list[UUID]:
        """Ids of the areas that hold the point, largest kind first."""
        return self.areas_of([longitude], [latitude])[0]

    def areas_of(self, longitudes: Sequence[float], latitudes: Sequence[float]) -> list[list[UUID]]:
        """The same for many points at once."""
        found: list[list[UUID]] = [[] for _ in longitudes]
        if not self.ids:
            return found
        order = list(Area.Kind.values)
        rank = np.array([order.index(kind) for kind in self.kinds])
        points, hits = self.tree.query(shapely.points(longitudes, latitudes), predicate="intersects")
        for i in np.lexsort((hits, rank[hits], points)):
            found[points[i]].append(self.ids[hits[i]])
        return found


def places() -> Places:
    """The index, kept in this process until areas are imported anew."""
    edition = Area.objects.aggregate(number=Count("id"), changed=Max("changed_at"))
    return _places(str(edition))


@functools.lru_cache(maxsize=2)
def _places(edition: str) -> Places:
    rows = list(Area.objects.order_by("kind", "code").values_list("id", "kind", "outline"))
    outlines: list[BaseGeometry] = [shapely.from_wkb(bytes(row[2])) for row in rows]
    return Places(tuple(row[0] for row in rows), tuple(row[1] for row in rows), shapely.STRtree(outlines))
