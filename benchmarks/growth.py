"""How the cost of a scan grows: one thing at a time is doubled, the others stay as they are.

Prints the table with the exponent of a power law through the points, and draws docs/performance-growth.svg.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.measuring import table
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Places, Settings

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "performance-growth.svg"
START = np.datetime64("2024-01-01")
DAYS = 364
RUNS = 3


@dataclass(frozen=True)
class Size:
    cases: int = 20_000
    places: int = 2_000
    steps: int = 52
    replications: int = 1_024
    threads: int = os.cpu_count() or 1


BASE = Size()
GROWN: dict[str, Sequence[Size]] = {
    "cases": [replace(BASE, cases=number) for number in (2_500, 10_000, 40_000, 160_000, 640_000)],
    "locations": [replace(BASE, places=number) for number in (500, 1_000, 2_000, 4_000, 8_000)],
    "windows for each circle": [replace(BASE, steps=number) for number in (13, 26, 52, 91, 182)],
    "replications": [replace(BASE, replications=number) for number in (256, 1_024, 4_096, 16_384)],
    "cores": [replace(BASE, threads=number) for number in sorted({1, 2, 3, os.cpu_count() or 1})]}
VALUES: dict[str, Callable[[Size], int]] = {
    "cases": lambda size: size.cases, "locations": lambda size: size.places,
    "windows for each circle": lambda size: size.steps // 2, "replications": lambda size: size.replications,
    "cores": lambda size: size.threads}


def main() -> None:
    print(f"Permutation model, prospective; the best of {RUNS} runs; where nothing else is said "
          f"{BASE.cases:,} cases at {BASE.places:,} locations, {BASE.steps} steps, {BASE.replications} replications, "
          f"{BASE.threads} threads.\n")
    seconds(BASE)
    measured = {name: [(VALUES[name](size), seconds(size)) for size in sizes] for name, sizes in GROWN.items()}
    rows = []
    for name, points in measured.items():
        slope, error = exponent(points)
        rows.append([name, ", ".join(f"{number:,}" for number, _ in points),
                     ", ".join(f"{taken:.2f}" for _, taken in points), f"{slope:.2f} ± {error:.2f}"])
    print(table(["grown", "from ... to", "seconds", "exponent (± standard error)"], rows))
    draw(measured)
    print(f"\nDrawn in {PICTURE.relative_to(PICTURE.parents[1])}.")


def seconds(size: Size) -> float:
    places, cases = study(size)
    settings = Settings(step_days=DAYS // size.steps, replications=size.replications, start=START.item(),
                        end=(START + DAYS - 1).item())
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        scan(places, cases, settings, threads=size.threads)
        taken.append(time.perf_counter() - began)
    return min(taken)


def study(size: Size) -> tuple[Places, Cases]:
    generator = np.random.default_rng(size.places)
    names = [str(number) for number in range(size.places)]
    places = Places.on_plane(names, *generator.uniform(0, 20, (2, size.places)))
    where = generator.choice(size.places, size.cases, p=generator.dirichlet(np.full(size.places, 2.0)))
    nothing = np.zeros(size.cases, np.int64)
    return places, Cases(where, nothing + 1, START + generator.integers(0, DAYS, size.cases), nothing)


def exponent(points: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """The slope through the logarithms, and its standard error."""
    x, y = np.log(np.array(points, float)).T
    x = x - x.mean()
    slope = float(x @ y / (x @ x))
    left = y - y.mean() - slope * x
    return slope, float(np.sqrt(left @ left / max(len(x) - 2, 1) / (x @ x)))


def draw(measured: dict[str, list[tuple[int, float]]]) -> None:
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams |= {"svg.hashsalt": "lokalnet", "svg.fonttype": "none", "font.family": "sans-serif"}
    figure, axes = pyplot.subplots(1, len(measured), figsize=(15, 3.4), sharey=True, layout="constrained")
    for axis, (name, points) in zip(axes, measured.items(), strict=True):
        x, y = np.array(points, float).T
        slope, _ = exponent(points)
        axis.loglog(x, y, "o", color="#00467a")
        line = np.exp(np.mean(np.log(y)) + slope * (np.log(x) - np.mean(np.log(x))))
        axis.loglog(x, line, color="#b35900", linewidth=1)
        axis.set_title(f"{name}: exponent {slope:.2f}", fontsize=10)
        axis.set_xticks(x, [f"{int(value):,}" for value in x], rotation=30, fontsize=8)
        axis.minorticks_off()
        axis.grid(True, which="major", color="#dddddd", linewidth=0.6)
    axes[0].set_ylabel("seconds, whole scan")
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
