"""A made-up partnership: three municipalities on a plane, and who walks where in them.

Everything comes from the generator that it is given. Positions are in km, cells are `CELL_KM` wide.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.detection.told import CELL_KM

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WIDE, HIGH = 12.0, 8.0  # km
COLUMNS, ROWS = int(WIDE / CELL_KM), int(HIGH / CELL_KM)
MUNICIPALITIES, NEIGHBOURHOODS, PLACES = 3, 12, 6  # places in each neighbourhood


class Kind(IntEnum):
    STREET = 0
    SSP = 1
    OFFICER = 2
    CARETAKER = 3
    CLUB = 4


POSTS = (Kind.STREET, Kind.OFFICER, Kind.STREET, Kind.CARETAKER, Kind.STREET, Kind.SSP, Kind.OFFICER, Kind.CLUB)
TALKATIVE = np.array([1.5, 0.6, 1.2, 0.6, 0.5])  # by kind: reports against each other
WEEK = np.array([[0.7, 0.8, 0.9, 1.0, 1.6, 1.5, 0.5], [1.4, 1.4, 1.4, 1.4, 1.4, 0.0, 0.0],  # by kind, from Monday
                 [0.9, 0.9, 0.9, 1.0, 1.3, 1.3, 0.7], [2.2, 1.2, 1.2, 1.2, 1.2, 0.0, 0.0],
                 [1.2, 1.3, 1.3, 1.3, 1.3, 0.6, 0.0]])
POLICE, HOUSING, CLUBS = 3, 4, 7  # organisations: a municipality each, the police, housing and clubs of each


@dataclass(frozen=True)
class Town:
    """`centers` (neighbourhoods, 2); `reach` (places and neighbourhoods, cells) says where a place's reports fall, each
    row adds up to 1; `weight` and `near` (the same length) how much goes on there and in which neighbourhood it lies;
    `area` (cells) is the neighbourhood with the nearest centre."""

    centers: Floats
    cells: Floats
    reach: Floats
    weight: Floats
    near: Integers
    area: Integers

    def within(self, middle: Floats, km: float) -> Integers:
        """The cells whose middle lies so near."""
        return np.flatnonzero(np.hypot(*(self.cells - middle).T) <= km)


def make_town(generator: np.random.Generator) -> Town:
    grid = np.array([(4 * m + 1 + 2 * (i % 2), 2 + 4 * (i // 2)) for m in range(MUNICIPALITIES) for i in range(4)])
    centers = grid + generator.normal(0, 0.35, (NEIGHBOURHOODS, 2))
    near = np.repeat(np.arange(NEIGHBOURHOODS), PLACES)
    places = centers[near] + generator.normal(0, 0.5, (len(near), 2))
    x, y = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS), indexing="ij")
    cells = (np.column_stack([x.ravel(), y.ravel()]) + 0.5) * CELL_KM
    middles = np.concatenate([places, centers])
    spread = np.concatenate([generator.uniform(0.1, 0.3, len(places)), np.full(NEIGHBOURHOODS, 0.8)])
    square = ((cells[None] - middles[:, None]) ** 2).sum(axis=2)
    reach = np.exp(-square / (2 * spread[:, None] ** 2)) + 1e-12
    weight = np.concatenate([generator.gamma(0.8, 1.0, len(places)), np.full(NEIGHBOURHOODS, 1.0)])
    area = np.argmin(((cells[None] - centers[:, None]) ** 2).sum(axis=2), axis=0)
    return Town(centers, cells, reach / reach.sum(axis=1, keepdims=True), weight,
                np.concatenate([near, np.arange(NEIGHBOURHOODS)]), area)


def beat(town: Town, kind: Kind, municipality: int, generator: np.random.Generator) -> Floats:
    """Where (cells) one who works there reports from: his neighbourhood, or his place, with habits of his own."""
    own = 4 * municipality + generator.integers(4)
    in_own, in_municipality = town.near == own, town.near // 4 == municipality
    match kind:
        case Kind.STREET:
            allowed = np.where(in_own, 1.0, np.where(in_municipality, 0.25, 0.0))
        case Kind.SSP:
            allowed = in_municipality.astype(float)
        case Kind.OFFICER:
            allowed = np.where(in_municipality, 1.0, 0.15)
        case Kind.CARETAKER | Kind.CLUB:
            allowed = np.where(in_own, 0.05, 0.0)
            allowed[own * PLACES + generator.integers(PLACES)] = 3.0
    wanted = town.weight * allowed * generator.gamma(1.0, 1.0, len(allowed))
    walked = wanted @ town.reach
    return walked / walked.sum()


def organisation_of(kind: Kind, municipality: int) -> int:
    return {Kind.STREET: municipality, Kind.SSP: municipality, Kind.OFFICER: POLICE,
            Kind.CARETAKER: HOUSING + municipality, Kind.CLUB: CLUBS + municipality}[kind]
