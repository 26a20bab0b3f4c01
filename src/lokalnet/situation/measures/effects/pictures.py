"""The weeks of a before and after as a picture: bars here, a line for what elsewhere would give, a mark where it began.

Only shapes are drawn, as in areas/trend.py; every letter stands beside them in the page.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from lokalnet.situation.areas import trend
from lokalnet.situation.areas.trend import HEIGHT, STEP, WIDTH_OF_BAR
from lokalnet.situation.measures.effects import counting
from lokalnet.situation.measures.effects.effect import Effect
from lokalnet.situation.measures.effects.places import Zone


@dataclass(frozen=True)
class Week:
    """`like_elsewhere` is the week's count elsewhere, made as large as the count here by what was told before."""

    monday: date
    here: int
    around: int
    elsewhere: int
    like_elsewhere: float | None
    part: str  # before, between, after


@dataclass(frozen=True)
class Picture:
    weeks: tuple[Week, ...]
    began: float  # in weeks from the left

    @property
    def width(self) -> int:
        return STEP * len(self.weeks)

    @property
    def top(self) -> int:
        return trend.round_top(max(max(week.here, week.like_elsewhere or 0) for week in self.weeks))

    @property
    def compares(self) -> bool:
        return any(week.like_elsewhere is not None for week in self.weeks)

    @property
    def shapes(self) -> SafeString:
        """What stands inside the `svg`."""
        top, start = self.top, f"{STEP * self.began:.1f}"
        parts = [f'<line class="trend-grid" x1="0" x2="{self.width}" y1="{y}" y2="{y}"/>'
                 for y in (trend.scaled(top * part / 2, top) for part in (0, 1, 2))]
        parts += [f'<rect class="trend-bar{" newest" if week.part == "after" else ""}" '
                  f'x="{STEP * at + (STEP - WIDTH_OF_BAR) // 2}" y="{trend.scaled(week.here, top)}" '
                  f'width="{WIDTH_OF_BAR}" height="{HEIGHT * week.here / top:.1f}"/>'
                  for at, week in enumerate(self.weeks)]
        if self.compares:
            line = " L".join(f"{STEP * at + STEP / 2:g},{trend.scaled(week.like_elsewhere or 0, top)}"
                             for at, week in enumerate(self.weeks))
            parts.append(f'<path class="trend-median" d="M{line}"/>')
        parts.append(f'<line class="effect-start" x1="{start}" x2="{start}" y1="0" y2="{HEIGHT}"/>')
        return SafeString("".join(parts))


def picture(effect: Effect) -> Picture:
    """Of a measure that can be read."""
    times = effect.times
    assert times is not None
    here, around, elsewhere = (counting.of(effect.counted.everything, zone, times.weeks) for zone in Zone)
    before = len(times.before)
    factor = sum(here[:before]) / sum(elsewhere[:before]) if sum(elsewhere[:before]) else None
    weeks = tuple(Week(monday, here[at], around[at], elsewhere[at], None if factor is None else factor * elsewhere[at],
                       "before" if at < before else "after" if monday in times.after else "between")
                  for at, monday in enumerate(times.weeks))
    return Picture(weeks, (times.began - times.before[0]).days / 7)
