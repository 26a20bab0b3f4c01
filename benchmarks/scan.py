"""The space-time scan on the five reference workloads, 999 replications each, exact statistic.

Whole process: `./run scan` from files to JSON, with the engine compiled before. Engine: the call of `scan` in this
process, a second time. Readable: the same replications' maxima in plain numpy, a few of them, one thread. What SaTScan
takes is the middle of what the reference notes for it (four threads, the same files and settings), not measured here.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tests.analysis.reference import reference
from tests.analysis.scan.studies import WORKLOADS, read

from benchmarks.measuring import table
from lokalnet.analysis.scan import readable
from lokalnet.analysis.scan.preparing import prepare
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Places, Settings

ROOT = Path(__file__).resolve().parents[1]
SATSCAN = {"A": 40, "B": 48, "C": 67.5, "R": 147, "D": 135.5}  # seconds, ../shared/reference/README.md
AIMS = {"A": (20, 15), "B": (20, 15), "C": (15, 10), "R": (20, 15), "D": (20, 15)}  # engine, whole process
WEEKLY = ["--step-days", "7"]
OPTIONS = {"A": WEEKLY, "B": WEEKLY, "C": WEEKLY, "R": [*WEEKLY, "--retrospective"],
           "D": ["--max-km", "2", "--max-days", "30"]}
RUNS = 3


HEAD = ["workload", "cases", "places", "windows", "whole process s", "x SaTScan", "aim", "engine s", "x SaTScan", "aim",
        "ns per window and replication", "peak MB", "readable s per replication", "x readable, per core"]


def main() -> None:
    print(table(HEAD, [line(name) for name in SATSCAN]))


def line(name: str) -> list[str]:
    places, cases = read(f"scan/{name}_")
    settings = WORKLOADS[name]
    scan(places, cases, replace(settings, replications=1))  # the kernels are loaded
    runs = [timed(lambda: scan(places, cases, settings)) for _ in range(RUNS)]
    engine, found = min(runs, key=lambda run: run[0])
    whole, peak = process(name)
    plain = per_replication(places, cases, settings)
    return [name, f"{found.cases:,}", f"{found.places:,}", f"{found.windows:.3g}",
            f"{whole:.2f}", f"{SATSCAN[name] / whole:.0f}", f"{AIMS[name][1]}",
            f"{engine:.2f}", f"{SATSCAN[name] / engine:.0f}", f"{AIMS[name][0]}",
            f"{engine * 1e9 / found.windows / found.replications:.4f}", f"{peak:.0f}", f"{plain:.1f}",
            f"{plain * found.replications / engine / (os.cpu_count() or 1):.0f}"]


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = act()
    return time.perf_counter() - began, done


def process(name: str) -> tuple[float, float]:
    """(seconds, peak MB) of the command as somebody types it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "found.json")
        command = [str(ROOT / "run"), "scan", "--cases", str(reference(f"scan/{name}_cases.csv")), "--locations",
                   str(reference(f"scan/{name}_locations.csv")), "--model", "permutation", "--start", "2023-01-02",
                   "--end", "2023-12-31", "--replications", "999", "--json", str(out), *OPTIONS[name]]
        runs = [timed(lambda: subprocess.run([sys.executable, "-c", PEAK, *command], check=True, capture_output=True))
                for _ in range(RUNS)]
        seconds, done = min(runs, key=lambda run: run[0])
        best = json.loads(out.read_text())["clusters"][0]
    assert best["p_value"] == 0.001, f"{name}: the planted cluster was not found"
    return seconds, float(done.stdout)


PEAK = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")


def per_replication(places: Places, cases: Cases, settings: Settings) -> float:
    prepared = prepare(places, cases, None, settings, threads=os.cpu_count() or 1)
    generator = np.random.default_rng(1)
    seconds, _ = timed(lambda: readable.best_of_each_centre(prepared, readable.permuted_rows(prepared, generator)))
    return seconds


if __name__ == "__main__":
    main()
