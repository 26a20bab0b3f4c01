"""The list of measures and my day at 100 and at 100,000 measures, against an empty page and their SQL.

`python -m benchmarks.measures [NUMBER [ROUNDS [PATH ...]]]` measures less of it.
"""

import sys
from contextlib import ExitStack

from benchmarks.asking import LONGEST_RATIO, ROUNDS, Ask, Case, measured, percentiles, ratio, served
from benchmarks.measuring import table, verdict
from lokalnet.project.testbed import testbed

FEW, MANY = 100, 100_000
OBSERVATIONS = 10_000
PATHS = ("/indsatser/", "/min-dag/")


def main(number: int = MANY, rounds: int = ROUNDS, paths: tuple[str, ...] = PATHS) -> int:
    cases = tuple(Case(f"{measures:,}", OBSERVATIONS, 1, 365, measures) for measures in (FEW, number))
    asks: dict[tuple[str, str], Ask] = {}
    queries: dict[tuple[str, str], int] = {}
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        for place, case in enumerate(cases):
            for path, page in zip(paths, served(stack, bed, f"measures_{place}", case, *paths), strict=True):
                asks |= {(f"{case.name}, {path}", side): ask for side, ask in page.asks.items()}
                queries[case.name, path] = page.queries
        taken = measured(asks, rounds)
    return _print([case.name for case in cases], paths, taken, queries)


def _print(sizes: list[str], paths: tuple[str, ...], taken: dict[tuple[str, str], list[float]],
           queries: dict[tuple[str, str], int]) -> int:
    print(percentiles("measures, page, side", taken))
    rows = [verdict(f"p{share * 100:.0f} of {path} / (empty page + its SQL), {size} measures",
                    ratio(taken, f"{size}, {path}", share), LONGEST_RATIO)
            for path in paths for size in sizes for share in (0.5, 0.95)]
    few, many = sizes
    rows += [verdict(f"SQL queries of {path} at {many} measures, and at {few}", queries[many, path],
                     queries[few, path]) for path in paths]
    print()
    print(table(("target", "found", "at most", ""), rows))
    return 0


if __name__ == "__main__":
    said = sys.argv[1:]
    sys.exit(main(*map(int, said[:2]), **({"paths": tuple(said[2:])} if said[2:] else {})))
