"""A conflict is opened by two organisations, prolonged with a reason, and stood down by a decision or by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.situation.acting import NotPossible, check_words
from lokalnet.situation.conflicts.looking import Conflict, note, one, require_lead, today
from lokalnet.situation.conflicts.writing import checked, insert, key_from
from lokalnet.situation.models import Measure, MeasureKind, MeasurePartner, MeasureVisibility, PartnerState, Step
from lokalnet.situation.models import StepKind as Kind
from lokalnet.situation.models.measures import LONGEST_TITLE
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

PROPOSAL_LASTS = timedelta(days=3)
LASTS = timedelta(days=14)
ABOUT_STANDING_DOWN = "stand-down"


@dataclass(frozen=True)
class Proposed:
    """What somebody enters to have a conflict opened."""

    title: str
    known: str
    areas: tuple[UUID, ...]
    key: str = ""


def propose(frame: Frame, said: Proposed) -> UUID:
    """Waits for a second party from now on; lapses in three days. Raises NotAllowed, BadReport.

    Everybody who works with measures in the municipalities and the police sees it: they are to say the same.
    """
    decision = require_lead(frame.actor)
    _check(frame, said)
    key = key_from(said.key)
    if Measure.objects.filter(id=key, organisation_id=frame.actor.organisation_id, title=said.title.strip()).exists():
        return key  # the second click
    if Measure.objects.filter(id=key).exists():
        key = uuid4()
    insert(Measure(
        id=key, partnership=frame.partnership, organisation_id=frame.actor.organisation_id, kind=MeasureKind.CONFLICT,
        visibility=MeasureVisibility.PARTNERSHIP, title=said.title.strip(), known=said.known.strip(),
        areas=list(said.areas), ends_on=today(frame) + PROPOSAL_LASTS))
    note(one(frame, key), "conflict.proposed", decision)
    return key


def _check(frame: Frame, said: Proposed) -> None:
    if not said.title.strip():
        raise BadReport("title", _("Give it a name that everybody understands, such as a place and what happens."))
    if len(said.title.strip()) > LONGEST_TITLE:
        raise BadReport("title", _("The text may be %(number)s characters long.") % {"number": LONGEST_TITLE})
    check_words(frame, said.title, field="title")
    if not said.known.strip():
        raise BadReport("known", _("Write what is known: the others decide by it."))
    check_words(frame, said.known, field="known")
    if not said.areas or not set(said.areas) <= set(frame.areas):
        raise BadReport("areas", _("Choose at least one area."))


def confirm(conflict: Conflict) -> None:
    """The second party confirms, and it is open; the template of the contact tree is copied (sql/conflicts.sql).

    Raises NotAllowed and NotPossible.
    """
    decision = require_lead(conflict.frame.actor)
    if conflict.is_open and conflict.agreed and conflict.agreed.member_id == conflict.frame.actor.member_id:
        return  # the second click
    if not conflict.waits:
        raise NotPossible(_("This does not wait for a party any more."))
    if not is_another(conflict):
        raise NotPossible(_("Your organisation proposed it. A coordinator or leader of another one confirms."))
    _step(conflict, Kind.AGREED)
    note(conflict, "conflict.opened", decision)


def is_another(conflict: Conflict) -> bool:
    return bool(conflict.measure.organisation_id != conflict.frame.actor.organisation_id)


def withdraw(conflict: Conflict, reason: str) -> None:
    """Take back a proposal that nobody confirmed. Raises NotAllowed, NotPossible, BadReport."""
    decision = require_lead(conflict.frame.actor)
    reason = checked(conflict, reason, field="reason", needed=_("Say why in a sentence."))
    if not conflict.waits:
        raise NotPossible(_("This does not wait for a party any more."))
    _step(conflict, Kind.DROPPED, reason)
    note(conflict, "conflict.withdrawn", decision)


def join(conflict: Conflict) -> None:
    """Another organisation takes part, and decides along with those who opened it. Raises NotAllowed, NotPossible."""
    decision = require_lead(conflict.frame.actor)
    conflict.require_open()
    if conflict.frame.actor.organisation_id in taking_part(conflict):
        return
    _step(conflict, Kind.JOINED)
    note(conflict, "conflict.joined", decision)


def taking_part(conflict: Conflict) -> list[UUID]:
    """The organisations that decide: the one that proposed it, the one that confirmed, and who joined since."""
    joined = MeasurePartner.objects.filter(measure_id=conflict.id, state=PartnerState.JOINED).order_by("at", "id")
    return [conflict.measure.organisation_id, *joined.values_list("organisation_id", flat=True)]


def prolong(conflict: Conflict, until: date | None, reason: str) -> None:
    """By at most 14 days at a time. Raises NotAllowed, NotPossible, BadReport."""
    decision = _require_party(conflict)
    conflict.require_open()
    reason = checked(conflict, reason, field="reason", needed=_("Say why it has to go on."))
    if until is None or not conflict.measure.ends_on < until <= latest(conflict):
        raise BadReport("until", _("Choose a day after the present last day and at most 14 days later."))
    _step(conflict, Kind.PROLONGED, reason, until=until.isoformat())
    note(conflict, "conflict.prolonged", decision)


def latest(conflict: Conflict) -> date:
    """The last day that it can be prolonged to now."""
    ends_on: date = conflict.measure.ends_on
    return ends_on + LASTS


def stand_down(conflict: Conflict, reason: str, outcome: str) -> None:
    """By decision, before its time is up. Raises NotAllowed, NotPossible, BadReport."""
    decision = _require_party(conflict)
    conflict.require_open()
    reason = checked(conflict, reason, field="reason", needed=_("Say why it can stand down."))
    outcome = checked(conflict, outcome, field="outcome", needed=_("Say what came of it."))
    with transaction.atomic():
        _step(conflict, Kind.COMMENTED, reason, about=ABOUT_STANDING_DOWN)
        _step(conflict, Kind.DONE, outcome)
    note(conflict, "conflict.stood-down", decision)


def reason_for_standing_down(conflict: Conflict) -> str:
    said = [step.note for step in conflict.steps if step.detail.get("about") == ABOUT_STANDING_DOWN]
    return said[-1] if said and conflict.ending else ""


def may_end(conflict: Conflict) -> bool:
    """May the reader prolong it, or stand it down?"""
    return conflict.is_open and _is_party(conflict.frame.actor, conflict)


def _is_party(actor: Actor, conflict: Conflict) -> bool:
    return actor.organisation_id in taking_part(conflict)


def _require_party(conflict: Conflict) -> Any:
    decision = require_lead(conflict.frame.actor)
    if not _is_party(conflict.frame.actor, conflict):
        raise NotPossible(_("Those who take part decide this. Let your organisation take part first."))
    return decision


def _step(conflict: Conflict, kind: Kind, words: str = "", **detail: str) -> None:
    actor = conflict.frame.actor
    insert(Step(id=uuid4(), measure_id=conflict.id, organisation_id=actor.organisation_id, member_id=actor.member_id,
                kind=kind, note=words, detail=detail))
