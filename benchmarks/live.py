"""One event to 500 open streams, against a bare fan-out of the same bytes to the same clients, in turns.

Time runs from the commit that carries the NOTIFY to the arrival in the client process, by the machine's one monotonic
clock. Both sides are signalled by a NOTIFY of the same connection.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from benchmarks.asking import Case, database, environment, free_port
from benchmarks.measuring import memory, percentile, table, verdict
from lokalnet.project import logins, serving
from lokalnet.project.testbed import Testbed, testbed

STREAMS, PROCESSES, EVENTS, WARM_UP = 500, 2, 100, 10
PAUSE = 0.12  # seconds: longer than one event takes, so that events do not queue up behind each other
MOST = 1.5
CHANNEL = "measured_bare"
OBSERVATION = """select o.id, o.partnership_id, o.organisation_id from situation_observation o
  join access_organisation s on s.id = o.organisation_id
  where s.kind = 'municipality' and o.visibility = 'partnership' limit 1"""
Publish = Callable[[], int]


class Listeners:
    """STREAMS streams in PROCESSES processes; open when made."""

    def __init__(self, stack: ExitStack, port: int, path: str, sessions: list[str], streams: int = STREAMS,
                 processes: int = PROCESSES) -> None:
        command = [sys.executable, "-m", "benchmarks.listeners", str(port), path, str(streams // processes), *sessions]
        self.processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                          for _ in range(processes)]
        for process in self.processes:
            stack.callback(process.kill)
        for process in self.processes:
            if self._read(process) != "ready\n":
                raise RuntimeError("the streams did not open")

    @staticmethod
    def _read(process: subprocess.Popen[str]) -> str:
        assert process.stdout
        return process.stdout.readline()

    def end(self) -> tuple[list[list[int]], str]:
        """When each stream got each event, and the last event's bytes as they came."""
        answers = []
        for process in self.processes:
            assert process.stdin
            process.stdin.write("end\n")
            process.stdin.flush()
            answers.append(json.loads(self._read(process)))
            process.wait()
        return [arrivals for answer in answers for arrivals in answer["arrivals"]], answers[0]["last"]


class Publisher:
    """Reports as a member of the observation's organisation, and signals the bare side, by one connection."""

    def __init__(self, bed: Testbed, name: str) -> None:
        with psycopg.connect(host=str(bed.socket), user="postgres", dbname=name) as admin:
            self.observation = self._row(admin, OBSERVATION)
            self.member = str(self._row(admin, "select id from access_member where organisation_id = %s",
                                        self.observation[2])[0])
        self.connection = psycopg.connect(host=str(bed.socket), user=logins.APP, dbname=name)

    @staticmethod
    def _row(connection: psycopg.Connection, statement: str, *values: UUID) -> tuple[UUID, ...]:
        return connection.execute(statement, values).fetchone() or ()

    def change(self) -> int:
        """A change of the picture, as a report leaves it; when its numbering was committed."""
        self.connection.execute("select set_config('lokalnet.actor', %s, true)", [self.member])
        self.connection.execute("insert into situation_change (id, kind, observation_id, partnership_id, "
                                "organisation_id) values (%s, 'reported', %s, %s, %s)", [uuid4(), *self.observation])
        self.connection.commit()
        self.connection.execute("select number_changes()")
        return self._commit()

    def bare(self) -> int:
        self.connection.execute(f"select pg_notify('{CHANNEL}', '')")
        return self._commit()

    def _commit(self) -> int:
        now = time.monotonic_ns()
        self.connection.commit()
        return now


def main() -> int:
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        url, sessions = database(bed, "live", Case("live", 1000, 1, 365))
        port = free_port()
        stack.enter_context(environment(LOKALNET_DATABASE_URL=url, LOKALNET_TWO_FACTOR_REQUIRED="true"))
        server = stack.enter_context(serving.web(host="127.0.0.1", port=port, workers=1))
        publisher = Publisher(bed, "live")
        event = _one_event(stack, port, sessions, publisher)
        bare_port = stack.enter_context(_bare(bed, event))
        before = memory(server.pid)
        streams = Listeners(stack, port, "/overblik/live", sessions)
        within = memory(server.pid)
        bare = Listeners(stack, bare_port, "/", sessions)
        taken = _measure({"Lokalnet": (streams, publisher.change), "bare fan-out": (bare, publisher.bare)})
        after = memory(server.pid)
    return _print(taken, len(event), (before, within, after))


def _one_event(stack: ExitStack, port: int, sessions: list[str], publisher: Publisher) -> bytes:
    """The bytes of one event as the service sends it, out of its chunk; opening a few streams also warms it up."""
    few = Listeners(stack, port, "/overblik/live", sessions, streams=40)
    publisher.change()
    time.sleep(1)
    return few.end()[1].encode().partition(b"\r\n")[2].removesuffix(b"\r\n")


@contextmanager
def _bare(bed: Testbed, event: bytes) -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "event"
        file.write_bytes(event)
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare", str(port), CHANNEL, str(file),
                                    f"host={bed.socket} dbname=live user={logins.APP}"], stdout=subprocess.PIPE)
        try:
            assert process.stdout
            if process.stdout.readline() != b"ready\n":
                raise RuntimeError("the bare server did not start")
            yield port
        finally:
            process.kill()
            process.wait()


def _measure(sides: dict[str, tuple[Listeners, Publish]]) -> dict[str, list[float]]:
    """Milliseconds from commit to arrival, of every event at every stream."""
    published: dict[str, list[int]] = {side: [] for side in sides}
    for _ in range(WARM_UP + EVENTS):
        for side, (_listeners, publish) in sides.items():
            published[side].append(publish())
            time.sleep(PAUSE)
    time.sleep(1)
    taken = {}
    for side, (listeners, _publish) in sides.items():
        arrivals, _last = listeners.end()
        if short := [one for one in arrivals if len(one) != WARM_UP + EVENTS]:
            raise RuntimeError(f"{side}: {len(short)} streams did not get every event, such as {len(short[0])} events")
        taken[side] = [(came - went) / 1e6 for one in arrivals
                       for came, went in list(zip(one, published[side], strict=True))[WARM_UP:]]
    return taken


def _print(taken: dict[str, list[float]], size: int, resident: tuple[int, int, int]) -> int:
    print(f"{STREAMS} streams in {PROCESSES} client processes, {EVENTS} events of {size} bytes to each side\n")
    print(table(("commit to arrival", "p50 ms", "p99 ms", "longest ms"), [
        [side, *(f"{percentile(values, share):.2f}" for share in (0.5, 0.99, 1.0))] for side, values in taken.items()]))
    print()
    ours, bare = taken["Lokalnet"], taken["bare fan-out"]
    print(table(("target", "found", "at most", ""), [
        verdict(f"p{share * 100:.0f} / bare fan-out's", percentile(ours, share) / percentile(bare, share), MOST)
        for share in (0.5, 0.99)]))
    before, within, after = resident
    print(f"\nThe server's memory: {before / 1024:.0f} MB before, {within / 1024:.0f} MB with {STREAMS} streams "
          f"({(within - before) / STREAMS:.0f} kB each), {after / 1024:.0f} MB after the events")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
