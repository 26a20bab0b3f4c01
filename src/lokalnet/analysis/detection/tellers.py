"""What is one event, whose it is, and by how many people in how many organisations something is carried."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.detection.told import Flags, Integers, Told, Voices

Floats = NDArray[np.float64]

MORE = 0.5  # beyond what is usual for somebody, before they count as telling of more


@dataclass(frozen=True)
class Tellers:
    reporters: int
    organisations: int


def renumbered(told: Told, voices: Voices) -> tuple[Told, Voices]:
    """The same with numbers for reporters and organisations by what they told, and not by how they came.

    The numbers that come along are drawn anew each time; what is found must not depend on them.
    """
    reporters = _by_what_they_told(told, told.reporter, voices.reporter)
    organisations = _by_what_they_told(told, told.organisation, voices.organisation)
    return (replace(told, reporter=reporters[told.reporter], organisation=organisations[told.organisation]),
            replace(voices, reporter=reporters[voices.reporter], organisation=organisations[voices.organisation]))


def _by_what_they_told(told: Told, whose: Integers, heard: Integers) -> Integers:
    """(numbers): for each number the new one; who told of most comes first."""
    number = int(max(whose.max(initial=-1), heard.max(initial=-1))) + 1
    days = told.day.astype("datetime64[D]").astype(np.int64)
    sums = [np.bincount(whose, values, number) for values in (days * (told.x + 1), told.y * days, told.x, told.y, days)]
    order = np.lexsort([*sums, np.bincount(heard, minlength=number), -np.bincount(whose, minlength=number)])
    renumbered = np.empty(number, np.int64)
    renumbered[order] = np.arange(number)
    return renumbered


def once_a_day(told: Told) -> Told:
    """What one reporter tells of one cell on one day is one event. It is flagged only where each telling was."""
    keys = np.column_stack([told.day.astype("datetime64[D]").astype(np.int64), told.x, told.y, told.reporter])
    order = np.lexsort([told.flagged, *keys.T[::-1]])  # one that is not flagged comes first
    keys = keys[order]
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    return told.where(order[first])


def usual_of_each(told: Told, there: Flags, then: Flags) -> Floats:
    """(reporters): what each would tell `there` and `then` (a flag for each row), if the place had nothing to do with
    the time: theirs there x theirs then / all of theirs."""
    number = int(told.reporter.max(initial=-1)) + 1
    all_of, of_place, of_time = (np.bincount(told.reporter[rows], minlength=number).astype(float)
                                 for rows in (np.ones(len(told), bool), there, then))
    usual: Floats = np.divide(of_place * of_time, all_of, out=np.zeros(number), where=all_of > 0)
    return usual


def tellers_of(told: Told, there: Flags, then: Flags, voices: Voices, heard: Flags) -> Tellers:
    """Who carries what was told `there` and `then` (flags for each telling), or `heard` of it (a flag for each voice).

    A reporter carries it who told of more than is usual for them there. Somebody of whom nothing is known to compare
    with does not; but whoever said of a report of somebody else's that they saw it too does.
    """
    usual, inside = usual_of_each(told, there, then), there & then
    carrying = np.flatnonzero(np.bincount(told.reporter[inside], minlength=len(usual)) - usual >= MORE)
    own = inside & np.isin(told.reporter, carrying)
    return Tellers(len(np.unique(np.concatenate([carrying, voices.reporter[heard]]))),
                   len(np.unique(np.concatenate([told.organisation[own], voices.organisation[heard]]))))
