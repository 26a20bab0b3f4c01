"""The commands of `./run`. Each opens the database as the login that it needs, and no other."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from lokalnet.analysis.command import density, nearrepeat, scan, trend
from lokalnet.project import bringing_in, logins, vault_commands

Command = Callable[[argparse.Namespace], int]


def main() -> int:
    parser = _parser()
    arguments = parser.parse_args()
    try:
        return arguments.command(arguments) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if type(problem).__module__.startswith("lokalnet."):
            print(f"lokalnet: {problem}", file=sys.stderr)
            return 1
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run", description="Lokalnet: shared workspace of a local "
                                     "crime-prevention partnership. Start with: ./run demo")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=run)
        return made

    demo = add("demo", run_demo, "serve a demonstration with invented people")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--reset", action="store_true", help="throw away what was entered in the demonstration")
    serve = add("serve", run_serve, "serve an installation")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)
    add("work", run_work, "run the jobs: seal the log, number news, tidy up")
    migrate = add("migrate", run_migrate, "create or upgrade the database")
    migrate.add_argument("--print-logins", action="store_true", help="print the SQL that makes the logins, and stop")
    found = add("found", run_found, "found a partnership, its organisations and first administrators from a file")
    found.add_argument("file", type=Path)
    bringing_in.add_to(add("import", lambda _: 2, "bring in areas or observations"))
    key = add("key", run_key, "make an API key for an organisation; printed on the last line")
    key.add_argument("--organisation", required=True)
    key.add_argument("--scope", action="append", required=True, help="observations, observations:read, ...")
    key.add_argument("--label", default="")
    vault_commands.add_to(add("keys", lambda _: 2, "the keys of what is known of persons"))
    audit = add("audit", run_audit, "verify the event log, or let old entries go by rule")
    audit.add_argument("act", choices=["verify", "seal", "prune"])
    retention = add("retention", run_retention, "make old points coarse and let go what is no longer needed")
    retention.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    add("detect", run_detect, "look for what is unusual, where there is news or nobody has looked tonight")
    status = add("status", run_status, "say whether the service runs as it should; ends with 1 when something is wrong")
    status.add_argument("--json", action="store_true", help="for a monitor")
    backup = add("backup", run_backup, "write the database to a file")
    backup.add_argument("file", type=Path)
    restore = add("restore", run_restore, "fill an empty database from a backup")
    restore.add_argument("file", type=Path)
    tests = add("test", run_tests, "run everything: lint, types, contracts, tests")
    tests.add_argument("parts", nargs="*", help="only these parts, or paths given to pytest")
    bench = add("bench", run_bench, "measure speed, as ratios within one run")
    bench.add_argument("parts", nargs="*")
    add("screenshots", run_screenshots, "take the README's screenshots from a demonstration")
    docs = add("docs", run_docs, "print the rights and tables into docs/")
    docs.add_argument("--check", action="store_true")
    guard = add("guard", run_guard, "measure the person-data guard on its test sentences")
    guard.add_argument("--verbose", action="store_true", help="list what was missed and what was a false alarm")
    add("messages", run_messages, "bring the Danish catalogue up to date, and say what has no words yet")
    django = add("django", run_django, "a Django management command, as the owner of the database")
    django.add_argument("rest", nargs=argparse.REMAINDER)
    for analysis in (scan, trend, nearrepeat, density):
        analysis.add_to(commands)
    return parser


def set_up(login: str) -> None:
    """Start Django with the given login; before anything of Django is imported."""
    os.environ["LOKALNET_LOGIN"] = login
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lokalnet.project.settings")
    import django

    django.setup()
    from django.utils import translation

    translation.activate("en")  # commands speak English; pages and mails choose for themselves


def run_migrate(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database, messages, migrating

    if arguments.print_logins:
        statements = [*logins.bootstrap_sql(), *logins.database_sql(database.NAME)]
        print("".join(f"{statement};\n" for statement in statements), end="")
        return 0
    messages.compile_all()
    with database.available():
        migrating.migrate()
    return 0


def run_found(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up(logins.OWNER)
        from lokalnet.access import founding_file
        from lokalnet.disclosure.law import installing
        from lokalnet.situation import categories

        made = founding_file.found(arguments.file)
        categories.install_as_owner(made)
        installing.install_as_owner(made)
    print(f"{made.name}: founded. Each administrator chooses a password through \"Glemt adgangskode\".")
    return 0


def run_demo(arguments: argparse.Namespace) -> int:
    from lokalnet.project.demonstration import running

    return running.run(port=arguments.port, reset=arguments.reset)


def run_serve(arguments: argparse.Namespace) -> int:
    from lokalnet.project import serving

    return serving.run(host=arguments.host, port=arguments.port, workers=arguments.workers)


def run_work(_: argparse.Namespace) -> int:
    from lokalnet.project import database, serving

    with serving.stopped_by_signals(), database.available():
        set_up(logins.APP)
        from django.utils import translation

        from lokalnet.project import jobs

        translation.deactivate()
        return jobs.work()


def run_key(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up(logins.OWNER)
        from lokalnet.access import keys

        print(keys.make_from_command(organisation=arguments.organisation, scopes=arguments.scope,
                                     label=arguments.label))
    return 0


def run_audit(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up({"verify": logins.AUDIT, "seal": logins.APP, "prune": logins.RETENTION}[arguments.act])
        from lokalnet.access import auditing

        return auditing.run(arguments.act)


def run_retention(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up(logins.RETENTION)
        from lokalnet.disclosure.gate import letting_go
        from lokalnet.situation.protection import retention
        from lokalnet.youth.concerns import expiring

        if not arguments.dry_run:
            expiring.let_go()
        return max(retention.run(dry_run=arguments.dry_run), letting_go.run(dry_run=arguments.dry_run))


def run_detect(_: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up(logins.PLACE)
        from lokalnet.situation.signals import looking

        print(f"looked at {looking.look_where_due()} partnerships")
    return 0


def run_status(arguments: argparse.Namespace) -> int:
    set_up(logins.APP)
    from lokalnet.project.status import printing

    return printing.run(as_json=arguments.json)


def run_backup(arguments: argparse.Namespace) -> int:
    from lokalnet.project import backups

    return backups.write(arguments.file)


def run_restore(arguments: argparse.Namespace) -> int:
    from lokalnet.project import backups

    return backups.read(arguments.file)


def run_tests(arguments: argparse.Namespace) -> int:
    from lokalnet.project import testing

    return testing.run(arguments.parts)


def run_bench(arguments: argparse.Namespace) -> int:
    from lokalnet.project import benching

    return benching.run(arguments.parts)


def run_screenshots(_: argparse.Namespace) -> int:
    from lokalnet.project import screenshots

    return screenshots.run()


def run_docs(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("LOKALNET_DATABASE_URL", "postgresql:///unused")
    set_up(logins.OWNER)
    from lokalnet.project import documents

    return documents.write(check=arguments.check)


def run_guard(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("LOKALNET_DATABASE_URL", "postgresql:///unused")
    set_up(logins.OWNER)
    from lokalnet.situation.guard import measuring

    return measuring.run(verbose=arguments.verbose)


def run_messages(_: argparse.Namespace) -> int:
    os.environ.setdefault("LOKALNET_DATABASE_URL", "postgresql:///unused")
    set_up(logins.OWNER)
    from lokalnet.project import messages

    messages.update("da")
    missing = messages.untranslated("da")
    print("\n".join(missing) or "every text has its Danish words")
    return 1 if missing else 0


def run_django(arguments: argparse.Namespace) -> int:
    from lokalnet.project import database

    with database.available():
        set_up(logins.OWNER)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./run django", *arguments.rest])
    return 0


if __name__ == "__main__":
    sys.exit(main())
