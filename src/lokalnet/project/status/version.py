"""What runs here, whether the database is as new as the code, and whether the installation is closed to strangers."""

import platform
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import datetime

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.project.settings import ROOT
from lokalnet.project.status.facts import Fact, State, of_an_installation


def _commit() -> str:
    """The clone's commit, short; empty where there is none or no git."""
    try:
        said = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                              timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip() if not said.returncode else ""


VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
COMMIT = _commit()  # asked when the process begins: what is pulled later does not run yet


def outside(_at: datetime) -> Iterator[Fact]:
    said = f"Lokalnet {VERSION}{f' ({COMMIT})' if COMMIT else ''}, Python {platform.python_version()}, " \
           f"Django {django.get_version()}."
    yield Fact("version.software", State.TOLD, said, values={
        "lokalnet": VERSION, "commit": COMMIT or None, "python": platform.python_version(),
        "django": django.get_version()})
    yield from _closed()


def inside(_at: datetime) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        server: str = cursor.fetchone()[0]
    yield Fact("version.postgresql", State.TOLD, f"PostgreSQL {server}.", values={"postgresql": server})
    missing = missing_migrations()
    said = ngettext("%(number)d migration is not applied: %(names)s. Run ./run migrate.",
                    "%(number)d migrations are not applied: %(names)s. Run ./run migrate.", len(missing))
    yield Fact("version.migrations", State.WRONG if missing else State.FINE, said % {
        "number": len(missing), "names": ", ".join(missing)} if missing else _("The database is as new as the code."),
        _("Every migration must be applied."), {"missing": len(missing)})


def missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    return [f"{migration.app_label} {migration.name}" for migration, _back in executor.migration_plan(
        executor.loader.graph.leaf_nodes())]


def _closed() -> Iterator[Fact]:
    yield _flag("two_factor", settings.LOKALNET_TWO_FACTOR_REQUIRED, _("A second factor is required of everybody."),
                _("Logging in takes a password alone: LOKALNET_TWO_FACTOR_REQUIRED."))
    yield _flag("https", settings.SESSION_COOKIE_SECURE, _("HTTPS is required."),
                _("HTTPS is not required, and cookies travel without it: LOKALNET_HTTPS."))
    yield _flag("debug", not settings.DEBUG, _("Error pages tell strangers nothing."),
                _("Error pages show the inside of the service to anybody: LOKALNET_DEBUG."))


def _flag(name: str, good: bool, fine: str, otherwise: str) -> Fact:
    return Fact(f"closed.{name}", State.FINE if good else of_an_installation(), fine if good else otherwise,
                _("Must be so; in a demonstration it is only worth a look."), {"good": good})
