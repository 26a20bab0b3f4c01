"""How much what is told lies together anyway, and what a cluster is worth against that.

The scan's chance shuffles days: it is that of reports that come one by one. In life two people tell of one event, a
place has busier and calmer months, and so has a person who tells much of it. With few reports chance hides that. With
many it is far more than chance, and a scan that knows of chance alone calls it news.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.detection.told import CELL_KM, Integers, Told

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Swings:
    """How many times the variance of chance the variance of a number is of which so much is expected: 1 + `together`
    + `swing` x expected.

    `together`: how many others each event has at its own cell and day, more than by chance. `swing`: the square of the
    coefficient of variation by which a place's mean goes up and down.
    """

    together: float
    swing: float

    def toned_down(self, statistic: float, expected: float) -> float:
        """A cluster's statistic, divided by that.

        Zhang, T., Zhang, Z., Lin, G. (2012): Spatial scan statistics with overdispersion. Statistics in Medicine 31
        (8), 762-774. Its dispersion is constant; that of means that vary grows with what is expected (Breslow, N. E.
        (1984): Extra-Poisson variation in log-linear models. Applied Statistics 33 (1), 38-44).
        """
        return statistic / (1 + self.together + self.swing * expected)


def swings_of(events: Told, *, km: float, days: int) -> Swings:
    """By moments: pairs at one cell and day, and those that share a square of `km` and a time of `days` beside them."""
    day = (events.day.max() - events.day).astype(np.int64)
    close, _ = pairs_beyond(events.x, events.y, day, events.organisation)
    wide = round(km / CELL_KM)
    wider, squares = pairs_beyond(events.x // wide, events.y // wide, day // days, events.organisation)
    together = max(0.0, close / len(events))
    return Swings(together, max(0.0, (wider - together * len(events)) / squares))


def pairs_beyond(x: Integers, y: Integers, time: Integers, organisation: Integers) -> tuple[float, float]:
    """(ordered pairs of events at one place and time beyond those that there are on average where the days are shuffled
    within each organisation; the sum of the squares of what is expected of each place and time).

    By the same sums as Knox's test: no table of all places by all times is needed.
    """
    place = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)[1].ravel()
    there = np.unique(np.column_stack([place, time]), axis=0, return_counts=True)[1]
    places, times = _table(organisation, place), _table(organisation, time)
    number = places.sum(axis=1)
    in_place, in_time = places @ places.T, times @ times.T
    squares = in_place * in_time / np.outer(number, number)
    expected = squares.copy()
    np.fill_diagonal(expected, (in_place.diagonal() - number) * (in_time.diagonal() - number)
                     / np.maximum(number * (number - 1), 1))
    return float((there.astype(float)**2).sum() - len(place) - expected.sum()), float(squares.sum())


def _table(organisation: Integers, which: Integers) -> Floats:
    """(organisations, places or times) how many events of each."""
    rows, columns = (np.unique(each, return_inverse=True)[1].ravel() for each in (organisation, which))
    counted = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counted, (rows, columns), 1)
    return counted
