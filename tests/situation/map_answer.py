"""The map's answer, from its columns back to points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Point:
    longitude: float
    latitude: float
    icon: str
    severity: int
    coarse: bool
    standing: int


def points(said: Mapping[str, Any]) -> dict[str, Point]:
    """By the observation's id."""
    west, south = said["origin"]
    columns = zip(said["ids"], said["x"], said["y"], said["category"], said["coarse"], said["standing"], strict=True)
    found = {id_: Point(west + x / 1e5, south + y / 1e5, *said["categories"][category], bool(coarse), standing)
             for id_, x, y, category, coarse, standing in columns}
    assert len(found) == len(said["ids"])
    return found
