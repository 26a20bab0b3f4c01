"""What a signal turned out to be. Each organisation says it for itself; the newest of each holds, and all are shown.

Nothing is changed: what is said is added. A form brings the key of what will be said from it, so that a double click
says it once, and how often the organisation has said something, so that two colleagues notice each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.rules import Outdated
from lokalnet.situation import acting
from lokalnet.situation.models import LONGEST_WORDS, Signal, SignalVerdict, TurnedOut
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.signals.turns import take_turn


@dataclass(frozen=True)
class Said:
    """What one organisation says now, and what it said before; never which of its members."""

    organisation: str
    own: bool
    turned_out: TurnedOut
    words: str
    when: str
    before: tuple["Said", ...] = ()


def judges(actor: Actor) -> bool:
    return bool(actor.may(Purpose.SHARED_PICTURE, Fields.SIGNALS_JUDGED))


def may_judge(frame: Frame) -> Decision:
    """Raises NotAllowed."""
    return frame.actor.require(Purpose.SHARED_PICTURE, Fields.SIGNALS_JUDGED)


def judge(frame: Frame, signal: Signal, turned_out: str, words: str, *, key: UUID, edition: int) -> None:
    """Raises NotAllowed, BadReport (for `turned_out` and `words`), Outdated."""
    decision = may_judge(frame)
    words = words.strip()
    _check(frame, turned_out, words)
    take_turn(signal.id, frame.actor.organisation_id)
    if SignalVerdict.objects.filter(id=key).exists():
        return
    _noticed(frame, signal, edition)
    SignalVerdict(id=key, signal=signal, turned_out=turned_out, words=words,
                  organisation_id=frame.actor.organisation_id, member_id=frame.actor.member_id).save(force_insert=True)
    events.record(frame.actor, "signal.judged", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="signal", subject=signal.id, turned_out=turned_out)


def edition_of(frame: Frame, signal: Signal) -> int:
    """How often the own organisation has said something of it."""
    return _of_own(frame, signal).count()


def said_of(frame: Frame, signals: Iterable[Signal]) -> dict[UUID, list[Said]]:
    """By signal: what holds of each organisation, the newest first."""
    rows = SignalVerdict.objects.filter(signal_id__in=[each.id for each in signals]).order_by("-at", "-id")
    found: dict[UUID, dict[UUID, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.signal_id][row.organisation_id].append(_said(frame, row))
    return {signal: [_with(newest, tuple(before)) for newest, *before in each.values()]
            for signal, each in found.items()}


def not_judged(frame: Frame, signals: Iterable[Signal]) -> list[Signal]:
    """Of these, those of which the own organisation has said nothing."""
    there = list(signals)
    judged = set(SignalVerdict.objects.filter(
        signal_id__in=[each.id for each in there], organisation_id=frame.actor.organisation_id).values_list(
        "signal_id", flat=True))
    return [each for each in there if each.id not in judged]


def _check(frame: Frame, turned_out: str, words: str) -> None:
    if turned_out not in TurnedOut.values:
        raise BadReport("turned_out", _("Choose what it turned out to be."))
    if not words:
        raise BadReport("words", _("Say in a sentence or two why you think so."))
    if len(words) > LONGEST_WORDS:
        raise BadReport("words", _("The text may be %(number)s characters long.") % {"number": LONGEST_WORDS})
    acting.check_words(frame, words, field="words")


def _noticed(frame: Frame, signal: Signal, edition: int) -> None:
    """Raises Outdated where a colleague has said something since the form was opened."""
    stands = edition_of(frame, signal)
    if stands != edition:
        newest = _of_own(frame, signal).latest("at", "id")
        raise Outdated(_("A colleague has said meanwhile: %(said)s. What you wrote is still here; send it again if it "
                         "is to hold instead.") % {"said": f"{TurnedOut(newest.turned_out).label}: »{newest.words}«"},
                       stands)


def _of_own(frame: Frame, signal: Signal) -> QuerySet[SignalVerdict]:
    return SignalVerdict.objects.filter(signal=signal, organisation_id=frame.actor.organisation_id)


def _said(frame: Frame, row: SignalVerdict) -> Said:
    pattern = pgettext("date pattern", "j M Y")
    return Said(frame.organisations.get(row.organisation_id, _("Somebody")),
                row.organisation_id == frame.actor.organisation_id, TurnedOut(row.turned_out), row.words,
                date_format(row.at.astimezone(frame.zone), pattern))


def _with(newest: Said, before: tuple[Said, ...]) -> Said:
    return Said(newest.organisation, newest.own, newest.turned_out, newest.words, newest.when, before)
