"""The trend of an area as a picture made here: bars of weeks before the band of what is usual, and the words for it.

Only shapes are drawn; every letter stands beside the picture in the page, so that it can be read at any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lokalnet.analysis.seasons import RECENT, Season, Usual, Week

STEP, HEIGHT = 10, 100
WIDTH_OF_BAR = 6


@dataclass(frozen=True)
class Bar:
    x: int
    y: str
    height: str


@dataclass(frozen=True)
class Chart:
    """In units of the drawing: numbers as text with a point, whatever the reader's language writes."""

    width: int
    top: int
    bars: tuple[Bar, ...]
    band: str
    median: str
    grid: tuple[str, ...]

    @property
    def shapes(self) -> SafeString:
        """What stands inside the `svg`. Each kind has a class, and whoever shows it says how it looks."""
        parts = [f'<path class="trend-band" d="{self.band}"/>'] if self.band else []
        parts += [f'<line class="trend-grid" x1="0" x2="{self.width}" y1="{y}" y2="{y}"/>' for y in self.grid]
        parts += [f'<rect class="trend-bar{" newest" if bar is self.bars[-1] else ""}" x="{bar.x}" y="{bar.y}" '
                  f'width="{WIDTH_OF_BAR}" height="{bar.height}"/>' for bar in self.bars]
        parts += [f'<path class="trend-median" d="{self.median}"/>'] if self.median else []
        return SafeString("".join(parts))


def chart(weeks: Sequence[Week]) -> Chart:
    top = round_top(max([week.count for week in weeks] + [week.usual.high for week in weeks if week.usual]))
    bars = tuple(Bar(STEP * at + (STEP - WIDTH_OF_BAR) // 2, scaled(week.count, top),
                     f"{HEIGHT * week.count / top:.1f}") for at, week in enumerate(weeks))
    return Chart(STEP * len(weeks), top, bars, _band(weeks, top), _median(weeks, top),
                 tuple(scaled(top * part / 2, top) for part in (0, 1, 2)))


def verdict(level: int | None) -> str:
    if level is None:
        return _("Too little to go by")
    return {1: _("More than usual"), 0: _("About as usual"), -1: _("Fewer than usual")}[level]


def explained(found: Season) -> str:
    """The numbers behind the verdict, in a sentence or two."""
    recent = _("In the last %(weeks)s whole weeks there were %(number)s reports a week on average.") % {
        "weeks": RECENT, "number": number(found.recent)}
    return f"{recent} {usually(found.usual)} {compared(found.usual)}" if found.usual else recent


def usually(usual: Usual) -> str:
    """The median and the middle half."""
    words = _("Usual for the season: %(median)s, and in the middle half of the weeks %(low)s to %(high)s.") \
        if usual.years else _("Usual: %(median)s, and in the middle half of the weeks %(low)s to %(high)s.")
    return words % {"median": number(usual.median), "low": number(usual.low), "high": number(usual.high)}


def compared(usual: Usual) -> str:
    """Which weeks the usual is made of."""
    if usual.years:
        return _("Compared with the same and neighbouring weeks of %(years)s earlier years, %(n)s weeks for each.") % {
            "years": usual.years, "n": usual.n}
    return _("Compared with the %(n)s weeks before those shown, because there are not yet two earlier years; so the "
             "time of the year is not taken into account.") % {"n": usual.n}


def number(value: float) -> str:
    """One decimal where there is one, with the reader's own mark."""
    rounded = round(value, 1)
    return number_format(rounded, 0 if rounded == int(rounded) else 1)


def round_top(highest: float) -> int:
    """The top of the scale: at least 4, even, and not much above the highest."""
    unit = 2 if highest <= 20 else 10 if highest <= 100 else 50
    return max(4, ceil(highest / unit) * unit)


def scaled(value: float, top: int) -> str:
    """How far down the drawing a value stands."""
    return f"{HEIGHT - HEIGHT * value / top:.1f}"


def _runs(weeks: Sequence[Week]) -> list[list[tuple[int, Usual]]]:
    """Stretches of weeks whose usual is known, so that nothing is drawn across a gap."""
    runs: list[list[tuple[int, Usual]]] = [[]]
    for at, week in enumerate(weeks):
        if week.usual:
            runs[-1].append((at, week.usual))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _band(weeks: Sequence[Week], top: int) -> str:
    parts = []
    for run in _runs(weeks):
        upper = [f"{x},{scaled(usual.high, top)}" for at, usual in run for x in (at * STEP, (at + 1) * STEP)]
        lower = [f"{x},{scaled(usual.low, top)}" for at, usual in reversed(run) for x in ((at + 1) * STEP, at * STEP)]
        parts.append(f"M{' L'.join([*upper, *lower])} Z")
    return " ".join(parts)


def _median(weeks: Sequence[Week], top: int) -> str:
    return " ".join("M" + " L".join(f"{x},{scaled(usual.median, top)}" for at, usual in run
                                    for x in (at * STEP, (at + 1) * STEP)) for run in _runs(weeks))
