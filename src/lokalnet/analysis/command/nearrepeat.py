"""`./run nearrepeat`: is another event likelier soon after and near an event? A table of distance and time."""

import argparse
from typing import TYPE_CHECKING, Any

from lokalnet.analysis.command import fields, options, writing
from lokalnet.analysis.command.progress import Progress
from lokalnet.analysis.results import to_json

if TYPE_CHECKING:
    from lokalnet.analysis.points.nearrepeat import Cell, NearRepeat

TEXT = "find how near by and how soon more events follow an event than chance gives"
HEAD = ("km", "days", "pairs", "expected", "ratio", "interval", "by chance", "p", "adjusted p")


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("nearrepeat", help=TEXT, description=TEXT)
    files = options.add_files(parser)
    options.add_read(files, "--points", "lat,lon,date or x_km,y_km,date; a count too, if a row stands for several")
    options.add_written(files, "--json", "what was found, with its settings")
    add = parser.add_argument_group("bands (their upper ends)").add_argument
    add("--distances", type=options.read_by(fields.rising), default="0.1,0.2,0.4", metavar="KM,...",
        help="0 first for the very same place; default %(default)s")
    add("--days", type=options.read_by(fields.rising), default="7,14,28", metavar="DAYS,...",
        help="default %(default)s")
    options.add_chance(parser, least=1)
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """What can be wrong is said before anything is computed. Raises BadInput."""
    writing.must_be_writable(arguments, read=("points",))

    from lokalnet.analysis.command.points_file import read_events
    from lokalnet.analysis.points.nearrepeat import near_repeat

    events = read_events(arguments.points)
    with Progress("replications") as progress:
        found = near_repeat(events.places, events.days, distances_km=arguments.distances, days=arguments.days,
                            replications=arguments.replications, seed=arguments.seed, threads=arguments.threads,
                            progress=progress)
    if arguments.json:
        writing.write(arguments.json, to_json(found))
    print(table(found))
    return 0


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
