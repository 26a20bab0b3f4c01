"""What was told in each week and zone. One reporter, one cell, one day counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lokalnet.analysis.effects.comparing import Series, Told
from lokalnet.analysis.seasons import WEEK, monday_of
from lokalnet.situation.measures.effects.places import Zone, zones
from lokalnet.situation.models import LOOKED_AT, Measure, MeasureObservation, MeasureVisibility, Theme, Visibility
from lokalnet.situation.models.signals import SignalAudience, SignalMeasure
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import asking
from lokalnet.situation.signals.asking import Asked, Cell

EARLIER = WEEK * 8  # looked at besides, to know whether anybody told anything then
GETS = {SignalAudience.PARTNERSHIP: (Visibility.PARTNERSHIP, Visibility.PUBLIC),
        SignalAudience.MUNICIPALITIES: (Visibility.MUNICIPALITIES, Visibility.PARTNERSHIP, Visibility.PUBLIC)}

Event = tuple[Cell, date, bool]  # where, when, told under a measure or on planned presence
Weekly = Mapping[tuple[Zone, date], int]


@dataclass(frozen=True)
class Counted:
    """By zone and Monday: `everything`, and the `others` than the reports of planned presence and measures.

    `reporters` were at work in the week, whatever they told; `first` is the first whole week in which somebody may have
    told something; `left_out` other measures' cells are in no zone.
    """

    others: Weekly
    everything: Weekly
    reporters: Mapping[date, int]
    first: date | None
    left_out: int

    def told(self, counts: Weekly, before: Sequence[date], after: Sequence[date]) -> Told:
        here, around, elsewhere = (
            Series(of(counts, zone, before), of(counts, zone, after)) for zone in Zone)
        return Told(here, around, elsewhere, Series([self.reporters.get(monday, 0) for monday in before],
                                                    [self.reporters.get(monday, 0) for monday in after]))


def of(counts: Weekly, zone: Zone, weeks: Iterable[date]) -> tuple[int, ...]:
    return tuple(counts.get((zone, monday), 0) for monday in weeks)


def audience(measure: Measure) -> SignalAudience:
    """Whose reports are counted: what all get who may see the measure, and the police's own as the partnership's."""
    if measure.visibility != MeasureVisibility.PARTNERSHIP and measure.organisation.kind == "municipality":
        return SignalAudience.MUNICIPALITIES
    return SignalAudience.PARTNERSHIP


def themes(measure: Measure) -> tuple[Theme, ...]:
    """What the measure is about: what its signal was, or its observations (those that all of the audience get, so that
    every reader counts alike), or else all that is looked at."""
    of_signal = set(SignalMeasure.objects.filter(measure=measure).values_list("signal__theme", flat=True))
    linked = set(MeasureObservation.objects.filter(
        measure=measure, observation__visibility__in=GETS[audience(measure)]).values_list(
            "observation__category__theme", flat=True))
    found = of_signal or linked
    return tuple(theme for theme in LOOKED_AT if theme in found) or LOOKED_AT


def counted(frame: Frame, measure: Measure, weeks: Sequence[date]) -> Counted:
    """From some weeks before the first of `weeks` to the end of the last."""
    until = weeks[-1] + timedelta(days=6)
    heard = asking.asked(frame.partnership.id, audience(measure), since=weeks[0] - EARLIER, until=until)
    events = _events(heard, themes(measure))
    where = zones(frame, measure, {cell for cell, _day, _flagged in events}, audience=audience(measure),
                  since=weeks[0], until=until)
    return Counted(_weekly([each for each in events if not each[2]], where.of), _weekly(events, where.of),
                   _reporters(heard), _first(heard), where.left_out)


def _events(heard: Asked, themes: Iterable[Theme]) -> list[Event]:
    """Each reporter's cell and day once; it is flagged where nobody told of it otherwise."""
    once: dict[tuple[int, Cell, date], bool] = {}
    for theme in themes:
        told = heard.themes[theme].told
        rows = zip(told.reporter.tolist(), zip(told.x.tolist(), told.y.tolist(), strict=True), told.day.tolist(),
                   told.flagged.tolist(), strict=True)
        for reporter, cell, day, flagged in rows:
            once[reporter, cell, day] = once.get((reporter, cell, day), True) and flagged
    return [(cell, day, flagged) for (_reporter, cell, day), flagged in once.items()]


def _weekly(events: Iterable[Event], where: Mapping[Cell, Zone]) -> Weekly:
    counts: dict[tuple[Zone, date], int] = {}
    for cell, day, _flagged in events:
        if cell in where:
            key = where[cell], monday_of(day)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _reporters(heard: Asked) -> dict[date, int]:
    """Each is there once a week (analysis/detection/told.py)."""
    counts: dict[date, int] = {}
    for week in heard.effort.week.tolist():
        counts[week] = counts.get(week, 0) + 1
    return counts


def _first(heard: Asked) -> date | None:
    return min(heard.effort.week.tolist()) + WEEK if len(heard.effort.week) else None
