"""The squares of a layer for the map of the overview: the same set as on the layer's own page."""

import json

from lokalnet.places.points import corners_of
from lokalnet.situation.layers import saying
from lokalnet.situation.layers.looking import Look
from lokalnet.situation.partnerships import Frame


def geojson(frame: Frame, look: Look) -> str:
    """A GeoJSON FeatureCollection; `said` comes first, then what it `means`; `step` runs from 0 to 3."""
    squares = look.layer.squares
    rings = corners_of([(square.x, square.y) for square in squares], frame.partnership.projection)
    features = [{"type": "Feature", "properties": {"step": square.step},
                 "geometry": {"type": "Polygon", "coordinates": [ring]}}
                for square, ring in zip(squares, rings, strict=True)]
    means = f"{saying.then(look)} {saying.means(look.chosen.kind)} {saying.means_not(look.chosen.kind)}".strip()
    return json.dumps({"type": "FeatureCollection", "said": saying.first(look), "means": means,
                       "features": features}, ensure_ascii=False)
