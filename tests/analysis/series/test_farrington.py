"""Farrington's methods give what R's surveillance gives."""

from dataclasses import replace

import numpy as np
import pytest

from lokalnet.analysis.series.farrington import (
    FLEXIBLE,
    ORIGINAL,
    FarringtonResult,
    FarringtonSettings,
    farrington,
    farrington_flexible,
)
from tests.analysis.series import golden

NOUFAILY = replace(FLEXIBLE, years=4, alpha=0.1)


def _agrees(found: FarringtonResult, says: dict[str, golden.Floats], option: str) -> None:
    for ours, theirs in (("upper", "ub"), ("expected", "exp"), ("dispersion", "phi")):
        np.testing.assert_allclose(getattr(found, ours)[0], says[f"{theirs}_{option}"], rtol=1e-6, atol=1e-6)
    assert (found.alarm[0] == says[f"al_{option}"]).all()


@pytest.mark.parametrize(("option", "settings"), [
    ("f", replace(FLEXIBLE, years=4, periods=1, weeks_left_out=3, weights_threshold=1, trend_p=0.05,
                  threshold="delta", alpha=0.1)),
    ("n", NOUFAILY), ("m", replace(NOUFAILY, threshold="muan")), ("d", replace(NOUFAILY, threshold="delta"))])
def test_the_flexible_method_is_that_of_r(option: str, settings: FarringtonSettings) -> None:
    counts, dates = golden.newport()
    says = golden.columns("ref_farringtonFlexible_salmNewport.csv")
    weeks = [int(i) - 1 for i in says["i"]]
    _agrees(farrington_flexible(counts, dates, settings, weeks=weeks, threads=1), says, option)


def test_the_original_method_is_that_of_r() -> None:
    says = golden.columns("ref_farrington_agona.csv")
    weeks = [int(i) - 1 for i in says["i"]]
    found = farrington(golden.agona(), None, replace(ORIGINAL, years=4), weeks=weeks, threads=1)
    np.testing.assert_allclose(found.upper[0], says["ub"], rtol=1e-6)
    assert (found.alarm[0] == says["al"]).all()


def test_two_hundred_series_at_once_are_each_that_of_r() -> None:
    counts = golden.two_hundred("farr_200series.csv")
    found = farrington_flexible(counts, None, NOUFAILY, weeks=range(260, 364), threads=2)
    np.testing.assert_array_equal(found.upper, golden.two_hundred("ref_farr_200series_ub.csv"))
