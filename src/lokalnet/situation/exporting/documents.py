"""Access to documents (aktindsigt): what is handed out of a period's reports, and the list of all of them.

Somebody has read each report and marked what is exempt. What is made is exactly what they read: the request holds
which reports stood on the page, and in which edition, so that none is handed out that nobody looked at.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.foundation import tokens
from lokalnet.situation.exporting import asking
from lokalnet.situation.exporting.grounds import grounds
from lokalnet.situation.exporting.papers import Paper, papers
from lokalnet.situation.exporting.tables import Column, Sheet, Value
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame

SEEN = "papers seen"
FORMATS = (Export.Format.XLSX, Export.Format.CSV)


class Changed(ValueError):
    """A report came, went or was corrected after the page was made that somebody marked."""

    def __init__(self) -> None:
        super().__init__(_("The reports of the period have changed since you looked. See them through once more; your "
                           "marks are kept."))


@dataclass(frozen=True)
class Request:
    """A case and a period of whole days, both included."""

    case: str
    since: date
    until: date


@dataclass(frozen=True)
class Answer:
    sheets: Sequence[Sheet]
    rows: int
    with_text: list[UUID]


def look(frame: Frame, request: Request) -> list[Paper]:
    """The reports to go through, which is logged with the case. Raises NotAllowed or TooMany."""
    right = asking.right_to(frame.actor, Export.Scope.DOCUMENTS)
    found = papers(frame, request.since, request.until)
    events.record(frame.actor, "documents.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="partnership", subject=frame.partnership.id, case_number=request.case,
                  reports=len(found))
    return found


def seal(read: Sequence[Paper]) -> str:
    """Which reports stand on the page, in which edition, for the browser to carry back."""
    return tokens.seal(SEEN, _editions(read))


def ask(frame: Frame, request: Request, *, form: str, exempt: Mapping[str, str], seen: str) -> Export:
    """`exempt` maps ids to the slugs of grounds. Raises NotAllowed, TooMany or Changed."""
    right = asking.right_to(frame.actor, Export.Scope.DOCUMENTS)
    read = papers(frame, request.since, request.until)
    if not seen or _unsealed(seen) != _editions(read):
        raise Changed
    known = {str(paper.id) for paper in read}
    asked = {"case": request.case, "since": request.since.isoformat(), "until": request.until.isoformat(),
             "editions": _editions(read),
             "exempt": {id_: slug for id_, slug in exempt.items() if id_ in known and slug in grounds()}}
    export = asking.store(frame, right, form=form, asked=asked)
    events.record(frame.actor, "documents.asked", decision=right.decision, purpose=right.purpose,
                  subject_kind="export", subject=export.id, case_number=request.case, format=form, reports=len(read),
                  exempt=len(asked["exempt"]))
    return export


def _editions(read: Sequence[Paper]) -> list[list[Any]]:
    return [[str(paper.id), paper.edition, paper.has_text] for paper in read]


def _unsealed(seen: str) -> Any:
    try:
        return tokens.unseal(SEEN, seen)
    except (tokens.BadToken, json.JSONDecodeError):
        return None


def answer(frame: Frame, asked: Mapping[str, Any]) -> Answer:
    """Raises Changed: what nobody has read is not handed out."""
    read = papers(frame, date.fromisoformat(asked["since"]), date.fromisoformat(asked["until"]))
    if [row[:2] for row in asked["editions"]] != [row[:2] for row in _editions(read)]:
        raise Changed
    exempt: Mapping[str, str] = asked["exempt"]
    return Answer((_handed_out(read, exempt), _list(read, exempt)), len(read),
                  [paper.id for paper in read if paper.has_text and str(paper.id) not in exempt])


def _handed_out(read: Sequence[Paper], exempt: Mapping[str, str]) -> Sheet:
    columns = (Column("number", _("No."), 6), Column("reported", _("Reported at"), 18),
               Column("category", _("Category"), 22), Column("when", _("When"), 28), Column("place", _("Place"), 24),
               Column("text", _("Text"), 80), Column("standing", _("Confirmed?"), 14), Column("state", _("Now"), 26),
               Column("history", _("History"), 50))
    return Sheet(_("Handed out"), columns, [_handed_row(paper, exempt.get(str(paper.id))) for paper in read])


def _handed_row(paper: Paper, ground: str | None) -> tuple[Value, ...]:
    """Of an exempt report: that it is there. Its time, place, words and history are what is exempt."""
    if ground is None:
        return (paper.number, paper.reported_at, paper.category, paper.when, paper.where, paper.text, paper.standing,
                paper.state, paper.history)
    mark = _("[exempt under %(ground)s]") % {"ground": grounds()[ground].cited}
    return (paper.number, paper.reported_at, paper.category, mark, mark, mark, paper.standing, paper.state, mark)


def _list(read: Sequence[Paper], exempt: Mapping[str, str]) -> Sheet:
    """For the file: every report, by its reference, and what became of it. No texts and no places."""
    columns = (Column("number", _("No."), 6), Column("id", _("Reference"), 38),
               Column("reported", _("Reported at"), 18), Column("category", _("Category"), 22),
               Column("state", _("Now"), 26), Column("decision", _("Decision"), 18), Column("ground", _("Ground"), 60))
    return Sheet(_("List of documents"), columns, [
        (paper.number, str(paper.id), paper.reported_at, paper.category, paper.state,
         *_decision(exempt.get(str(paper.id)))) for paper in read])


def _decision(slug: str | None) -> tuple[str, str]:
    if slug is None:
        return _("handed out"), ""
    ground = grounds()[slug]
    return _("exempt"), f"{ground.cited}: {ground.words}"
