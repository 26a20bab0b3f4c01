"""Answers: what is owed to reporters, and what became of one's own reports."""

from datetime import datetime, timedelta
from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.interface import journal
from lokalnet.situation import answering, reading, showing
from lokalnet.situation.journals import reports
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import Answer
from lokalnet.situation.outside import quiet
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed

SEEN = "answers-seen-at"
NEWS = timedelta(days=14)


def last_looked(request: Request) -> datetime:
    """When the member last looked at the answers, as far as this log-in knows; at most two weeks ago."""
    seen, earliest = request.session.get(SEEN), now() - NEWS
    return max(earliest, datetime.fromisoformat(seen)) if seen else earliest


@require_safe
@framed
def due(request: Request, frame: Frame) -> HttpResponse:
    """Who waits for an answer, the oldest deadline first."""
    decision = frame.actor.require(Purpose.ANSWER, Fields.ANSWERS)
    owed = answering.due_for(frame)
    events.record(frame.actor, "answers.read", decision=decision, purpose=Purpose.ANSWER,
                  subject_kind="partnership", subject=frame.partnership.id)
    rows = zip(showing.cards(frame, [each.sight for each in owed]), owed, strict=True)
    return journal.answer(
        request, "situation/answers.html", {"frame": frame, "rows": list(rows), "days": answering.WORKING_DAYS},
        partial(reports.of_due, frame, owed),
        copied=recorder(frame, decision, Purpose.ANSWER, "partnership", frame.partnership.id))


@require_safe
@framed
def own(request: Request, frame: Frame) -> HttpResponse:
    """One's own reports, and what was answered."""
    right = reading.may_read(frame.actor)
    told = answering.told_by(frame)
    events.record(frame.actor, "own-reports.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="partnership", subject=frame.partnership.id)
    request.session[SEEN] = now().isoformat()
    labels = dict(Answer.choices)
    rows = [(card, [(labels[act.answer], act.note, act.at) for act in each.answers])
            for card, each in zip(showing.cards(frame, [each.sight for each in told]), told, strict=True)]
    week = quiet.offered(now().astimezone(frame.zone).date())
    context = {"frame": frame, "rows": rows, "week": week, "quiet": quiet.state(frame, week)}
    return journal.answer(request, "situation/own_reports.html", context, partial(reports.of_own, frame, told),
                          copied=recorder(frame, right.decision, right.purpose, "partnership", frame.partnership.id))
