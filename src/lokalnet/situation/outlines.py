"""The sober outline that the map stands on: our own areas, and nothing fetched from elsewhere."""

import functools
import json

import shapely

from lokalnet.places.models import Area
from lokalnet.situation.partnerships import Frame

PARTS_OF_A_DEGREE = 5  # decimals: about a metre


def geojson(frame: Frame) -> str:
    """The areas of the partnership as a GeoJSON FeatureCollection with kind, name and a point for the label."""
    edition = ",".join(f"{area.id}{area.changed_at}" for area in frame.areas.values())
    return _geojson(edition, tuple(frame.areas))


@functools.lru_cache(maxsize=16)
def _geojson(edition: str, ids: tuple[str, ...]) -> str:
    features = []
    for area in Area.objects.filter(id__in=ids).order_by("kind", "code"):
        outline = shapely.set_precision(shapely.from_wkb(bytes(area.outline)), 10 ** -PARTS_OF_A_DEGREE)
        features.append({"type": "Feature", "geometry": json.loads(shapely.to_geojson(outline)), "properties": {
            "id": str(area.id), "kind": area.kind, "name": area.name, "label": [area.longitude, area.latitude]}})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
