"""The four decisions about a worry: contact, first look, screening, decision. A human takes each, with a reason.

Whoever told of it always gets an answer: no decision that closes a worry is taken without one.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Event
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.asking import answer, rows
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.notices.telling import tell
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealing import Spot
from lokalnet.youth.concerns.drafting import today
from lokalnet.youth.concerns.own import REPLY_TABLE
from lokalnet.youth.models import About, Concern, ConcernState, Outcome, Reply, Step
from lokalnet.youth.triage import reading

ANSWERED = "concern-answered"
KEPT = timedelta(days=365)  # a file, where nobody says anything else
LONGEST_KEPT = timedelta(days=731)


class DecidedMeanwhile(Outdated):
    """A colleague has decided this step since the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("A colleague has decided this step meanwhile. See what stands here now."), 0)


class Frozen(BrokenRule):
    """The young person's file awaits Ungdomskriminalitetsnævnet."""


@dataclass(frozen=True)
class Wanted:
    """What is decided. `owner`, `about` and `deletes_on` are for a file that is opened."""

    step: Step
    outcome: Outcome
    urgent: bool
    reason: str = field(repr=False)
    reply: str = field(default="", repr=False)
    owner: UUID | None = None
    about: About | None = None
    deletes_on: date | None = None


def outcomes(step: Step, *, may_open: bool) -> list[Outcome]:
    """What a step can come to: only the last one opens a file, and nothing comes after it."""
    left: list[Outcome] = [each for each in Outcome if each not in (Outcome.ONWARD, Outcome.FILE)]
    if step != Step.FINAL:
        return [Outcome.ONWARD, *left]
    return [Outcome.FILE, *left] if may_open else left


def owners() -> list[tuple[UUID, str]]:
    """Colleagues who may be given a file: (member, name and title)."""
    return [(id_, f"{name}, {title}" if title else name)
            for id_, name, title in rows("select id, name, title from may_own_files()")]


def decide(seat: Seat, concern_id: UUID, wanted: Wanted) -> Outcome:
    """Decided once more by the same member it is decided already.

    Raises BrokenRule, Frozen, DecidedMeanwhile; Http404 for whoever may not know of it.
    """
    if is_decided_by(seat.actor, concern_id, wanted.step.value):
        return wanted.outcome
    row = reading.known(concern_id)
    reading.enter(seat.actor, row)
    _check(seat, row, wanted)
    with transaction.atomic():
        if wanted.reply.strip():
            answer_author(seat, row, wanted.outcome, wanted.reply)
        if wanted.outcome == Outcome.FILE:
            _open_file(seat, row, wanted)
        _decide(seat, row, wanted)
    return wanted.outcome


def _check(seat: Seat, row: Concern, wanted: Wanted) -> None:
    if row.state != ConcernState.SENT or row.step != wanted.step:
        raise DecidedMeanwhile
    if reading.is_frozen(row):
        raise Frozen("outcome", _("The file awaits Ungdomskriminalitetsnævnet: no step is taken beside it."))
    if wanted.outcome not in outcomes(wanted.step, may_open=reading.may_open_files(seat.actor)):
        raise BrokenRule("outcome", _("Choose what this step comes to."))
    if not wanted.reason.strip():
        raise BrokenRule("reason", _("Write why, in a sentence or two."))
    if wanted.outcome != Outcome.ONWARD and not wanted.reply.strip():
        raise BrokenRule("reply", _("The one who told of it always gets an answer. Write it here."))


def _decide(seat: Seat, row: Concern, wanted: Wanted) -> None:
    decision_id, key = uuid4(), keys.fetch(_person(row))
    spot = Spot(reading.DECISION_TABLE, decision_id, row.controller_id)
    sealed = sealing.seal(key, spot, {"reason": wanted.reason.strip()})
    if not answer("select decide_concern(%s, %s, %s, %s, %s, %s)", decision_id, row.id, wanted.step.value,
                  wanted.outcome.value, wanted.urgent, sealed):
        raise DecidedMeanwhile
    events.record(seat.actor, "concern.decided", decision=_right(seat), purpose=Purpose.TRIAGE, subject_kind="concern",
                  subject=row.id, step=wanted.step.value, outcome=wanted.outcome.value, urgent=wanted.urgent)


def is_decided_by(actor: Actor, concern_id: UUID, step: str) -> bool:
    """A closed worry is out of sight, also for who closed it; that they did stands in the log of their own acts."""
    return Event.objects.filter(member_id=actor.member_id, kind="concern.decided", subject=concern_id,
                                detail__step=step).exists()


def _open_file(seat: Seat, row: Concern, wanted: Wanted) -> None:
    if wanted.owner not in dict(owners()):
        raise BrokenRule("owner", _("Choose the colleague who has the file in hand."))
    if wanted.about is None:
        raise BrokenRule("about", _("Choose as what the young person is in the file."))
    deletes_on = wanted.deletes_on or today() + KEPT
    if not today() < deletes_on <= today() + LONGEST_KEPT:
        raise BrokenRule("deletes_on", _("Choose a day within the next two years."))
    file_id = uuid4()
    if not answer("select open_file(%s, %s, %s, %s, %s, %s)", file_id, row.id, wanted.owner, wanted.about.value,
                  deletes_on, uuid4()):
        raise BrokenRule("outcome", _("The young person has a file already. Choose another outcome."))
    events.record(seat.actor, "file.opened", decision=_right(seat), purpose=Purpose.TRIAGE, subject_kind="file",
                  subject=file_id)


def reply(seat: Seat, concern_id: UUID, words: str) -> None:
    """An answer on the way, without a decision. Raises BrokenRule, Http404."""
    row = reading.known(concern_id)
    reading.enter(seat.actor, row)
    if not words.strip():
        raise BrokenRule("words", _("Write the answer."))
    if any(each.words == words.strip() for each in reading.replies(row.id)):
        return  # a double click
    answer_author(seat, row, Outcome.ONWARD, words)


def answer_author(seat: Seat, row: Concern, outcome: Outcome, words: str) -> None:
    """The one who told of it is told, and reads it. What was decided about the young person is not theirs to know: a
    worry that ended says no more than that.
    """
    reply_id, person_id = uuid4(), _person(row)
    sealed = sealing.seal(keys.fetch(person_id), Spot(REPLY_TABLE, reply_id, row.controller_id),
                          {"words": words.strip()})
    Reply(id=reply_id, concern_id=row.id, controller_id=row.controller_id, reader_id=row.author_id, person_id=person_id,
          outcome=outcome if outcome == Outcome.ONWARD else Outcome.ADVICE, sealed=sealed).save(force_insert=True)
    tell(row.author_id, partnership_id=seat.partnership.id, kind=ANSWERED, subject=row.id)
    events.record(seat.actor, "concern.answered", decision=_right(seat), purpose=Purpose.TRIAGE,
                  subject_kind="concern", subject=row.id)


def _person(row: Concern) -> UUID:
    assert row.person_id
    return row.person_id


def _right(seat: Seat) -> Decision:
    """Of who clarifies worries; or of who works on the file that one came to."""
    return (seat.actor.may(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED)
            or seat.actor.may(Purpose.EARLY_HELP, Fields.PERSON_FILE))
