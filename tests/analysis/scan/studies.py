"""Small made-up studies, and those of the reference."""

import csv
from datetime import date

import numpy as np

from lokalnet.analysis.scan.study import Cases, Kind, Places, Population, Settings
from tests.analysis.reference import reference

YEAR = {"start": date(2023, 1, 2), "end": date(2023, 12, 31)}
WEEKLY = Settings(step_days=7, **YEAR)
WORKLOADS = {"A": WEEKLY, "B": WEEKLY, "C": WEEKLY, "R": Settings(step_days=7, kind=Kind.RETROSPECTIVE, **YEAR),
             "D": Settings(max_km=2, max_days=30, **YEAR)}


def read(folder: str) -> tuple[Places, Cases]:
    """`folder` is what stands before `cases.csv` and `locations.csv`."""
    with reference(f"{folder}locations.csv").open() as file:
        rows = list(csv.DictReader(file))
    names = [row["location"] for row in rows]
    made, columns = (Places.on_earth, ("lat", "lon")) if "lat" in rows[0] else (Places.on_plane, ("x_km", "y_km"))
    places = made(names, *(np.array([float(row[column]) for row in rows]) for column in columns))
    index = {name: number for number, name in enumerate(names)}
    with reference(f"{folder}cases.csv").open() as file:
        found = list(csv.DictReader(file))
    return places, Cases(
        np.array([index[row["location"]] for row in found]), np.array([int(row["count"]) for row in found]),
        np.array([row["date"] for row in found], "datetime64[D]"), np.zeros(len(found), np.int64))


def made(seed: int, *, places: int = 12, cases: int = 60, days: int = 20, grid: bool = False) -> tuple[Places, Cases]:
    """Some places without cases, some days with many; on a grid, many places are as far from a centre as others."""
    generator = np.random.default_rng(seed)
    points = generator.integers(0, 4, (places, 2)) if grid else generator.uniform(0, 10, (places, 2))
    names = [f"p{number}" for number in range(places)]
    day = np.datetime64("2024-01-01") + np.append([0, days - 1], generator.integers(0, days, cases - 2))
    return Places.on_plane(names, *points.T.astype(float)), Cases(
        generator.integers(0, max(1, places - 2), cases), generator.integers(1, 4, cases), day,
        np.zeros(cases, np.int64))


def lived_in(places: Places, *, seed: int = 5) -> Population:
    number = len(places.names)
    return Population(np.arange(number), np.random.default_rng(seed).uniform(50, 500, number),
                      np.full(number, np.datetime64("2024-01-10")), np.zeros(number, np.int64))
