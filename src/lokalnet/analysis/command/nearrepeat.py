"""`./run nearrepeat`: is another event likelier soon after and near an event? A table of distance and time."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lokalnet.analysis.points.nearrepeat import Cell, NearRepeat

EVERY = 2.0  # seconds between two words of progress
HEAD = ("km", "days", "pairs", "expected", "ratio", "interval", "by chance", "p", "adjusted p")


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    text = "say whether events follow each other in space and time more than chance gives"
    made = commands.add_parser("nearrepeat", help=text, description=text)
    made.set_defaults(command=run)
    made.add_argument("--points", type=Path, required=True, metavar="POINTS.csv",
                      help="lat,lon,date or x_km,y_km,date; a count column is optional")
    made.add_argument("--distances", type=numbers, default=[0.1, 0.2, 0.4], metavar="KM,KM,...",
                      help="upper ends of the bands of distance; 0 first for the very same place (0.1,0.2,0.4)")
    made.add_argument("--days", type=numbers, default=[7.0, 14.0, 28.0], metavar="DAYS,DAYS,...",
                      help="upper ends of the bands of time (7,14,28)")
    made.add_argument("--replications", type=int, default=999, help="permutations of the dates (999)")
    made.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer (1)")
    made.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="all cores; the answer stays the same")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the answer with its settings")


def numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"\"{text}\" is no list of numbers (written like 0.1,0.2,0.4)") from None


def run(arguments: argparse.Namespace) -> int:
    import numpy as np

    from lokalnet.analysis.command.points_file import read_points, write
    from lokalnet.analysis.points.nearrepeat import near_repeat
    from lokalnet.analysis.results import to_json

    points = read_points(arguments.points, dated=True)
    found = near_repeat(np.repeat(points.for_distances(), points.counts, axis=0), np.repeat(points.days, points.counts),
                        distances_km=arguments.distances, days=arguments.days, replications=arguments.replications,
                        seed=arguments.seed, threads=arguments.threads, progress=told_now_and_then())
    print(table(found))
    if arguments.json:
        write(arguments.json, to_json(found))
    return 0


def told_now_and_then() -> Callable[[int, int], None]:
    """Progress on stderr, every two seconds; a short run says nothing."""
    said = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            print(f"{done:,} of {of:,} permutations", file=sys.stderr, flush=True)

    return tell


def table(found: "NearRepeat") -> str:
    rows = [HEAD, *map(_line, found.cells)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    settings = found.settings
    return "\n".join([
        f"{found.events:,} events, {settings.replications:,} permutations of their dates, seed {settings.seed}.", "",
        *lines, "",
        f"ratio: pairs over expected, with its {settings.level:.0%} interval; by chance: where the ratio lies in "
        f"{settings.level:.0%} of the permutations.",
        "p: share of permutations with at least as many pairs; adjusted for all cells (false-discovery rate).",
        "A band leaves out its lower end and holds its upper one; the first holds 0 too. Each pair counts once."])


def _line(cell: "Cell") -> tuple[str, ...]:
    return (_band(cell.from_km, cell.to_km), _band(cell.from_days, cell.to_days), f"{cell.observed:,}",
            f"{cell.expected:,.1f}", f"{cell.ratio:.2f}", f"{cell.low:.2f} to {cell.high:.2f}",
            f"{cell.chance_low:.2f} to {cell.chance_high:.2f}", f"{cell.p_value:.3g}", f"{cell.p_adjusted:.3g}")


def _band(low: float, high: float) -> str:
    return f"{'over ' if low else ''}{low:g} to {high:g}"
