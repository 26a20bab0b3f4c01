"""What the measurements of pages share: filled databases, a kept connection, a page's own SQL sent again.

All sides are asked in turn, over kept connections, by one client: what else the machine does meets all of them.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks.measuring import percentile, table
from lokalnet.project import logins, serving
from lokalnet.project.testbed import Testbed

ROUNDS = 400
WARM_UP = 25
LONGEST_RATIO = 1.5
EMPTY = "/tom/"
SIDES = ("page", "empty page", "its SQL")
Ask = Callable[[], float]


@dataclass(frozen=True)
class Case:
    """A database: observations over so many partnerships and days, and measures."""

    name: str
    number: int
    partnerships: int
    days: int
    measures: int = 0


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def database(bed: Testbed, name: str, case: Case) -> tuple[str, list[str]]:
    """A filled database: its URL, and a session key for a member of each organisation."""
    url = bed.clone(name)
    with environment(LOKALNET_DATABASE_URL=url):
        keys = python("benchmarks.filling", str(case.number), str(case.partnerships), str(case.days), str(bed.socket),
                      name, str(case.measures)).split()
    return url, keys


def python(module: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-m", module, *arguments], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


class Browser:
    """One kept connection with a session cookie."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": f"lokalnet={session}"}

    def get(self, path: str) -> float:
        """Milliseconds until the whole answer is here."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # idle for 5 s, while the next server was made
            self.connection.close()
            return self.get(path)
        answer.read()
        taken = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        if "csrftoken" not in self.headers["Cookie"] and (cookie := answer.getheader("Set-Cookie")):
            self.headers["Cookie"] += "; " + cookie.partition(";")[0]
        return taken


class Replay:
    """The page's own statements, as the login that serves and on behalf of the same member."""

    def __init__(self, bed: Testbed, name: str, statements: dict[str, list[str]]) -> None:
        self.connection = psycopg.connect(host=str(bed.socket), dbname=name, user=logins.APP)
        self.actor = next(one for one in statements["page"] if "set_config" in one)
        self.statements = statements["own"]

    def run(self) -> float:
        self.connection.execute(self.actor)
        start = time.perf_counter()
        for statement in self.statements:
            cursor = self.connection.execute(statement)
            if cursor.description:
                cursor.fetchall()
        taken = (time.perf_counter() - start) * 1000
        self.connection.rollback()
        return taken


@dataclass(frozen=True)
class Served:
    """One page of a served database: how many statements it takes, and what is measured of it."""

    queries: int
    asks: dict[str, Ask]


def served(stack: ExitStack, bed: Testbed, name: str, case: Case, *paths: str) -> list[Served]:
    """A database and a server on it; for each path the page, the empty page and the page's own SQL."""
    began = time.monotonic()
    url, keys = database(bed, name, case)
    port = free_port()
    with environment(LOKALNET_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="benchmarks.settings",
                     LOKALNET_TWO_FACTOR_REQUIRED="true"):
        said: list[dict[str, Any]] = [json.loads(python("benchmarks.statements", keys[0], path)) for path in paths]
        stack.enter_context(serving.web(host="127.0.0.1", port=port, workers=1))
    print(f"{case.name}: made and served in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return [sides(Browser(port, keys[0]), path, Replay(bed, name, statements), len(statements["page"]))
            for path, statements in zip(paths, said, strict=True)]


def sides(browser: Browser, path: str, replay: Replay, queries: int) -> Served:
    return Served(queries, dict(zip(SIDES, (lambda: browser.get(path), lambda: browser.get(EMPTY), replay.run),
                                    strict=True)))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measured(asks: Mapping[tuple[str, str], Ask], rounds: int = ROUNDS) -> dict[tuple[str, str], list[float]]:
    """Milliseconds of each, asked in turn, after some rounds that do not count."""
    taken = defaultdict(list)
    for round_ in range(min(WARM_UP, rounds) + rounds):
        for side, ask in asks.items():
            milliseconds = ask()
            if round_ >= min(WARM_UP, rounds):
                taken[side].append(milliseconds)
    return taken


def percentiles(head: str, taken: Mapping[tuple[str, str], list[float]]) -> str:
    return table((head, "p50 ms", "p95 ms"), [
        [f"{name}: {side}", f"{percentile(values, 0.5):.2f}", f"{percentile(values, 0.95):.2f}"]
        for (name, side), values in taken.items()])


def ratio(taken: Mapping[tuple[str, str], list[float]], name: str, share: float) -> float:
    """The page against the empty page and its own SQL."""
    page, empty, sql = (percentile(taken[name, side], share) for side in SIDES)
    return page / (empty + sql)
