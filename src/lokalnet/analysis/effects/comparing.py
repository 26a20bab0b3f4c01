"""A place's weeks before and after, beside those around it and elsewhere: one answer, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lokalnet.analysis.effects.detectable import Detectable, Plan, detectable
from lokalnet.analysis.effects.displacement import FEWEST_ELSEWHERE, Counts, Displacement, displacement
from lokalnet.analysis.effects.ratio import Ratio, dispersion, rate_ratio, ratio_of_ratios

Weeks = Sequence[int]


class Change(StrEnum):
    FEWER = "fewer"
    UNCLEAR = "unclear"
    MORE = "more"


@dataclass(frozen=True)
class Series:
    """The counts of whole weeks before and after."""

    before: Weeks
    after: Weeks

    @property
    def sums(self) -> tuple[int, int]:
        return sum(self.before), sum(self.after)

    @property
    def dispersion(self) -> float:
        return dispersion(self.before, self.after)


@dataclass(frozen=True)
class Told:
    """Of the same weeks: the counts here, around it and elsewhere, and how many reporters were at work in each."""

    here: Series
    around: Series
    elsewhere: Series
    reporters: Series


@dataclass(frozen=True)
class Compared:
    """`ratio` is what is said first: `against` elsewhere where enough was told there, else `by_effort`.

    `alone` is by the week; `by_effort` by the week of a reporter at work, so that more people telling is no more of
    what they tell; `elsewhere` is what changed in the comparison itself. `dispersion` is that of `ratio`.
    """

    ratio: Ratio
    alone: Ratio
    by_effort: Ratio
    against: Ratio | None
    elsewhere: Ratio
    displacement: Displacement
    dispersion: float

    @property
    def change(self) -> Change:
        return Change.FEWER if self.ratio.fewer else Change.MORE if self.ratio.more else Change.UNCLEAR


def compare(told: Told, *, seed: int) -> Compared:
    """Raises ValueError where there are no weeks before or after."""
    alone = _ratio(told.here, (len(told.here.before), len(told.here.after)))
    effort = told.reporters.sums
    by_effort = _ratio(told.here, effort) if all(effort) else alone
    joint = joint_dispersion(told.here, told.elsewhere)
    against = ratio_of_ratios(told.here.sums, told.elsewhere.sums, dispersion=joint) if enough(told.elsewhere) else None
    return Compared(
        against or by_effort, alone, by_effort, against,
        _ratio(told.elsewhere, (len(told.elsewhere.before), len(told.elsewhere.after))),
        displacement(Counts(told.here.sums, told.around.sums, told.elsewhere.sums), seed=seed, dispersion=joint),
        joint if against else told.here.dispersion)


def smallest(here: Weeks, elsewhere: Weeks, *, weeks_after: int) -> Detectable:
    """What would be seen after so many weeks, if all goes on as in these."""
    usual, comparison = (sum(weeks) / len(weeks) / dispersion(weeks) for weeks in (here, elsewhere))
    return detectable(Plan(usual, len(here), weeks_after,
                           comparison if sum(elsewhere) >= FEWEST_ELSEWHERE else None))


def enough(elsewhere: Series) -> bool:
    return sum(elsewhere.sums) >= FEWEST_ELSEWHERE and all(elsewhere.sums)


def joint_dispersion(here: Series, elsewhere: Series) -> float:
    """Of a ratio of ratios: each place's own, weighed by its part in the variance of the logarithm (1 / count each)."""
    parts = [sum(1 / (count + 0.5) for count in place.sums) for place in (here, elsewhere)]
    return (here.dispersion * parts[0] + elsewhere.dispersion * parts[1]) / sum(parts)


def _ratio(place: Series, times: tuple[int, int]) -> Ratio:
    return rate_ratio(*place.sums, time_before=times[0], time_after=times[1], dispersion=place.dispersion)
