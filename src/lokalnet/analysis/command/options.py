"""The options of a scan, and what is said when they contradict each other.

Nothing heavy is imported, so that --help is quick.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lokalnet.analysis.command import fields

if TYPE_CHECKING:
    from lokalnet.analysis.scan.study import Settings

Value = TypeVar("Value")
KINDS = {"prospective": "clusters that are alive on the last day (default)",
         "retrospective": "clusters of any time",
         "purely-spatial": "all time at once; needs --model poisson",
         "purely-temporal": "all places at once; needs --model poisson"}


def add_options(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument("--model", choices=["permutation", "poisson"], default="permutation", help="permutation: cases "
                        "alone, their places and times shuffled (default); poisson: against a population")
    for kind, text in KINDS.items():
        parser.add_argument(f"--{kind}", dest="kinds", action="append_const", const=kind, help=text)
    _add_limits(parser)
    replications = parser.add_argument_group("chance")
    add = replications.add_argument
    add("--replications", type=_as(fields.whole_number), default=999, metavar="N", help="default 999")
    add("--seed", type=_as(fields.whole_number), default=1, metavar="N", help="default 1")
    add("--threads", type=_as(_positive), metavar="N", help="default: as many as there are cores; the answer does not "
        "depend on it")
    add("--stop-after", type=_as(_positive), metavar="N", help="stop as soon as N replications were at least as "
        "extreme: quicker where there is nothing")
    add("--gumbel", action="store_true", help="add p-values from a Gumbel distribution fitted to the replications: "
        "finer than 1 in N, but not exact")


def _add_files(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("files (CSV with a heading)").add_argument
    add("--cases", type=Path, required=True, metavar="CSV", help="location,count,date; its covariates too, if there "
        "is a population")
    add("--locations", type=Path, required=True, metavar="CSV", help="location,lat,lon or location,x_km,y_km")
    add("--population", type=Path, metavar="CSV", help="location,date,population and covariates; a year "
        "is its 1 July")
    add("--json", type=Path, metavar="FILE", help="write what was found")
    add("--geojson", type=Path, metavar="FILE", help="write circles and places for a map")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("limits (of a pair both apply)").add_argument
    add("--max-km", type=_as(_kilometres), metavar="KM", help="largest radius")
    add("--max-share", type=_as(share), default=0.5, metavar="SHARE", help="largest share of the expected cases in a "
        "circle; default 0.5")
    add("--max-days", type=_as(_positive), metavar="DAYS", help="longest time")
    add("--max-time-share", type=_as(share), default=0.5, metavar="SHARE", help="longest share of the time; default "
        "0.5")
    add("--step-days", type=_as(_positive), default=1, metavar="DAYS", help="length of a step; default 1")
    add("--start", type=_as(fields.day), metavar="DAY", help="default: day of the first case")
    add("--end", type=_as(fields.day), metavar="DAY", help="default: day of the last case")
    add("--leave-out-others", action="store_true", help="leave out cases before --start and after --end instead of "
        "refusing them")


def kind_of(arguments: argparse.Namespace) -> str:
    kinds: list[str] = arguments.kinds or ["prospective"]
    return kinds[0]


def contradiction(arguments: argparse.Namespace) -> str | None:
    """What cannot be meant, and what could be; None where all is well."""
    return next((text for wrong, text in [*_of_models(arguments), *_of_limits(arguments)] if wrong), None)


def _of_models(arguments: argparse.Namespace) -> list[tuple[bool, str]]:
    kind, poisson, kinds = kind_of(arguments), arguments.model == "poisson", sorted(set(arguments.kinds or []))
    return [
        (len(kinds) > 1, f"--{' and --'.join(kinds)} exclude each other: choose one"),
        (kind.startswith("purely") and not poisson, f"--{kind}: the permutation model compares places with each other "
         "over time, so it needs both; add --model poisson"),
        (arguments.population and not poisson, "--population: the permutation model needs the cases alone; leave it "
         "out, or add --model poisson"),
        (poisson and not arguments.population and kind != "purely-temporal", "--model poisson: what to expect follows "
         "from how many people live there; add --population, or choose --model permutation, which needs none"),
        (kind == "purely-temporal" and arguments.geojson, "--geojson: what a purely temporal scan finds is on no map; "
         "choose --json")]


def _of_limits(arguments: argparse.Namespace) -> list[tuple[bool, str]]:
    kind, start, end, days, step = (kind_of(arguments), arguments.start, arguments.end, arguments.max_days,
                                    arguments.step_days)
    return [
        (start and end and start > end, f"--start {start} is after --end {end}"),
        (arguments.leave_out_others and not (start or end), "--leave-out-others: there are no others without --start "
         "or --end"),
        (kind == "purely-temporal" and arguments.max_km is not None, "--max-km: a purely temporal scan takes all "
         "places at once; leave it out"),
        (kind == "purely-spatial" and days, "--max-days: a purely spatial scan takes all time at once; leave it out"),
        (days and days < step, f"--max-days {days} is less than one step of {step} days: nothing would be looked at")]


def settings_of(arguments: argparse.Namespace) -> "Settings":
    """Raises BadInput for what only the engine's rules refuse."""
    from lokalnet.analysis.scan.study import Kind, Model, Settings

    return Settings(
        model=Model(arguments.model), kind=Kind(kind_of(arguments)), max_km=arguments.max_km,
        max_share=arguments.max_share, max_days=arguments.max_days, max_time_share=arguments.max_time_share,
        step_days=arguments.step_days, start=arguments.start, end=arguments.end, replications=arguments.replications,
        seed=arguments.seed, stop_after=arguments.stop_after, gumbel=arguments.gumbel)


def share(text: str) -> float:
    number = fields.decimal(text.removesuffix("%"))
    if text.endswith("%") or 1 < number <= 100:
        raise ValueError(f"{text} is not a share between 0 and 1; for {number:g} % write {number / 100:g}")
    if not 0 < number <= 1:
        raise ValueError(f"{text} is not a share above 0, at most 1")
    return number


def _positive(text: str) -> int:
    number = fields.whole_number(text)
    if not number:
        raise ValueError("0 is too few; at least 1")
    return number


def _kilometres(text: str) -> float:
    number = fields.decimal(text)
    if number < 0:
        raise ValueError(f"{text} is not a number of kilometres, 0 or more")
    return number


def _as(reader: Callable[[str], Value]) -> Callable[[str], Value]:
    """argparse tells the words of its own exception only."""
    def read(text: str) -> Value:
        try:
            return reader(text)
        except ValueError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from None

    return read
