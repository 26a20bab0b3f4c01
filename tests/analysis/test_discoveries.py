"""Adjusted p-values: as printed, as in scipy, and as they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from lokalnet.analysis.discoveries import benjamini_hochberg, benjamini_yekutieli, fewest
from lokalnet.analysis.results import BadInput

# The 15 p-values of Benjamini and Hochberg (1995), section 4: at 5 %, four are discoveries (Bonferroni finds three).
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
             0.7590, 1.0000]


def test_the_published_example_has_four_discoveries() -> None:
    assert (benjamini_hochberg(PUBLISHED) <= 0.05).sum() == 4
    assert benjamini_hochberg(PUBLISHED)[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.5, 1.0]), min_size=1, max_size=40))
def test_adjusted_p_values_are_those_of_scipy(p) -> None:
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"), rel=1e-12)
    assert benjamini_yekutieli(p) == pytest.approx(false_discovery_control(p, method="by"), rel=1e-12)


def test_what_was_not_tested_does_not_count() -> None:
    found = benjamini_hochberg([0.01, np.nan, 0.04])
    assert found == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert benjamini_hochberg([]).tolist() == []


@pytest.mark.parametrize("procedure", ["benjamini-hochberg", "benjamini-yekutieli"])
def test_none_is_a_discovery_before_the_fewest_are(procedure) -> None:
    adjust = benjamini_hochberg if procedure == "benjamini-hochberg" else benjamini_yekutieli
    needed = fewest(500, 0.001, 0.05, procedure)
    for reached, discovered in ((needed - 1, 0), (needed, needed)):
        p = np.array([0.001] * reached + [1.0] * (500 - reached))
        assert (adjust(p) <= 0.05).sum() == discovered
    assert fewest(500, 0.0, 0.05, procedure) == 1


def test_of_what_is_found_no_more_than_the_rate_is_false() -> None:
    rng = np.random.default_rng(1995)
    true = np.arange(200) < 40
    shares = []
    for _ in range(400):
        p = rng.random(200) ** np.where(true, 12, 1)
        found = benjamini_hochberg(p) <= 0.1
        shares.append((found & ~true).sum() / max(found.sum(), 1))
    assert np.mean(shares) == pytest.approx(0.1 * 160 / 200, abs=0.012)


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(BadInput, match="p_values"):
        benjamini_hochberg([0.2, 1.2])
