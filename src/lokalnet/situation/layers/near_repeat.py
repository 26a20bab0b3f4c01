"""Does something follow soon and close by, more often than chance gives? And where is such a time running now?

Days on which anything was told in a square are compared, not reports: when several tell of one evening, that is no
repeat. For the same reason pairs on one day are left out: the same may have been told from two squares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.spatial import cKDTree

from lokalnet.analysis.detection.told import CELL_KM, Integers
from lokalnet.analysis.points import nearrepeat
from lokalnet.situation.layers.choosing import Kind
from lokalnet.situation.layers.layer import COLOURED, PLAIN, Band, Found, Layer, Window
from lokalnet.situation.layers.squares import Floats, Squares

DISTANCES_KM = (0.25, 0.5, 0.75)
DAYS = (7, 14, 28)
REPLICATIONS, SEED, THREADS = 399, 20, 2
RATE = 0.05
FEWEST_DAYS = 60
FEWEST_EXPECTED = 5.0  # pairs in the first band: below that nothing could be seen
MOST_DAYS = 10_000  # the newest; a pattern shows in far fewer


@dataclass(frozen=True, eq=False)
class _Told:
    """Days of the period, the newest first."""

    middles_km: Floats
    days: Floats


def layer(told: Squares, *, until: date, today: date) -> Layer:
    """`until`: the last day of the period, beyond which days only say where a time runs now."""
    compared = _compared(told, until)
    if len(compared.days) < FEWEST_DAYS:
        return Layer(Kind.NEAR_REPEAT, Found.TOO_LITTLE, ())
    bands = _tested(compared, DISTANCES_KM, DAYS)
    shown = tuple(_band(each) for each in bands)
    if bands[0].expected < FEWEST_EXPECTED:
        return Layer(Kind.NEAR_REPEAT, Found.TOO_LITTLE, (), bands=shown)
    window = _window(compared, bands)
    if window is None:
        return Layer(Kind.NEAR_REPEAT, Found.NONE, told.in_steps(np.full(len(told), PLAIN)), bands=shown)
    running = told.in_steps(_running(told, window, today))
    return Layer(Kind.NEAR_REPEAT, Found.SOME, running, window=window, bands=shown)


def _compared(told: Squares, until: date) -> _Told:
    inside = told.told_on <= np.datetime64(until, "D")
    days, cells = told.told_on[inside].astype(np.int64), told.told_in[inside]
    newest = np.lexsort((cells, -days))[:MOST_DAYS]
    return _Told(told.middles_km[cells[newest]], days[newest].astype(float))


def _tested(compared: _Told, distances: tuple[float, ...], days: tuple[int, ...]) -> tuple[nearrepeat.Cell, ...]:
    """Nearest and soonest first, without what was on the same day."""
    found = nearrepeat.near_repeat(compared.middles_km, compared.days, distances_km=distances, days=(0, *days),
                                   replications=REPLICATIONS, seed=SEED, threads=THREADS)
    return tuple(each for each in found.cells if each.to_days > 0)


def _window(compared: _Told, bands: tuple[nearrepeat.Cell, ...]) -> Window | None:
    """From the first band on as long, and then as far, as every band in it stands out."""
    clear = [each.low > 1 and each.p_adjusted <= RATE for each in bands]
    rows = [clear[at:at + len(DAYS)] for at in range(0, len(bands), len(DAYS))]
    long = _run(rows[0])
    if not long:
        return None
    far = _run([all(row[:long]) for row in rows])
    whole, = _tested(compared, DISTANCES_KM[far - 1:far], DAYS[long - 1:long])
    return Window(round(whole.to_km * 1000), round(whole.to_days), whole.ratio, whole.low, whole.high)


def _run(clear: Sequence[bool]) -> int:
    """How many are true before the first that is not."""
    return [*clear, False].index(False)


def _running(told: Squares, window: Window, today: date) -> Integers:
    """Which squares are coloured: those within reach of something that was told so lately."""
    lately = told.told_on >= np.datetime64(today, "D") - window.days
    sources = np.unique(told.told_in[lately])
    if not len(sources):
        return np.full(len(told), PLAIN)
    away, _at = cKDTree(told.middles_km[sources]).query(told.middles_km)
    return np.where(away <= window.metres / 1000 + CELL_KM / 1000, COLOURED, PLAIN)


def _band(each: nearrepeat.Cell) -> Band:
    low, high = (each.low, each.high) if each.expected else (None, None)
    return Band(round(each.to_km * 1000), round(each.from_days) + 1, round(each.to_days), each.observed, each.expected,
                low, high)
