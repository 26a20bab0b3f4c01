"""Gi* and local Moran's I against esda, which compiles with numba itself: `python -m benchmarks.local [THREADS]`.

The neighbours are ready on both sides, the permutations as many, the runs in turn; compiling does not count. esda draws
999 sets of positions once and uses them for all cells; here each cell draws its own.
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks.measuring import table
from lokalnet.analysis.local.getis_ord import gi_star
from lokalnet.analysis.local.moran import local_moran
from lokalnet.analysis.local.neighbours import Neighbours, within_distance
from lokalnet.analysis.local.permutation import permuted
from lokalnet.analysis.local.readable import permuted as readable_permuted
from lokalnet.analysis.local.statistic import LocalSettings

warnings.simplefilter("ignore")
PERMUTATIONS = 999
ROUNDS = 7
SIDES = (50, 150)  # of square grids: 2,500 and 22,500 cells, each with its 8 neighbours


def grid(side: int) -> tuple[np.ndarray, Neighbours]:
    places = np.array([(x, y) for x in range(side) for y in range(side)], float)
    return np.random.default_rng(side).poisson(3, side * side).astype(float), within_distance(places, 1.5)


def fastest(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least seconds of each, in turn, after one run that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS + 1):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - began)
    return {name: min(seconds[1:]) for name, seconds in taken.items()}


def against_esda(side: int, threads: int) -> list[list[str]]:
    from esda import G_Local, Moran_Local
    from libpysal.weights import W

    values, near = grid(side)
    weights = W({cell: near.indices[near.indptr[cell]:near.indptr[cell + 1]].tolist() for cell in range(near.cells)},
                silence_warnings=True)
    weights.transform = "b"
    settings = LocalSettings(permutations=PERMUTATIONS)

    def esda_g(jobs: int) -> object:
        return G_Local(values, weights, transform="B", star=True, permutations=PERMUTATIONS, keep_simulations=False,
                       n_jobs=jobs, seed=1)

    def esda_moran(jobs: int) -> object:
        return Moran_Local(values, weights, transformation="b", permutations=PERMUTATIONS, keep_simulations=False,
                           n_jobs=jobs, seed=1)

    rows = []
    for name, ours, theirs in (("Gi*", gi_star, esda_g), ("local Moran", local_moran, esda_moran)):
        taken = fastest({"ours, 1": lambda ours=ours: ours(values, near, settings, threads=1),
                         "esda, 1": lambda theirs=theirs: theirs(1),
                         "ours, n": lambda ours=ours: ours(values, near, settings, threads=threads),
                         "esda, n": lambda theirs=theirs: theirs(threads)})
        for count, kind in ((1, "1"), (threads, "n")):
            ours_ms, esda_ms = (taken[f"{who}, {kind}"] * 1000 for who in ("ours", "esda"))
            rows.append([f"{name}, {near.cells:,} cells", str(count), f"{ours_ms:.1f}", f"{esda_ms:.1f}",
                         f"{esda_ms / ours_ms:.1f}"])
    return rows


def against_readable() -> str:
    values, near = grid(15)
    kernel = fastest({"": lambda: permuted(values, near, permutations=PERMUTATIONS, seed=1, threads=1)})[""]
    began = time.perf_counter()
    readable_permuted(values, near, permutations=PERMUTATIONS, seed=1)
    readable = time.perf_counter() - began
    draws = len(near.indices) * PERMUTATIONS
    return (f"Kernel alone, {near.cells} cells, 1 thread: {kernel / draws * 1e9:.1f} ns per value dealt out, "
            f"{readable / kernel:.0f} times faster than the readable version.")


def main(threads: int) -> None:
    head = (f"{PERMUTATIONS} permutations", "threads", "ours ms", "esda ms", "times faster")
    print(table(head, [row for side in SIDES for row in against_esda(side, threads)]))
    print()
    print(against_readable())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
