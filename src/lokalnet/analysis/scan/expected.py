"""What is expected where and when.

From who lives there, in the Poisson model. Indirect standardisation: each covariate cell has one rate over the whole
study, its cases divided by its person-days. The population goes in a straight line between the days on which it was
counted, and stays as it is outside of them.

Or from the cases themselves, in the permutation model with strata: as much as there would be if in each stratum place
and time had nothing to do with each other.
"""

from itertools import pairwise

import numpy as np

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.steps import Steps
from lokalnet.analysis.scan.study import Cases, Floats, Integers, Population

MOST_PERSONS = 1e12


def expected_cases(places: int, cases: Cases, population: Population, steps: Steps) -> Floats:
    """(places, steps); the sum is the number of cases. Raises BadInput where a cell with cases has nobody in it."""
    if not np.all((population.persons >= 0) & (population.persons <= MOST_PERSONS)):
        raise BadInput(f"population: a number of persons lies between 0 and {MOST_PERSONS:.0e}")
    cells = 1 + int(max(cases.cell.max(initial=0), population.cell.max(initial=0)))
    lived = person_days(places * cells, population.place * cells + population.cell, population, steps)
    lived = lived.reshape(places, cells, steps.number)
    of_cell = np.bincount(cases.cell, weights=cases.count, minlength=cells)
    days_of_cell = lived.sum(axis=(0, 2))
    if np.any((of_cell > 0) & (days_of_cell <= 0)):
        raise BadInput("population: there are cases with covariates that nobody in the population has")
    rates = np.divide(of_cell, days_of_cell, out=np.zeros(cells), where=days_of_cell > 0)
    expected: Floats = np.einsum("pcs,c->ps", lived, rates)
    nobody = lived[cases.place, cases.cell].sum(axis=1) <= 0
    if nobody.any():
        raise BadInput(f"population: {int(cases.count[nobody].sum()):,} cases are at places where nobody of their kind "
                       "lives")
    return expected


def expected_within(strata: Integers, case_places: Integers, case_steps: Integers, *, places: int,
                    steps: int) -> Floats:
    """(places, steps): over the strata, cases of the place x cases of the step / cases. `strata` are the bounds of each
    among the cases, which have an element in `case_places` and in `case_steps`.

    Kulldorff, M., Heffernan, R., Hartman, J., Assuncao, R. and Mostashari, F. (2005): A space-time permutation scan
    statistic for disease outbreak detection. PLoS Medicine 2 (3), e59, with its covariates.
    """
    expected = np.zeros((places, steps))
    for begin, end in pairwise(strata.tolist()):
        there, of_place = np.unique(case_places[begin:end], return_counts=True)
        then, of_step = np.unique(case_steps[begin:end], return_counts=True)
        expected[np.ix_(there, then)] += np.outer(of_place, of_step) / (end - begin)
    return expected


def person_days(groups: int, group: Integers, population: Population, steps: Steps) -> Floats:
    """(groups, steps): how many person-days each group lived in each step, by integrating the straight lines."""
    edges = steps.edges.astype(np.int64).astype(float)
    lived = np.zeros((groups, steps.number))
    by_day = np.lexsort([population.day, group])
    bounds = np.flatnonzero(np.diff(group[by_day], prepend=-1, append=groups))
    for begin, end in pairwise(bounds):
        rows = by_day[begin:end]
        days = population.day[rows].astype("datetime64[D]").astype(np.int64).astype(float)
        persons = population.persons[rows]
        if len(np.unique(days)) < len(days):
            raise BadInput("population: a place has two numbers for one day and the same covariates")
        lived[group[rows[0]]] = persons[0] * np.diff(edges) if len(rows) == 1 else _integrated(edges, days, persons)
    return lived


def _integrated(edges: Floats, days: Floats, persons: Floats) -> Floats:
    knots = np.union1d(edges, days[(days > edges[0]) & (days < edges[-1])])
    heights = np.interp(knots, days, persons)
    until = np.concatenate([[0.0], np.cumsum(np.diff(knots) * (heights[1:] + heights[:-1]) / 2)])
    return np.diff(until[np.searchsorted(knots, edges)])
