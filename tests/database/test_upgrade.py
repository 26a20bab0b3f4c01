"""An installation that ran an earlier version is brought up to date: the same schema as a fresh one, nothing forgotten.

A database is taken back to the earlier schema, gets what the earlier version kept, and is migrated again.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from lokalnet.project import logins
from lokalnet.project.testbed import TEMPLATE, Testbed
from lokalnet.situation import merging
from lokalnet.situation.importing import keys
from lokalnet.situation.partnerships import frame_of
from tests.database.test_backup import STRUCTURE
from tests.database.test_log_tampering import WORKER, django_in
from tests.situation.importers import run
from tests.world import World, build

UPGRADED = f"upgraded_{WORKER}"
ROWS = "category,occurred_at,lon,lat,text\n" + "".join(
    f"nuisance,2026-03-0{day}T21:45:00+01:00,12.3633,55.7311,Uro ved kiosken\n" for day in range(1, 4))


@dataclass(frozen=True)
class Upgraded:
    """The database, a file that was imported there before, and a report that stands for two."""

    bed: Testbed
    file: Path
    shots: UUID

    def ask(self, query: str, name: str = UPGRADED) -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.bed.socket), user="postgres", dbname=name) as admin:
            return admin.execute(query).fetchall()


@pytest.fixture(scope="module")
def upgraded(bed, django_db_blocker, tmp_path_factory) -> Iterator[Upgraded]:
    file = tmp_path_factory.mktemp("rows") / "rows.csv"
    file.write_text(ROWS)
    bed.clone(UPGRADED)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, django_in(UPGRADED):
        patch.setattr(keys, "keyed", lambda said: said)  # as keys were made at first
        with transaction.atomic():
            shots = two_put_together(build())
        imported(file)
    migrate(bed, "situation", "0008")
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=UPGRADED) as admin:
        admin.execute("update situation_observation set reporters = 2 where id = %s", [shots])
    migrate(bed)
    yield Upgraded(bed, file, shots)
    bed.drop(UPGRADED)


def two_put_together(world: World) -> UUID:
    """The police see the one that stands for the event, and not the other."""
    shots: UUID = world.report(world.anna, key="shots", category="shots", visibility="partnership")
    other = world.report(world.berit, key="other", category="fireworks", visibility="municipalities")
    merging.merge(frame_of(world.actor(world.berit), world.partnership.id), other, shots)
    return shots


def imported(file: Path) -> dict[str, int]:
    return run([file], file.parent, profile="lokalnet", organisation="Gladsaxe Kommune").figures


def migrate(bed: Testbed, *target: str) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", *target, "--no-input", "--verbosity", "0"], check=True,
                   env=os.environ | {"LOKALNET_DATABASE_URL": bed.url(UPGRADED), "LOKALNET_LOGIN": logins.OWNER,
                                     "DJANGO_SETTINGS_MODULE": "lokalnet.project.settings"})


def test_the_schema_is_that_of_a_fresh_installation(upgraded) -> None:
    for what, query in STRUCTURE.items():
        assert upgraded.ask(query) == upgraded.ask(query, TEMPLATE), what


def test_a_file_that_was_imported_before_is_still_known(upgraded, django_db_blocker) -> None:
    with django_db_blocker.unblock(), django_in(UPGRADED):
        again = imported(upgraded.file)
    assert (again["stored"], again["unchanged"]) == (0, 3)


def test_reporters_are_counted_as_they_are_now(upgraded) -> None:
    """The number no longer tells the police of the report that they do not see."""
    assert upgraded.ask(f"select reporters from situation_observation where id = '{upgraded.shots}'") == [(1,)]


def test_nothing_is_left_that_lets_the_owner_see_past_the_policies(upgraded) -> None:
    assert upgraded.ask("select count(*) from pg_class where relrowsecurity and not relforcerowsecurity") == [(0,)]
