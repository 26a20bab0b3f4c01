"""`./run keys`, with real transactions: the command line, the owner's login, a database and a home of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from lokalnet.project import logins, testbed
from tests.database.test_log_tampering import WORKER

NAME = f"keys_killed_{WORKER}"
PERSONS = 1_500
FILLED = f"""
from lokalnet.project.commands import set_up
set_up("{logins.TEST}")
from django.db import transaction
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.persons import filling
from tests.world import build
world = build()
filling.fill(world)
with transaction.atomic(), as_role(MIGRATION):
    for number in range({PERSONS}):
        filling.person(world.gladsaxe.id, name=f"Ahorn nummer {{number}}", cpr="")
"""
OPENED = f"""
from lokalnet.project.commands import set_up
set_up("{logins.OWNER}")
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import identity, keys, lookup
from lokalnet.persons.models import Lookup, Person
from lokalnet.persons.sealing import Spot, unseal
with as_role(MIGRATION):
    indexed = {{(each.person_id, bytes(each.digest)) for each in Lookup.objects.all()}}
    for person in Person.objects.all():
        spot = Spot("persons_person", person.id, person.controller_id)
        said = unseal(keys.fetch(person.id), spot, bytes(person.sealed))
        found = lookup.of_identity(person.controller_id, said)["name"]
        print(said["name"], int((person.id, found) in indexed))
"""


@dataclass(frozen=True)
class Installation:
    bed: testbed.Testbed
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"LOKALNET_HOME": str(self.home), "LOKALNET_DATABASE_URL": self.bed.url(NAME),
                             "LOKALNET_DEMO": "true", "PYTHONPATH": "src:."}

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-m", "lokalnet.project.commands", *words], text=True,
                                env=self.environment | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, **more)
        out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def python(self, program: str) -> str:
        done = subprocess.run([sys.executable, "-c", program], env=self.environment, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, query: str) -> int:
        with psycopg.connect(host=str(self.bed.socket), user="postgres", dbname=NAME) as admin:
            return int((admin.execute(query).fetchone() or [0])[0])  # type: ignore[call-overload]

    def versions(self) -> set[int]:
        with closing(sqlite3.connect(self.home / "keys" / "persons.sqlite3")) as keys:
            return {row[0] for row in keys.execute("select distinct version from key")}

    def sealed_under(self, version: int) -> int:
        return self.ask(f"select count(*) from persons_person where get_byte(sealed, 2) = {version}")

    def opened(self) -> dict[str, str]:
        """Every name, and how many digests lead to it."""
        return dict(line.rsplit(" ", 1) for line in self.python(OPENED).splitlines())


@pytest.fixture(scope="module")
def filled(bed, tmp_path_factory) -> Iterator[Installation]:
    made = Installation(bed, tmp_path_factory.mktemp("home"))
    shutil.copytree(bed.home / "keys", made.home / "keys")
    bed.clone(NAME)
    made.python(FILLED)
    yield made
    bed.drop(NAME)


def test_a_killed_rotation_is_finished_by_running_it_again(filled) -> None:
    before = filled.sealed_under(1)
    assert before == PERSONS + 2
    running = filled.start("keys", "rotate")
    while not filled.sealed_under(2) and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert 0 < filled.sealed_under(2) < before and filled.versions() == {1, 2}
    told = filled.run("keys", "status")
    assert told.returncode == 1 and "rotate" in told.stdout

    half = filled.opened()
    assert len(half) == PERSONS + 1  # both have one name: what was shared is a copy

    done = filled.run("keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert filled.sealed_under(2) == before and filled.versions() == {2}
    assert set(filled.opened()) == set(half)
    assert list(filled.opened().values()).count("1") >= PERSONS
    assert filled.run("keys", "status").returncode == 0
    assert filled.ask("select count(*) from access_event where kind = 'keys.rotated'") == 1


def test_it_waits_for_a_transaction_that_was_open_before(filled) -> None:
    version = filled.versions().pop()
    with psycopg.connect(host=str(filled.bed.socket), user=logins.APP, dbname=NAME) as service:
        service.execute("select 1")  # open, and has written nothing yet
        running = filled.start("keys", "rotate")
        while max(filled.versions()) == version:
            time.sleep(0.02)
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=1)
        assert filled.sealed_under(version + 1) == 0
        service.commit()
    assert running.communicate() and running.returncode == 0
    assert filled.sealed_under(version) == 0


def test_a_closed_room_rotates_nothing(filled) -> None:
    before, files = filled.versions(), sorted(path.name for path in (filled.home / "keys").glob("*.key"))
    refused = filled.run("keys", "rotate", LOKALNET_DEMO="false")
    assert refused.returncode == 1 and "not open" in refused.stderr
    assert filled.versions() == before
    assert sorted(path.name for path in (filled.home / "keys").glob("*.key")) == files


def test_keys_are_backed_up_and_come_back_by_command(filled, tmp_path) -> None:
    written = filled.run("keys", "backup", str(tmp_path / "keys.backup"))
    assert written.returncode == 0 and "persons-*.key" in written.stdout, written.stderr
    for file in (filled.home / "keys").glob("persons.sqlite3*"):
        file.rename(tmp_path / file.name)
    assert filled.run("keys", "restore", str(tmp_path / "keys.backup")).returncode == 0
    assert len(filled.opened()) == PERSONS + 1
    refused = filled.run("keys", "backup", str(tmp_path / "keys.backup"))
    assert refused.returncode == 1 and "could not be made" in refused.stderr


def test_the_index_is_made_anew_by_command(filled) -> None:
    with psycopg.connect(host=str(filled.bed.socket), user="postgres", dbname=NAME) as admin:
        admin.execute("delete from persons_lookup")
    assert f"{PERSONS + 1:,} persons" in filled.run("keys", "index").stdout
    assert set(filled.opened().values()) <= {"0", "1"} and "1" in filled.opened().values()
