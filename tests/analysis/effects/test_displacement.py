"""The weighted displacement quotient: by its formula, silent where it would mislead, and covering the truth."""

import numpy as np
import pytest

from lokalnet.analysis.effects.displacement import Counts, Unsaid, displacement, quotient


def test_the_formula_by_hand() -> None:
    """Target 200 to 100, buffer 60 to 80, control 400 to 400: (0.2 - 0.15) / (0.25 - 0.5)."""
    assert quotient(Counts((200, 100), (60, 80), (400, 400))) == pytest.approx(-0.2)


def test_all_that_went_away_next_door_is_minus_one_and_a_buffer_that_gains_as_much_is_one() -> None:
    assert quotient(Counts((200, 100), (60, 160), (400, 400))) == pytest.approx(-1)
    assert quotient(Counts((200, 100), (200, 100), (400, 400))) == pytest.approx(1)


def test_a_season_that_changes_all_three_alike_changes_nothing() -> None:
    assert quotient(Counts((200, 50), (60, 40), (400, 200))) == pytest.approx(
        quotient(Counts((200, 100), (60, 80), (400, 400))))


@pytest.mark.parametrize(("counts", "reason"), [
    (Counts((60, 55), (40, 70), (500, 500)), Unsaid.NOT_CLEAR),
    (Counts((60, 150), (40, 40), (500, 500)), Unsaid.NOT_FEWER),
    (Counts((60, 10), (2, 3), (500, 500)), Unsaid.TOO_FEW), (Counts((6, 1), (40, 40), (500, 500)), Unsaid.TOO_FEW),
    (Counts((60, 10), (40, 40), (30, 0)), Unsaid.TOO_FEW), (Counts((0, 0), (0, 0), (0, 0)), Unsaid.TOO_FEW)])
def test_it_is_silent_where_it_would_mislead_and_says_why(counts, reason) -> None:
    found = displacement(counts, seed=1)
    assert (found.quotient, found.low, found.high, found.unsaid) == (None, None, None, reason)


def test_weeks_that_vary_more_make_it_silent_or_wider() -> None:
    counts = Counts((120, 60), (80, 90), (500, 500))
    sure, unsure = displacement(counts, seed=1), displacement(counts, seed=1, dispersion=2)
    assert unsure.low < sure.low < sure.quotient < sure.high < unsure.high
    assert displacement(counts, seed=1, dispersion=9).unsaid == Unsaid.NOT_CLEAR


def test_the_same_seed_gives_the_same_interval() -> None:
    counts = Counts((120, 60), (80, 90), (500, 500))
    assert displacement(counts, seed=7) == displacement(counts, seed=7)


@pytest.mark.parametrize(("buffer_after", "truth"), [(80, 0.0), (130, -0.5), (50, 0.3)])
def test_the_interval_covers_the_truth_where_there_is_one(buffer_after, truth) -> None:
    random, covered, said = np.random.default_rng(2003), 0, 0
    for at in range(300):
        counts = Counts(*((int(random.poisson(b)), int(random.poisson(a)))
                          for b, a in ((200, 100), (80, buffer_after), (900, 900))))
        found = displacement(counts, seed=at)
        if not found.unsaid:
            said += 1
            covered += found.low <= truth <= found.high
    assert said > 290
    assert covered / said >= 0.95 - 0.03  # the error of 300 draws is 0.013
