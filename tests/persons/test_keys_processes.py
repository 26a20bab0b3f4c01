"""Several processes at once, and one that is killed: no key is half, none that was promised is lost."""

import os
import signal
import subprocess
import sys
from uuid import UUID, uuid4

import pytest

from lokalnet.persons import keys, store

BEGIN = """
import sys
from uuid import UUID, uuid4
from django.conf import settings
settings.configure(LOKALNET_DEMO=True, USE_TZ=True)
from lokalnet.persons import keys
"""
WITHOUT_END = BEGIN + """
while True:
    made = keys.make(uuid4())
    print(made.id, made.secret.hex(), flush=True)
    gone = keys.make(uuid4())
    keys.destroy(gone.id)
    print(gone.id, "destroyed", flush=True)
"""
SAME = BEGIN + """
for wanted in sys.argv[1:]:
    print(wanted, keys.make(UUID(wanted)).secret.hex())
"""


def start(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, text=True,
                            env=os.environ | {"PYTHONPATH": "src"})


@pytest.mark.parametrize("lines", [1, 2, 7, 40])
def test_a_process_that_is_killed_leaves_nothing_half(lines: int) -> None:
    process = start(WITHOUT_END)
    assert process.stdout
    told = [process.stdout.readline() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].splitlines(keepends=True)
    promised = dict(line.split() for line in told if line.endswith("\n"))
    assert len(promised) >= lines
    for key_id, secret in promised.items():
        if secret == "destroyed":
            assert UUID(key_id) in keys.destroyed()
        else:
            assert keys.fetch(UUID(key_id)).secret.hex() == secret
    held = [UUID(row[0]) for row in store.reading().execute("select id from key")]
    assert len(held) >= lines // 2 and all(len(keys.fetch(each).secret) == 32 for each in held)
    assert store.reading().execute("pragma integrity_check").fetchall() == [("ok",)]


def test_two_processes_that_make_the_same_keys_get_the_same() -> None:
    wanted = [str(uuid4()) for _ in range(25)]
    both = [start(SAME, *wanted), start(SAME, *wanted), start(SAME, *reversed(wanted))]
    found = [dict(line.split() for line in each.communicate()[0].splitlines()) for each in both]
    assert found[0] == found[1] == found[2] and len(found[0]) == 25


def test_what_a_process_destroyed_is_gone_for_one_that_had_it_open() -> None:
    made = keys.make(uuid4())
    assert keys.fetch(made.id)
    other = start(BEGIN + "keys.destroy(UUID(sys.argv[1]))", str(made.id))
    other.communicate()
    assert other.returncode == 0
    with pytest.raises(keys.KeyGone):
        keys.fetch(made.id)


def test_a_process_that_was_forked_has_a_connection_of_its_own() -> None:
    made, read = keys.make(uuid4()), store.reading()
    if (child := os.fork()) == 0:
        os._exit(0 if store.reading() is not read and keys.fetch(made.id) == made else 1)
    assert os.waitpid(child, 0)[1] == 0
