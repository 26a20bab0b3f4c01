"""A killed import, with real transactions: the command line, the service's own login, a database of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from lokalnet.project import logins
from tests.situation.importers import LONDON, LONDON_POLICE, figures_in

ROWS = 30_000
FOUND = f"""
from datetime import date
from lokalnet.project.commands import set_up
set_up("{logins.OWNER}")
from lokalnet.access import founding
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.points import Bounds
from lokalnet.situation import categories
with as_role(MIGRATION):
    found = founding.partnership("london", "London", bounds={LONDON!r}, valid_from=date(2010, 1, 1), projection=27700,
                                 timezone="Europe/London")
    founding.join(found, founding.organisation("{LONDON_POLICE}", "police"))
    categories.install(found)
"""


@pytest.fixture
def environment(bed):
    url = bed.clone("import_killed")
    made = {**os.environ, "LOKALNET_DATABASE_URL": url, "LOKALNET_HOME": str(bed.home), "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", FOUND], env=made, check=True)
    yield made
    bed.drop("import_killed")


def command(file: Path) -> list[str]:
    return [sys.executable, "-m", "lokalnet.project.commands", "import", "observations", str(file),
            "--profile", "lokalnet", "--organisation", LONDON_POLICE]


def big_file(path: Path) -> Path:
    rows = (f"r{n},nuisance,{51.50 + n % 50 / 1000},{-0.1 + n % 70 / 1000},2024-05-03T21:45:00Z\n" for n in range(ROWS))
    path.write_text("id,category,lat,lon,occurred_at\n" + "".join(rows))
    return path


def stored(bed) -> int:
    with psycopg.connect(host=str(bed.socket), user="postgres", dbname="import_killed") as admin:
        return admin.execute("select count(*) from situation_observation").fetchone()[0]


def test_a_killed_import_is_finished_by_running_it_again(bed, environment, tmp_path) -> None:
    file = big_file(tmp_path / "big.csv")
    running = subprocess.Popen(command(file), env=environment, stdout=subprocess.DEVNULL)
    while not stored(bed) and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    assert running.wait() == -9
    half = stored(bed)
    assert 0 < half < ROWS
    done = subprocess.run(command(file), env=environment, capture_output=True, text=True, check=True)
    figures = figures_in(done.stdout)
    assert (figures["stored"], figures["unchanged"], figures["rejected"]) == (ROWS - half, half, 0)
    assert stored(bed) == ROWS


def test_the_command_names_what_is_wrong_without_a_traceback(environment, tmp_path) -> None:
    done = subprocess.run([*command(tmp_path / "absent.csv")], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"lokalnet: {tmp_path / 'absent.csv'}: ")
