"""Clusters for a map, as GeoJSON (RFC 7946): a circle each, and the places within it."""

from dataclasses import fields
from typing import Any

import numpy as np

from lokalnet.analysis.earth import RADIUS_KM
from lokalnet.analysis.scan.found import Cluster, Found
from lokalnet.analysis.scan.study import Places

CORNERS = 64


def feature_collection(found: Found, places: Places) -> dict[str, Any]:
    """The clusters first, most likely first, then their places. `places` have latitude and longitude."""
    number = {name: place for place, name in enumerate(places.names)}
    clusters, members = [], []
    for rank, cluster in enumerate(found.clusters, start=1):
        properties = {"what": "cluster", "rank": rank,
                      **{field.name: getattr(cluster, field.name) for field in fields(cluster)}}
        clusters.append(_feature(_shape(cluster, *places.given[number[cluster.center]].tolist()), properties))
        members += [_feature(_point(*places.given[number[name]].tolist()),
                             {"what": "place", "rank": rank, "location": name}) for name in cluster.locations]
    return {"type": "FeatureCollection", "features": clusters + members}


def circle(latitude: float, longitude: float, radius_km: float) -> list[list[float]]:
    """64 corners (longitude, latitude) at this distance along the ground, anticlockwise, the first again at the end.

    Near the 180th meridian the longitudes go on beyond 180 instead of starting again, so that the circle stays one.
    """
    bearing = -2 * np.pi * np.arange(CORNERS) / CORNERS
    away, lat = radius_km / RADIUS_KM, np.radians(latitude)
    sine = np.sin(lat) * np.cos(away) + np.cos(lat) * np.sin(away) * np.cos(bearing)
    east = np.arctan2(np.sin(bearing) * np.sin(away) * np.cos(lat), np.cos(away) - np.sin(lat) * sine)
    north = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    ring = np.column_stack([longitude + np.degrees(east), north]).round(6).tolist()
    return [*ring, ring[0]]


def _shape(cluster: Cluster, latitude: float, longitude: float) -> dict[str, Any]:
    if cluster.radius_km == 0:
        return _point(latitude, longitude)
    return {"type": "Polygon", "coordinates": [circle(latitude, longitude, cluster.radius_km)]}


def _point(latitude: float, longitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
