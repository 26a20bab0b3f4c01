"""Time, cut into steps, and the windows of steps that are looked at."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.study import Days, Integers, Kind, Settings

MOST = 10_000_000  # windows of steps
ROUNDING = 1e-9


@dataclass(frozen=True)
class Steps:
    """The study's days in steps of the same length, counted back from the last day: only the first may be shorter.

    `edges` (steps + 1) are the days on which steps begin, and the day after the last.
    """

    edges: Days

    @property
    def number(self) -> int:
        return len(self.edges) - 1

    def of(self, day: Days) -> Integers:
        """The step of each day, from 0; -1 before the first."""
        return np.searchsorted(self.edges, day, side="right").astype(np.int64) - 1


@dataclass(frozen=True)
class Windows:
    """Windows as differences of running counts. A place's row holds `rows` of them; window w counts row[high[w]] minus
    row[low[w]], where a `low` of `rows` stands for nothing. `first` and `last` are its steps.

    Windows that end with the last step need no difference: their rows count backwards.
    """

    rows: int
    backwards: bool
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]

    def running(self, per_step: NDArray[Any]) -> NDArray[Any]:
        """Rows (..., rows) from what happened in each step (..., steps)."""
        if self.backwards:
            per_step = per_step[..., ::-1]
        return np.cumsum(per_step, axis=-1)[..., :self.rows]

    def within(self, running: NDArray[Any]) -> NDArray[Any]:
        """What fell into each window (..., windows), from rows (..., rows)."""
        nothing = np.zeros((*running.shape[:-1], 1), running.dtype)
        padded = np.concatenate([running, nothing], axis=-1)
        found: NDArray[Any] = padded[..., self.high] - padded[..., self.low]
        return found


def steps_between(start: date, end: date, days: int) -> Steps:
    first, after = np.datetime64(start, "D"), np.datetime64(end, "D") + 1
    back = np.arange(after, first, -days)
    return Steps(np.append(first, back[::-1]) if back[-1] != first else back[::-1])


def windows_of(settings: Settings, number: int) -> Windows:
    """Raises BadInput where not one window is left."""
    if settings.kind is Kind.SPATIAL:
        return _between(np.zeros(1, np.int32), np.full(1, number - 1, np.int32), number)
    longest = int(settings.max_time_share * number + ROUNDING)
    if settings.max_days is not None:
        longest = min(longest, settings.max_days // settings.step_days)
    if longest < 1:
        raise BadInput(f"max-days, max-time-share: not one step of {settings.step_days} days is left of "
                       f"{number} steps; allow longer windows, or take shorter steps")
    if settings.kind is Kind.PROSPECTIVE:
        lengths = np.arange(1, longest + 1, dtype=np.int32)
        return Windows(longest, True, np.full(longest, longest, np.int32), lengths - 1,
                       (number - lengths).astype(np.int32), np.full(longest, number - 1, np.int32))
    if number * longest > MOST:
        raise BadInput(f"step-days, max-days: {number:,} steps and windows of up to {longest:,} of them are more than "
                       f"{MOST:,} windows; take longer steps, or shorter windows. Are all dates right?")
    begins = np.arange(number, dtype=np.int32)
    ends = np.minimum(longest, number - begins)  # how many windows begin with each step
    first = np.repeat(begins, ends)
    nth = np.arange(len(first), dtype=np.int32) - np.repeat(np.cumsum(ends) - ends, ends)
    return _between(first, first + nth, number)


def _between(first: NDArray[np.int32], last: NDArray[Any], number: int) -> Windows:
    return Windows(number, False, np.where(first > 0, first - 1, number).astype(np.int32), last.astype(np.int32), first,
                   last.astype(np.int32))
