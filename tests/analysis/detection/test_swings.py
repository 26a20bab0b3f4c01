"""Places that go up and down anyway, and events told of twice, are no news, and what is news against them still is."""

import numpy as np
import pytest
from scipy import stats

from lokalnet.analysis.detection import looking
from lokalnet.analysis.detection.found import Looked, Word
from lokalnet.analysis.detection.looking import look
from lokalnet.analysis.detection.swings import Swings, pairs_beyond, swings_of
from lokalnet.analysis.detection.told import Told
from tests.analysis.detection.test_looking import LAST, NOBODY, SETTINGS, TODAY, together, told

BLOCK = 14  # days


def much(seed: int, *, spread: float, events: int = 6_000) -> Told:
    """Sixty people of three organisations tell of twenty places 2 km apart, each of which goes up and down by a factor
    of its own in each fortnight."""
    draw = np.random.default_rng(seed)
    chances = draw.gamma(1 / spread**2, spread**2, (20, 364 // BLOCK)).ravel()
    place, block = np.divmod(draw.choice(len(chances), events, p=chances / chances.sum()), 364 // BLOCK)
    reporter = draw.integers(0, 60, events)
    return told(block * BLOCK + draw.integers(0, BLOCK, events), place * 8 + draw.integers(0, 2, events),
                draw.integers(0, 2, events), reporter, reporter % 3)


def shuffled(given: Told, seed: int) -> Told:
    """The days of each organisation, shuffled."""
    draw, day = np.random.default_rng(seed), given.day.copy()
    for organisation in np.unique(given.organisation):
        its = np.flatnonzero(given.organisation == organisation)
        day[its] = draw.permutation(day[its])
    return Told(day, given.x, given.y, given.reporter, given.organisation, given.flagged)


def looked(given: Told) -> Looked:
    return look(given, NOBODY, today=TODAY, settings=SETTINGS, threads=1)


@pytest.mark.parametrize("spread", [0.2, 0.5])
def test_how_far_places_go_up_and_down_is_found(spread: float) -> None:
    found = [swings_of(much(seed, spread=spread), km=0.5, days=BLOCK).swing for seed in range(10)]
    assert np.mean(found) == pytest.approx(0.9 * spread**2, rel=0.15)  # a tenth goes with what is expected


def test_what_is_told_twice_is_found_and_is_no_swing() -> None:
    once = shuffled(much(1, spread=0.2), 1)
    again = once.where(np.random.default_rng(1).uniform(size=len(once)) < 0.05)
    again = Told(again.day, again.x, again.y, (again.reporter + 3) % 60, again.organisation, again.flagged)
    found = swings_of(together(once, again), km=0.5, days=BLOCK)
    assert found.together == pytest.approx(2 * 0.05 / 1.05, abs=0.03) and found.swing < 0.01


def test_shuffled_days_have_no_pairs_beyond_chance_on_average() -> None:
    """Also where organisations tell of different places at different times."""
    given = much(2, spread=0.8, events=400)
    organisation = (given.x > 80) + (given.day > given.day[0]).astype(np.int64)
    found = []
    for seed in range(400):
        year = shuffled(Told(given.day, given.x, given.y, given.reporter, organisation, given.flagged), seed)
        found.append(pairs_beyond(year.x, year.y, (LAST - year.day).astype(np.int64) // BLOCK, organisation)[0])
    assert abs(np.mean(found)) < 4 * stats.sem(found)
    assert np.std(found) > 0


def test_where_much_is_told_what_goes_up_and_down_anyway_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    years = [much(seed, spread=0.5) for seed in range(8)]
    assert [looked(year).word for year in years].count(Word.QUIET) >= 7
    monkeypatch.setattr(looking, "swings_of", lambda *_, **__: Swings(0.0, 0.0))
    assert [looked(year).word for year in years].count(Word.QUIET) <= 5  # chance alone says so


def test_much_more_than_that_is_news() -> None:
    new = told(np.arange(40) // 6, 24 + np.arange(40) % 2, 0, np.arange(40), np.arange(40) % 3)
    found = looked(together(much(3, spread=0.5), new))
    assert found.word is Word.UNUSUAL and (24, 0) in found.candidates[0].cells


def test_the_more_is_expected_the_less_a_statistic_is_worth() -> None:
    swings = Swings(together=0.1, swing=0.04)
    assert swings.toned_down(10.0, 0.0) == pytest.approx(10 / 1.1)
    assert swings.toned_down(10.0, 50.0) == pytest.approx(10 / 3.1)
