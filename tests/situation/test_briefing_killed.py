"""A drafting that is killed in the middle, and two workers at once, with real transactions in a database of its own."""

import os
import subprocess
import sys
import time

import psycopg
import pytest

from lokalnet.project import logins
from tests.database.test_log_tampering import WORKER

NAME = f"briefing_killed_{WORKER}"
FOUND = f"""
from lokalnet.project.commands import set_up
set_up("{logins.OWNER}")
from tests.world import build
build()
"""
DRAFT = f"""
from lokalnet.project.commands import set_up
set_up("{logins.APP}")
from lokalnet.situation.briefing import drafting
from tests.situation.briefings import MONDAY_AT_SIX
print("ready", flush=True)
drafting.draft_missing(at=MONDAY_AT_SIX)
"""
EXPECTED = 8  # of two partnerships: the whole, and three municipalities


@pytest.fixture
def environment(bed):
    made = {**os.environ, "LOKALNET_DATABASE_URL": bed.clone(NAME), "LOKALNET_HOME": str(bed.home),
            "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", FOUND], env=made, check=True)
    yield made
    bed.drop(NAME)


def start(environment) -> subprocess.Popen:  # type: ignore[no-untyped-def,type-arg]
    child = subprocess.Popen([sys.executable, "-c", DRAFT], env=environment, stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.DEVNULL)
    assert child.stdout
    with child.stdout as said:
        assert said.readline() == "ready\n"
    return child


def test_a_killed_drafting_is_finished_by_the_next_and_makes_none_twice(bed, environment) -> None:
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as gate, \
            psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME, autocommit=True) as eye:
        def made() -> int:
            return eye.execute("select count(*) from situation_briefing").fetchone()[0]

        # The fourth draft waits here: its row is written, and its transaction is open, when the process is killed.
        gate.execute("lock table access_event in exclusive mode")
        child = start(environment)
        while not eye.execute("select count(*) from pg_locks where not granted and relation = 'access_event'::regclass"
                              ).fetchone()[0]:
            assert child.poll() is None
            time.sleep(0.01)
        child.kill()
        assert child.wait() == -9
        gate.rollback()
        assert made() == 0  # what was not committed is not there
        child = start(environment)
        while not made() and child.poll() is None:
            time.sleep(0.001)
        child.kill()
        child.wait()
        assert 0 < made() <= EXPECTED
        assert start(environment).wait() == 0
        assert made() == EXPECTED
        assert eye.execute("select count(*), count(distinct subject) from access_event where kind = 'briefing.drafted'"
                           ).fetchone() == (EXPECTED, EXPECTED)


def test_two_workers_at_once_make_each_once(bed, environment) -> None:
    children = [start(environment) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as eye:
        assert eye.execute("select count(*), count(distinct (partnership_id, municipality_id, week)) "
                           "from situation_briefing").fetchone() == (EXPECTED, EXPECTED)
        assert eye.execute("select count(*) from access_event where kind = 'briefing.drafted'").fetchone() == (
            EXPECTED,)
