"""One scan from beginning to end."""

import os
from collections.abc import Callable

import numpy as np

from lokalnet.analysis.scan.clusters import clusters_of
from lokalnet.analysis.scan.drawing import LANES
from lokalnet.analysis.scan.found import Found
from lokalnet.analysis.scan.observed import best_windows
from lokalnet.analysis.scan.preparing import Prepared, prepare
from lokalnet.analysis.scan.replicating import Maxima, Threads, Workers
from lokalnet.analysis.scan.study import Cases, Places, Population, Settings

Progress = Callable[[int, int], None]


def scan(places: Places, cases: Cases, settings: Settings, *, population: Population | None = None,
         threads: int | None = None, workers: Workers | None = None, looking: Progress | None = None,
         progress: Progress | None = None) -> Found:
    """Look for clusters. `looking` is told (centres looked at, centres), `progress` (replications made, asked for).

    `threads` (all cores by default) do the work, unless `workers` make the replications elsewhere. Raises BadInput for
    data that the model cannot use. The answer depends neither on the threads nor on the workers.
    """
    threads = threads or os.cpu_count() or 1
    prepared = prepare(places, cases, population, settings, threads=threads)
    best = best_windows(prepared, threads=threads, progress=looking)
    simulated = replicate(prepared, float(best.statistic.max()), workers or Threads(threads), progress)
    steps, windows = prepared.steps, prepared.windows
    clusters, left_out = clusters_of(prepared, best, simulated)
    return Found(clusters, settings, steps.edges[0].item(), (steps.edges[-1] - 1).item(), prepared.total,
                 len(places.names), steps.number, prepared.number_of_windows,
                 int((steps.edges[windows.last + 1] - steps.edges[windows.first]).max().astype(int)),
                 int(np.count_nonzero(np.diff(prepared.circles.starts) == 0)), left_out, len(simulated),
                 len(simulated) < settings.replications, simulated)


def replicate(prepared: Prepared, observed: float, workers: Workers, progress: Progress | None) -> Maxima:
    """The replications' largest statistics, in their order; fewer where `stop_after` were as large as `observed`."""
    asked, stop_after = prepared.settings.replications, prepared.settings.stop_after
    simulated = np.empty(asked)
    made = 0
    making = workers.maxima(prepared, range(-(-asked // LANES)))
    for maxima in making:
        simulated[made:made + len(maxima)] = maxima
        made += len(maxima)
        if progress:
            progress(made, asked)
        reached = np.flatnonzero(simulated[:made] >= observed)
        if stop_after and len(reached) >= stop_after:
            made = int(reached[stop_after - 1]) + 1
            break
    return simulated[:made]
