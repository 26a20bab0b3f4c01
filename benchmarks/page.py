"""The page of the picture at 10,000 and at 1,000,000 observations, against an empty page and its SQL."""

import sys
from contextlib import ExitStack

from benchmarks.asking import LONGEST_RATIO, Ask, Case, measured, percentiles, ratio, served
from benchmarks.measuring import percentile, table, verdict
from lokalnet.project.testbed import testbed

SIZES = (10_000, 1_000_000)
GROWTH, QUERIES = 1.3, 12
PAGE = "/overblik/"
HARSH = tuple(Case(f"{number:,}", number, 1, 365) for number in SIZES)
ORDINARY = Case("1,000,000 over 20 partnerships and 5 years", 1_000_000, 20, 5 * 365)


def main() -> int:
    cases = (*HARSH, ORDINARY)
    with ExitStack() as stack:
        bed = stack.enter_context(testbed())
        asks: dict[tuple[str, str], Ask] = {}
        queries = {}
        for place, case in enumerate(cases):
            page, = served(stack, bed, f"measured_{place}", case, PAGE)
            asks |= {(case.name, side): ask for side, ask in page.asks.items()}
            queries[case.name] = page.queries
        taken = measured(asks)
    return _print(cases, taken, queries)


def _print(cases: tuple[Case, ...], taken: dict[tuple[str, str], list[float]], queries: dict[str, int]) -> int:
    print(percentiles("observations, side", taken))
    small, large = (case.name for case in HARSH)
    rows = [verdict(f"p{share * 100:.0f} of the page / (empty page + its SQL), {case.name}",
                    ratio(taken, case.name, share), LONGEST_RATIO) for case in cases for share in (0.5, 0.95)]
    p95 = {name: percentile(taken[name, "page"], 0.95) for name in (small, large)}
    rows.append(verdict(f"p95 of the page at {large} / at {small}", p95[large] / p95[small], GROWTH))
    rows.append(verdict("SQL queries of the page, with the middleware's", max(queries.values()), QUERIES))
    print()
    print(table(("target", "found", "at most", ""), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
