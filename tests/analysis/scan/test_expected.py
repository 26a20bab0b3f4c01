"""What the Poisson model expects."""

from datetime import date

import numpy as np
import pytest

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.expected import expected_cases, person_days
from lokalnet.analysis.scan.steps import steps_between
from lokalnet.analysis.scan.study import Cases, Population

STEPS = steps_between(date(2024, 1, 1), date(2024, 1, 10), 5)


def people(*rows: tuple[int, float, str, int]) -> Population:
    place, persons, day, cell = zip(*rows, strict=True)
    return Population(np.array(place), np.array(persons, float), np.array(day, "datetime64[D]"), np.array(cell))


def cases(*rows: tuple[int, int, int]) -> Cases:
    place, count, cell = (np.array(each) for each in zip(*rows, strict=True))
    return Cases(place, count, np.full(len(place), np.datetime64("2024-01-03")), cell)


def test_expected_cases_are_shared_out_by_person_days() -> None:
    population = people((0, 100, "2024-01-01", 0), (1, 300, "2024-01-01", 0))
    expected = expected_cases(2, cases((0, 30, 0), (1, 10, 0)), population, STEPS)
    assert expected == pytest.approx(np.array([[5, 5], [15, 15]]))


def test_each_covariate_has_a_rate_of_its_own() -> None:
    """Indirect standardisation: 40 cases among 100 young, 10 among 400 old; place 0 has half the young."""
    population = people((0, 50, "2024-01-01", 0), (1, 50, "2024-01-01", 0), (1, 400, "2024-01-01", 1))
    expected = expected_cases(2, cases((0, 25, 0), (1, 15, 0), (1, 10, 1)), population, STEPS)
    assert expected.sum(axis=1) == pytest.approx([20, 30]) and expected.sum() == pytest.approx(50)


def test_the_population_goes_in_a_straight_line_between_counts_and_stays_outside() -> None:
    population = people((0, 100, "2024-01-03", 0), (0, 300, "2024-01-07", 0))
    lived = person_days(1, population.place, population, STEPS)
    # 100 for two days, from 100 to 250 in three, from 250 to 300 in one, 300 for four.
    assert lived[0] == pytest.approx([200 + 3 * 175, 275 + 4 * 300])


def test_cases_where_nobody_lives_are_refused() -> None:
    with pytest.raises(BadInput, match="3 cases are at places where nobody of their kind lives"):
        expected_cases(2, cases((0, 5, 0), (1, 3, 0)), people((0, 10, "2024-01-01", 0)), STEPS)
    with pytest.raises(BadInput, match="covariates that nobody"):
        expected_cases(1, cases((0, 5, 1)), people((0, 10, "2024-01-01", 0)), STEPS)
    with pytest.raises(BadInput, match="two numbers for one day"):
        expected_cases(1, cases((0, 5, 0)), people((0, 10, "2024-01-01", 0), (0, 11, "2024-01-01", 0)), STEPS)
    with pytest.raises(BadInput, match="nobody of their kind"):  # others live there
        expected_cases(2, cases((0, 5, 0), (1, 3, 1)), people((0, 10, "2024-01-01", 1), (1, 9, "2024-01-01", 0)), STEPS)
    with pytest.raises(BadInput, match="between 0 and"):
        expected_cases(1, cases((0, 5, 0)), people((0, -10, "2024-01-01", 0)), STEPS)
