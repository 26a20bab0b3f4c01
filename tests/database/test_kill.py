"""Acknowledged means durable: kill -9 of the web processes and of PostgreSQL loses and doubles nothing.

Eight clients send 2,000 keyed reports; when a third of them is acknowledged, everything that serves is killed and
started again. A live client stays with it by `Last-Event-ID` and has heard of every observation in the end, also of
one whose transaction was held open while newer ones committed.
"""

import hashlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from lokalnet.access import founding
from lokalnet.access.models import Key
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.project import cluster, serving, testbed
from tests.database.test_log_tampering import django_in
from tests.world import GRANTOFTEN, build

REPORTS, CLIENTS, KILL_AT = 2000, 8, 700
TOKEN = "a key for the test"
DATABASE = "kill"
MINUTES = 4 * 60


@dataclass
class Installation:
    """A durable server and two web processes, which can be killed and started again."""

    bed: testbed.Testbed
    port: int
    stack: ExitStack
    web: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    def start_web(self) -> None:
        self.web = self.stack.enter_context(serving.web(host="127.0.0.1", port=self.port, workers=2)).pid

    def kill(self) -> None:
        made = cluster.cluster_in(self.bed.home)
        postmaster = int((made.data / "postmaster.pid").read_text().split()[0])
        family = children(postmaster)
        os.killpg(self.web, signal.SIGKILL)
        os.kill(postmaster, signal.SIGKILL)
        os.waitpid(postmaster, 0)  # it is our child: unreaped, it would pass for a running server
        until(lambda: not any(alive(pid) for pid in family))

    def start_again(self) -> None:
        server = cluster.launch(cluster.cluster_in(self.bed.home), max_connections="200")
        self.stack.callback(server.wait)
        self.stack.callback(server.send_signal, signal.SIGINT)
        self.start_web()

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.bed.socket), user="postgres", dbname=DATABASE)


def children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if f"\nPPid:\t{parent}\n" in status.read_text():
                found.append(int(status.parent.name))
    return found


def alive(pid: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def until(holds, seconds: float = MINUTES) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@dataclass
class Sending:
    """What the clients were told. A report is sent until it is acknowledged."""

    url: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    retried: int = 0

    def send(self, keys: list[str]) -> None:
        with httpx.Client(timeout=10) as client:
            for key in keys:
                while key not in self.acknowledged and not self.refused:
                    self.try_to_send(client, key)

    def try_to_send(self, client: httpx.Client, key: str) -> None:
        try:
            answer = client.post(f"{self.url}/observations", json=BODY, headers=HEADERS | {"Idempotency-Key": key})
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.is_success:
            self.acknowledged[key] = answer.json()["id"]
        elif answer is not None and answer.is_client_error:
            self.refused.append(f"{answer.status_code} {answer.text}")
        else:
            self.retried += 1
            time.sleep(0.1)


@dataclass
class Listening:
    """A browser's EventSource: it comes back with the last id that it saw."""

    url: str
    last: str = ""
    heard: set[str] = field(default_factory=set)
    connections: int = 0
    over: bool = False

    def listen(self) -> None:
        while not self.over:
            with suppress(httpx.HTTPError), httpx.Client(timeout=httpx.Timeout(5, read=1)) as client:
                self.once(client)
            time.sleep(0.1)

    def once(self, client: httpx.Client) -> None:
        headers = HEADERS | {"Accept": "text/event-stream"} | ({"Last-Event-ID": self.last} if self.last else {})
        with client.stream("GET", f"{self.url}/live", headers=headers) as answer:
            if not answer.is_success:
                return
            self.connections += 1
            cursor = ""
            for line in answer.iter_lines():
                name, _, value = line.partition(": ")
                if name == "data":
                    self.heard |= set(json.loads(value)["observations"])
                    self.last = cursor
                elif name == "id":
                    cursor = value


HEADERS = {"Authorization": f"Bearer {TOKEN}"}
BODY = {"category": "nuisance", "lon": GRANTOFTEN[0], "lat": GRANTOFTEN[1], "text": "Uro ved kiosken",
        "occurred_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}


@pytest.fixture
def installation(bed, django_db_blocker) -> Iterator[Installation]:
    with testbed.testbed(durable=True, like=bed) as bed, ExitStack() as stack:
        os.environ["LOKALNET_DATABASE_URL"] = bed.clone(DATABASE)
        with django_db_blocker.unblock(), django_in(DATABASE, bed.socket):
            make_key()
        made = Installation(bed, free_port(), stack)
        made.start_web()
        yield made


def make_key() -> None:
    world = build()
    with as_role(MIGRATION):
        Key.objects.create(member=founding.system(world.gladsaxe, "Reports"), label="test", scopes=["observations"],
                           hash=hashlib.sha256(TOKEN.encode()).digest())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def insert_late(slow: psycopg.Connection) -> str:
    """An observation and its change, such as the service writes them, in a transaction that is left open."""
    late = uuid4()
    columns = [str(row[0]) for row in slow.execute("select column_name from information_schema.columns where "
                                                   "table_name = 'situation_observation' and column_name <> 'id'")]
    names = ", ".join(columns)
    slow.execute(f"insert into situation_observation (id, {names}) select %s, {names} from situation_observation "
                 "limit 1", [late])
    slow.execute("insert into situation_change (id, kind, partnership_id, organisation_id, observation_id) "
                 "select gen_random_uuid(), kind, partnership_id, organisation_id, %s from situation_change limit 1",
                 [late])
    return str(late)


def test_kill_9_loses_and_doubles_nothing(installation) -> None:
    sending, listening = Sending(installation.url), Listening(installation.url)
    keys = [str(uuid4()) for _ in range(REPORTS)]
    threads = [threading.Thread(target=sending.send, args=(keys[part::CLIENTS],)) for part in range(CLIENTS)]
    ear = threading.Thread(target=listening.listen)
    ear.start()
    until(lambda: listening.last)
    began = time.monotonic()
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(sending.acknowledged) >= KILL_AT or sending.refused)
        installation.kill()
        down = time.monotonic()
        installation.start_again()
        up = time.monotonic()
        late = hold_open_while_others_commit(installation, sending)
        for thread in threads:
            thread.join(MINUTES)
        seconds = time.monotonic() - began
        until(lambda: listening.heard >= {*sending.acknowledged.values(), late}, 30)
    finally:
        sending.refused.append("over")
        listening.over = True
        ear.join(30)
    print(f"{REPORTS} reports in {seconds:.1f} s, {up - down:.1f} s of them down; {sending.retried} retries, "
          f"{listening.connections} live connections")
    assert sending.refused == ["over"]
    assert set(sending.acknowledged) == set(keys)
    assert listening.connections >= 2
    with installation.connect() as admin:
        stored = admin.execute("select key, observation_id::text from situation_receipt").fetchall()
        observations = {str(UUID(str(row[0]))) for row in admin.execute("select id from situation_observation")}
    assert len(stored) == REPORTS and dict(stored) == sending.acknowledged  # type: ignore[arg-type]
    assert observations == {*sending.acknowledged.values(), late}
    assert listening.heard == observations


def hold_open_while_others_commit(installation: Installation, sending: Sending) -> str:
    with installation.connect() as slow:
        late = insert_late(slow)
        target = len(sending.acknowledged) + 200
        until(lambda: len(sending.acknowledged) >= target or sending.refused)
        return late
