"""Whether the signals can be believed: how many there were, what they turned out to be, and what was promised."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lokalnet.analysis.detection.settings import STANDARD
from lokalnet.analysis.rates import poisson_interval
from lokalnet.foundation.times import now
from lokalnet.situation.models import (
    LOOKED_AT,
    Look,
    Signal,
    SignalStep,
    SignalVerdict,
    SignalWord,
    Theme,
    TurnedOut,
)
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import reading

# A year, by chance alone; what is promised of "maybe" holds what is unusual too.
PROMISED = {SignalWord.UNUSUAL: STANDARD.unusual_per_year,
            SignalWord.MAYBE: STANDARD.maybe_per_year - STANDARD.unusual_per_year}
YEAR = timedelta(days=365)
FEW = 10  # alarms: with fewer, a share says next to nothing
ALARMS = (SignalWord.UNUSUAL, SignalWord.MAYBE)


@dataclass(frozen=True)
class Outcomes:
    """So many alarms, and what they turned out to be; `unclear` also where the organisations do not agree."""

    alarms: int
    real: int
    known: int
    artefact: int
    unclear: int

    @property
    def unsaid(self) -> int:
        return self.alarms - self.real - self.known - self.artefact - self.unclear

    @property
    def at_most(self) -> int:
        """False ones, if all were of which nobody could say."""
        return self.artefact + self.unclear + self.unsaid


@dataclass(frozen=True)
class PerYear:
    """So many false alarms a year, with Garwood's interval; and what was promised of chance alone. `worst` is the
    interval's end if all were false of which nobody could say."""

    rate: float
    low: float
    high: float
    worst: float
    promised: float

    @property
    def kept(self) -> bool | None:
        """None where it cannot be told yet: the interval holds the promise, or too many wait for a word."""
        return True if self.worst <= self.promised else False if self.low > self.promised else None


@dataclass(frozen=True)
class Row:
    word: SignalWord
    outcomes: Outcomes
    false: PerYear


@dataclass(frozen=True)
class Calibration:
    """`since`: a year ago, or the first look where that is later; `years` is how long that is."""

    since: datetime
    years: float
    rows: list[Row]
    groups: list[tuple[Theme, Outcomes]]
    all: Outcomes

    @property
    def few(self) -> bool:
        return self.all.alarms < FEW

    @property
    def months(self) -> int:
        return max(1, round(self.years * 12))


def calibration(frame: Frame) -> Calibration | None:
    """Of the signals that its reader gets; nothing before the first look."""
    first = Look.objects.filter(partnership=frame.partnership).order_by("day").first()
    if first is None:
        return None
    since = max(now() - YEAR, first.looked_at)
    years = max((now() - since) / YEAR, 1 / 365)
    alarms = list(reading.of(frame).filter(opened_at__gte=since))
    strongest, outcome = _strongest(alarms), _outcomes(alarms)
    words = {word: [each for each in alarms if strongest[each.id] == word] for word in ALARMS}
    kept = [each for of_word in words.values() for each in of_word]
    rows = [Row(word, counted, _per_year(counted, years, PROMISED[word]))
            for word in ALARMS for counted in [_counted(words[word], outcome)]]
    groups = [(theme, _counted((each for each in kept if each.theme == theme), outcome)) for theme in LOOKED_AT]
    return Calibration(since, years, rows, groups, _counted(kept, outcome))


def _per_year(counted: Outcomes, years: float, promised: float) -> PerYear:
    low, high = poisson_interval(counted.artefact)
    worst = poisson_interval(counted.at_most)[1]
    return PerYear(counted.artefact / years, low / years, high / years, worst / years, promised)


def _counted(signals: Iterable[Signal], outcome: dict[UUID, TurnedOut]) -> Outcomes:
    found = [outcome.get(each.id) for each in signals]
    by = Counter(found)
    return Outcomes(len(found), by[TurnedOut.REAL], by[TurnedOut.KNOWN_EVENT], by[TurnedOut.ARTEFACT],
                    by[TurnedOut.UNCLEAR])


def _strongest(signals: list[Signal]) -> dict[UUID, SignalWord]:
    """An alarm that became weaker was given all the same."""
    order = (SignalWord.UNUSUAL, SignalWord.MAYBE, SignalWord.TOO_LITTLE)
    said = {each.id: {each.word} for each in signals}
    for signal, figures in SignalStep.objects.filter(signal__in=signals).values_list("signal_id", "figures"):
        said[signal].add(figures.get("word", ""))
    return {id_: next(word for word in order if word in words) for id_, words in said.items()}


def _outcomes(signals: list[Signal]) -> dict[UUID, TurnedOut]:
    """What those agree on who could say; where they do not, or none could, it is unclear."""
    newest: dict[UUID, dict[UUID, TurnedOut]] = {}
    for signal, organisation, said in SignalVerdict.objects.filter(signal__in=signals).order_by("at", "id").values_list(
            "signal_id", "organisation_id", "turned_out"):
        newest.setdefault(signal, {})[organisation] = TurnedOut(said)
    return {signal: _agreed(set(said.values())) for signal, said in newest.items()}


def _agreed(said: set[TurnedOut]) -> TurnedOut:
    clear = said - {TurnedOut.UNCLEAR}
    return clear.pop() if len(clear) == 1 else TurnedOut.UNCLEAR
