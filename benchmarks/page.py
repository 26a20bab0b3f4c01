"""The page of the picture at 10,000 and at 1,000,000 observations, against an empty page and its SQL.

All sides are asked in turn, over kept connections, by one client: what else the machine does meets all of them.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks.measuring import percentile, table, verdict
from lokalnet.project import logins, serving
from lokalnet.project.testbed import Testbed, testbed

ROUNDS = 400
WARM_UP = 25
SIZES = (10_000, 1_000_000)
LONGEST_RATIO, GROWTH, QUERIES = 1.5, 1.3, 12
PAGE, EMPTY = "/overblik/", "/tom/"
Ask = Callable[[], float]


@dataclass(frozen=True)
class Case:
    name: str
    number: int
    partnerships: int
    days: int


HARSH = tuple(Case(f"{number:,}", number, 1, 365) for number in SIZES)
ORDINARY = Case("1,000,000 over 20 partnerships and 5 years", 1_000_000, 20, 5 * 365)


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
                      name).split()
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


def main() -> int:
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        cases = (*HARSH, ORDINARY)
        asks: dict[tuple[str, str], Ask] = {}
        queries = {}
        for place, case in enumerate(cases):
            statements, sides = _open(stack, bed, f"measured_{place}", case)
            asks |= {(case.name, side): ask for side, ask in sides.items()}
            queries[case.name] = len(statements["page"])
        taken = _measure(asks)
    return _print(cases, taken, queries)


def _open(stack: ExitStack, bed: Testbed, name: str, case: Case) -> tuple[dict[str, list[str]], dict[str, Ask]]:
    """A database, a server on it, and the three things that are measured there."""
    began = time.monotonic()
    url, keys = database(bed, name, case)
    port = free_port()
    with environment(LOKALNET_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="benchmarks.settings",
                     LOKALNET_TWO_FACTOR_REQUIRED="true"):
        statements: dict[str, Any] = json.loads(python("benchmarks.statements", keys[0]))
        stack.enter_context(serving.web(host="127.0.0.1", port=port, workers=1))
    print(f"{case.name} observations: made and served in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    browser, replay = Browser(port, keys[0]), Replay(bed, name, statements)
    return statements, {"page": lambda: browser.get(PAGE), "empty page": lambda: browser.get(EMPTY),
                        "its SQL": replay.run}


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _measure(asks: dict[tuple[str, str], Ask]) -> dict[tuple[str, str], list[float]]:
    taken = defaultdict(list)
    for round_ in range(WARM_UP + ROUNDS):
        for side, ask in asks.items():
            milliseconds = ask()
            if round_ >= WARM_UP:
                taken[side].append(milliseconds)
    return taken


def _print(cases: tuple[Case, ...], taken: dict[tuple[str, str], list[float]], queries: dict[str, int]) -> int:
    print(table(("observations, side", "p50 ms", "p95 ms"), [
        [f"{name}: {side}", f"{percentile(values, 0.5):.2f}", f"{percentile(values, 0.95):.2f}"]
        for (name, side), values in taken.items()]))
    small, large = (case.name for case in HARSH)
    rows = []
    for name, share in ((case.name, share) for case in cases for share in (0.5, 0.95)):
        page, empty, sql = (percentile(taken[name, side], share) for side in ("page", "empty page", "its SQL"))
        rows.append(verdict(f"p{share * 100:.0f} of the page / (empty page + its SQL), {name}", page / (empty + sql),
                            LONGEST_RATIO))
    p95 = {name: percentile(taken[name, "page"], 0.95) for name in (small, large)}
    rows.append(verdict(f"p95 of the page at {large} / at {small}", p95[large] / p95[small], GROWTH))
    rows.append(verdict("SQL queries of the page, with the middleware's", max(queries.values()), QUERIES))
    print()
    print(table(("target", "found", "at most", ""), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
