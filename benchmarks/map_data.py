"""The map of a month in three municipalities, 15,000 points, against SQL that gives the same JSON without policies.

The month lies in 1,000,000 observations. The reader's answer comes over a kept connection to one uvicorn worker, packed
as browsers ask for it. The other side is the superuser, whom no policy binds, over a socket: the reader's set written
out as conditions, and the same text made of it in one statement. That both say the same is checked before.

PostgreSQL may give a statement several processes. The superuser's is measured both as planned, which is the target, and
in one process, which says how idle the machine was.
"""

import gzip
import http.client
import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from benchmarks.asking import EMPTY, Case, database, environment, free_port
from benchmarks.measuring import percentile, table, verdict
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.project import serving
from lokalnet.project.testbed import Testbed, testbed

ROUNDS, WARM_UP, DAYS = 120, 10, 30
CASE = Case("map", 1_000_000, 1, 1750)
PATH = f"/overblik/kort.json?days={DAYS}"
MOST, MOST_BYTES, MOST_ON_MAP = 1.2, 500_000, 20_000
CATEGORIES = """select array_agg(c.id order by position), json_agg(json_build_array(icon, severity) order by position)
  from situation_category c"""
MINE = "{0}.organisation_id = %(organisation)s or {0}.visibility in {1}"
# Which rows a reader gets, and of which the exact ones, as sql/observations.sql says it, without asking who reads.
SEES = {
    "municipality": (MINE.format("o", "('municipalities', 'partnership', 'public')"), "true"),
    "police": (MINE.format("o", "('partnership', 'public')"), "(e.source_kind = 'police' or e.police_sees = 'exact')"),
}
PLAIN, AS_PLANNED = "SQL without policies, in one process", "SQL without policies, as planned"
STATEMENT = """select '{"origin":[' || %(west)s || ',' || %(south)s || '],"categories":' || %(looks)s
  || ',"ids":["' || string_agg(id::text, '","') || '"],"x":[' || string_agg(x::text, ',')
  || '],"y":[' || string_agg(y::text, ',') || '],"category":[' || string_agg(category::text, ',')
  || '],"standing":[' || string_agg(standing::text, ',') || '],"coarse":[' || string_agg(coarse::text, ',') || ']}'
  from (select o.id, round((coalesce(e.longitude, o.longitude) - %(west)s) * 100000)::int as x,
          round((coalesce(e.latitude, o.latitude) - %(south)s) * 100000)::int as y,
          array_position(%(categories)s, o.category_id) - 1 as category,
          array_position(array['unconfirmed', 'confirmed', 'refuted'], o.standing::text) - 1 as standing,
          (e.occurred_at is null)::int as coarse
        from situation_observation o left join situation_observation_exact e on e.observation_id = o.id and {exact}
        where o.partnership_id = %(partnership)s and o.period_start >= %(since)s and o.period_start < %(until)s
          and o.state = 'live' and ({seen})
        order by o.period_start desc, o.id limit {most}) points"""


@dataclass(frozen=True)
class Reader:
    name: str
    session: str
    organisation: str


class Asking:
    """A kept connection that asks as a browser does: for a packed answer."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": f"lokalnet={session}", "Accept-Encoding": "gzip"}

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body


def main() -> int:
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        url, keys = database(bed, "map", CASE)
        port = free_port()
        stack.enter_context(environment(LOKALNET_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="benchmarks.settings",
                                        LOKALNET_TWO_FACTOR_REQUIRED="true"))
        stack.enter_context(serving.web(host="127.0.0.1", port=port, workers=1))
        readers = (Reader("municipality", keys[0], "Ballerup Kommune"), Reader("police", keys[-1], "Vestegnens Politi"))
        return _print([_measured(bed, port, reader) for reader in readers])


@dataclass(frozen=True)
class Found:
    reader: Reader
    points: int
    packed: int
    taken: dict[str, list[float]]


def _measured(bed: Testbed, port: int, reader: Reader) -> Found:
    asking, plain = Asking(port, reader.session), _plain(bed, reader, "set max_parallel_workers_per_gather = 0")
    packed = asking.get(PATH)
    said, same = json.loads(gzip.decompress(packed)), json.loads(plain())
    if said != same:
        raise RuntimeError(f"{reader.name}: the two sides do not say the same")
    sides: dict[str, Callable[[], Any]] = {
        "map": lambda: asking.get(PATH), "empty page": lambda: asking.get(EMPTY), PLAIN: plain,
        AS_PLANNED: _plain(bed, reader)}
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for round_ in range(WARM_UP + ROUNDS):
        for side, ask in sides.items():
            start = time.perf_counter()
            ask()
            if round_ >= WARM_UP:
                taken[side].append((time.perf_counter() - start) * 1000)
    return Found(reader, len(said["ids"]), len(packed), taken)


def _plain(bed: Testbed, reader: Reader, setting: str = "") -> Callable[[], str]:
    admin = psycopg.connect(host=str(bed.socket), user="postgres", dbname="map", autocommit=True)
    admin.execute(setting)
    seen, exact = SEES[reader.name]
    exact = f"(e.organisation_id = %(organisation)s or {exact})"
    statement = STATEMENT.replace("{exact}", exact).replace("{seen}", seen).replace("{most}", str(MOST_ON_MAP))
    categories, looks = _row(admin, CATEGORIES)
    partnership, west, south = _row(admin, "select id, west, south from access_partnership")
    organisation, = _row(admin, "select id from access_organisation where name = %s", reader.organisation)
    today = datetime.now(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)
    facts = {"categories": categories, "looks": json.dumps(looks), "partnership": partnership, "west": west,
             "south": south, "organisation": organisation, "since": today - timedelta(days=DAYS - 1),
             "until": today + timedelta(days=1)}
    return lambda: str(_row(admin, statement, facts)[0])


def _row(admin: psycopg.Connection, statement: str, values: Any = None) -> tuple[Any, ...]:
    row = psycopg.ClientCursor(admin).execute(statement, [values] if isinstance(values, str) else values).fetchone()
    assert row
    return row


def _print(found: list[Found]) -> int:
    print(table(("reader, side", "p50 ms", "p95 ms"), [
        [f"{each.reader.name}, {each.points:,} points: {side}", *(f"{percentile(values, share):.2f}"
                                                                  for share in (0.5, 0.95))]
        for each in found for side, values in each.taken.items()]))
    print()
    rows = [verdict(f"p{share * 100:.0f} of the map / {side}, {each.reader.name}",
                    percentile(each.taken["map"], share) / percentile(each.taken[side], share), MOST)
            for each in found for side in (PLAIN, AS_PLANNED) for share in (0.5, 0.95)]
    rows += [verdict(f"packed kB, {each.reader.name}", each.packed / 1000, MOST_BYTES / 1000) for each in found]
    print(table(("target", "found", "at most", ""), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
