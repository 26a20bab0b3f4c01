"""Whether the p-values mean what they say, on made-up studies.

Without clusters p-values are uniform: so many below 0.05, 0.01. With a planted one: how often it is found, and how much
of what is reported was planted. And what the Gumbel option gives against the p-value of many replications.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from benchmarks.measuring import table
from lokalnet.analysis.proportions import wilson
from lokalnet.analysis.scan import chance
from lokalnet.analysis.scan.found import Found
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Kind, Model, Places, Population, Settings

PLACES, DAYS, CASES, REPLICATIONS = 100, 56, 400, 199
NULLS, PLANTED = 2000, 400
RISKS = (1.5, 2.0, 3.0, 5.0, 8.0)
RADIUS, LAST = 2.0, 7  # km and days of what is planted, in a square of 10 km
GUMBELS, LONG = 100, 19_999
START = np.datetime64("2024-01-01")
SETTINGS = Settings(replications=REPLICATIONS, step_days=7, start=START.item(), end=(START + DAYS - 1).item())
KINDS = {"permutation, prospective": SETTINGS,
         "permutation, retrospective": replace(SETTINGS, kind=Kind.RETROSPECTIVE),
         "Poisson, prospective": replace(SETTINGS, model=Model.POISSON),
         "Poisson, purely spatial": replace(SETTINGS, model=Model.POISSON, kind=Kind.SPATIAL)}


def main() -> None:
    print(f"{PLACES} places, {CASES} cases in {DAYS} days by weeks, {REPLICATIONS} replications; {NULLS} studies "
          f"without a cluster of each kind, {PLANTED} with one for each risk, {GUMBELS} for Gumbel.\n")
    print(without(), with_one(), gumbel(), sep="\n\n")


class Study:
    """A city of uneven places and people; cases where people are, and some times as many in the planted circle."""

    def __init__(self, seed: int, *, risk: float = 1.0) -> None:
        generator = np.random.default_rng([seed, int(risk * 100)])
        where = generator.uniform(0, 10, (PLACES, 2))
        people = generator.gamma(2, 100, PLACES)
        self.places = Places.on_plane([str(number) for number in range(PLACES)], *where.T)
        self.planted = np.hypot(*(where - 5).T) <= RADIUS
        season = 1 + 0.3 * np.sin(np.arange(DAYS) / 9)  # what happens everywhere is nothing that the models may find
        shares = people[:, None] * season
        shares[self.planted, DAYS - LAST:] *= risk
        cells = generator.choice(shares.size, CASES, p=(shares / shares.sum()).ravel())
        nothing = np.zeros(CASES, np.int64)
        self.cases = Cases(cells // DAYS, nothing + 1, START + cells % DAYS, nothing)
        self.population = Population(np.arange(PLACES), people, np.full(PLACES, START), np.zeros(PLACES, np.int64))
        self.seed = seed

    def scanned(self, settings: Settings) -> Found:
        people = self.population if settings.model is Model.POISSON else None
        return scan(self.places, self.cases, replace(settings, seed=self.seed), population=people, threads=1)


def all_of(number: int, act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(act, range(number)))


def without() -> str:
    """The Poisson model takes the season for a cluster unless it is flat, and is given a flat one."""
    rows = []
    for name, settings in KINDS.items():
        p = np.array(all_of(NULLS, lambda seed, settings=settings: first_p(flat(seed, settings).scanned(settings))))
        uniform = np.sort(p) - (np.arange(NULLS) + 0.5) / NULLS
        shares = [(float(np.mean(p <= level)), wilson(int(np.sum(p <= level)), NULLS))
                  for level in (0.01, 0.05, 0.10, 0.5)]
        rows.append([name, *(f"{share:.3f} ({low:.3f}-{high:.3f})" for share, (low, high) in shares),
                     f"{np.abs(uniform).max() + 0.5 / NULLS:.3f}"])
    bound = 1.36 / np.sqrt(NULLS)
    return table(["no cluster: share of p-values", "<= 0.01", "<= 0.05", "<= 0.10", "<= 0.50",
                  f"largest distance from uniform (5 % exceed {bound:.3f} by chance)"], rows)


def flat(seed: int, settings: Settings) -> Study:
    study = Study(seed)
    if settings.model is Model.POISSON:
        generator = np.random.default_rng([seed, 7])
        people = study.population.persons
        study.cases = replace(study.cases, place=generator.choice(PLACES, CASES, p=people / people.sum()),
                              day=START + generator.integers(0, DAYS, CASES))
    return study


def first_p(found: Found) -> float:
    return float(found.clusters[0].p_value or 0) if found.clusters else 1.0


def with_one() -> str:
    rows = []
    for risk in RISKS:
        hits = all_of(PLANTED, lambda seed, risk=risk: found_again(Study(10_000 + seed, risk=risk)))
        power, places, right = (np.array(each, float) for each in zip(*hits, strict=True))
        low, high = wilson(int(power.sum()), PLANTED)
        rows.append([f"{risk:g}", f"{power.mean():.2f} ({low:.2f}-{high:.2f})", *(
            f"{np.nanmean(each[power > 0]):.2f}" if power.any() else "-" for each in (places, right))])
    return table(["a cluster with so many times the risk", "found (p <= 0.05, sharing a place)",
                  "planted places that are in it", "its places that were planted"], rows)


def found_again(study: Study) -> tuple[bool, float, float]:
    found = study.scanned(SETTINGS)
    members = np.zeros(PLACES, bool)
    if found.clusters:
        members[[int(name) for name in found.clusters[0].locations]] = True
    both = np.sum(members & study.planted)
    return (first_p(found) <= 0.05 and both > 0, float(both / max(study.planted.sum(), 1)),
            float(both / max(members.sum(), 1)))


def gumbel() -> str:
    """At the statistic whose p-value is known from many replications: the option's p-value over it, from fewer."""
    ratios: dict[tuple[float, int], list[float]] = {}

    def one(seed: int) -> object:
        simulated = Study(seed).scanned(replace(SETTINGS, replications=LONG)).simulated
        for level in (0.05, 0.01, 0.001):
            observed = float(np.quantile(simulated, 1 - level))
            for number in (99, 199, 999):
                fitted = chance.gumbel_p_value(observed, simulated[:number])
                ratios.setdefault((level, number), []).append(fitted / level)
        return None

    all_of(GUMBELS, one)
    rows = [[f"{level:g}", *(f"{np.mean(ratios[level, number]):.2f} ({np.quantile(ratios[level, number], 0.05):.2f}-"
                             f"{np.quantile(ratios[level, number], 0.95):.2f})" for number in (99, 199, 999))]
            for level in (0.05, 0.01, 0.001)]
    return table([f"p-value of {LONG:,} replications", *(f"Gumbel's over it, from {number}: mean (5-95 %)"
                                                         for number in (99, 199, 999))], rows)


if __name__ == "__main__":
    main()
