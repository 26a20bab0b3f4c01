"""`./run scan`: where and when there were more cases than chance gives."""

import argparse
import sys
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from lokalnet.analysis.command import options, writing
from lokalnet.analysis.command.progress import Progress

if TYPE_CHECKING:
    from lokalnet.analysis.command.reading import Study
    from lokalnet.analysis.scan.found import Found

TEXT = "find clusters in space and time: is it more than chance?"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("scan", help=TEXT, description=TEXT)
    options.add_options(parser)
    parser.set_defaults(command=partial(run, parser))


def run(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    """What can be wrong is said before anything is computed. Raises BadInput."""
    wrong = options.contradiction(arguments)
    if wrong:
        parser.error(wrong)
    settings = options.settings_of(arguments)
    _files_can_be_written(arguments)
    study = _study(arguments)

    from lokalnet.analysis.scan import running  # takes half a second, which nobody shall wait for to hear of a mistake

    progress = Progress("replications")
    try:
        found = running.scan(study.places, study.cases, settings, population=study.population,
                             threads=arguments.threads, progress=progress)
    finally:
        progress.finish()
    _tell(arguments, study, found)
    return 0


def as_json(found: "Found") -> dict[str, Any]:
    """Clusters first. The simulated statistics are left out: they follow from the seed."""
    return {field.name: getattr(found, field.name) for field in fields(found) if field.name != "simulated"}


def _files_can_be_written(arguments: argparse.Namespace) -> None:
    read = {"--cases": arguments.cases, "--locations": arguments.locations, "--population": arguments.population}
    taken = {file.resolve(): option for option, file in read.items() if file}
    for option, file in (("--json", arguments.json), ("--geojson", arguments.geojson)):
        if file:
            writing.must_be_writable(option, file, taken)
            taken[file.resolve()] = option


def _study(arguments: argparse.Namespace) -> "Study":
    from lokalnet.analysis.command.cases_file import Period
    from lokalnet.analysis.command.reading import read_study
    from lokalnet.analysis.results import BadInput

    study = read_study(cases=arguments.cases, locations=arguments.locations, population=arguments.population,
                       period=Period(arguments.start, arguments.end, arguments.leave_out_others))
    if arguments.geojson and not study.places.spherical:
        raise BadInput(f"--geojson: a map needs degrees, but {arguments.locations} has x_km and y_km; give it lat and "
                       "lon, or choose --json")
    if study.unused:
        print(f"{arguments.cases}: the {arguments.model} model does not use {', '.join(study.unused)}", file=sys.stderr)
    return study


def _tell(arguments: argparse.Namespace, study: "Study", found: "Found") -> None:
    from lokalnet.analysis.command import geojson, printing
    from lokalnet.analysis.results import to_json

    if arguments.json:
        writing.write(arguments.json, to_json(as_json(found)))
    if arguments.geojson:
        writing.write(arguments.geojson, to_json(geojson.feature_collection(found, study.places)))
    print(printing.report(found), end="")
