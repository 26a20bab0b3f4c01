"""Where the demonstration takes place.

The real outlines of municipalities and parishes are read from the data folder beside the checkout, or from
`LOKALNET_TEST_DATA`, when they are there. Else rough outlines of our own stand in. The neighbourhoods are always our
own rough drawings.
"""

import json
from pathlib import Path

import shapely

from lokalnet.places.models import Area
from lokalnet.project import real_data

OURS = {"Ballerup": "0151", "Herlev": "0163", "Gladsaxe": "0159"}
ROUGH = {
    "Ballerup": [(12.27, 55.72), (12.31, 55.70), (12.38, 55.705), (12.42, 55.715), (12.42, 55.745), (12.36, 55.76),
                 (12.29, 55.75)],
    "Herlev": [(12.40, 55.72), (12.45, 55.715), (12.465, 55.73), (12.445, 55.755), (12.41, 55.765), (12.42, 55.745)],
    "Gladsaxe": [(12.45, 55.715), (12.50, 55.71), (12.54, 55.73), (12.53, 55.76), (12.46, 55.775), (12.42, 55.77),
                 (12.445, 55.755), (12.465, 55.73)],
}
# Name: code, middle, half width and height in degrees, and a slant.
NEIGHBOURHOODS = {
    "Grantoften": ("grantoften", 12.3633, 55.7311, 0.0056, 0.0030, 0.0010),
    "Hede-Magleparken": ("hede-magleparken", 12.3475, 55.7255, 0.0050, 0.0026, -0.0008),
    "Skovlunde Midt": ("skovlunde-midt", 12.4035, 55.7225, 0.0060, 0.0030, 0.0006),
    "Herlev Hovedgade": ("herlev-hovedgade", 12.4400, 55.7245, 0.0062, 0.0024, 0.0012),
    "Blokhaven": ("blokhaven", 12.4660, 55.7265, 0.0046, 0.0026, 0.0007),
    "Høje Gladsaxe": ("hoeje-gladsaxe", 12.4790, 55.7405, 0.0062, 0.0030, -0.0010),
    "Bagsværd Torv": ("bagsvaerd-torv", 12.4545, 55.7615, 0.0060, 0.0030, 0.0009),
}


def install() -> None:
    """All areas of the demonstration, once."""
    data = real_data.folder()
    if data:
        outlines = _read(data / "boundaries" / "municipalities.geojson")
        _add("municipality", {name: (code, outlines[code][1]) for name, code in OURS.items()})
        parishes = _read(data / "boundaries" / "parishes.geojson")
        _add("parish", {f"{name} Sogn": (code, outline) for code, (name, outline) in parishes.items()})
    else:
        _add("municipality", {name: (OURS[name], shapely.Polygon(ring)) for name, ring in ROUGH.items()})
    _add("neighbourhood", {name: (row[0], _block(*row[1:])) for name, row in NEIGHBOURHOODS.items()})


def _read(path: Path) -> dict[str, tuple[str, shapely.Geometry]]:
    parts: dict[str, tuple[str, list[shapely.Geometry]]] = {}
    for feature in json.loads(path.read_text())["features"]:
        said = feature["properties"]
        parts.setdefault(said["code"], (said["name"], []))[1].append(
            shapely.from_geojson(json.dumps(feature["geometry"])))
    return {code: (name, shapely.union_all(found)) for code, (name, found) in parts.items()}


def _block(x: float, y: float, width: float, height: float, slant: float) -> shapely.Geometry:
    return shapely.Polygon([(x - width, y - height - slant), (x + width, y - height + slant),
                            (x + width, y + height + slant), (x - width, y + height - slant)])


def _add(kind: str, outlines: dict[str, tuple[str, shapely.Geometry]]) -> None:
    for name, (code, outline) in outlines.items():
        shape = outline if outline.geom_type == "MultiPolygon" else shapely.MultiPolygon([outline])
        label = shapely.point_on_surface(shape)
        Area.objects.get_or_create(kind=kind, code=code, defaults={
            "name": name, "outline": shapely.to_wkb(shape), "longitude": round(label.x, 6),
            "latitude": round(label.y, 6)})
