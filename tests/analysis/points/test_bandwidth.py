"""A bandwidth that nobody chose is Scott's, or the one under which the points foretell each other best."""

import numpy as np
import pytest

from lokalnet.analysis import results
from lokalnet.analysis.points import readable
from lokalnet.analysis.points.bandwidth import bandwidth_of, by_likelihood, by_scott, candidates, likelihood
from tests.analysis.points.test_knox import city


def test_scotts_rule_is_scipys() -> None:
    from scipy.stats import gaussian_kde
    places, _ = city()
    kde = gaussian_kde(places.T)
    assert by_scott(places) == pytest.approx(np.sqrt(np.trace(kde.covariance) / 2))
    assert kde.silverman_factor() == pytest.approx(kde.scotts_factor())


def test_the_likelihood_is_that_of_each_point_given_all_others() -> None:
    places = np.random.default_rng(1).normal(0, 1, (200, 2)).clip(-2, 2)
    for bandwidth in (0.2, 0.5, 1.5):
        assert likelihood(places, bandwidth) == pytest.approx(readable.likelihood(places, bandwidth), abs=1)
    tried = candidates(places)[:15]
    assert by_likelihood(places) == tried[int(np.argmax([readable.likelihood(places, each) for each in tried]))]


def test_a_bandwidth_keeps_its_spread_in_another_kernel() -> None:
    assert bandwidth_of(1, "gaussian") == 1
    assert bandwidth_of(1, "quartic") == pytest.approx(8**0.5)


def test_points_in_one_place_give_no_bandwidth() -> None:
    places = np.repeat(np.random.default_rng(1).uniform(0, 9, (30, 2)), 4, axis=0)
    with pytest.raises(results.BadInput, match="many points share a place"):
        by_likelihood(places)
    with pytest.raises(results.BadInput, match="different places"):
        by_scott([[1, 1], [1, 1]])
