"""A run that is killed tells nothing twice and loses nothing; nor is lost what commits late. With real transactions."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection, transaction

from lokalnet.project import logins
from lokalnet.situation.reporting import number_changes
from tests.database.test_log_tampering import WORKER, django_in
from tests.situation.following import follows
from tests.world import World, build

NAME = f"following_race_{WORKER}"
RUN = f"""
from lokalnet.project.commands import set_up
set_up("{logins.APP}")
from lokalnet.situation.following import matching
{{before}}
matching.tell_followers()
"""
# Stops when it has told the second of them and has not yet moved on.
STOPS = """
import time
told, tell = [], matching.telling.tell
def slowly(*args, **more):
    tell(*args, **more)
    told.append(1)
    if len(told) == 2:
        print("told", flush=True)
        time.sleep(60)
matching.telling.tell = slowly
"""


@dataclass
class Installation:
    world: World
    socket: str
    environment: dict[str, str]

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=self.socket, user="postgres", dbname=NAME)

    def ask(self, query: str) -> list[tuple]:  # type: ignore[type-arg]
        with self.connect() as admin:
            return admin.execute(query).fetchall()

    def notices(self) -> list[tuple]:  # type: ignore[type-arg]
        """Whom, how often told, from which change on."""
        return self.ask("select m.name, n.happened, n.since from notices_notice n join access_member m "
                        "on m.id = n.member_id where n.kind = 'observations' order by 1")

    def worker(self, before: str = "") -> "subprocess.Popen[str]":
        return subprocess.Popen([sys.executable, "-c", RUN.format(before=before)], stdout=subprocess.PIPE, text=True,
                                env=self.environment)

    def run(self) -> None:
        worker = self.worker()
        worker.communicate(timeout=60)
        assert worker.returncode == 0

    def report(self, key: str) -> None:
        with transaction.atomic():
            self.world.report(self.world.anna, key=key)


@pytest.fixture
def installation(bed, django_db_blocker) -> Iterator[Installation]:  # type: ignore[no-untyped-def]
    environment = os.environ | {"LOKALNET_DATABASE_URL": bed.clone(NAME), "PYTHONPATH": "src:."}
    with django_db_blocker.unblock(), django_in(NAME):
        with transaction.atomic():
            world = build()
            for member in (world.berit, world.adam):
                follows(world, member)
        yield Installation(world, str(bed.socket), environment)
    bed.drop(NAME)


def test_killed_between_telling_and_moving_on_it_tells_once(installation: Installation) -> None:
    installation.report("one")
    worker = installation.worker(STOPS)
    assert worker.stdout is not None and worker.stdout.readline() == "told\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate(timeout=20)
    assert len(installation.notices()) == 1  # the first of the two stands
    installation.run()
    assert installation.notices() == [("Adam", 1, 1), ("Berit", 1, 1)]
    installation.run()
    assert installation.notices() == [("Adam", 1, 1), ("Berit", 1, 1)]


def test_two_runs_at_once_tell_once(installation: Installation) -> None:
    installation.report("one")
    first = installation.worker(STOPS.replace("sleep(60)", "sleep(2)"))
    assert first.stdout is not None and first.stdout.readline() == "told\n"
    installation.run()
    first.communicate(timeout=30)
    assert installation.notices() == [("Adam", 1, 1), ("Berit", 1, 1)]


def test_a_report_whose_transaction_was_open_while_newer_ones_committed_is_told(installation: Installation) -> None:
    """Its number comes after its commit, so it is news then; a number made before it would have been passed over."""
    slow = installation.connect()
    slow.execute("create temporary table copied as select * from situation_observation limit 0")
    installation.report("first")
    slow.execute("insert into copied select * from situation_observation")
    slow.execute("update copied set id = gen_random_uuid()")
    slow.execute("insert into situation_observation select * from copied")
    slow.execute("insert into situation_change (id, kind, partnership_id, organisation_id, observation_id) "
                 "select gen_random_uuid(), 'reported', partnership_id, organisation_id, id from copied")
    installation.run()
    installation.report("newer")
    installation.run()
    assert installation.notices() == [("Adam", 2, 1), ("Berit", 2, 1)]
    slow.commit()
    slow.close()
    installation.run()
    assert installation.notices() == [("Adam", 3, 1), ("Berit", 3, 1)]
    connection.close()


def test_what_waits_for_its_number_when_somebody_begins_to_follow_is_not_lost(installation: Installation) -> None:
    with transaction.atomic():
        installation.world.report(installation.world.anna, key="one")
        connection.run_on_commit.clear()  # the process died between its commit and the numbering
    installation.run()
    assert [name for name, *_ in installation.notices()] == ["Adam", "Berit"]
    number_changes()
