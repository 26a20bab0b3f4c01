"""What was decided about a conflict, in words: the steps of the measure that it is."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.conflicts.opening import ABOUT_STANDING_DOWN
from lokalnet.situation.models import Step, StepKind


@dataclass(frozen=True)
class Decided:
    when: str
    who: str
    what: str
    note: str


def decisions(conflict: Conflict) -> list[Decided]:
    """Oldest first. What was said about standing down stands with the decision."""
    pattern = pgettext("date pattern", "j M Y, H:i")
    return [Decided(date_format(step.at.astimezone(conflict.frame.zone), pattern),
                    conflict.who(step) if step.member_id else "Lokalnet", what, step.note)
            for step in conflict.steps if (what := _what(step))]


def _what(step: Step) -> str:
    match step.kind:
        case StepKind.PROLONGED:
            until = date_format(date.fromisoformat(step.detail["until"]), "DATE_FORMAT")
            return _("Prolonged it until %(day)s") % {"day": until}
        case StepKind.COMMENTED:
            return _("Why it stands down:") if step.detail.get("about") == ABOUT_STANDING_DOWN else _("Commented")
    return str({
        StepKind.PROPOSED: _("Proposed to open it"), StepKind.AGREED: _("Confirmed: it is open"),
        StepKind.DONE: _("Stood it down"), StepKind.DROPPED: _("Took it back"), StepKind.JOINED: _("Takes part"),
        StepKind.ENDED: _("It stood down by itself"), StepKind.DECLINED: _("Takes no part"),
    }.get(StepKind(step.kind), ""))
