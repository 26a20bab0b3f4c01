"""Any of the methods for series that begin and end when they like: each judged over its own span."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lokalnet.analysis.results import BadInput
from lokalnet.analysis.series import charts, ears, farrington

Settings = farrington.FarringtonSettings | charts.CusumSettings | charts.GlrSettings | ears.EarsSettings


@dataclass(frozen=True)
class Span:
    """A series: `counts` by week, from `begin` (index of a Monday) on."""

    name: str
    begin: int
    counts: NDArray[np.float64]

    @property
    def end(self) -> int:
        return self.begin + len(self.counts)


@dataclass(frozen=True)
class Judged:
    """A series' judged weeks (arrays: weeks). `upper` is the upper prediction limit; nan where nothing can be said.

    `score`: how far towards `upper` the count went from `expected`; beyond 1 it is past it.
    """

    name: str
    dates: list[date]
    observed: NDArray[np.float64]
    expected: NDArray[np.float64]
    upper: NDArray[np.float64]
    score: NDArray[np.float64]
    alarm: NDArray[np.bool_]


def settings_for(method: str, *, b: int | None, w: int | None, alpha: float | None) -> Settings:
    """The method's settings with those that are given. Raises BadInput for what a method has no use for."""
    given = {"--b": b, "--w": w, "--alpha": alpha}
    used = {"ears": ("--alpha",), "cusum": (), "glr": ()}.get(method, tuple(given))
    for option, value in given.items():
        if value is not None and option not in used:
            raise BadInput(f"{option} says nothing to {method}: leave it out, or choose another --method")
    if method == "ears":
        return ears.EarsSettings(alpha=alpha)
    if method in ("cusum", "glr"):
        return charts.CusumSettings() if method == "cusum" else charts.GlrSettings()
    chosen = farrington.FLEXIBLE if method == "farrington-flexible" else farrington.ORIGINAL
    changes: dict[str, Any] = {"years": b, "half_window": w, "alpha": alpha}
    return replace(chosen, **{name: value for name, value in changes.items() if value is not None})


def judge(series: list[Span], mondays: list[date], settings: Settings, *, first: int, last: int,
          threads: int | None = None) -> list[Judged]:
    """Judge the weeks `first` to `last` (indices of `mondays`, both included) of each series that has them.

    Series of the same span are judged together. One that is too short for the method has no judged weeks.
    """
    groups: dict[tuple[int, int], list[Span]] = {}
    for span in series:
        groups.setdefault((span.begin, span.end), []).append(span)
    found: dict[str, Judged] = {}
    for (begin, end), group in groups.items():
        counts = np.stack([span.counts for span in group])
        found |= {one.name: one for one in _together(group, counts, mondays[begin:end], settings,
                                                     max(first, begin) - begin, min(last + 1, end) - begin, threads)}
    return [found[span.name] for span in series]


def _together(group: list[Span], counts: NDArray[np.float64], mondays: list[date], settings: Settings, first: int,
              stop: int, threads: int | None) -> list[Judged]:
    result = _applied(counts, mondays, settings, first, stop, threads)
    if result is None:
        empty = np.zeros(0)
        return [Judged(span.name, [], empty, empty, empty, empty, np.zeros(0, bool)) for span in group]
    kept = (result.weeks >= first) & (result.weeks < stop)
    dates = [mondays[week] for week in result.weeks[kept]]
    score = farrington.score_of(result.observed, result.expected, result.upper)
    return [Judged(span.name, dates, result.observed[i, kept], result.expected[i, kept], result.upper[i, kept],
                   score[i, kept], result.alarm[i, kept]) for i, span in enumerate(group)]


def _applied(counts: NDArray[np.float64], mondays: list[date], settings: Settings, first: int, stop: int,
             threads: int | None) -> farrington.FarringtonResult | charts.ChartResult | ears.EarsResult | None:
    """What the method says of the weeks up to `stop`; None where the series is too short for it."""
    if stop <= first or stop < weeks_needed(settings):
        return None
    if isinstance(settings, farrington.FarringtonSettings):
        reach = [week for week in range(first, stop) if week + 1 >= weeks_needed(settings)]
        return farrington.farrington_flexible(counts, mondays, settings, weeks=reach, threads=threads)
    if isinstance(settings, ears.EarsSettings):
        return ears.ears(counts[:, :stop], settings)
    begin = max(first, weeks_needed(settings) - 1)
    if isinstance(settings, charts.CusumSettings):
        return charts.cusum(counts[:, :stop], settings, begin=begin)
    return charts.glr_poisson(counts[:, :stop], settings, begin=begin)


def weeks_needed(settings: Settings) -> int:
    """How long a series is to be for its last week to be judged; a chart learns from a year at least."""
    if isinstance(settings, farrington.FarringtonSettings):
        return int(settings.years * 365.25 / 7) + 1 + settings.half_window + 1
    if isinstance(settings, ears.EarsSettings):
        return settings.baseline + 1
    return 53
