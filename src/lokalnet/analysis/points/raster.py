"""Points on a fine grid, and sums of kernels over all of them at once by Fourier transform.

Wand, M. P. (1994): Fast computation of multivariate kernel estimators. Journal of Computational and Graphical
Statistics 3 (4), 433-445. Linear binning shares a point between the four nearest middles of cells; it spreads it by a
variance of at most a quarter (on average a sixth) of a squared cell. With cells of a tenth of the kernel's spread one
point's Gaussian or quartic is off by at most 0.25 % of its peak, anywhere; Epanechnikov's, which has a kink at its rim,
by 2 % there. Over many points less: 0.04 % of the largest density for 2,000 points in a city.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import fft

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.points.grid import Grid
from lokalnet.analysis.points.smoothing import Shape
from lokalnet.analysis.results import BadInput

FINEST = 10
MOST_FINE_CELLS = 40_000_000

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Raster:
    """Each cell of `grid` parted into `parts` x `parts` (odd, so that the middles stay) of `cell_km`.

    Around it lie `reach` cells, as far as the kernel goes, and one more, so that what is interpolated at the outermost
    points has a cell on either side.
    """

    grid: Grid
    parts: int
    cell_km: float
    reach: int

    @property
    def margin(self) -> int:
        return self.reach + 1

    @property
    def shape(self) -> tuple[int, int]:
        return (self.grid.rows * self.parts + 2 * self.margin, self.grid.columns * self.parts + 2 * self.margin)

    def positions(self, places: Floats) -> tuple[Floats, Floats]:
        """(rows, columns) of places, counted in fine cells from the first middle, margin included."""
        at = (places - (self.grid.west_km, self.grid.south_km)) / self.cell_km + (self.margin - 0.5)
        return np.ascontiguousarray(at[:, 1]), np.ascontiguousarray(at[:, 0])

    def binned(self, places: Floats, weights: Floats) -> Floats:
        bins = np.zeros(self.shape)
        bin_linearly(*self.positions(places), weights, bins)
        return bins

    def spread(self, values: Floats, kernels: list[Floats], *, threads: int = 1) -> list[Floats]:
        """Sums of each kernel over all cells, for the cells of the grid and one around it.

        The transform is as long as the raster with its margins; what wraps round falls into the margins alone.
        """
        lengths = [fft.next_fast_len(n, real=True) for n in self.shape]
        transformed = fft.rfft2(values, lengths, workers=threads)
        inner = tuple(slice(2 * self.reach, n) for n in self.shape)
        return [fft.irfft2(transformed * fft.rfft2(kernel, lengths, workers=threads), lengths, workers=threads)[inner]
                for kernel in kernels]

    def interpolated(self, values: Floats, places: Floats) -> Floats:
        """`values` as `spread` gives them, at places on the grid."""
        rows, columns = (at - self.reach for at in self.positions(places))
        i, j = np.floor(rows).astype(int), np.floor(columns).astype(int)
        up, right = rows - i, columns - j
        between: Floats = ((1 - up) * ((1 - right) * values[i, j] + right * values[i, j + 1])
                           + up * ((1 - right) * values[i + 1, j] + right * values[i + 1, j + 1]))
        return between

    def coarse(self, values: Floats) -> Floats:
        """`values` as `spread` gives them, at the middles of the cells of the grid."""
        first = 1 + self.parts // 2
        return np.ascontiguousarray(values[first:-1:self.parts, first:-1:self.parts])


def raster_for(grid: Grid, shape: Shape, bandwidth_km: float) -> Raster:
    """The coarsest one with cells of at most a tenth of the kernel's spread. Raises BadInput where it is too large."""
    parts = 1
    while grid.cell_km / parts > shape.spread * bandwidth_km / FINEST and parts < 1000:
        parts += 2
    cell = grid.cell_km / parts
    raster = Raster(grid, parts, cell, shape.cells(bandwidth_km, cell))
    if raster.shape[0] * raster.shape[1] > MOST_FINE_CELLS:
        raise BadInput(f"bandwidth: {bandwidth_km} km on {grid.rows} x {grid.columns} cells of {grid.cell_km} km needs "
                       f"{raster.shape[0]} x {raster.shape[1]} fine cells, more than {MOST_FINE_CELLS:,}; "
                       "choose a bandwidth nearer to the size of the area, or a smaller area")
    return raster


@compiled
def bin_linearly(rows: Floats, columns: Floats, weights: Floats, bins: Floats) -> None:
    """Share each weight between the four middles around its point; points beyond the outermost middles are left out."""
    for p in range(rows.size):
        low, left = np.floor(rows[p]), np.floor(columns[p])
        if low < 0 or left < 0 or low >= bins.shape[0] - 1 or left >= bins.shape[1] - 1:
            continue
        i, j, up, right = int(low), int(left), rows[p] - low, columns[p] - left
        bins[i, j] += weights[p] * (1 - up) * (1 - right)
        bins[i, j + 1] += weights[p] * (1 - up) * right
        bins[i + 1, j] += weights[p] * up * (1 - right)
        bins[i + 1, j + 1] += weights[p] * up * right
