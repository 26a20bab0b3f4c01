"""`./run scan`: where and when there were more cases than chance gives."""

import argparse
import sys
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from lokalnet.analysis.command import notes, scan_options, writing
from lokalnet.analysis.command.progress import Progress
from lokalnet.analysis.results import to_json

if TYPE_CHECKING:
    from lokalnet.analysis.command.reading import Study
    from lokalnet.analysis.scan.found import Found

TEXT = "find where and when there were more cases than chance gives"


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("scan", help=TEXT, description=TEXT)
    scan_options.add_options(parser)
    parser.set_defaults(command=partial(run, parser))


def run(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    """What can be wrong is said before anything is computed. Raises BadInput."""
    wrong = scan_options.contradiction(arguments)
    if wrong:
        parser.error(wrong)
    writing.must_be_writable(arguments, read=("cases", "locations", "population"))
    study = _study(arguments)

    from lokalnet.analysis.scan import running  # takes half a second, which nobody shall wait for to hear of a mistake

    with Progress("centres") as looking, Progress("replications") as progress:
        found = running.scan(study.places, study.cases, scan_options.settings_of(arguments), threads=arguments.threads,
                             population=study.population, looking=looking, progress=progress)
    _tell(arguments, study, found)
    return 0


def as_json(found: "Found") -> dict[str, Any]:
    """Clusters first. The simulated statistics are left out: they follow from the seed."""
    return {field.name: getattr(found, field.name) for field in fields(found) if field.name != "simulated"}


def _study(arguments: argparse.Namespace) -> "Study":
    from lokalnet.analysis.command.cases_file import Period
    from lokalnet.analysis.command.coordinates import must_suit_a_map
    from lokalnet.analysis.command.reading import read_study

    study = read_study(cases=arguments.cases, locations=arguments.locations, population=arguments.population,
                       period=Period(arguments.start, arguments.end, arguments.leave_out_others))
    if arguments.geojson:
        must_suit_a_map(arguments.locations, spherical=study.places.spherical)
    if study.unused:
        print(f"{arguments.cases}: the {arguments.model} model does not use {', '.join(study.unused)}", file=sys.stderr)
    for note in notes.on_time(study.cases.day, arguments):
        print(f"{arguments.cases}: {note}", file=sys.stderr)
    return study


def _tell(arguments: argparse.Namespace, study: "Study", found: "Found") -> None:
    from lokalnet.analysis.command import geojson, printing

    if arguments.json:
        writing.write(arguments.json, to_json(as_json(found)))
    if arguments.geojson:
        writing.write(arguments.geojson, to_json(geojson.feature_collection(found, study.places)))
    print(printing.report(found), end="")
