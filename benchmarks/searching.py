"""Full-text search in Danish at 1,000,000 observations, under policies and without.

The page's statement as the login that serves, on behalf of a member of a municipality and of one of the police; the
other side is the same question by the superuser. Over all time, for words from rare to common; sides in turn.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psycopg

from benchmarks.asking import Case, database, environment, python
from benchmarks.measuring import percentile, table, verdict
from lokalnet.project import logins
from lokalnet.project.testbed import Testbed, testbed

ROUNDS, WARM_UP, MOST = 20, 2, 3.0
CASE = Case("searched", 1_000_000, 1, 365)
READERS = {"municipality": "Ballerup Kommune", "police": "Vestegnens Politi"}
SEARCHES = {
    "rare": ("luftballon", "trompet", "isbjørn goldfiskedam"),
    "medium": ("tennisbane", "vandtårnet", "petanque", "spejderhytten rude", "scooter stationen"),
    "common": ("støjer", "butikken", "gruppe"),
}
Ask = Callable[[], Any]


def main() -> int:
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        url, _sessions = database(bed, CASE.name, CASE)
        stack.enter_context(environment(LOKALNET_DATABASE_URL=url))
        taken: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        matches = {kind: _matches(bed, searches) for kind, searches in SEARCHES.items()}
        for reader, organisation in READERS.items():
            _measure(bed, reader, organisation, taken)
    return _print(taken, matches)


def _admin(bed: Testbed) -> psycopg.Connection:
    return psycopg.connect(host=str(bed.socket), user="postgres", dbname=CASE.name, autocommit=True)


def _matches(bed: Testbed, searches: tuple[str, ...]) -> str:
    """How many texts hold the words: from the fewest to the most."""
    with _admin(bed) as admin:
        found = sorted(row[0] for search in searches for row in admin.execute(
            "select count(*) from situation_observation_text where words @@ to_tsquery('pg_catalog.danish', %s)",
            [" & ".join(f"'{word}':*" for word in search.split())]))
    return f"{found[0]:,}-{found[-1]:,}"


def _measure(bed: Testbed, reader: str, organisation: str, taken: dict[tuple[str, str, str], list[float]]) -> None:
    """Milliseconds by reader, kind and side."""
    with _admin(bed) as admin:
        row = admin.execute("select m.id from access_member m join access_organisation o on o.id = m.organisation_id "
                            "where o.name = %s", [organisation]).fetchone()
        assert row
        every = [search for searches in SEARCHES.values() for search in searches]
        said = json.loads(python("benchmarks.searches", str(row[0]), *every))
        ours = psycopg.connect(host=str(bed.socket), dbname=CASE.name, user=logins.APP, autocommit=True)
        ours.execute("select set_config('lokalnet.actor', %s, false)", [str(row[0])])
        for round_ in range(WARM_UP + ROUNDS):
            for kind, searches in SEARCHES.items():
                for search in searches:
                    for side, connection, name in (("under policies", ours, "own"), ("without", admin, "plain")):
                        start = time.perf_counter()
                        for statement in said[search][name]:
                            connection.execute(statement).fetchall()
                        if round_ >= WARM_UP:
                            taken[reader, kind, side].append((time.perf_counter() - start) * 1000)


def _print(taken: dict[tuple[str, str, str], list[float]], matches: dict[str, str]) -> int:
    print(table(("reader, words (texts that hold them): side", "p50 ms", "p95 ms"), [
        [f"{reader}, {kind} ({matches[kind]}): {side}", *(f"{percentile(values, share):.2f}" for share in (0.5, 0.95))]
        for (reader, kind, side), values in taken.items()]))
    print()
    rows = [_verdict(taken, reader, kinds) for reader in READERS
            for kinds in (tuple(SEARCHES), *((kind,) for kind in SEARCHES))]
    print(table(("target", "found", "at most", ""), rows))
    return 0


def _verdict(taken: dict[tuple[str, str, str], list[float]], reader: str, kinds: tuple[str, ...]) -> list[str]:
    ours, plain = (percentile([value for kind in kinds for value in taken[reader, kind, side]], 0.95)
                   for side in ("under policies", "without"))
    return verdict(f"p95 under policies / without, {reader}, {' and '.join(kinds)} words", ours / plain, MOST)


if __name__ == "__main__":
    sys.exit(main())
