"""The before and after of one measure, for whoever sees it and what is unusual."""

from dataclasses import dataclass
from datetime import date

from lokalnet.access import events
from lokalnet.access.models import Organisation
from lokalnet.access.rights import Fields, Purpose
from lokalnet.analysis.effects.comparing import Change, Compared, Told, compare, smallest
from lokalnet.analysis.effects.detectable import Detectable
from lokalnet.situation.measures import stepping
from lokalnet.situation.measures.effects import counting, times
from lokalnet.situation.measures.effects.counting import Counted
from lokalnet.situation.measures.effects.places import Zone
from lokalnet.situation.measures.effects.times import Times
from lokalnet.situation.models import OPEN_STATES, Measure, MeasureKind, Theme
from lokalnet.situation.models.signals import SignalAudience
from lokalnet.situation.partnerships import Frame

PLANNED_WEEKS = 12


@dataclass(frozen=True)
class Smallest:
    """What would be seen in `weeks_after` weeks, with `usual` reports a week."""

    usual: float
    weeks_before: int
    weeks_after: int
    detectable: Detectable


@dataclass(frozen=True)
class Read:
    """A change is one only where it is one with the reports of planned presence and measures and `without` them: more
    eyes see more, and who was sent may tell instead of who told before.

    Of what is without them, the word is all that is kept: by its numbers a reader could tell which of the reports are
    such, and whoever gets a report coarsely is not to know that.
    """

    told: Told
    found: Compared
    without: Change

    @property
    def change(self) -> Change:
        return self.without if self.without == self.found.change else Change.UNCLEAR

    @property
    def hangs_on_flagged(self) -> bool:
        return self.without != self.found.change


@dataclass(frozen=True)
class Effect:
    """`times` is None before the measure began; `read` where there are too few weeks before or after. `smallest` is
    None where there are too few weeks before."""

    measure: Measure
    themes: tuple[Theme, ...]
    audience: SignalAudience
    times: Times | None
    counted: Counted
    read: Read | None
    smallest: Smallest | None


def effect(frame: Frame, measure: Measure) -> Effect | None:
    """None for who may not see what is unusual there, and where a measure has no place or was given up before it began.

    It is logged: who reads it reads what others told.
    """
    may = frame.actor.may(Purpose.SHARED_PICTURE, Fields.SIGNALS)
    whose = counting.audience(measure)
    if not may or not _reads(frame, whose) or measure.kind != MeasureKind.MEASURE:
        return None
    if not any(area in frame.areas for area in measure.areas):
        return None
    today, start, signal = stepping.today(), times.began(frame, measure), times.signalled(measure)
    if start is None and measure.standing(today) not in OPEN_STATES:
        return None
    events.record(frame.actor, "measure.effect-read", decision=may, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="measure", subject=measure.id)
    if start is None:
        return _planned(frame, measure, times.usual_weeks(signal=signal, today=today))
    return _begun(frame, measure, times.times(measure, start=start, signal=signal, today=today))


def _reads(frame: Frame, audience: SignalAudience) -> bool:
    """As `reads_signals` (sql/signals.sql)."""
    return audience == SignalAudience.PARTNERSHIP or frame.actor.organisation_kind == Organisation.Kind.MUNICIPALITY


def _planned(frame: Frame, measure: Measure, weeks: tuple[date, ...]) -> Effect:
    counted = counting.counted(frame, measure, weeks)
    before = times.observed_since(weeks, counted.first)
    return Effect(measure, counting.themes(measure), counting.audience(measure), None, counted, None,
                  _smallest(counted, before))


def _begun(frame: Frame, measure: Measure, when: Times) -> Effect:
    counted = counting.counted(frame, measure, when.weeks)
    before = times.observed_since(when.before, counted.first)
    read = None
    if len(before) >= times.FEWEST_BEFORE and not when.too_early:
        told, others = (counted.told(counts, before, when.after) for counts in (counted.everything, counted.others))
        seed = measure.id.int % 2**32
        read = Read(told, compare(told, seed=seed), compare(others, seed=seed).change)
    return Effect(measure, counting.themes(measure), counting.audience(measure), when.since(before), counted, read,
                  _smallest(counted, before))


def _smallest(counted: Counted, before: tuple[date, ...]) -> Smallest | None:
    if len(before) < times.FEWEST_BEFORE:
        return None
    here, elsewhere = (counting.of(counted.everything, zone, before) for zone in (Zone.HERE, Zone.ELSEWHERE))
    return Smallest(sum(here) / len(here), len(before), PLANNED_WEEKS,
                    smallest(here, elsewhere, weeks_after=PLANNED_WEEKS))
