"""Farrington Flexible over 200 series x 104 weeks: against R's published time, and against the readable version."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from tests.analysis.reference import reference

from benchmarks.measuring import table
from lokalnet.analysis.series import farrington, fitting, readable
from lokalnet.analysis.series.baseline import baseline

R_MS = 6.15  # per evaluation on one core: surveillance 1.20.3, 128 s in all (reference notes)
SETTINGS = replace(farrington.FLEXIBLE, years=4, alpha=0.1)
WEEKS = range(260, 364)
REPEAT = 7
PLAIN = (slice(0, 200, 20), WEEKS[::8])  # series and weeks that the readable version is timed on


def main() -> None:
    counts = np.loadtxt(reference("series/farr_200series.csv"), delimiter=",", skiprows=1).T.copy()
    evaluations = len(counts) * len(WEEKS)
    farrington.farrington_flexible(counts[:2], settings=SETTINGS, weeks=WEEKS, threads=1)  # compiled before the clock
    plain = _best(lambda: _readable(counts), 2) / (10 * len(PLAIN[1]))
    print(f"{len(counts)} series x {len(WEEKS)} weeks = {evaluations:,} evaluations; best of {REPEAT}.\n")
    rows = [["readable numpy, 1 thread", f"{plain:.3f}", f"{R_MS / plain:.1f}", "1"]]
    for threads in (1, 2, 4):
        ms = _best(lambda n=threads: farrington.farrington_flexible(  # type: ignore[misc]
            counts, settings=SETTINGS, weeks=WEEKS, threads=n), REPEAT) / evaluations
        rows.append([f"compiled, {threads} thread{'s' * (threads > 1)}", f"{ms:.4f}", f"{R_MS / ms:.0f}",
                     f"{plain / ms:.0f}"])
    print(table(["version", "ms per evaluation", "R's 6.15 ms / this", "readable / this"], rows))


def _readable(counts: NDArray[np.float64]) -> None:
    own = counts[PLAIN[0]]
    shared = baseline(PLAIN[1], None, years=SETTINGS.years, half_window=SETTINGS.half_window, periods=SETTINGS.periods,
                      weeks_left_out=SETTINGS.weeks_left_out)
    critical = farrington.critical_t(SETTINGS, longest=int(np.diff(shared.first).max()))
    readable.fit_all(own, shared, SETTINGS.weights_threshold, critical, fitting.WORKING)


def _best(act: Callable[[], object], times: int) -> float:
    """Milliseconds of the fastest of several runs."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        act()
        taken.append(perf_counter() - begun)
    return min(taken) * 1000


if __name__ == "__main__":
    main()
