"""Several processes take rows apart: it makes no difference but in time, and they end with the importer."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lokalnet.situation.importing import hands, judging, rows
from lokalnet.situation.importing.profiles import ImportFailed
from tests.situation.importers import DATA, everything_stored, london, run

FILES = [DATA / "police-2015-01.csv", DATA / "police-2015-02.csv"]
WAITING = """
import sys, time
from pathlib import Path
from lokalnet.project.commands import set_up
set_up("lokalnet_app")
from lokalnet.situation.importing import hands
hands.SMALL = 0
with hands.hands([Path(sys.argv[1])]):
    print("open", flush=True)
    time.sleep(60)
"""


@pytest.mark.django_db
@pytest.mark.parametrize("chunk", [1, 7, 5_000])
def test_helpers_and_chunks_make_no_difference(tmp_path, monkeypatch, chunk) -> None:
    london()
    alone = run(FILES, tmp_path)
    before = everything_stored()
    monkeypatch.setattr(hands, "SMALL", 0)
    monkeypatch.setattr(rows, "CHUNK", chunk)
    helped = run(FILES, tmp_path)
    assert (helped["stored"], helped["updated"], helped["unchanged"]) == (0, 0, alone["stored"])
    assert helped.rejected_file == alone.rejected_file
    assert everything_stored() == before


@pytest.mark.django_db
def test_a_helper_that_ends_is_said_and_not_passed_over(tmp_path, monkeypatch) -> None:
    london()
    monkeypatch.setattr(hands, "SMALL", 0)
    monkeypatch.setattr(judging, "judged", _ends)
    with pytest.raises(ImportFailed, match="run it again"):
        run(FILES, tmp_path)
    assert everything_stored() == set()


def _ends(_judge, _chunk) -> None:
    os._exit(1)


def test_helpers_end_when_the_importer_is_killed(tmp_path) -> None:
    environment = {**os.environ, "LOKALNET_DATABASE_URL": "postgresql:///none", "LOKALNET_HOME": str(tmp_path),
                   "PYTHONPATH": "src:."}
    with subprocess.Popen([sys.executable, "-c", WAITING, str(FILES[0])], env=environment, stdout=subprocess.PIPE,
                          text=True) as importer:
        assert importer.stdout and importer.stdout.readline() == "open\n"
        helpers = Path(f"/proc/{importer.pid}/task/{importer.pid}/children").read_text().split()
        assert helpers
        importer.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(_runs(each) for each in helpers):
        time.sleep(0.05)
    assert not any(_runs(each) for each in helpers)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
