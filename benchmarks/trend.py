"""Farrington Flexible over 200 series x 104 weeks: against R's published time, and against the readable version."""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.series import farrington, fitting, readable
from lokalnet.analysis.series.baseline import baseline

R_MS = 6.15  # per evaluation on one core: surveillance 1.20.3, 128 s in all (reference notes)
SETTINGS = replace(farrington.FLEXIBLE, years=4, alpha=0.1)
WEEKS = range(260, 364)
PLAIN = (slice(0, 200, 20), WEEKS[::8])  # series and weeks that the readable version is timed on


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    repeat = parser.parse_args(arguments).repeat
    counts = _counts()
    evaluations = len(counts) * len(WEEKS)
    farrington.farrington_flexible(counts[:2], settings=SETTINGS, weeks=WEEKS, threads=1)  # compiled before the clock
    plain = _best(lambda: _readable(counts), 2) / (10 * len(PLAIN[1]))
    print(f"Farrington Flexible, {len(counts)} series x {len(WEEKS)} weeks = {evaluations} evaluations; best of "
          f"{repeat}; {os.cpu_count()} processors.\n")
    print("| version | ms per evaluation | R's 6.15 ms / this | readable / this |")
    print("|---|---|---|---|")
    print(f"| readable numpy, 1 thread | {plain:.3f} | {R_MS / plain:.1f} | 1 |")
    for threads in (1, 2, 4):
        ms = _best(lambda n=threads: farrington.farrington_flexible(  # type: ignore[misc]
            counts, settings=SETTINGS, weeks=WEEKS, threads=n), repeat) / evaluations
        print(f"| compiled, {threads} thread{'s' * (threads > 1)} | {ms:.4f} | {R_MS / ms:.0f} | {plain / ms:.0f} |")


def _counts() -> NDArray[np.float64]:
    root = Path(os.environ.get("LOKALNET_TEST_REFERENCE")
                or Path(__file__).resolve().parents[1] / ".." / "shared" / "reference")
    return np.loadtxt(root / "series" / "farr_200series.csv", delimiter=",", skiprows=1).T.copy()


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
