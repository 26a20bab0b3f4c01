"""A backup brings everything back: rows, policies, grants, owners, and a log that verifies."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from lokalnet.access.acting import acting_as, actor_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons.models import Lookup, Person
from lokalnet.project import logins, testbed
from lokalnet.project.cluster import cluster_in
from lokalnet.situation import reporting
from tests.database.test_log_tampering import WORKER, django_in
from tests.world import GRANTOFTEN, World, build

FULL, FRESH = f"backup_full_{WORKER}", f"backup_fresh_{WORKER}"
DIGEST = bytes(range(100, 132))
STRUCTURE = {
    "policies": "select * from pg_policies where schemaname = 'public' order by tablename, policyname",
    "forced": "select relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text, "
              "(select array_agg(a::text order by a::text) from unnest(relacl) a) "
              "from pg_class where relnamespace = 'public'::regnamespace order by relname",
    "functions": "select oid::regprocedure::text, proowner::regrole::text, prosecdef, proconfig, "
                 "(select array_agg(a::text order by a::text) "
                 "from unnest(coalesce(proacl, acldefault('f', proowner))) a) "
                 "from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
                   "where connamespace = 'public'::regnamespace order by 1, 2",
    "triggers": "select tgrelid::regclass::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal "
                "order by 1, 2",
}


@dataclass(frozen=True)
class Installation:
    """An installation with a home of its own, whose database is one of the test server's."""

    bed: testbed.Testbed
    home: Path

    def run(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"LOKALNET_HOME": str(self.home), "LOKALNET_DATABASE_URL": self.bed.url(name)}
        return subprocess.run([sys.executable, "-m", "lokalnet.project.commands", *words], env=environment,
                              capture_output=True, text=True)

    def ask(self, name: str, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.bed.socket), user="postgres", dbname=name) as admin:
            return admin.execute(query).fetchall()

    def rows(self, name: str) -> dict[str, int]:
        tables = [row[0] for row in self.ask(name, "select tablename from pg_tables where schemaname = 'public'")]
        return {str(table): int(str(self.ask(name, f"select count(*) from {table}")[0][0])) for table in tables}


@pytest.fixture(scope="module")
def world(bed, django_db_blocker) -> Iterator[World]:
    bed.clone(FULL)
    with django_db_blocker.unblock(), django_in(FULL):
        world = build()
        for number in range(12):
            _report(world, number)
        with as_role(MIGRATION):
            person = Person(controller=world.gladsaxe, sealed=b"sealed")
            person.save(force_insert=True)
            Lookup(person=person, controller=world.gladsaxe, kind="cpr", digest=DIGEST).save(force_insert=True)
    yield world
    bed.drop(FULL)


def _report(world: World, number: int) -> None:
    with acting_as(actor_of((world.anna, world.bo, world.viggo)[number % 3].id)) as actor:
        reporting.report(actor, world.partnership, reporting.Report(
            category="nuisance", longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], text="Uro ved kiosken",
            visibility="partnership", occurred_at=reporting.now()), key=str(number))


@pytest.fixture(scope="module")
def installation(bed, world, tmp_path_factory) -> Installation:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(bed.home / "keys", home / "keys")
    if (bed.home / "engine-18").exists():
        (home / "engine-18").symlink_to(bed.home / "engine-18")
    return Installation(bed, home)


@pytest.fixture(scope="module")
def file(installation, world) -> Path:
    file = installation.home / "backup"
    made = installation.run(FULL, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert "keys" in made.stdout and "log-heads.jsonl" in made.stdout
    return file


@pytest.fixture(scope="module")
def restored(installation, file) -> Iterator[subprocess.CompletedProcess[str]]:
    empty(installation.bed)
    yield installation.run(FRESH, "restore", str(file))
    installation.bed.drop(FRESH)


def empty(bed: testbed.Testbed) -> None:
    bed.drop(FRESH)
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f'create database "{FRESH}" template template0')
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=FRESH, autocommit=True) as admin:
        for statement in logins.database_sql(FRESH):
            admin.execute(statement)
        admin.execute(f'grant connect on database "{FRESH}" to {logins.TEST}')


def test_a_restore_says_what_came_back_and_verifies_the_log(restored) -> None:
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "12 situation_observation\n" in restored.stdout
    assert "12 entries sealed" in restored.stdout and "intact" in restored.stdout
    assert restored.stderr == ""


def test_both_are_remembered_by_the_name_of_the_file(restored, installation, file) -> None:
    """For the page about the service, which shows no path of the machine."""
    written, read = (json.loads((installation.home / f"{name}.last").read_text())
                     for name in ("backup-written", "restore-tried"))
    assert (written["file"], written["bytes"]) == ("backup", file.stat().st_size)
    assert (read["file"], read["whole"]) == ("backup", True)


def test_every_row_of_every_table_comes_back(restored, installation) -> None:
    before, after = installation.rows(FULL), installation.rows(FRESH)
    assert before | {"persons_lookup": 0} == after
    assert before["situation_observation"] == 12 and before["access_member"] == 8


def test_the_index_of_persons_is_left_out_and_the_restore_says_what_to_do(restored, installation, world, file) -> None:
    """Whoever has a backup and the index's key could try all CPR numbers on it."""
    assert installation.rows(FULL)["persons_lookup"] == 1
    written = subprocess.run([program(installation), "-f", "-", str(file)], capture_output=True, check=True).stdout
    assert b"persons_person" in written and b"sealed".hex().encode() in written
    assert DIGEST.hex().encode() not in written
    assert "./run keys index" in restored.stdout


def program(installation: Installation) -> str:
    version = os.environ.get("LOKALNET_TEST_POSTGRES", "18")
    return cluster_in(installation.bed.home, version).engine.program("pg_restore")


@pytest.mark.parametrize("what", sorted(STRUCTURE))
def test_the_rules_of_the_database_come_back(restored, installation, what) -> None:
    before, after = installation.ask(FULL, STRUCTURE[what]), installation.ask(FRESH, STRUCTURE[what])
    assert before
    assert sorted({plain(row) for row in before} ^ {plain(row) for row in after}) == []


def plain(row: tuple[object, ...]) -> str:
    """Without casts and brackets: PostgreSQL writes the same check differently when it reads it a second time."""
    return re.sub(r"::character varying|::text|[()\[\]]", "", str(row))


def test_a_member_still_reads_only_what_policies_give(restored, installation, world) -> None:
    with psycopg.connect(host=str(installation.bed.socket), user=logins.APP, dbname=FRESH) as service:
        def sees(member: object) -> int:
            service.execute("select set_config('lokalnet.actor', %s, true)", [str(member)])
            return int(str((service.execute("select count(*) from situation_observation").fetchone() or [0])[0]))

        assert (sees(world.anna.id), sees(world.viggo.id), sees(world.clara.id), sees("")) == (12, 4, 0, 0)


def test_the_log_goes_on_after_a_restore(restored, installation, world, django_db_blocker) -> None:
    with psycopg.connect(host=str(installation.bed.socket), user="postgres", dbname=FRESH) as admin:
        assert admin.execute("select max(xid::text::bigint) from access_event").fetchone() == (0,)
    with django_db_blocker.unblock(), django_in(FRESH):
        _report(world, 12)
    sealed = installation.run(FRESH, "audit", "seal")
    assert "up to entry 13" in sealed.stdout, sealed.stderr
    verified = installation.run(FRESH, "audit", "verify")
    assert "13 entries sealed" in verified.stdout and verified.returncode == 0


def test_a_restore_goes_into_an_empty_database_only(installation, file) -> None:
    refused = installation.run(FULL, "restore", str(file))
    assert refused.returncode == 1 and "empty" in refused.stderr


def test_a_backup_is_for_its_owner_and_never_overwrites(installation, file) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    refused = installation.run(FULL, "backup", str(file))
    assert refused.returncode == 1 and "exists already" in refused.stderr
    assert not file.with_name("backup.part").exists()


def test_what_is_no_backup_is_refused(installation, tmp_path) -> None:
    empty(installation.bed)
    (tmp_path / "note").write_text("hello")
    refused = installation.run(FRESH, "restore", str(tmp_path / "note"))
    assert refused.returncode == 1 and "not a backup" in refused.stderr
