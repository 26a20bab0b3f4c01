"""How a meeting ends: what was decided, what was not, and a copy of both for the journal."""

from typing import Any

from django.utils.translation import gettext as _

from lokalnet.access.papers import paper
from lokalnet.foundation.pdf import Document, Table
from lokalnet.situation.briefing import carrying, telling
from lokalnet.situation.briefing.deciding import Decided, Outcome
from lokalnet.situation.briefing.meeting import Meeting
from lokalnet.situation.models import DecisionKind


def context(meeting: Meeting) -> dict[str, Any]:
    return {"decisions": decisions(meeting), "undecided": meeting.undecided(),
            "first": meeting.stops()[0].url, "last": meeting.stops()[-1].url}


def decisions(meeting: Meeting) -> list[tuple[str, str, Outcome]]:
    """What it was about, the address of its point, and what holds: also every measure that was decided before that."""
    order = [each.point.slug for each in meeting.stops()]
    known = sorted(meeting.decided, key=lambda slug: order.index(slug) if slug in order else len(order))
    return [(carrying.about(meeting.frame, slug), _url(meeting, slug), outcome)
            for slug in known for outcome in _that_hold(meeting.decided[slug])]


def _that_hold(decided: Decided) -> list[Outcome]:
    """The newest, and measures: those do not go away when something else is decided."""
    return [decided.newest, *(each for each in decided.earlier if each.kind == DecisionKind.MEASURE)]


def _url(meeting: Meeting, slug: str) -> str:
    return next((each.url for each in meeting.stops(slug) if each.point.slug == slug), "")


def paper_of(meeting: Meeting) -> Document:
    rows = tuple((about, in_words(outcome), f"{outcome.who}, {outcome.when}")
                 for about, _url_, outcome in decisions(meeting))
    open_ = ", ".join(each.title for each in meeting.undecided())
    return paper(
        meeting.frame, _("Meeting about %(briefing)s") % {"briefing": telling.title(meeting.figures)},
        facts=((_("Place"), telling.place(meeting.figures)), (_("Week"), telling.dates(meeting.figures))),
        paragraphs=(() if rows else (_("Nothing was decided."),)) + (
            (_("Without a decision: %(points)s.") % {"points": open_},) if open_ else ()),
        tables=(Table(_("What was decided"), (_("About"), _("Decided"), _("By, when")), rows),) if rows else (),
        notes=(telling.audience(meeting.figures),))


def in_words(outcome: Outcome) -> str:
    """One decision in a line."""
    if outcome.measure:
        named = _("Measure: %(title)s") % {"title": outcome.measure.title}
        return " · ".join(filter(None, (named, outcome.measure.owner, outcome.measure.due)))
    if outcome.lost:
        return _("A measure was decided. It is gone, or not for you to see.")
    return " · ".join(filter(None, (str(outcome.kind.label), outcome.words)))
