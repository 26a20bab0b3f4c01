"""A signal in words and pictures for one reader: a line in a list, and a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from lokalnet.foundation.times import now
from lokalnet.situation import picture, showing
from lokalnet.situation.addresses import address, addresses
from lokalnet.situation.models import (
    Signal,
    SignalAudience,
    SignalState,
    SignalStep,
    SignalStepKind,
    SignalWord,
)
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters, Sight
from lokalnet.situation.showing import Card
from lokalnet.situation.signals import judging, plots, reading, wanted, words
from lokalnet.situation.signals.judging import Said

SHOWN = 50
DAYS_SHOWN, WEEKS_SHOWN = 28, 26
LONGEST_IN_DAYS = 21


@dataclass(frozen=True)
class Line:
    """A signal in a list."""

    url: str
    word: SignalWord
    sentence: str
    short: str
    dates: str
    state: SignalState
    only_municipalities: bool
    said: list[Said]


@dataclass(frozen=True)
class LookLine:
    """What the newest look at a group said, and when; `said` is empty where nobody has looked yet."""

    theme: str
    said: str
    when: str
    stale: bool


@dataclass(frozen=True)
class StepLine:
    when: str
    what: str
    figures: str


@dataclass(frozen=True)
class SignalPage:
    """Everything that the page shows but for what is said and done about it."""

    signal: Signal
    place: str
    sights: list[Sight]
    cards: list[Card]
    count: int
    where: plots.Where
    when: plots.When
    steps: list[StepLine]

    @property
    def word(self) -> SignalWord:
        return SignalWord(self.signal.word)

    @property
    def state(self) -> SignalState:
        return SignalState(self.signal.state)

    @property
    def sentence(self) -> str:
        return words.sentence(self.signal, self.place)

    @property
    def short(self) -> str:
        return words.short(self.signal, self.place)

    @property
    def dates(self) -> str:
        return words.dates(self.signal.first_day, self.signal.last_day)

    @property
    def means(self) -> str:
        return words.means(self.signal.word)


def lines(frame: Frame, signals: Sequence[Signal]) -> list[Line]:
    areas, said = reading.areas_of(frame, signals), judging.said_of(frame, signals)
    places = {id_: reading.place_of(frame, each) for id_, each in areas.items()}
    url = addresses(frame, "signal")
    return [Line(url(each.id), SignalWord(each.word), words.sentence(each, places[each.id]),
                 words.short(each, places[each.id]), words.dates(each.first_day, each.last_day),
                 SignalState(each.state), each.audience == SignalAudience.MUNICIPALITIES, said.get(each.id, []))
            for each in signals]


def looks(frame: Frame) -> list[LookLine]:
    return [LookLine(str(each.theme.label), words.looked(each.look) if each.look else "",
                     _moment(frame, each.look.looked_at) if each.look else "", each.stale)
            for each in reading.last_looks(frame)]


def named(frame: Frame, signal: Signal) -> str:
    """«Drug dealing around Grantoften»."""
    return words.short(signal, reading.place_of(frame, reading.areas_of(frame, [signal])[signal.id]))


def page(frame: Frame, signal: Signal) -> SignalPage:
    """As its reader gets it, now."""
    areas = reading.areas_of(frame, [signal])[signal.id]
    found = picture.page(frame.partnership, filters(frame, signal), size=SHOWN)
    return SignalPage(
        signal, reading.place_of(frame, areas), found.sights, showing.cards(frame, found.sights),
        picture.count(frame.partnership, filters(frame, signal)),
        plots.where(signal, frame.partnership.projection, areas[-1] if areas else None),
        _when(frame, signal), _steps(frame, signal))


def filters(frame: Frame, signal: Signal) -> Filters:
    """The reports of its cells, days, group and audience, of those that the reader gets."""
    return _filters(frame, signal, signal.first_day, signal.last_day)


def in_overview(frame: Frame, signal: Signal) -> str:
    """The same set in the overview."""
    return address(frame, "overview", signal=signal.id, since=signal.first_day, until=signal.last_day)


def _filters(frame: Frame, signal: Signal, first: date, last: date) -> Filters:
    since, until = picture.between(first, last, frame.zone)
    return Filters(since, until, signal=wanted.around(signal))


def _when(frame: Frame, signal: Signal) -> plots.When:
    """Days where it is about days; weeks where it has gone on for long."""
    lasts = (signal.last_day - signal.first_day).days + 1
    days = 7 if lasts > LONGEST_IN_DAYS else 1
    last = min(now().astimezone(frame.zone).date(), signal.last_day + timedelta(days=7))
    if days > 1:
        last += timedelta(days=6 - last.weekday())
    first = last - timedelta(days=days * (WEEKS_SHOWN if days > 1 else DAYS_SHOWN) - 1)
    counted = picture.per_day(frame.partnership, _filters(frame, signal, first, last)).counted
    return plots.when(signal, counted, first, last, days=days)


def _steps(frame: Frame, signal: Signal) -> list[StepLine]:
    rows = SignalStep.objects.filter(signal=signal).order_by("at", "id")
    return [StepLine(_moment(frame, row.at), str(SignalStepKind(row.kind).label), _figures(row)) for row in rows]


def _figures(step: SignalStep) -> str:
    """What was counted then, where it was written down."""
    seen, usual = step.figures.get("observed"), step.figures.get("expected")
    if not isinstance(seen, int) or not isinstance(usual, int | float):
        return ""
    reports = ngettext("%(number)s report", "%(number)s reports", seen) % {"number": seen}
    return f"{reports}; {words.usual(float(usual))}"


def _moment(frame: Frame, at: datetime) -> str:
    return date_format(at.astimezone(frame.zone), pgettext("date pattern", "j M, H:i"))

