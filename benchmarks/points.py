"""Knox's test against pointpats at 2,000 points, and density of 100,000 points on 512 x 512 cells against exact sums.

Both sides in one process on the same invented points (40 hot spots on 20 x 20 km, a third spread evenly), the best of
several runs; compiled before the clock runs. pointpats has the test twice: the class `Knox`, which it recommends, and
the function `knox`, which is deprecated and finds no expected count.
"""

import sys
import time
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import table
from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.points.density import density
from lokalnet.analysis.points.grid import Grid
from lokalnet.analysis.points.knox import knox
from lokalnet.analysis.points.nearrepeat import near_repeat

SIDE_KM, DAYS, SPOTS, EVENLY = 20.0, 364, 40, 0.3
EVENTS, REPLICATIONS, AIM = 2_000, 999, 100
SIZES = 2_000, 20_000, 100_000
CLOSE = ((0.2, 7), (0.4, 14))
RUNS, THEIR_RUNS, THREADS = 7, 2, 4
POINTS, CELLS, BANDWIDTH_KM, PART = 100_000, 512, 0.5, 50

Floats = npt.NDArray[np.float64]


def main() -> int:
    print("Knox's test, 2,000 events, 999 permutations; seconds, best of runs in turn.\n")
    rows = [row for distance, days in CLOSE for row in _knox_rows(distance, days)]
    print(table(("close is", "s", "pointpats / this"), rows))
    print(f"\nAim: {AIM} times faster than pointpats.Knox.\n\n"
          "Near repeats, 3 x 3 bands, 99 permutations, this alone.\n")
    print(table(("events", "1 thread, s", f"{THREADS} threads, s"), [_near_repeat_row(n) for n in SIZES]))
    print(f"\nDensity of {POINTS:,} points on {CELLS} x {CELLS} cells, Gaussian, {BANDWIDTH_KM} km. By Fourier "
          "transform in one thread, with the standard error.\n")
    print(table(("way", "s", "exact / this", "off, of the largest"), _density_rows()))
    return 0


def city(n: int, seed: int = 1) -> tuple[Floats, Floats]:
    """(n, 2) km and (n) whole days."""
    random = np.random.default_rng(seed)
    middles, spreads = random.uniform(2, SIDE_KM - 2, (SPOTS, 2)), random.uniform(0.3, 1.5, SPOTS)
    spot = random.choice(SPOTS, n, p=random.dirichlet(np.ones(SPOTS)))
    places = np.where(random.random((n, 1)) < EVENLY, random.uniform(0, SIDE_KM, (n, 2)),
                      random.normal(middles[spot], spreads[spot, None])).clip(0, SIDE_KM)
    return places, np.floor(random.uniform(0, DAYS, n))


def best(runs: int, act: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _knox_rows(distance: float, days: int) -> list[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pointpats import Knox
        from pointpats import knox as function
        places, times = city(EVENTS)
        column = times[:, None]
        found = knox(places, times, distance_km=distance, days=days, replications=REPLICATIONS)
        theirs = Knox(places, column, delta=distance, tau=days, permutations=0)
        assert (theirs.nst, round(theirs.p_poisson, 9)) == (found.observed, round(found.p_poisson, 9))
        slow = best(THEIR_RUNS, lambda: Knox(places, column, delta=distance, tau=days, permutations=REPLICATIONS))
        old = best(THEIR_RUNS, lambda: function(places, column.copy(), delta=distance, tau=days,
                                                permutations=REPLICATIONS))
    ours = {threads: best(RUNS, partial(knox, places, times, distance_km=distance, days=days, threads=threads,
                                        replications=REPLICATIONS)) for threads in (1, THREADS)}
    name = f"{distance} km, {days} days ({found.observed:,} pairs)"
    return [[f"{name}: this, {threads} thread{'s' if threads > 1 else ''}", f"{taken:.4f}", ""]
            for threads, taken in ours.items()] + [
        [f"{name}: {side}", f"{taken:.3f}", " / ".join(f"{taken / own:.0f}" for own in ours.values())]
        for side, taken in (("pointpats.Knox", slow), ("pointpats.knox (deprecated)", old))]


def _near_repeat_row(n: int) -> list[str]:
    places, times = city(n)
    taken = [best(2, partial(near_repeat, places, times, distances_km=[0.1, 0.2, 0.4], days=[7, 14, 28],
                             replications=99, threads=threads)) for threads in (1, THREADS)]
    return [f"{n:,}", *(f"{seconds:.3f}" for seconds in taken)]


def _density_rows() -> list[list[str]]:
    """The sum over near points is taken at a fiftieth of the cells, and its time counted up to all of them."""
    places, _ = city(POINTS)
    grid = Grid(0, 0, SIDE_KM / CELLS, CELLS, CELLS)
    some = np.random.default_rng(2).choice(CELLS * CELLS, CELLS * CELLS // PART, replace=False)
    rows, columns = np.divmod(some, CELLS)
    at = np.stack([grid.x[columns], grid.y[rows]], axis=1)
    summed = near_sum(at, places, BANDWIDTH_KM)
    near = best(1, lambda: near_sum(at, places, BANDWIDTH_KM)) * PART
    exact = by_product(grid, places, BANDWIDTH_KM)
    assert np.abs(exact[rows, columns] - summed).max() < 1e-7 * exact.max()
    product = best(2, lambda: by_product(grid, places, BANDWIDTH_KM))
    made = [[f"sum over points within 6 bandwidths, compiled, 1 thread (1/{PART} of the cells, counted up)",
             f"{near:.1f}", "", ""],
            ["product of two matrices (Gaussian only), numpy, its own threads", f"{product:.2f}", "", "0"]]
    for edge in ("none", "uniform", "diggle"):
        act = partial(density, places, grid=grid, bandwidth_km=BANDWIDTH_KM, edge=edge)
        off = f"{np.abs(act().per_km2 - exact).max() / exact.max():.1e}" if edge == "none" else ""
        taken = best(RUNS, act)
        made.append([f"Fourier transform, edge {edge}", f"{taken:.3f}", f"{near / taken:,.0f} / {product / taken:,.0f}",
                     off])
    return made


def by_product(grid: Grid, places: Floats, bandwidth: float) -> Floats:
    """The exact Gaussian density on a grid: it is a product of a part along x and one along y."""
    found = np.zeros((grid.rows, grid.columns))
    for part in np.array_split(places, len(places) // 5_000):
        along, up = (np.exp(-((middles[:, None] - part[:, axis]) / bandwidth) ** 2 / 2)
                     for axis, middles in enumerate((grid.x, grid.y)))
        found += up @ along.T
    return found / (2 * np.pi * bandwidth**2)


@compiled
def near_sum(at: Floats, places: Floats, bandwidth: float) -> Floats:
    """The Gaussian density at each place, over points within 6 bandwidths."""
    found = np.zeros(len(at))
    for i in range(len(at)):
        for p in range(len(places)):
            squared = ((at[i, 0] - places[p, 0]) ** 2 + (at[i, 1] - places[p, 1]) ** 2) / bandwidth**2
            if squared <= 36:
                found[i] += np.exp(-squared / 2)
    return found / (2 * np.pi * bandwidth**2)


if __name__ == "__main__":
    sys.exit(main())
