"""What may be analysed: rules that data and settings of the space-time tests must keep."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.results import BadInput

MOST_BANDS = 1000

Floats = npt.NDArray[np.float64]


def checked(places: npt.ArrayLike, times: npt.ArrayLike) -> tuple[Floats, Floats]:
    """(places (n, dimensions), times (n)) as float64; raises BadInput."""
    at, when = np.asarray(places, float), np.asarray(times, float)
    if at.ndim != 2 or at.shape[1] not in (2, 3):
        raise BadInput("places: a row per event with two coordinates in km (or three on the sphere)")
    if when.shape != (len(at),):
        raise BadInput(f"times: one per event is needed; there are {when.size} for {len(at)} places")
    if len(at) < 2:
        raise BadInput(f"events: at least 2 are needed; there are {len(at)}")
    if not (np.isfinite(at).all() and np.isfinite(when).all()):
        raise BadInput("places, times: each must be a finite number")
    return at, when


def check_bands(name: str, ends: Sequence[float]) -> None:
    """The upper ends of bands: not negative, rising."""
    if not 1 <= len(ends) <= MOST_BANDS:
        raise BadInput(f"{name}: at least one is needed, and at most {MOST_BANDS}")
    if not np.isfinite(ends).all() or ends[0] < 0:
        raise BadInput(f"{name}: each must be a finite number of at least 0")
    if any(later <= earlier for earlier, later in pairwise(ends)):
        raise BadInput(f"{name}: each must be larger than the one before")


def check_trials(replications: int, seed: int, threads: int, level: float = 0.95) -> None:
    if replications < 1:
        raise BadInput("replications: at least 1 is needed")
    if seed < 0:
        raise BadInput("seed: must be 0 or larger")
    if threads < 1:
        raise BadInput("threads: at least 1 is needed")
    if not 0 < level < 1:
        raise BadInput("level: must lie between 0 and 1")
