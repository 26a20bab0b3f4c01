"""The replications, in blocks of LANES: on threads of this process, or on the processes of a cluster."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.scan.drawing import LANES, drawn, permuted
from lokalnet.analysis.scan.kernel import largest
from lokalnet.analysis.scan.likelihood import bins_up_to
from lokalnet.analysis.scan.preparing import Prepared
from lokalnet.analysis.threading import in_threads

if TYPE_CHECKING:
    from distributed import Client

Maxima = NDArray[np.float64]


class Workers(Protocol):
    def maxima(self, prepared: Prepared, blocks: Sequence[int]) -> Iterator[Maxima]:
        """The largest statistic of each replication of each block, in the order of the blocks."""


@dataclass(frozen=True)
class Threads:
    number: int

    def maxima(self, prepared: Prepared, blocks: Sequence[int]) -> Iterator[Maxima]:
        return in_threads(lambda block: largest_of_block(prepared, block), blocks, threads=self.number)


@dataclass(frozen=True)
class Processes:
    """Those of a `dask.distributed` cluster: what the replications share is sent to each process once."""

    client: "Client"

    def maxima(self, prepared: Prepared, blocks: Sequence[int]) -> Iterator[Maxima]:
        client: Any = self.client
        shared = client.scatter(prepared, broadcast=True)
        futures = client.map(lambda block, shared: largest_of_block(shared, block), blocks, shared=shared, pure=False)
        try:
            for future in futures:
                yield future.result()
        finally:
            client.cancel(futures)


def largest_of_block(prepared: Prepared, block: int) -> Maxima:
    """Replications block x LANES and on; the last block may hold fewer."""
    first = block * LANES
    lanes = min(LANES, prepared.settings.replications - first)
    rows, running = prepared.room()
    fill(prepared, rows, first, lanes)
    table = np.empty(bins_up_to(prepared.total), running.dtype)
    windows = prepared.windows
    found = largest(
        prepared.circles.order, prepared.circles.starts, prepared.visit, rows, windows.low, windows.high,
        prepared.weights, prepared.window_cases, prepared.expected, float(prepared.total), table, running, lanes)
    return found[:lanes]


def fill(prepared: Prepared, rows: NDArray[Any], first: int, lanes: int) -> None:
    """The running counts of replications `first` and on, one in each lane: `rows` (places, rows x LANES)."""
    seed = prepared.settings.seed
    if prepared.permutes:
        permuted(prepared.case_steps, prepared.case_places, prepared.strata, rows, seed, first, lanes)
    else:
        drawn(prepared.total, prepared.threshold, prepared.alias, prepared.steps.number, rows, seed, first, lanes)
