"""A year of 100,000 observations drafted: seconds and peak memory, against the SQL alone.

Both sides are processes of their own that act for nobody, as the worker does: one drafts what is missing (count,
canonical text, digest, store), the other sends the very statements of the counting and fetches their rows. A third does
nothing but start, so that what each adds can be told. Sides are taken in turn.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from benchmarks.asking import Case, database, environment
from benchmarks.measuring import percentile, table, verdict
from lokalnet.project import commands, logins
from lokalnet.project.testbed import Testbed, testbed

NUMBER, ROUNDS = 100_000, 7
SIDES = ("draft", "its SQL", "nothing")
MOST, MOST_MEMORY = 1.5, 64  # times the SQL's time, and MB more than a process that does nothing


def main(number: int = NUMBER, rounds: int = ROUNDS) -> int:
    taken: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    with ExitStack() as stack:
        bed: Testbed = stack.enter_context(testbed())
        url, _keys = database(bed, "briefing", Case("briefing", number, 1, 365))
        with environment(LOKALNET_DATABASE_URL=url):
            asked = _child("statements")
            for _ in range(rounds):
                for name in SIDES:
                    taken[name].append(json.loads(_child(name, asked)))
    return _print(number, taken)


def _child(name: str, said: str = "") -> str:
    return subprocess.run([sys.executable, "-m", "benchmarks.briefing", name], check=True, input=said, text=True,
                          stdout=subprocess.PIPE).stdout


def _print(number: int, taken: dict[str, list[dict[str, float]]]) -> int:
    def middle(name: str, what: str) -> float:
        return percentile([each[what] for each in taken[name]], 0.5)

    print(f"{number:,} observations of a year; {taken['draft'][0]['briefings']:.0f} briefings in a run\n")
    print(table(("side", "seconds", "peak MB"), [
        [name, f"{middle(name, 'seconds'):.3f}", f"{middle(name, 'peak') / 1024:.0f}"] for name in SIDES]))
    print()
    print(table(("target", "found", "at most", ""), [
        verdict("time of the draft / its SQL", middle("draft", "seconds") / middle("its SQL", "seconds"), MOST),
        verdict("peak MB of the draft over nothing", (middle("draft", "peak") - middle("nothing", "peak")) / 1024,
                MOST_MEMORY),
        verdict("peak MB of its SQL over nothing", (middle("its SQL", "peak") - middle("nothing", "peak")) / 1024,
                MOST_MEMORY)]))
    return 0


def side(name: str) -> None:
    """One side, in this process: prints seconds and the peak of its resident memory in kB."""
    from django.db import connection, transaction

    from lokalnet.foundation.times import now
    from lokalnet.situation.briefing import drafting

    at = now()
    wanted = list(drafting.missing(at))
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if name == "draft":
            for each in wanted:
                drafting.draft(each, at)
            transaction.set_rollback(True)
        elif name == "its SQL":
            for statement, values in json.load(sys.stdin):
                cursor.execute(statement, values)
                cursor.fetchall()
    print(json.dumps({"seconds": time.perf_counter() - begun, "briefings": len(wanted),
                      "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


def statements() -> None:
    """Print what the drafts ask of the database about numbers, with the values."""
    from django.db import connection

    from lokalnet.foundation.times import now
    from lokalnet.situation.briefing import counting, drafting

    sent: list[tuple[str, list[object]]] = []

    def note(execute: Callable[..., object], sql: str, values: list[object], many: bool, context: object) -> object:
        sent.append((sql, values))
        return execute(sql, values, many, context)

    at = now()
    wanted = list(drafting.missing(at))
    with connection.execute_wrapper(note):
        for each in wanted:
            counting.count(each.scope, each.week, at=at)
    print(json.dumps(sent, default=str))


if __name__ == "__main__":
    said = sys.argv[1:]
    if said and said[0] in (*SIDES, "statements"):
        commands.set_up(logins.APP)
        statements() if said[0] == "statements" else side(said[0])
    else:
        sys.exit(main(*map(int, said)))
