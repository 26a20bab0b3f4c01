"""A look at one group of categories: is somewhere more told now than the same organisations usually tell of there?

A space-time permutation scan whose strata are the organisations (analysis/scan): days are shuffled within what each
organisation told. So neither the seasons, nor a busy place, nor an organisation that is new, that left, or that tells
of one estate alone, looks like news. What is found has to be carried by several people, each of whom told of more than
they usually do there, in several organisations; and to stand without what was told where somebody was sent.

Strata of reporters instead of organisations would be stricter and see less at the same false alarms (`./run bench
detection`): who only ever tells of one place has nothing to be compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from lokalnet.analysis.detection.found import Candidate, Looked, Word
from lokalnet.analysis.detection.settings import STANDARD, LookSettings
from lokalnet.analysis.detection.tellers import once_a_day, renumbered, tellers_of
from lokalnet.analysis.detection.told import CELL_KM, Days, Flags, Integers, Told, Voices
from lokalnet.analysis.scan.found import Cluster, Found
from lokalnet.analysis.scan.running import scan
from lokalnet.analysis.scan.study import Cases, Places, Settings

__all__ = ["STANDARD", "LookSettings", "look"]


@dataclass(frozen=True)
class _Scanned:
    """The `cells` of the events that were scanned, and what was found in them."""

    cells: Integers
    found: Found

    def of(self, cluster: Cluster) -> set[tuple[int, int]]:
        return {(int(x), int(y)) for x, y in self.cells[[int(name) for name in cluster.locations]]}


def look(told: Told, voices: Voices, *, today: date, settings: LookSettings = STANDARD, seed: int = 1,
         threads: int | None = None) -> Looked:
    """What was told, and voices of it, in the `baseline_days` up to `today`; the rest is left out."""
    told, voices = renumbered(told.where(_within(told.day, today, settings)),
                              voices.where(_within(voices.day, today, settings)))
    events = once_a_day(told)
    counted = len(events), len(np.unique(told.reporter)), len(np.unique(told.organisation))
    if _too_little(events, today, settings):
        return Looked(Word.TOO_LITTLE, *counted, None, ())
    scanned = _scan(events, today, settings, seed, threads)
    strongest = scanned.found.clusters[0].p_value if scanned.found.clusters else 1.0
    found = [each for cluster in scanned.found.clusters
             if (each := _candidate(scanned, cluster, told, voices, settings)) and each.word is not Word.QUIET]
    if found and events.flagged.any():
        found = list(_standing(found, events.where(~events.flagged), today, settings, seed, threads))
    return Looked(found[0].word if found else Word.QUIET, *counted, per_year(strongest or 1.0, settings), tuple(found))


def per_year(p_value: float, settings: LookSettings) -> float:
    """How often in a year chance alone gives as much, in all groups that are looked at."""
    return p_value * settings.looks_per_year * settings.looked_at


def word_for(often: float, settings: LookSettings) -> Word:
    if often <= settings.unusual_per_year:
        return Word.UNUSUAL
    return Word.MAYBE if often <= settings.maybe_per_year else Word.QUIET


def _within(day: Days, today: date, settings: LookSettings) -> Flags:
    last = np.datetime64(today, "D")
    inside: Flags = (day <= last) & (day > last - settings.baseline_days)
    return inside


def _too_little(told: Told, today: date, settings: LookSettings) -> bool:
    return (len(told) < settings.fewest_told or today - told.day.min().item() < timedelta(settings.fewest_days)
            or len(np.unique(told.reporter)) < settings.fewest_reporters
            or len(np.unique(told.organisation)) < settings.fewest_organisations)


def _scan(events: Told, today: date, settings: LookSettings, seed: int, threads: int | None) -> _Scanned:
    cells, cell = np.unique(np.column_stack([events.x, events.y]), axis=0, return_inverse=True)
    places = Places.on_plane([str(number) for number in range(len(cells))], *(cells.T * CELL_KM))
    cases = Cases(cell.ravel(), np.ones(len(events), np.int64), events.day.astype("datetime64[D]"), events.organisation)
    first: date = events.day.min().item()
    return _Scanned(cells, scan(places, cases, Settings(
        max_km=settings.max_km, max_days=settings.max_days, start=first, end=today, seed=seed,
        replications=settings.replications, stop_after=settings.stop_after), threads=threads))


def _candidate(scanned: _Scanned, cluster: Cluster, told: Told, voices: Voices,
               settings: LookSettings) -> Candidate | None:
    """None where too few carry it."""
    cells, since = scanned.of(cluster), np.datetime64(cluster.start, "D")
    tellers = tellers_of(told, _in_cells(told.x, told.y, cells), told.day >= since, voices,
                         _in_cells(voices.x, voices.y, cells) & (voices.day >= since))
    if tellers.reporters < settings.fewest_reporters or tellers.organisations < settings.fewest_organisations:
        return None
    p_value = cluster.p_value or 1.0
    often = per_year(p_value, settings)
    x, y = scanned.cells[int(cluster.center)]
    return Candidate(
        word_for(often, settings), tuple(sorted(cells)), (int(x), int(y)), cluster.radius_km, cluster.start,
        cluster.end, cluster.observed, cluster.expected, cluster.ratio_low, cluster.ratio_high, p_value, often,
        tellers.reporters, tellers.organisations)


def _in_cells(x: Integers, y: Integers, cells: set[tuple[int, int]]) -> Flags:
    return np.array([each in cells for each in zip(x.tolist(), y.tolist(), strict=True)], bool)


def _standing(found: list[Candidate], rest: Told, today: date, settings: LookSettings, seed: int,
              threads: int | None) -> Iterator[Candidate]:
    """Those that are unusual in the `rest` as well, which is what was not flagged; with the weaker word of the two."""
    if _too_little(rest, today, settings):
        return
    scanned = _scan(rest, today, settings, seed, threads)
    for each in found:
        there = [cluster.p_value or 1.0 for cluster in scanned.found.clusters if scanned.of(cluster) & set(each.cells)]
        often = max(each.per_year, per_year(min(there, default=1.0), settings))
        word = word_for(often, settings)
        if word is not Word.QUIET:
            yield replace(each, word=word, per_year=often)
