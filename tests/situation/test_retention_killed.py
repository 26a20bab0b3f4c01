"""A killed retention run, with real transactions: the command line, the login that removes, a database of its own."""

import os
import re
import subprocess
import sys
import time

import psycopg
import pytest

from lokalnet.project import logins
from tests.database.test_log_tampering import WORKER

NAME = f"retention_killed_{WORKER}"
ROWS = 30_000
FOUND = f"""
from lokalnet.project.commands import set_up
set_up("{logins.OWNER}")
from tests.world import build
build()
"""
# Reports of a year and a half, one each half hour, every one with a text.
FILL = """
with whole as (
  select gen_random_uuid() as id, p.id as partnership, o.id as organisation, c.id as category, m.id as member, n
  from generate_series(1, {rows}) n, access_partnership p, access_organisation o, situation_category c, access_member m
  where p.slug = 'test' and o.name = 'Gladsaxe Kommune' and c.partnership_id = p.id and c.slug = 'nuisance'
    and m.organisation_id = o.id and m.name = 'Anna'),
seen as (
  insert into situation_observation (id, partnership_id, organisation_id, source_kind, visibility, police_sees,
    category_id, cell_x, cell_y, longitude, latitude, areas, period_start, part)
  select id, partnership, organisation, 'municipality', 'municipalities', 'text', category, 1, 1, 12.36, 55.73, '{{}}',
    now() - n * interval '26 minutes', 'evening' from whole),
told as (
  insert into situation_observation_text (observation_id, partnership_id, organisation_id, source_kind, visibility,
    police_sees, text)
  select id, partnership, organisation, 'municipality', 'municipalities', 'text', 'Uro' from whole)
insert into situation_observation_exact (observation_id, partnership_id, organisation_id, source_kind, visibility,
    police_sees, longitude, latitude, areas, occurred_at, precision, reporter_id, reported_at)
  select id, partnership, organisation, 'municipality', 'municipalities', 'text', 12.36 + n * 0.000001,
    55.73 + (n % 97) * 0.0001, '{{}}', now() - n * interval '26 minutes', 'exact', member, now() from whole
"""


@pytest.fixture
def environment(bed):
    made = {**os.environ, "LOKALNET_DATABASE_URL": bed.clone(NAME), "LOKALNET_HOME": str(bed.home),
            "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", FOUND], env=made, check=True)
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as admin:
        admin.execute("set constraints all deferred")
        admin.execute(FILL.format(rows=ROWS))
    yield made
    bed.drop(NAME)


def command(*more: str) -> list[str]:
    return [sys.executable, "-m", "lokalnet.project.commands", "retention", *more]


def figures(printed: str) -> dict[str, int]:
    rows = (re.split(r" {2,}", line) for line in printed.splitlines())
    return {row[0]: int(row[2].replace(",", "")) for row in rows if len(row) > 2 and row[2][0].isdigit()}


def test_a_killed_run_is_finished_by_running_it_again(bed, environment) -> None:
    def ask(query: str) -> int:
        with psycopg.connect(host=str(bed.socket), user="postgres", dbname=NAME) as admin:
            return int(admin.execute(query).fetchone()[0])

    coarse, texts = "select count(*) from situation_observation_exact where coarsened", \
        "select count(*) from situation_observation_text"
    said = figures(subprocess.run(command("--dry-run"), env=environment, capture_output=True, text=True,
                                  check=True).stdout)
    assert (ask(coarse), ask(texts)) == (0, ROWS)
    running = subprocess.Popen(command(), env=environment, stdout=subprocess.DEVNULL)
    while not ask(coarse) and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    assert running.wait() == -9
    half = ask(coarse), ROWS - ask(texts)
    assert 0 < half[0] < said["exact points"]
    done = figures(subprocess.run(command(), env=environment, capture_output=True, text=True, check=True).stdout)
    assert (done["exact points"] + half[0], done["texts"] + half[1]) == (said["exact points"], said["texts"])
    assert set(figures(subprocess.run(command(), env=environment, capture_output=True, text=True,
                                      check=True).stdout).values()) <= {0, 1}  # a report grows old while we look
    assert ask("select count(*) from access_event where kind = 'retention.run'") == 2
