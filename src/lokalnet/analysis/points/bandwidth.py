"""How far to smooth, when nobody says: a rule of thumb, or what best foretells each point from the others.

Both give the spread of a Gaussian; `bandwidth_of` makes it the bandwidth of another kernel with the same spread.
"""

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.points.density import checked_points
from lokalnet.analysis.points.grid import Floats, grid_around
from lokalnet.analysis.points.raster import raster_for
from lokalnet.analysis.points.smoothing import SHAPES, shape_of
from lokalnet.analysis.results import BadInput

OCTAVES, STEPS = 4, 6
CELLS_PER_BANDWIDTH, MOST_ACROSS = 10, 2000
FARTHEST = 1.5e-8


def bandwidth_of(spread_km: float, kernel: str) -> float:
    """The bandwidth with which `kernel` has this standard deviation along each axis."""
    return spread_km / shape_of(kernel).spread


def by_scott(places: npt.ArrayLike) -> float:
    """Scott's rule, in km: n^(-1/6) times the standard deviation along an axis; in the plane Silverman's is the same.

    Scott, D. W. (1992): Multivariate Density Estimation, 152. Made for one Gaussian hill; over several it smooths too
    much.
    """
    at, _ = checked_points(places)
    if len(at) < 2 or not (spread := float(np.sqrt(at.var(axis=0, ddof=1).mean()))):
        raise BadInput("bandwidth: scott needs at least 2 points in different places")
    return float(len(at) ** (-1 / 6) * spread)


def by_likelihood(places: npt.ArrayLike) -> float:
    """The bandwidth, in km, under which each point is likeliest given all others, to a step of 12 %.

    Habbema, J. D. F., Hermans, J. and van den Broek, K. (1974), Compstat, 101-110; Duin, R. P. W. (1976), IEEE
    Transactions on Computers C-25, 1175-1179. Looked for from Scott's down to a sixteenth of it. A lone point far away
    draws it up, points in the very same place draw it to nothing: then BadInput says so.
    """
    at, _ = checked_points(places)
    tried = candidates(at)
    found = [likelihood(at, bandwidth) for bandwidth in tried]
    best = int(np.argmax(found))
    if best == len(tried) - 1:
        raise BadInput(f"bandwidth: the likelihood still grows at {tried[-1]:.4g} km, the smallest tried; many points "
                       "share a place. Give a number of km")
    return tried[best]


def candidates(places: Floats) -> list[float]:
    """Scott's bandwidth and smaller ones, while the area is not too wide to be parted into cells for them."""
    largest, across = by_scott(places), float(np.ptp(places, axis=0).max())
    return [bandwidth for step in range(OCTAVES * STEPS + 1)
            if (bandwidth := largest / 2 ** (step / STEPS)) * MOST_ACROSS >= across * CELLS_PER_BANDWIDTH or step == 0]


def likelihood(places: Floats, bandwidth_km: float) -> float:
    """The sum over all points of the logarithm of the density that the other points give there, on a fine grid.

    What a point gives to itself is known exactly, as it lies in four cells, and is taken off. Further than 6 bandwidths
    from all others, a point counts as if it lay there from one.
    """
    shape = SHAPES["gaussian"]
    raster = raster_for(grid_around(places, cell_km=bandwidth_km / CELLS_PER_BANDWIDTH), shape, bandwidth_km)
    heights = shape.on_cells(bandwidth_km, raster.cell_km)
    bins = raster.binned(places, np.ones(len(places)))
    everything = raster.interpolated(raster.spread(bins, [heights])[0], places)
    up, right = (at - np.floor(at) for at in raster.positions(places))
    (middle, beside), (_, across) = heights[raster.reach:raster.reach + 2, raster.reach:raster.reach + 2]
    same_row, other_row = up**2 + (1 - up) ** 2, 2 * up * (1 - up)
    same_column, other_column = right**2 + (1 - right) ** 2, 2 * right * (1 - right)
    itself = (middle * same_row * same_column + beside * (other_row * same_column + same_row * other_column)
              + across * other_row * other_column)
    others = np.maximum(everything - itself, FARTHEST * shape.peak(bandwidth_km))
    return float(np.log(others / max(1, len(places) - 1)).sum())
