"""A grid of square cells over the plane."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.results import BadInput

MOST_CELLS = 4_000_000
ROUNDING = 1e-9  # of a cell

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """`rows` x `columns` cells of `cell_km`, row 0 southernmost; `west_km` and `south_km` are the outer edges."""

    west_km: float
    south_km: float
    cell_km: float
    rows: int
    columns: int

    def __post_init__(self) -> None:
        if not (np.isfinite(self.cell_km) and self.cell_km > 0):
            raise BadInput("cell: must be a number of km larger than 0")
        if self.rows < 1 or self.columns < 1:
            raise BadInput("grid: at least one row and one column are needed")
        if self.rows * self.columns > MOST_CELLS:
            raise BadInput(f"cell: {self.rows} x {self.columns} cells are more than {MOST_CELLS:,}; choose larger ones")

    @property
    def x(self) -> Floats:
        """The middles of the columns, in km."""
        return self.west_km + (np.arange(self.columns, dtype=np.float64) + 0.5) * self.cell_km

    @property
    def y(self) -> Floats:
        """The middles of the rows, in km."""
        return self.south_km + (np.arange(self.rows, dtype=np.float64) + 0.5) * self.cell_km

    def holds(self, places: Floats, window: Mask | None) -> Mask:
        """Which places lie on the grid, its outer edges included (but for rounding), and in a cell of the window."""
        at = (places - (self.west_km, self.south_km)) / self.cell_km
        inside: Mask = np.all((at >= -ROUNDING) & (at <= np.array((self.columns, self.rows)) + ROUNDING), axis=1)
        if window is not None:
            cells = np.clip(np.floor(at[inside]), 0, (self.columns - 1, self.rows - 1)).astype(int)
            inside[inside] = window[cells[:, 1], cells[:, 0]]
        return inside


def grid_around(places: Floats, *, cell_km: float) -> Grid:
    """The smallest grid that holds all places, with edges at whole multiples of the cell."""
    if not (np.isfinite(cell_km) and cell_km > 0):
        raise BadInput("cell: must be a number of km larger than 0")
    (west, south), (east, north) = places.min(axis=0) / cell_km, places.max(axis=0) / cell_km
    return Grid(floor(west) * cell_km, floor(south) * cell_km, cell_km,
                max(1, ceil(north) - floor(south)), max(1, ceil(east) - floor(west)))
