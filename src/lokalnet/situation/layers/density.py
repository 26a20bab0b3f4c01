"""How close together reports lie, in three steps: a Gaussian over the middles of the squares that can be shown."""

import numpy as np

from lokalnet.analysis.detection.told import CELL_KM
from lokalnet.analysis.points.density import density
from lokalnet.analysis.points.grid import Grid
from lokalnet.situation.layers.choosing import Kind
from lokalnet.situation.layers.layer import Found, Layer
from lokalnet.situation.layers.squares import Floats, Squares

BANDWIDTH_KM = 0.5
ROUND: tuple[float, ...] = tuple(
    digit * 10**power / 10 for power in range(7) for digit in (1, 1.5, 2, 3, 4, 5, 6, 8))


def layer(told: Squares) -> Layer:
    if not len(told):
        return Layer(Kind.DENSITY, Found.TOO_LITTLE, ())
    per_km2 = _per_km2(told)
    steps = _steps(per_km2)
    at = np.searchsorted(steps, per_km2, side="right") + 1
    return Layer(Kind.DENSITY, Found.SOME, told.in_steps(at), steps=steps)


def _per_km2(told: Squares) -> Floats:
    west, south = int(told.x.min()), int(told.y.min())
    grid = Grid(west * CELL_KM, south * CELL_KM, CELL_KM, int(told.y.max()) - south + 1, int(told.x.max()) - west + 1)
    # Beyond the squares there may be reports that are too few to show: no edge is put right.
    found = density(told.middles_km, grid=grid, bandwidth_km=BANDWIDTH_KM, edge="none", counts=told.reports)
    return found.per_km2[told.y - south, told.x - west]


def _steps(per_km2: Floats) -> tuple[float, float]:
    """Two round numbers near to what parts the squares into thirds: they hold still while single reports come."""
    first, second = np.searchsorted(ROUND, np.quantile(per_km2, (1 / 3, 2 / 3)), side="right").tolist()
    upper = max(second - 1, 1)
    return ROUND[min(max(first - 1, 0), upper - 1)], ROUND[upper]
