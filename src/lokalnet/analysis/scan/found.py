"""What a scan found."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis import VERSION
from lokalnet.analysis.scan.study import Settings


@dataclass(frozen=True)
class Cluster:
    """One cluster: `observed` cases where `expected` were, in a circle from `start` to `end` (both whole days within).

    `ratio` is observed / expected, with Garwood's 95 % interval for the observed (the expected taken as known).
    `p_value` counts the replications that were at least as extreme; `p_low` and `p_high` are the 95 % interval that so
    many replications leave. `recurrence_interval_days` says how often chance alone gives as much where one looks every
    step; only for prospective scans. `gumbel_p_value` only where it was asked for.
    """

    locations: tuple[str, ...]
    center: str
    radius_km: float
    start: date
    end: date
    observed: int
    expected: float
    ratio: float
    ratio_low: float
    ratio_high: float
    statistic: float
    p_value: float | None
    p_low: float | None
    p_high: float | None
    recurrence_interval_days: float | None
    gumbel_p_value: float | None = None


@dataclass(frozen=True)
class Found:
    """Clusters, most likely first; none where no window held more than expected. `left_out` weaker ones are not told.

    `simulated` are the largest statistics of the `replications` that were made, in their order: fewer than asked for
    where `stopped_early`. `cases`, `places`, `steps` and `windows` (for each replication) say how large the study was,
    `longest_days` how long its longest window; `without_circle` places alone hold more than the share allows.
    """

    clusters: tuple[Cluster, ...]
    settings: Settings
    start: date
    end: date
    cases: int
    places: int
    steps: int
    windows: int
    longest_days: int
    without_circle: int
    left_out: int
    replications: int
    stopped_early: bool
    simulated: NDArray[np.float64]
    version: str = VERSION
