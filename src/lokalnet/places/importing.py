"""Bring in areas from GeoJSON: read and judge the whole file first, then store what is new or changed.

A file is refused as a whole, with the feature and the rule, because half a municipality is worse than none.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from lokalnet.places.models import Area
from lokalnet.places.points import Bounds

# Where areas are believed to lie when no partnership says otherwise.
DENMARK = Bounds(7, 54, 16, 58)
DECIMALS = 6
LONGEST = {"name": 120, "code": 40}


class BadAreas(Exception):
    """The file cannot be taken; the message names file, feature, field and rule."""


@dataclass(frozen=True)
class Outline:
    """One area: all features of one code together, in degrees (WGS 84)."""

    code: str
    name: str
    geometry: shapely.MultiPolygon


@dataclass(frozen=True)
class ReadAreas:
    outlines: tuple[Outline, ...]
    features: int
    repaired: tuple[int, ...]


@dataclass(frozen=True)
class _Part:
    number: int
    code: str
    name: str
    geometry: BaseGeometry
    repaired: bool


@dataclass(frozen=True)
class _Source:
    file: Path
    name_field: str
    code_field: str
    bounds: tuple[Bounds, ...]

    def refuse(self, rule: str, number: int | None = None, field: str = "") -> BadAreas:
        where = "" if number is None else ", " + _("feature %(number)d") % {"number": number}
        return BadAreas(f"{self.file}{where}{', ' + field if field else ''}: {rule}")


def read(file: Path, *, name_field: str, code_field: str, bounds: Sequence[Bounds] = ()) -> ReadAreas:
    """All areas of a FeatureCollection, features of one code merged. Raises BadAreas.

    `bounds` are the partnerships' own: with them swapped axes are told from a place far away.
    """
    source = _Source(file, name_field, code_field, (*bounds, DENMARK))
    parts = [_part(source, number, feature) for number, feature in enumerate(_features(source), 1)]
    return ReadAreas(tuple(_merged(source, parts)), len(parts), tuple(part.number for part in parts if part.repaired))


def _features(source: _Source) -> list[Any]:
    try:
        said = json.loads(source.file.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise source.refuse(problem.strerror or str(problem)) from None
    except (ValueError, RecursionError) as problem:
        raise source.refuse(_("This is not JSON in UTF-8: %(problem)s") % {"problem": problem}) from None
    if not isinstance(said, dict) or said.get("type") != "FeatureCollection" or not isinstance(
            said.get("features"), list):
        raise source.refuse(_("This is not a GeoJSON FeatureCollection."))
    if not said["features"]:
        raise source.refuse(_("There are no features."))
    return list(said["features"])


def _part(source: _Source, number: int, feature: Any) -> _Part:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise source.refuse(_("This is not a GeoJSON feature."), number)
    properties = feature.get("properties")
    said = properties if isinstance(properties, dict) else {}
    code = _code(source, number, said)
    name = _text(source, number, said, source.name_field, LONGEST["name"])
    geometry = _geometry(source, number, feature.get("geometry"))
    _check_coordinates(source, number, geometry)
    return _Part(number, code, name, *_valid(source, number, geometry))


def _code(source: _Source, number: int, said: Mapping[str, Any]) -> str:
    value = said.get(source.code_field)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise source.refuse(_("Codes are text, because a number has lost its leading zeros: write \"0159\", not 159."),
                            number, source.code_field)
    return _text(source, number, said, source.code_field, LONGEST["code"])


def _text(source: _Source, number: int, said: Mapping[str, Any], field: str, longest: int) -> str:
    value = said.get(field)
    if value is None or value == "":
        there = ", ".join(sorted(said)) or _("none")
        raise source.refuse(_("The field is missing or empty; fields here: %(fields)s.") % {"fields": there},
                            number, field)
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise source.refuse(_("The value must be text."), number, field)
    if len(value.strip()) > longest:
        raise source.refuse(_("The text may be %(number)s characters long.") % {"number": longest}, number, field)
    return value.strip()


def _geometry(source: _Source, number: int, said: Any) -> BaseGeometry:
    kind = said.get("type") if isinstance(said, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise source.refuse(_("The geometry must be a Polygon or MultiPolygon; this is %(kind)s.") % {
            "kind": kind or _("none")}, number, "geometry")
    try:
        found = shapely.force_2d(shapely.from_geojson(json.dumps(said, allow_nan=False)))
    except (shapely.errors.GEOSException, ValueError) as problem:
        raise source.refuse(_("The geometry cannot be read: %(problem)s") % {"problem": problem},
                            number, "geometry") from None
    if found.is_empty:
        raise source.refuse(_("The geometry is empty."), number, "geometry")
    return found


def _check_coordinates(source: _Source, number: int, geometry: BaseGeometry) -> None:
    west, south, east, north = geometry.bounds
    if not all(map(math.isfinite, geometry.bounds)):
        raise source.refuse(_("The coordinates are not numbers."), number, "geometry")
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise source.refuse(_("The coordinates look like metres; degrees (WGS 84) are needed."), number, "geometry")
    if not _touches(source, west, south, east, north) and _touches(source, south, west, north, east):
        raise source.refuse(_("Latitude and longitude look swapped; GeoJSON has the longitude first."),
                            number, "geometry")


def _touches(source: _Source, west: float, south: float, east: float, north: float) -> bool:
    return any(west <= each.east and east >= each.west and south <= each.north and north >= each.south
               for each in source.bounds)


def _valid(source: _Source, number: int, geometry: BaseGeometry) -> tuple[BaseGeometry, bool]:
    """The geometry, and whether it had to be repaired."""
    if shapely.is_valid(geometry):
        return geometry, False
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if repaired.is_empty:
        raise source.refuse(_("The geometry encloses nothing."), number, "geometry")
    return repaired, True


def _merged(source: _Source, parts: Sequence[_Part]) -> Iterator[Outline]:
    by_code: dict[str, list[_Part]] = {}
    for part in parts:
        first = by_code.setdefault(part.code, [part])[0]
        if part.name != first.name:
            raise source.refuse(_("Code %(code)s has another name in feature %(number)d.") % {
                "code": part.code, "number": first.number}, part.number, source.name_field)
        if part is not first:
            by_code[part.code].append(part)
    for code, same in by_code.items():
        yield Outline(code, same[0].name, _multipolygon([part.geometry for part in same]))


def _multipolygon(geometries: Sequence[BaseGeometry]) -> shapely.MultiPolygon:
    """One MultiPolygon, in the same order of rings and points however the file had them."""
    merged = shapely.union_all(geometries) if len(geometries) > 1 else geometries[0]
    return shapely.normalize(shapely.MultiPolygon([each for each in shapely.get_parts(merged)
                                                   if each.geom_type == "Polygon"]))


@dataclass(frozen=True)
class Imported:
    new: int
    changed: int
    unchanged: int


def store(outlines: Sequence[Outline], *, kind: str) -> Imported:
    """New areas are added and changed ones updated; areas that the file does not name stay as they are."""
    there = {area.code: area for area in Area.objects.filter(kind=kind)}
    new = changed = 0
    for outline in outlines:
        area = there.get(outline.code)
        facts = _facts(outline)
        if area is None:
            Area(kind=kind, code=outline.code, **facts).save(force_insert=True)
            new += 1
        elif any(_plain(getattr(area, field)) != value for field, value in facts.items()):
            for field, value in facts.items():
                setattr(area, field, value)
            area.save(force_update=True)
            changed += 1
    return Imported(new, changed, len(outlines) - new - changed)


def _facts(outline: Outline) -> dict[str, Any]:
    label = outline.geometry.representative_point()
    return {"name": outline.name, "outline": shapely.to_wkb(outline.geometry),
            "longitude": round(label.x, DECIMALS), "latitude": round(label.y, DECIMALS)}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
