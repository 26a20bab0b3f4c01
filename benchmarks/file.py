"""The page of a young person's file at 100 and at 100,000 files, with its rights and its entry in the log.

`python -m benchmarks.file [NUMBER [ROUNDS]]` measures less of it.
"""

import json
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

from benchmarks import asking
from benchmarks.asking import LONGEST_RATIO, ROUNDS, Ask, Case, measured, percentiles, ratio
from benchmarks.measuring import table, verdict
from lokalnet.project import serving
from lokalnet.project.testbed import Testbed, testbed

FEW, MANY = 100, 100_000
OBSERVATIONS = 1_000
FEW_NOTES, NOTES = 2, 12  # of the file that is read


def main(number: int = MANY, rounds: int = ROUNDS) -> int:
    asks: dict[tuple[str, str], Ask] = {}
    queries: list[int] = []
    sizes = ((f"{FEW:,}", FEW, FEW_NOTES), (f"{number:,}", number, NOTES))
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        for name, files, notes in sizes:
            page = _served(stack, bed, f"files_{files}", files, notes)
            asks |= {(name, side): ask for side, ask in page.asks.items()}
            queries.append(page.queries)
        taken = measured(asks, rounds)
    return _print([name for name, _, _ in sizes], taken, queries)


def _served(stack: ExitStack, bed: Testbed, name: str, files: int, notes: int) -> asking.Served:
    """A database with files and a server on it, with keys of its own; the room is open as in a demonstration."""
    home, port = stack.enter_context(tempfile.TemporaryDirectory()), asking.free_port()
    with asking.environment(LOKALNET_HOME=home, LOKALNET_DEMO="true", LOKALNET_TWO_FACTOR_REQUIRED="true"):
        url, sessions = asking.database(bed, name, Case(name, OBSERVATIONS, 1, 30))
        with asking.environment(LOKALNET_DATABASE_URL=url):
            file_id = asking.python("benchmarks.file_filling", "make", str(files), str(bed.socket), name).strip()
            asking.python("benchmarks.file_filling", "write", str(notes), file_id)
            path = f"/sag/{file_id}/"
            with asking.environment(DJANGO_SETTINGS_MODULE="benchmarks.settings"):
                said: dict[str, Any] = json.loads(asking.python("benchmarks.statements", sessions[0], path))
                stack.enter_context(serving.web(host="127.0.0.1", port=port, workers=1))
    return asking.sides(asking.Browser(port, sessions[0]), path, asking.Replay(bed, name, said), len(said["page"]))


def _print(sizes: list[str], taken: dict[tuple[str, str], list[float]], queries: list[int]) -> int:
    print(percentiles("files, side", taken))
    rows = [verdict(f"p{share * 100:.0f} of the page of a file / (empty page + its SQL), {size} files",
                    ratio(taken, size, share), LONGEST_RATIO) for size in sizes for share in (0.5, 0.95)]
    rows.append(verdict(f"SQL queries at {sizes[1]} files and {NOTES} notes, and at {sizes[0]} and {FEW_NOTES}",
                        queries[1], queries[0]))
    print()
    print(table(("target", "found", "at most", ""), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
