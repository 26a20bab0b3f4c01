"""`./run detect` in processes of its own, as the login that may not read a person: alone, two at once, and killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.project.testbed import Testbed
from tests.database.test_log_tampering import WORKER, django_in
from tests.days import today
from tests.situation.partnership_life import burst, people, store, usual
from tests.world import build

NAME = f"detect_{WORKER}"
COMMAND = [sys.executable, "-m", "lokalnet.project.commands", "detect"]


@dataclass(frozen=True)
class Installation:
    """A database with a year of reports in it, and a burst in the last days."""

    bed: Testbed
    environment: dict[str, str]

    def detect(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(COMMAND, env=self.environment, start_new_session=True)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.bed.socket), user="postgres", dbname=NAME) as admin:
            return list(admin.execute(question))

    def signals(self) -> list[tuple[object, ...]]:
        return self.ask("select s.word, s.told_at is not null, count(*) from situation_signal s "
                        "join situation_signal_step t on t.signal_id = s.id group by s.id")


@pytest.fixture
def installation(bed: Testbed, django_db_blocker, tmp_path) -> Iterator[Installation]:
    bed.clone(NAME)
    with django_db_blocker.unblock(), django_in(NAME), as_role(MIGRATION):
        world = build()
        members = people(world)
        store(world, usual(members, until=today()))
        store(world, burst(members[::2], today() - timedelta(days=6), days=7, number=20))
    yield Installation(bed, os.environ | {
        "LOKALNET_DATABASE_URL": bed.url(NAME), "LOKALNET_HOME": str(tmp_path)})
    bed.drop(NAME)


def test_two_at_once_make_one_signal_and_tell_of_it_once(installation: Installation) -> None:
    running = [installation.detect() for _ in range(2)]
    assert [each.wait(120) for each in running] == [0, 0]
    assert installation.signals() == [("unusual", True, 1)]
    assert installation.ask("select count(*), count(distinct member_id) from notices_notice where kind = 'signal'") == [
        (3, 3)]
    assert installation.ask("select kind, subject_kind, member_id from access_event") == [
        ("signals.looked", "partnership", None)]
    assert installation.ask("select count(*) from situation_look") == [(16,)]  # both partnerships were looked at


def test_one_that_was_killed_has_not_looked_and_the_next_one_does(installation: Installation) -> None:
    """Killed while it looks at the first partnership: there it holds the lock that keeps others away."""
    killed = installation.detect()
    locks = "select count(*) from pg_locks where locktype = 'advisory' and granted and database = " \
        f"(select oid from pg_database where datname = '{NAME}')"
    deadline = time.monotonic() + 120
    while installation.ask(locks) == [(0,)]:
        assert killed.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    with suppress(ProcessLookupError):
        os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(30)
    assert installation.ask("select count(*) from situation_look") in ([(0,)], [(8,)])  # all of a partnership, or none
    assert installation.detect().wait(120) == 0
    assert installation.signals() == [("unusual", True, 1)]
    assert installation.ask("select count(*) from situation_look") == [(16,)]


def test_the_login_is_given_nothing_else(installation: Installation) -> None:
    assert installation.detect().wait(120) == 0
    with psycopg.connect(host=str(installation.bed.socket), user="lokalnet_place", dbname=NAME) as place:
        assert place.execute("select count(*) from situation_signal").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            place.execute("select * from situation_observation_exact")
