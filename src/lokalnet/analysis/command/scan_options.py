"""The options of a scan, and what is said when they contradict each other."""

import argparse
from typing import TYPE_CHECKING

from lokalnet.analysis.command import fields, options
from lokalnet.analysis.command.options import read_by

if TYPE_CHECKING:
    from lokalnet.analysis.scan.study import Settings

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
    add = options.add_chance(parser, least=0).add_argument
    add("--stop-after", type=read_by(fields.positive), metavar="N", help="stop as soon as N replications were at least "
        "as extreme: quicker where there is nothing")
    add("--gumbel", action="store_true", help="add p-values from a Gumbel distribution fitted to the replications: "
        "finer than 1 in N, but not exact")


def _add_files(parser: argparse.ArgumentParser) -> None:
    files = options.add_files(parser)
    options.add_read(files, "--cases", "location,count,date; its covariates too, if there is a population")
    options.add_read(files, "--locations", "location,lat,lon or location,x_km,y_km")
    options.add_read(files, "--population", "location,date,population and covariates; a year is its 1 July",
                     required=False)
    options.add_written(files, "--json", "what was found, with its settings")
    options.add_written(files, "--geojson", "circles and places for a map; needs lat and lon")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("limits (of a pair both apply)").add_argument
    add("--max-km", type=read_by(fields.kilometres), metavar="KM", help="largest radius")
    add("--max-share", type=read_by(fields.share), default=0.5, metavar="SHARE", help="largest share of the "
        "expected cases in a circle; default %(default)s")
    add("--max-days", type=read_by(fields.positive), metavar="DAYS", help="longest time")
    add("--max-time-share", type=read_by(fields.share), default=0.5, metavar="SHARE", help="longest share of "
        "the time; default %(default)s")
    add("--step-days", type=read_by(fields.positive), default=1, metavar="DAYS", help="length of a step; default "
        "%(default)s")
    add("--start", type=read_by(fields.day), metavar="DAY", help="default: day of the first case")
    add("--end", type=read_by(fields.day), metavar="DAY", help="default: day of the last case")
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
    from lokalnet.analysis.scan.study import Kind, Model, Settings

    return Settings(
        model=Model(arguments.model), kind=Kind(kind_of(arguments)), max_km=arguments.max_km,
        max_share=arguments.max_share, max_days=arguments.max_days, max_time_share=arguments.max_time_share,
        step_days=arguments.step_days, start=arguments.start, end=arguments.end, replications=arguments.replications,
        seed=arguments.seed, stop_after=arguments.stop_after, gumbel=arguments.gumbel)
