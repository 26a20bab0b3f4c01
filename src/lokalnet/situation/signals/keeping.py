"""One signal while it lasts: it opens, grows, fades and closes, and whoever was told of it is not told again.

What a look found is held against the signals that there are. A look goes weeks back, so for weeks it finds again what
is over by then. A signal goes on while there is more of it: more reports beyond what is usual than any look had found
before. Its figures are those of the look that last found more, or of the first after reports were taken back. A step is
written where a reader would notice a change, one for a look at most.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lokalnet.analysis.detection.found import Candidate
from lokalnet.analysis.detection.settings import STANDARD
from lokalnet.places.areas import places
from lokalnet.situation.models import (
    Signal,
    SignalAudience,
    SignalState,
    SignalStep,
    SignalStepKind,
    SignalWord,
)
from lokalnet.situation.signals.seeing import Seen, cell_names, reach

FADES, CLOSES = timedelta(days=3), timedelta(days=14)
STRENGTH = [SignalWord.TOO_LITTLE.value, SignalWord.MAYBE.value, SignalWord.UNUSUAL.value]


def keep(seen: Seen) -> Iterator[SignalStepKind]:
    """The steps that the look led to. The caller sees to it that nobody else looks there at the same time."""
    found: set[Any] = set()
    for candidate in seen.looked.candidates:  # the most unusual first: of two at one place, its figures stand
        mine = _at_the_place(seen, candidate, seen.audience)
        if mine:
            yield from _go_on(seen, candidate, mine, found)
        elif not _is_known_to_more(seen, candidate) and not _is_over(seen, candidate):
            yield from _open(seen, candidate, found)
    for signal in _going_on(seen, seen.audience):
        if signal.id not in found:
            yield from _miss(seen, signal)


def _going_on(seen: Seen, audience: SignalAudience) -> Iterable[Signal]:
    """The oldest first."""
    return _of(seen, audience).exclude(state=SignalState.CLOSED).order_by("opened_at", "id")


def _of(seen: Seen, audience: SignalAudience) -> QuerySet[Signal]:
    return Signal.objects.filter(partnership=seen.partnership, audience=audience, theme=seen.theme)


def _at_the_place(seen: Seen, candidate: Candidate, audience: SignalAudience) -> list[Signal]:
    return [signal for signal in _going_on(seen, audience) if seen.belongs(candidate, signal)]


def _is_known_to_more(seen: Seen, candidate: Candidate) -> bool:
    """The municipalities read the partnership's signals too: the same is not opened for them once more."""
    return seen.audience == SignalAudience.MUNICIPALITIES and bool(
        _at_the_place(seen, candidate, SignalAudience.PARTNERSHIP)
        or _over(seen, candidate, SignalAudience.PARTNERSHIP))


def _is_over(seen: Seen, candidate: Candidate) -> bool:
    """Whether there is no more of it than when it was closed."""
    return any(not _is_more(candidate, signal) for signal in _over(seen, candidate, seen.audience))


def _over(seen: Seen, candidate: Candidate, audience: SignalAudience) -> list[Signal]:
    """Signals that are closed, of days that the candidate reaches back to."""
    rows = _of(seen, audience).filter(state=SignalState.CLOSED, goes_on_as=None, last_day__gte=candidate.first_day)
    return [signal for signal in rows if seen.belongs(candidate, signal)]


def _is_more(candidate: Candidate, signal: Signal) -> bool:
    """At least one report beyond the usual more than was ever written down."""
    said = SignalStep.objects.filter(signal=signal).values_list("figures", flat=True)
    most: float = max(each["observed"] - each["expected"] for each in said)
    return candidate.observed - candidate.expected >= most + 1


def _open(seen: Seen, candidate: Candidate, found: set[Any]) -> Iterator[SignalStepKind]:
    signal = Signal(partnership=seen.partnership, audience=seen.audience, theme=seen.theme, opened_at=seen.at,
                    **_figures(seen, candidate))
    signal.save(force_insert=True)
    found.add(signal.id)
    yield _step(seen, signal, SignalStepKind.OPENED)
    yield from _widen(seen, candidate, signal)
    _tell(seen, signal)


def _go_on(seen: Seen, candidate: Candidate, mine: list[Signal], found: set[Any]) -> Iterator[SignalStepKind]:
    """The oldest of those that are at the place goes on; the others have become one with it."""
    signal, *others = mine
    for other in others:
        yield _end(seen, other, SignalStepKind.TOGETHER, signal)
    if signal.id not in found and _is_news(seen, candidate, signal):
        found.add(signal.id)
        yield from _change(seen, candidate, signal)
    yield from _widen(seen, candidate, signal)
    _tell(seen, signal)


def _is_news(seen: Seen, candidate: Candidate, signal: Signal) -> bool:
    """There is more of it, it is clearer, or some of it was taken back."""
    clearer = STRENGTH.index(candidate.word.value) > STRENGTH.index(signal.word)
    return clearer or _is_more(candidate, signal) or seen.events_of(signal) < signal.observed


def _change(seen: Seen, candidate: Candidate, signal: Signal) -> Iterator[SignalStepKind]:
    word, state, more = signal.word, signal.state, _is_more(candidate, signal)
    for name, value in _figures(seen, candidate).items():
        setattr(signal, name, value)
    signal.save()
    change = STRENGTH.index(signal.word) - STRENGTH.index(word)
    if state == SignalState.FADING:
        yield _step(seen, signal, SignalStepKind.BACK)
    elif change:
        yield _step(seen, signal, SignalStepKind.STRONGER if change > 0 else SignalStepKind.WEAKER)
    elif more:
        yield _step(seen, signal, SignalStepKind.GREW)


def _widen(seen: Seen, candidate: Candidate, signal: Signal) -> Iterator[SignalStepKind]:
    """What the municipalities had seen among themselves goes on as what the police see too."""
    if seen.audience == SignalAudience.PARTNERSHIP:
        for narrow in _at_the_place(seen, candidate, SignalAudience.MUNICIPALITIES):
            yield _end(seen, narrow, SignalStepKind.WIDER, signal)


def _miss(seen: Seen, signal: Signal) -> Iterator[SignalStepKind]:
    """A look found no more of it. Where reports were taken back, too few may be left to speak of it at all."""
    missed = seen.day - signal.seen_at.astimezone(seen.zone).date()
    reporters, organisations = seen.carried_by(signal)
    few = reporters < STANDARD.fewest_reporters or organisations < STANDARD.fewest_organisations
    if missed >= CLOSES:
        yield _end(seen, signal, SignalStepKind.CLOSED, None)
    elif few and signal.word != SignalWord.TOO_LITTLE:
        signal.word, signal.reporters, signal.organisations = SignalWord.TOO_LITTLE, reporters, organisations
        signal.save()
        yield _step(seen, signal, SignalStepKind.WEAKER)
    elif missed >= FADES and signal.state == SignalState.OPEN:
        signal.state = SignalState.FADING
        signal.save()
        yield _step(seen, signal, SignalStepKind.FADING)


def _end(seen: Seen, signal: Signal, kind: SignalStepKind, goes_on_as: Signal | None) -> SignalStepKind:
    signal.state, signal.closed_at, signal.goes_on_as = SignalState.CLOSED, seen.at, goes_on_as
    signal.save()
    return _step(seen, signal, kind)


def _step(seen: Seen, signal: Signal, kind: SignalStepKind) -> SignalStepKind:
    SignalStep(signal=signal, at=seen.at, kind=kind, figures={
        "word": signal.word, "observed": signal.observed, "expected": round(signal.expected, 2),
        "reporters": signal.reporters, "organisations": signal.organisations, "cells": len(signal.cells),
        "per_year": round(signal.per_year, 3)}).save(force_insert=True)
    return kind


def _figures(seen: Seen, candidate: Candidate) -> dict[str, Any]:
    middle = seen.middle_of(candidate)
    longitude, latitude = seen.middles[middle]
    areas = places().areas_at(longitude, latitude)
    return {
        "area_id": areas[-1] if areas else None, "cells": cell_names(candidate), "longitude": longitude,
        "latitude": latitude, "radius_m": reach(middle, candidate.cells),
        "state": SignalState.OPEN.value, "word": candidate.word.value, "seen_at": seen.at,
        **{name: getattr(candidate, name) for name in (
            "first_day", "last_day", "observed", "expected", "ratio_low", "ratio_high", "per_year", "reporters",
            "organisations")}}


def _tell(seen: Seen, signal: Signal) -> None:
    """Once, when it first is unusual: the database remembers, and knows whom (sql/signals.sql)."""
    if signal.word == SignalWord.UNUSUAL and signal.told_at is None:
        with connection.cursor() as cursor:
            cursor.execute("select tell_signal(%s, %s, %s)", [
                signal.id, places().areas_at(signal.longitude, signal.latitude), seen.at])
