"""Weekly counts as the series methods take them: checked once, at the edge."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lokalnet.analysis.results import BadInput


def checked_counts(counts: ArrayLike) -> NDArray[np.float64]:
    """`counts` (series x time; one series may be given as time alone) as an array of two axes. Raises BadInput."""
    table = np.array(counts, dtype=np.float64, ndmin=2)
    if table.ndim != 2:
        raise BadInput("counts: one axis (time) or two (series x time)")
    if not np.isfinite(table).all():
        raise BadInput("counts: every week has a count; where nothing was counted it is 0")
    if (table < 0).any() or (table != np.floor(table)).any():
        raise BadInput("counts: whole numbers, not negative")
    return table


def checked_dates(dates: Sequence[date] | None, length: int) -> Sequence[date] | None:
    """First days of consecutive weeks, as many as there are counts. Raises BadInput."""
    if dates is None:
        return None
    if len(dates) != length:
        raise BadInput(f"dates: one for each of the {length} weeks, not {len(dates)}")
    for before, after in pairwise(dates):
        if (after - before).days != 7:
            raise BadInput(f"dates: a week apart, but {after} follows {before}")
    return dates
