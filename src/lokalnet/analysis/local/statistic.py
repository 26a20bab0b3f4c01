"""What is asked of a local statistic, and what it answers: for each cell, and which cells stand out."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.discoveries import Procedure
from lokalnet.analysis.local.neighbours import Neighbours, NeighbourSettings
from lokalnet.analysis.results import BadInput

Floats = npt.NDArray[np.float64]
Alternative = Literal["two-sided", "greater", "less"]
Name = Literal["Gi", "Gi*", "local Moran's I"]


@dataclass(frozen=True)
class LocalSettings:
    """`alternative` greater: more than chance gives (for Moran: more alike). Without permutations p is the normal one.

    `level` is that of the Monte-Carlo interval of a permutation p-value.
    """

    alternative: Alternative = "two-sided"
    permutations: int = 9_999
    seed: int = 1
    false_discovery_rate: float = 0.05
    procedure: Procedure = "benjamini-hochberg"
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.alternative not in ("two-sided", "greater", "less"):
            raise BadInput("alternative: two-sided, greater or less")
        if self.procedure not in ("benjamini-hochberg", "benjamini-yekutieli"):
            raise BadInput("procedure: benjamini-hochberg or benjamini-yekutieli")
        if self.permutations < 0:
            raise BadInput("permutations: 0 (by the normal distribution) or more")
        if not 0 <= self.seed < 2**64:
            raise BadInput("seed: from 0 to 2^64 - 1")
        if not (0 < self.false_discovery_rate < 1 and 0 < self.level < 1):
            raise BadInput("false_discovery_rate, level: between 0 and 1")


@dataclass(frozen=True, eq=False)
class LocalStatistic:
    """An entry for each cell; nan where nothing can be told, which is no test: for islands (but for z and p_normal of
    Gi*, where an island stands alone), and in z and p_normal where all values are the same.

    `statistic` is the raw one; `expected` and `deviation` are its mean and standard deviation if all values but the
    cell's own were dealt out anew (for Gi* its own too), `z` the distance from there. `p_normal` goes by z, which is
    rough where values are few or skewed; `p_value` by permutation, with the interval from `p_low` to `p_high` for what
    endlessly many would give. Without permutations there is no interval, and `p_value` is `p_normal`.

    `kind` is hot or cold for Gi and Gi*; for Moran HH, LL (alike), LH or HL (unlike): the cell first, above the mean or
    not, then its neighbours. It is empty where nothing can be told. `stands_out` where `p_adjusted` is at most the
    false-discovery rate. With few permutations none can before `fewest` cells do: then more are needed.
    """

    name: Name
    statistic: Floats
    expected: Floats
    deviation: Floats
    z: Floats
    kind: tuple[str, ...]
    p_value: Floats
    p_low: Floats | None
    p_high: Floats | None
    p_normal: Floats
    p_adjusted: Floats
    stands_out: npt.NDArray[np.bool_]
    fewest: int
    islands: npt.NDArray[np.int64]
    neighbours: NeighbourSettings
    settings: LocalSettings
    version: str


@dataclass(frozen=True)
class LocalCell:
    """A row of the data frame; the fields are those of LocalStatistic."""

    cell: int
    statistic: float
    z: float
    kind: str
    p_value: float
    p_low: float | None
    p_high: float | None
    p_adjusted: float
    stands_out: bool


def cells_of(found: LocalStatistic) -> tuple[LocalCell, ...]:
    """A row for each cell, for `results.to_frame`."""
    nothing = (None,) * len(found.kind)
    low, high = (nothing if each is None else each.tolist() for each in (found.p_low, found.p_high))
    columns = (found.statistic.tolist(), found.z.tolist(), found.kind, found.p_value.tolist(), low, high,
               found.p_adjusted.tolist(), found.stands_out.tolist())
    return tuple(LocalCell(cell, *row) for cell, row in enumerate(zip(*columns, strict=True)))


def values_over(neighbours: Neighbours, values: npt.ArrayLike) -> Floats:
    """Values, one for each cell, as contiguous floats; BadInput where they do not fit."""
    found = np.ascontiguousarray(values, np.float64)
    if found.shape != (neighbours.cells,):
        raise BadInput(f"values: one for each of the {neighbours.cells} cells")
    if len(found) < 3:
        raise BadInput("values: at least 3 cells")
    if not np.isfinite(found).all():
        raise BadInput("values: finite numbers")
    return found
