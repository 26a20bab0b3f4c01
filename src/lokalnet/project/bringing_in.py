"""`./run import`: areas, residents and observations from files. Started by commands.py, and opens nothing before."""

import argparse
from pathlib import Path

from lokalnet.project import logins


def add_to(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True)
    areas = kinds.add_parser("areas", help="outlines from GeoJSON")
    areas.set_defaults(command=run_import_areas)
    areas.add_argument("file", type=Path)
    areas.add_argument("--name-field", required=True)
    areas.add_argument("--code-field", required=True)
    areas.add_argument("--kind", dest="area_kind", required=True, choices=["municipality", "parish", "neighbourhood"])
    residents = kinds.add_parser("residents", help="how many live in an area, from CSV: kind;code;residents;source")
    residents.set_defaults(command=run_import_residents)
    residents.add_argument("file", type=Path)
    rows = kinds.add_parser("observations", help="rows from CSV by a profile")
    rows.set_defaults(command=run_import_observations)
    rows.add_argument("files", type=Path, nargs="+")
    rows.add_argument("--profile", required=True)
    rows.add_argument("--organisation", required=True)
    rows.add_argument("--partnership", default="", help="needed when the organisation is in several")
    rows.add_argument("--dry-run", action="store_true")
    rows.add_argument("--rejected", type=Path, help="where to write the rejected rows with line and reason")


def run_import_areas(arguments: argparse.Namespace) -> int:
    from lokalnet.project import commands, database

    with database.available():
        commands.set_up(logins.OWNER)
        from lokalnet.situation import placing

        return placing.import_areas(file=arguments.file, name_field=arguments.name_field,
                                    code_field=arguments.code_field, kind=arguments.area_kind)


def run_import_residents(arguments: argparse.Namespace) -> int:
    from lokalnet.project import commands, database

    with database.available():
        commands.set_up(logins.OWNER)
        from lokalnet.places import residents

        return residents.import_residents(arguments.file)


def run_import_observations(arguments: argparse.Namespace) -> int:
    from lokalnet.project import commands, database

    with database.available():
        commands.set_up(logins.APP)
        from lokalnet.situation.importing import running

        return running.run(files=arguments.files, profile_name=arguments.profile,
                             organisation=arguments.organisation, partnership=arguments.partnership,
                             dry_run=arguments.dry_run, rejected=arguments.rejected)
