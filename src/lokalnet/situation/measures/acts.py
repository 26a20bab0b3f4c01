"""What can be done on a measure's page: the small forms, and what each of them does."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.situation.acting import NotPossible
from lokalnet.situation.measures import proposing, stepping, telling
from lokalnet.situation.measures.telling import Part
from lokalnet.situation.models import OPEN_STATES, Measure, PartnerState, StepKind
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport


def on_page(frame: Frame, measure: Measure, may: frozenset[StepKind], parts: list[Part]) -> dict[str, Any]:
    """What the page offers and says of the measure's time."""
    today = stepping.today()
    standing = measure.standing(today)
    is_open = standing in OPEN_STATES
    own = next((part for part in parts if part.own), None)
    known = {part.id for part in parts if part.state != PartnerState.DECLINED}
    again = StepKind.PROLONGED if StepKind.PROLONGED in may else StepKind.REOPENED
    days = stepping.days_for(measure, again) if again in may else None
    return {
        "may": {kind.name.lower(): kind in may for kind in StepKind}, "standing": standing, "is_open": is_open,
        "overdue": is_open and measure.due_on and measure.due_on < today,
        "joins": StepKind.JOINED in may and not (own and own.state == PartnerState.JOINED),
        "declines": StepKind.DECLINED in may, "asked": bool(is_open and own and own.state == PartnerState.ASKED),
        "to_ask": [each for each in proposing.possible_partners(frame) if each.id not in known
                   and each.kind in proposing.seen_by(measure.visibility)] if StepKind.ASKED in may else [],
        "again": again.value, "days": days, "first": days[0] if days else None, "last": days[1] if days else None,
        "due": telling.short(measure.due_on) if is_open and measure.due_on else "",
        "ends": telling.short(measure.ended_on or measure.ends_on)}


def act(frame: Frame, measure: Measure, said: Mapping[str, str]) -> str:
    """The step that was sent; what to say about it. Raises NotAllowed, NotPossible, BadReport."""
    try:
        kind = StepKind(said.get("step", ""))
    except ValueError:
        raise BadReport("step", _("Choose what is to be done.")) from None
    if kind not in (*stepping.OFFERED, StepKind.UNASKED) or kind == StepKind.CHANGED:
        raise NotPossible(_("This could not be done."))
    note = said.get("note", "")
    if kind in stepping.WITH_DAY:
        stepping.take_until(frame, measure, kind, _day(said.get("until", "")), note=note)
    elif kind in (StepKind.ASKED, StepKind.UNASKED):
        partner = chosen(said.get("organisation", ""))
        if kind == StepKind.ASKED:
            proposing.check_partners(frame, measure.visibility, [partner])
        stepping.take(frame, measure.id, kind, note=note, organisation=str(partner))
    else:
        stepping.take(frame, measure.id, kind, note=note)
    return _said(kind)


def chosen(said: str) -> UUID:
    """Raises Http404 for what names nothing."""
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _said(kind: StepKind) -> str:
    return {
        StepKind.AGREED: _("It is agreed."), StepKind.STARTED: _("It is under way."),
        StepKind.DONE: _("Done. What came of it stands first on the page."), StepKind.DROPPED: _("Dropped."),
        StepKind.PROLONGED: _("Prolonged."), StepKind.REOPENED: _("Taken up again."),
        StepKind.ASKED: _("They see the question on their day."), StepKind.UNASKED: _("The question is taken back."),
        StepKind.JOINED: _("Your organisation takes part."),
        StepKind.DECLINED: _("Your organisation takes no part."), StepKind.COMMENTED: _("The comment stands below."),
    }[kind]
