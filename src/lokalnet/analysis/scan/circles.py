"""The circles: around each place, the places by distance, as far as the limits allow.

Places at the same distance come by lesser coordinate (x, then y, then z), and each of them is a circle of its own. The
same means the same number: with a tolerance for rounding, SaTScan's values would not come out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.compiling import compiled
from lokalnet.analysis.results import BadInput
from lokalnet.analysis.scan.study import Floats
from lokalnet.analysis.threading import in_threads

CENTRES_AT_ONCE = 64
MOST = 500_000_000  # circles in all: a gigabyte or two
SAME = 1e-9  # of a distance: what is measured on a grid of 0.4 km is as far as 0.4 km


@dataclass(frozen=True)
class Circles:
    """Around centre c lie the places `order[starts[c]:starts[c + 1]]`, nearest first: each beginning is a circle."""

    order: NDArray[np.uint16] | NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.order)

    def around(self, centre: int) -> NDArray[np.int64]:
        return self.order[self.starts[centre]:self.starts[centre + 1]].astype(np.int64)


def circles_around(points: Floats, weights: Floats, *, max_km: float, max_weight: float, threads: int) -> Circles:
    """`weights` (n,) are what a share is of: a circle ends before their sum within it exceeds `max_weight`.

    The centre itself is in its first circle, unless it alone is too much.
    """
    ranks = np.empty(len(points), np.int64)
    ranks[np.lexsort(points.T[::-1])] = np.arange(len(points))
    dtype = np.uint16 if len(points) < 2**16 else np.int32

    def some(begin: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        return _ordered(points, ranks, weights, begin, min(begin + CENTRES_AT_ONCE, len(points)),
                        (max_km * (1 + SAME)) ** 2, max_weight)

    orders, lengths, number = [], [], 0
    for order, long in in_threads(some, range(0, len(points), CENTRES_AT_ONCE), threads=threads):
        orders.append(order.astype(dtype))
        lengths.append(long)
        number += len(order)
        if number > MOST:
            raise BadInput(f"max-km, max-share: there are more than {MOST:,} circles; allow only smaller ones")
    return Circles(np.concatenate(orders), np.concatenate([[0], np.cumsum(np.concatenate(lengths))]))


@compiled
def _ordered(points: Floats, ranks: NDArray[np.int64], weights: Floats, begin: int, end: int, max_square: float,
             max_weight: float) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The orders of centres `begin` to `end`, one after the other, and how long each is."""
    order = np.empty((end - begin) * len(points), np.int32)
    lengths = np.empty(end - begin, np.int64)
    squares = np.empty(len(points))
    near = np.empty(len(points), np.int64)
    filled = 0
    for centre in range(begin, end):
        number = 0
        for place in range(len(points)):
            square = 0.0
            for axis in range(3):
                apart = points[place, axis] - points[centre, axis]
                square += apart * apart
            if square <= max_square:
                squares[number] = square
                near[number] = place
                number += 1
        by_distance = np.argsort(squares[:number])
        weight = 0.0
        before = filled
        at = 0
        while at < number:
            tied = at + 1
            while tied < number and squares[by_distance[tied]] == squares[by_distance[at]]:
                tied += 1
            for one in range(at + 1, tied):  # by rank among those at the same distance
                moving = by_distance[one]
                other = one
                while other > at and ranks[near[by_distance[other - 1]]] > ranks[near[moving]]:
                    by_distance[other] = by_distance[other - 1]
                    other -= 1
                by_distance[other] = moving
            at = tied
        for one in range(number):
            place = near[by_distance[one]]
            weight += weights[place]
            if weight > max_weight:
                break
            order[filled] = place
            filled += 1
        lengths[centre - begin] = filled - before
    return order[:filled].copy(), lengths


def along_curve(points: Floats, *, bits: int = 10) -> NDArray[np.int64]:
    """The places along a Hilbert curve through their first two axes: neighbours in space are neighbours in memory."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    x, y = ((points[:, :2] - low) / np.maximum(high - low, 1e-12) * (2**bits - 1)).astype(np.int64).T
    place = np.zeros(len(points), np.int64)
    for side in _halves(2**bits):
        right, up = (x & side) > 0, (y & side) > 0
        place += side * side * ((3 * right) ^ up)
        turned = ~up
        x, y = (np.where(turned & right, side - 1 - axis, axis) & (side - 1) for axis in (x, y))
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return np.argsort(place, kind="stable")


def _halves(size: int) -> Iterator[int]:
    while size > 1:
        size //= 2
        yield size
