"""Take a step in a measure. Who may, and which step follows which, the database decides (sql/measures.sql)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access import events
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation import acting
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.models import Measure, MeasureKind, Step, StepKind
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

LONGEST = {MeasureKind.MEASURE: 90, MeasureKind.CONFLICT: 14}  # days, at first and at a time
DECIDED = (StepKind.AGREED, StepKind.STARTED, StepKind.DONE, StepKind.DROPPED, StepKind.PROLONGED, StepKind.REOPENED)
OFFERED = (*DECIDED, StepKind.CHANGED, StepKind.ASKED, StepKind.JOINED, StepKind.DECLINED, StepKind.COMMENTED)
WITH_DAY = (StepKind.PROLONGED, StepKind.REOPENED)


def offered(measure_id: UUID) -> frozenset[StepKind]:
    """What the actor may do about it now, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute("select k from unnest(%s::text[]) k where can_step(k, %s)", [list(OFFERED), measure_id])
        return frozenset(StepKind(row[0]) for row in cursor.fetchall())


def right(frame: Frame, kind: StepKind) -> Decision:
    """By which right somebody takes such a step; an owner does so by the common one. Raises NotAllowed."""
    common = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    return (kind in DECIDED and frame.actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED)) or common


def take(frame: Frame, measure_id: UUID, kind: StepKind, *, note: str = "", **detail: Any) -> None:
    """Write the step and its entry in the log. Raises NotAllowed, NotPossible, BadReport (for `note`)."""
    decision = right(frame, kind)
    step = Step(id=uuid4(), measure_id=measure_id, organisation_id=frame.actor.organisation_id,
                member_id=frame.actor.member_id, kind=kind, note=_words(frame, kind, note), detail=detail)
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except DatabaseError as problem:
        raise refusal(problem) from None
    events.record(frame.actor, f"measure.{kind.value}", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="measure", subject=measure_id)


def take_until(frame: Frame, measure: Measure, kind: StepKind, until: date | None, *, note: str) -> None:
    """A step that gives the measure a new last day. Raises as `take`, and BadReport for `until`."""
    first, last = days_for(measure, kind)
    if until is None or not first <= until <= last:
        raise BadReport("until", _("Choose a day from %(first)s to %(last)s.") % {
            "first": in_words(first), "last": in_words(last)})
    take(frame, measure.id, kind, note=note, until=until.isoformat())


def days_for(measure: Measure, kind: StepKind) -> tuple[date, date]:
    """The first and the last day that the step may name."""
    longest = timedelta(days=LONGEST[MeasureKind(measure.kind)])
    if kind == StepKind.PROLONGED:
        return measure.ends_on + timedelta(days=1), measure.ends_on + longest
    return today(), today() + longest


def today() -> date:
    """As the database counts days (access/sql/actor.sql): a step must not be refused for an hour's difference."""
    return now().astimezone(COPENHAGEN).date()


def in_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _words(frame: Frame, kind: StepKind, note: str) -> str:
    """What was written, checked. Raises BadReport."""
    needed = {
        StepKind.DONE: _("Say in a sentence or two what came of it."),
        StepKind.DROPPED: _("Say why in a sentence."), StepKind.PROLONGED: _("Say why in a sentence."),
        StepKind.REOPENED: _("Say why in a sentence."), StepKind.COMMENTED: _("Write the comment first."),
    }.get(kind)
    if needed and not note.strip():
        raise BadReport("note", needed)
    return acting.checked_note(frame, note)


def refusal(problem: DatabaseError) -> Exception:
    """What the trigger or the policy said, in words."""
    cause = getattr(problem.__cause__, "diag", None)
    state, said = getattr(cause, "sqlstate", ""), getattr(cause, "message_primary", "") or ""
    if state == "LN001":
        return NotPossible(_reason(said))
    return NotAllowed("the policy on steps of a measure") if state == "42501" else problem


def _reason(code: str) -> str:
    return {
        "not-now": _("This was done already, or the measure has moved on meanwhile. See where it stands now."),
        "bad-day": ngettext("A measure can be prolonged by %(number)d day at a time.",
                            "A measure can be prolonged by %(number)d days at a time.", 90) % {"number": 90},
        "partner-sees-nothing": _("A partner could not see this measure. Let more see it first."),
    }.get(code, _("This could not be done."))
