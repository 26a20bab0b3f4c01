"""Do something about an observation: one act is written, the database draws the consequences (sql/consequences.sql)."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.situation import guard, knowing
from lokalnet.situation.models import LONGEST_NOTE, Act, ActKind, Change
from lokalnet.situation.partnerships import Frame, framed_as
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import tell

RIGHTS: dict[ActKind, tuple[Purpose, Fields]] = {
    ActKind.SEEN_TOO: (Purpose.REPORT, Fields.OBSERVATION_ENTRY),
    ActKind.UNSEEN: (Purpose.REPORT, Fields.OBSERVATION_ENTRY),
    ActKind.CONFIRMED: (Purpose.SHARED_PICTURE, Fields.STANDING),
    ActKind.REFUTED: (Purpose.SHARED_PICTURE, Fields.STANDING),
    ActKind.REOPENED: (Purpose.SHARED_PICTURE, Fields.STANDING),
    ActKind.CORRECTED: (Purpose.REPORT, Fields.OBSERVATION_ENTRY),
    ActKind.WITHDRAWN: (Purpose.REPORT, Fields.OBSERVATION_ENTRY),
    ActKind.RESTORED: (Purpose.REPORT, Fields.OBSERVATION_ENTRY),
    ActKind.MERGED: (Purpose.SHARED_PICTURE, Fields.MERGING),
    ActKind.SPLIT: (Purpose.SHARED_PICTURE, Fields.MERGING),
    ActKind.RECOGNISED: (Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN),
    ActKind.ANSWERED: (Purpose.ANSWER, Fields.ANSWERS),
}


class NotPossible(ValueError):
    """The act does not fit what the observation is now; the message says why."""


def _reason(code: str) -> str:
    return {
        "not-live": _("This report is no longer in the picture."),
        "own-report": _("You reported this yourself. Somebody else has to confirm or refute it."),
        "said-already": _("You have already said that."),
        "bad-target": _("Choose another report of the same partnership that is in the picture."),
        "not-withdrawn": _("This report has not been withdrawn."),
        "not-merged": _("This report has not been put together with another."),
    }.get(code, _("This could not be done."))


def allowed(observation_id: UUID) -> frozenset[ActKind]:
    """What the actor may do about the observation, as the database has it; its present state is another question."""
    with connection.cursor() as cursor:
        cursor.execute("select k from unnest(%s::text[]) k where may_act(k, %s, null)",
                       [list(ActKind.values), observation_id])
        return frozenset(ActKind(row[0]) for row in cursor.fetchall())


def do(frame: Frame, observation_id: UUID, kind: ActKind, *, note: str = "", quietly: bool = False,
       **more: Any) -> Act:
    """Write the act, its news and its entry in the log, in the running transaction.

    `more` are the act's `answer`, `into` and `detail`. With `quietly` the caller tells the news itself. Raises
    NotAllowed, NotPossible, BadReport (for the note).
    """
    decision = require(frame, kind)
    act = Act(observation_id=observation_id, organisation_id=frame.actor.organisation_id,
              member_id=frame.actor.member_id, kind=kind, note=checked_note(frame, note), **more)
    try:
        with transaction.atomic():
            act.save(force_insert=True)
    except DatabaseError as problem:
        raise _refusal(problem) from None
    if not quietly:
        tell(frame.actor, frame.partnership.id, Change.Kind.CHANGED, observation_id)
    log(frame, kind, decision, observation_id)
    return act


def require(frame: Frame, kind: ActKind) -> Decision:
    purpose, fields = RIGHTS[kind]
    return frame.actor.require(purpose, fields)


def log(frame: Frame, kind: ActKind, decision: Decision, observation_id: UUID) -> None:
    events.record(frame.actor, f"observation.{kind.value}", decision=decision, purpose=RIGHTS[kind][0],
                  subject_kind="observation", subject=observation_id)


def checked_note(frame: Frame, note: str) -> str:
    """A note stands under the same rules as a text. Raises BadReport."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadReport("note", _("The text may be %(number)s characters long.") % {"number": LONGEST_NOTE})
    check_words(frame, note, field="note")
    return note


def check_words(frame: Frame, words: str, *, field: str, also: Collection[guard.Kind] = ()) -> None:
    """The rules of a report's text for anything else that somebody writes, and `also` what may not stand here.

    Raises BadReport for the field.
    """
    try:
        guard.check_text(words, places=knowing.places(frame) if words else (), also=also)
    except guard.RefusedText as problem:
        raise BadReport(field, str(problem)) from None


def broken_rule(seat: Seat, words: str) -> str:
    """The same for capabilities below, which know no frame (access/words.py): the rule, or nothing."""
    try:
        check_words(framed_as(seat), words, field="")
    except BadReport as problem:
        return problem.rule
    return ""


def _refusal(problem: DatabaseError) -> Exception:
    """What the trigger or the policy said, in words."""
    cause = getattr(problem.__cause__, "diag", None)
    state, said = getattr(cause, "sqlstate", ""), getattr(cause, "message_primary", "") or ""
    if state == "LN001":
        return NotPossible(_reason(said))
    if state == "42501":  # a row policy said no
        return NotAllowed("the policy on acts")
    return problem


def possible(kinds: Iterable[ActKind], *, state: str, standing: str, own_report: bool,
             seen: bool) -> frozenset[ActKind]:
    """Of what the actor may do, what makes sense now: what a page offers."""
    live = state == "live"
    sense = {
        ActKind.SEEN_TOO: live and not own_report and not seen, ActKind.UNSEEN: live and seen,
        ActKind.CONFIRMED: live and not own_report and standing != "confirmed",
        ActKind.REFUTED: live and not own_report and standing != "refuted",
        ActKind.REOPENED: live and not own_report and standing != "unconfirmed",
        ActKind.CORRECTED: live, ActKind.WITHDRAWN: live,
        ActKind.RESTORED: state == "withdrawn", ActKind.MERGED: live, ActKind.SPLIT: state == "merged",
        ActKind.RECOGNISED: True, ActKind.ANSWERED: live and not own_report,
    }
    return frozenset(kind for kind in kinds if sense[kind])
