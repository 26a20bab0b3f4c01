"""From the best window of each centre to the clusters that are reported."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.rates import poisson_interval
from lokalnet.analysis.scan import chance
from lokalnet.analysis.scan.found import Cluster
from lokalnet.analysis.scan.observed import Best
from lokalnet.analysis.scan.preparing import Prepared
from lokalnet.analysis.scan.study import Floats, Kind

MOST = 100  # clusters in one answer
NOTHING = 1e-9  # a statistic that is rounding


@dataclass(frozen=True)
class _Kept:
    centre: int
    members: NDArray[np.int64]
    first: int
    last: int


def clusters_of(prepared: Prepared, best: Best, simulated: Floats) -> tuple[tuple[Cluster, ...], int]:
    """Strongest first, each only if it shares no place with a stronger one at a shared time; at most a hundred, and how
    many more there are."""
    kept = list(_apart(prepared, best))
    return tuple(_cluster(prepared, best, one, simulated) for one in kept[:MOST]), max(0, len(kept) - MOST)


def _apart(prepared: Prepared, best: Best) -> Iterator[_Kept]:
    busy = np.zeros((len(prepared.rows), prepared.steps.number), bool)
    for centre in np.lexsort([best.places, -best.statistic]):  # of equals, the one with the fewest places
        if best.statistic[centre] <= NOTHING:
            return
        first, last = (int(each[best.window[centre]]) for each in (prepared.windows.first, prepared.windows.last))
        members = prepared.circles.around(centre)[:best.places[centre]]
        if busy[members, first:last + 1].any():
            continue
        busy[members, first:last + 1] = True
        yield _Kept(int(centre), members, first, last)


def _cluster(prepared: Prepared, best: Best, kept: _Kept, simulated: Floats) -> Cluster:
    settings, edges, places = prepared.settings, prepared.steps.edges, prepared.places
    temporal = settings.kind is Kind.TEMPORAL
    observed, expected = int(best.cases[kept.centre]), float(best.expected[kept.centre])
    value = float(best.statistic[kept.centre])
    low, high = (each / expected for each in poisson_interval(observed))
    outermost = places.points[kept.members[-1]] - places.points[kept.centre]
    p = p_low = p_high = gumbel = None
    if len(simulated):
        p = chance.p_value(value, simulated, stopped_early=len(simulated) < settings.replications)
        p_low, p_high = chance.interval(value, simulated)
        gumbel = chance.gumbel_p_value(value, simulated) if settings.gumbel else None
    members = tuple(name for member in kept.members for name in prepared.names[member])
    return Cluster(
        members, "" if temporal else places.names[kept.centre],
        0.0 if temporal else places.along_ground(float(np.linalg.norm(outermost))),
        edges[kept.first].item(), (edges[kept.last + 1] - 1).item(), observed, expected, observed / expected, low, high,
        value, p, p_low, p_high, settings.step_days / p if p and settings.kind is Kind.PROSPECTIVE else None, gumbel)
