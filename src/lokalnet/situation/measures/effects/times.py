"""Which whole weeks are before a measure and which are after.

Before ends where the measure began, and before the first day of the signal that it came of: measures begin when there
is unusually much, and what is unusual goes back by itself. The weeks between belong to neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lokalnet.analysis.seasons import WEEK, monday_of
from lokalnet.situation.models import Measure, MeasureState, Step, StepKind
from lokalnet.situation.models.signals import SignalMeasure
from lokalnet.situation.partnerships import Frame

LONGEST_BEFORE, FEWEST_BEFORE = 26, 8
FEWEST_AFTER = 4


@dataclass(frozen=True)
class Times:
    """`weeks` are the Mondays from the first before to the last after, with those between (none are before, where
    nobody told anything yet); `readable` is the day from which there are enough after it, `over` whether no more will
    come."""

    began: date
    signalled: date | None
    before: tuple[date, ...]
    after: tuple[date, ...]
    readable: date
    over: bool

    @property
    def weeks(self) -> tuple[date, ...]:
        return tuple(_mondays(self.before[0], (self.after or self.before)[-1] + WEEK)) if self.before else self.after

    def since(self, before: tuple[date, ...]) -> "Times":
        """With these weeks before alone."""
        return replace(self, before=before)

    @property
    def too_early(self) -> bool:
        return len(self.after) < FEWEST_AFTER


def began(frame: Frame, measure: Measure) -> date | None:
    """When it was started, or else agreed; None where it was neither, or dropped before anybody started it."""
    days = {step.kind: step.at.astimezone(frame.zone).date() for step in Step.objects.filter(
        measure=measure, kind__in=(StepKind.STARTED, StepKind.AGREED)).order_by("-at")}
    agreed = days.get(StepKind.AGREED) if measure.state != MeasureState.DROPPED else None
    return days.get(StepKind.STARTED) or agreed


def signalled(measure: Measure) -> date | None:
    """The first day of the earliest signal that it was made of, of those that the reader sees."""
    return SignalMeasure.objects.filter(measure=measure).order_by("signal__first_day").values_list(
        "signal__first_day", flat=True).first()


def times(measure: Measure, *, start: date, signal: date | None, today: date) -> Times:
    """As of today; the weeks before are cut by `observed_since` once it is known since when anything was told."""
    first_after = monday_of(start + timedelta(days=6))
    ended = measure.ended_on or (measure.ends_on if measure.over(today) else None)
    until = min(today, ended + timedelta(days=1)) if ended else today
    end_of_before = monday_of(min(start, signal or start))
    return Times(start, signal, tuple(_mondays(end_of_before - WEEK * LONGEST_BEFORE, end_of_before)),
                 tuple(_mondays(first_after, until - timedelta(days=6))), first_after + WEEK * FEWEST_AFTER,
                 ended is not None)


def usual_weeks(*, signal: date | None, today: date) -> tuple[date, ...]:
    """The last whole weeks before a measure that has not begun."""
    end = monday_of(min(today, signal or today))
    return tuple(_mondays(end - WEEK * LONGEST_BEFORE, end))


def observed_since(weeks: tuple[date, ...], first: date | None) -> tuple[date, ...]:
    """Those that begin when somebody had told something already: before that a 0 is no quiet week."""
    return tuple(monday for monday in weeks if first is not None and monday >= first)


def _mondays(since: date, until: date) -> Iterator[date]:
    while since < until:
        yield since
        since += WEEK
