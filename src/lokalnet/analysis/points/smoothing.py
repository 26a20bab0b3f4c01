"""The shapes that a point is spread out to.

Silverman, B. W. (1986): Density Estimation for Statistics and Data Analysis, chapter 4. The bandwidth is the standard
deviation of the Gaussian, and the radius of the quartic (biweight) and of Epanechnikov's, beyond which they are 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, pi, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from lokalnet.analysis.results import BadInput

WITHIN_CELL = 8

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """`height` at a squared distance, for bandwidth 1; `reach` where it ends; `spread` its deviation along an axis.

    The Gaussian is cut off at 6 bandwidths, where it is 1.5e-8 of its peak.
    """

    name: str
    height: Callable[[Floats], Floats]
    reach: float
    spread: float

    def heights(self, squared: Floats, bandwidth_km: float) -> Floats:
        """Per km2, at squared distances in km2."""
        return self.height(squared / bandwidth_km**2) / bandwidth_km**2

    def peak(self, bandwidth_km: float) -> float:
        return float(self.heights(np.zeros(1), bandwidth_km)[0])

    def cells(self, bandwidth_km: float, cell_km: float) -> int:
        """How many cells it reaches from its middle."""
        return max(1, ceil(self.reach * bandwidth_km / cell_km))

    def on_cells(self, bandwidth_km: float, cell_km: float) -> Floats:
        """Its heights at the middles of cells, itself in the middle one."""
        offsets = np.arange(-(n := self.cells(bandwidth_km, cell_km)), n + 1) * cell_km
        return self.heights(offsets[:, None] ** 2 + offsets**2, bandwidth_km)

    def in_cells(self, bandwidth_km: float, cell_km: float) -> Floats:
        """Its mass in each cell around the middle one: exact for the Gaussian, else by 8 x 8 points in a cell."""
        n = self.cells(bandwidth_km, cell_km)
        if self.name == "gaussian":
            along = np.diff(ndtr((np.arange(-n, n + 2) - 0.5) * cell_km / bandwidth_km))
            return np.outer(along, along)
        side = (2 * n + 1) * WITHIN_CELL
        offsets = ((np.arange(side) + 0.5) / WITHIN_CELL - n - 0.5) * cell_km
        fine = self.heights(offsets[:, None] ** 2 + offsets**2, bandwidth_km) * (cell_km / WITHIN_CELL) ** 2
        sums: Floats = fine.reshape(2 * n + 1, WITHIN_CELL, 2 * n + 1, WITHIN_CELL).sum(axis=(1, 3))
        return sums


SHAPES = {shape.name: shape for shape in (
    Shape("gaussian", lambda squared: np.exp(-squared / 2) / (2 * pi), 6.0, 1.0),
    Shape("quartic", lambda squared: 3 / pi * np.maximum(1 - squared, 0) ** 2, 1.0, 1 / sqrt(8)),
    Shape("epanechnikov", lambda squared: 2 / pi * np.maximum(1 - squared, 0), 1.0, 1 / sqrt(6)))}


def shape_of(kernel: str) -> Shape:
    if kernel not in SHAPES:
        raise BadInput(f"kernel: is one of {', '.join(SHAPES)}; not {kernel}")
    return SHAPES[kernel]


def check_bandwidth(bandwidth_km: float) -> None:
    if not (np.isfinite(bandwidth_km) and bandwidth_km > 0):
        raise BadInput("bandwidth: must be a number of km larger than 0")
