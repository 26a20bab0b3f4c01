"""How dense points are: kernel density per km2 on a grid, with what is missing beyond the edge put right.

Diggle, P. J. (1985): A kernel method for smoothing point process data. Applied Statistics 34 (2), 138-147; Jones, M. C.
(1993): Simple boundary correction for kernel density estimation. Statistics and Computing 3, 135-146.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from lokalnet.analysis import VERSION
from lokalnet.analysis.points.grid import Floats, Grid, Mask
from lokalnet.analysis.points.raster import Raster, raster_for
from lokalnet.analysis.points.smoothing import Shape, check_bandwidth, shape_of
from lokalnet.analysis.results import BadInput

Edge = Literal["none", "uniform", "diggle"]
NOTHING = 1e-12


@dataclass(frozen=True)
class DensitySettings:
    """`fine_cell_km` is the cell that the points were binned to."""

    bandwidth_km: float
    kernel: str
    edge: Edge
    fine_cell_km: float


@dataclass(frozen=True)
class Density:
    """`per_km2` and its `standard_error` at the middles of the cells (rows, columns), nan outside the window.

    The error is that of a Poisson process; it knows nothing of what smoothing flattens. `heaviest` is what one point
    adds at its own place, edge correction included. `points` is the sum of counts used, `outside` of those left out.
    """

    per_km2: Floats
    standard_error: Floats
    heaviest: Floats
    grid: Grid
    points: float
    outside: float
    settings: DensitySettings
    version: str


@dataclass(frozen=True)
class DensityInterval:
    low: Floats
    high: Floats
    level: float


def density(places: npt.ArrayLike, *, grid: Grid, bandwidth_km: float, kernel: str = "gaussian",
            edge: Edge = "uniform", window: Mask | None = None, counts: npt.ArrayLike | None = None,
            threads: int = 1) -> Density:
    """`places` (n, 2) in km; `counts` (n), 1 each if not given; `window` (rows, columns), the whole grid if not given.

    `edge` "uniform" divides the density at a place by the kernel's mass there inside the window (Diggle 1985, unbiased
    where the density is even); "diggle" divides each point's kernel by its mass inside (Jones 1993: the total is kept,
    but an even density comes out as 0.69 of itself at a straight edge). Points outside the window are left out of both;
    with "none" they count as far as they reach. Raises BadInput.
    """
    shape, (at, weights) = shape_of(kernel), checked_points(places, counts)
    check_bandwidth(bandwidth_km)
    _check_edge(edge, window, grid)
    used = grid.holds(at, window) if edge != "none" else np.ones(len(at), bool)
    raster = raster_for(grid, shape, bandwidth_km)
    inside = _mass_inside(raster, shape, bandwidth_km, edge, window, threads)
    each = raster.interpolated(inside, at[used]) if edge == "diggle" else np.ones(int(used.sum()))
    heights = shape.on_cells(bandwidth_km, raster.cell_km)
    sums, squares = _sums(raster, at[used], weights[used], each, heights, threads)
    mass = raster.coarse(inside)
    over = mass if edge == "uniform" else np.ones_like(mass)
    shown = np.ones_like(mass) if window is None else np.where(window, 1.0, np.nan)
    return Density(sums / over * shown, np.sqrt(squares) / over * shown, shape.peak(bandwidth_km) / mass * shown, grid,
                   float(weights[used].sum()), float(weights[~used].sum()),
                   DensitySettings(bandwidth_km, kernel, edge, raster.cell_km), VERSION)


def _check_edge(edge: str, window: Mask | None, grid: Grid) -> None:
    if edge not in get_args(Edge):
        raise BadInput(f"edge: is one of {', '.join(get_args(Edge))}; not {edge}")
    if window is not None and (window.shape != (grid.rows, grid.columns) or window.dtype != bool or not window.any()):
        raise BadInput(f"window: {grid.rows} x {grid.columns} of true and false is needed, at least one of them true")


def _mass_inside(raster: Raster, shape: Shape, bandwidth_km: float, edge: Edge, window: Mask | None,
                 threads: int) -> Floats:
    """How much of a kernel around each fine cell lies inside the window; all of it where no edge is corrected.

    At a window's cells it is at least a small share; beyond them, where only interpolation looks, it may be none.
    """
    if edge == "none":
        return np.ones([n - 2 * raster.reach for n in raster.shape])
    whole = np.ones((raster.grid.rows, raster.grid.columns)) if window is None else window.astype(float)
    fine = np.pad(np.kron(whole, np.ones((raster.parts, raster.parts))), raster.margin)
    inside = raster.spread(fine, [shape.in_cells(bandwidth_km, raster.cell_km)], threads=threads)[0]
    return np.maximum(inside, NOTHING)


def _sums(raster: Raster, places: Floats, weights: Floats, each: Floats, heights: Floats,
          threads: int) -> tuple[Floats, Floats]:
    """(kernels, squared kernels) over all points; rounding below zero is taken off."""
    bins = raster.binned(places, weights / each)
    if (each == 1).all():
        both = raster.spread(bins, [heights, heights**2], threads=threads)
    else:
        both = [*raster.spread(bins, [heights], threads=threads),
                *raster.spread(raster.binned(places, weights / each**2), [heights**2], threads=threads)]
    sums, squares = (np.maximum(raster.coarse(values), 0.0) for values in both)
    return sums, squares


def interval_of(found: Density, *, level: float = 0.95) -> DensityInterval:
    """For the smoothed density of a Poisson process: a gamma interval, never below 0, and above 0 where no point is.

    Fay, M. P. and Feuer, E. J. (1997): Confidence intervals for directly standardized rates. Statistics in Medicine 16,
    791-801: a weighted sum of Poisson counts, the kernel's heights being the weights.
    """
    if not 0 < level < 1:
        raise BadInput("level: must lie between 0 and 1")
    tail = (1 - level) / 2
    mean, variance, most = found.per_km2, found.standard_error**2, found.heaviest
    some = (variance > NOTHING * most**2) & (mean > 0)
    scale = np.where(some, variance, 1.0) / np.where(some, mean, 1.0)
    low = np.where(some, scale * gammaincinv(np.where(some, mean / scale, 1.0), tail), mean * 0.0)
    scale = (variance + most**2) / (mean + most)
    return DensityInterval(low, scale * gammaincinv((mean + most) / scale, 1 - tail), level)


@dataclass(frozen=True)
class DensityCell:
    """A cell by its middle, in km; a row of a data frame."""

    x_km: float
    y_km: float
    per_km2: float
    standard_error: float
    low: float
    high: float


def cells(found: Density, interval: DensityInterval, *, at_least: float = 0.0) -> tuple[DensityCell, ...]:
    """The cells of the window with at least this density, southernmost row first."""
    rows, columns = np.nonzero(found.per_km2 >= at_least)
    values = (found.per_km2, found.standard_error, interval.low, interval.high)
    return tuple(map(DensityCell, found.grid.x[columns].tolist(), found.grid.y[rows].tolist(),
                     *(array[rows, columns].tolist() for array in values)))


def checked_points(places: npt.ArrayLike, counts: npt.ArrayLike | None = None) -> tuple[Floats, Floats]:
    at = np.asarray(places, float)
    weights = np.ones(len(at)) if counts is None else np.asarray(counts, float)
    if at.ndim != 2 or at.shape[1] != 2 or not len(at):
        raise BadInput("places: at least one row with two coordinates in km is needed")
    if not np.isfinite(at).all():
        raise BadInput("places: each must be a finite number")
    if weights.shape != (len(at),) or not np.isfinite(weights).all() or (weights < 0).any():
        raise BadInput("counts: one for each place, a finite number of at least 0")
    return at, weights
