"""Ask a partner who never logs in: the question, its link, and what is told once it was answered.

Design section 2: every flow works if one partner never logs in. The link is made here and shown once; what is kept is
its SHA-256. A second click on "make the link" brings the same token again, in a ticket that only we can have made.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Organisation, Party
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.ordering import danish
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.situation import acting, picture
from lokalnet.situation.addresses import addresses
from lokalnet.situation.models import AnswerKind, Measure, MeasureVisibility, Question
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.questions import mailing, tickets
from lokalnet.situation.refusing import BadReport

NEWS_KEPT = timedelta(days=14)
SEES = {Organisation.Kind.MUNICIPALITY: (MeasureVisibility.MUNICIPALITIES, MeasureVisibility.PARTNERSHIP),
        Organisation.Kind.POLICE: (MeasureVisibility.PARTNERSHIP,)}


@dataclass(frozen=True)
class Wanted:
    """What is asked, of whom: a party of the partnership, or a role such as a club's."""

    question: str
    kind: AnswerKind
    asked_of: UUID | None = None
    label: str = ""
    joins: bool = False


@dataclass(frozen=True)
class Asked:
    """The link to hand on, and what became of the mail: sent, not sent (`mail_problem` says why), or not asked for."""

    url: str
    question: Question
    mailed: bool = False
    mail_problem: str = ""


@dataclass(frozen=True)
class Line:
    """A question in words. `open` while its link works."""

    id: UUID
    question: str
    asked_of: str
    asked_at: datetime
    expires_at: datetime
    open: bool
    withdrawn: bool
    answered_at: datetime | None
    reply: str
    words: str
    may_withdraw: bool
    news: bool


def about(frame: Frame, measure_id: UUID) -> tuple[Frame, Measure]:
    """A measure that the actor may ask about, in its own partnership.

    Raises NotAllowed, and Http404 for a measure that they do not see.
    """
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    found = Measure.objects.filter(id=measure_id).first()
    if found is None:
        raise Http404
    if not may_ask(frame, found):
        raise NotAllowed("others than its own organisation ask about a measure as those who may agree to one")
    return (frame if found.partnership_id == frame.partnership.id
            else frame_of(frame.actor, found.partnership_id)), found


def may_ask(frame: Frame, measure: Measure) -> bool:
    """Of the organisation whose measure it is everybody may; of others those who may agree to measures."""
    return (measure.organisation_id == frame.actor.organisation_id
            or bool(frame.actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED)))


def parties(frame: Frame) -> list[tuple[UUID, str]]:
    """The other parties of the partnership, whom one can ask."""
    rows = Party.objects.filter(partnership=frame.partnership).exclude(
        organisation=frame.actor.organisation_id).order_by(danish("organisation__name"))
    return [(row.organisation_id, row.organisation.name) for row in rows.select_related("organisation")]


def ask(frame: Frame, measure: Measure, wanted: Wanted, *, ticket: str, link: Callable[[str], str], mail_to: str = "",
        again: UUID | None = None) -> Asked:
    """The question with its link; `again` names one whose link is withdrawn by it.

    Raises BadReport, NotAllowed; tickets.BadTicket for a form that is not ours.
    """
    token = tickets.token_of(ticket, frame.actor.member_id)
    if made := Question.objects.filter(token_hash=tickets.hash_of(token), asked_by=frame.actor.member_id).first():
        return Asked(link(token), made)  # a second click
    _check(frame, measure, wanted)
    made = Question(
        id=uuid.uuid4(), partnership=frame.partnership, organisation_id=frame.actor.organisation_id,
        asked_by_id=frame.actor.member_id, measure=measure, asked_of_id=wanted.asked_of, label=wanted.label,
        question=wanted.question, kind=wanted.kind, joins=wanted.joins, token_hash=tickets.hash_of(token))
    _store(made)
    _record(frame, "question.asked", made, mailed=bool(mail_to))
    if again:
        withdraw(frame, again)
    return _mailed(Asked(link(token), made), mail_to)


def _mailed(asked: Asked, mail_to: str) -> Asked:
    if not mail_to:
        return asked
    try:
        mailing.send(mail_to, asked.url, asked.question.expires_at)
    except mailing.MailNotSent as problem:
        return Asked(asked.url, asked.question, mail_problem=str(problem))
    return Asked(asked.url, asked.question, mailed=True)


def _check(frame: Frame, measure: Measure, wanted: Wanted) -> None:
    """Raises BadReport for the field that cannot be taken."""
    if bool(wanted.asked_of) == bool(wanted.label):
        raise BadReport("label", _("Choose an organisation, or write whom you ask: one of the two."))
    if wanted.asked_of and wanted.asked_of not in dict(parties(frame)):
        raise BadReport("asked_of", _("Choose one of the organisations."))
    acting.check_words(frame, wanted.label, field="label")
    acting.check_words(frame, wanted.question, field="question")
    if wanted.joins and wanted.kind == AnswerKind.WORDS:
        raise BadReport("joins", _("That needs an answer with yes or no."))
    if wanted.joins and not _can_join(measure, wanted.asked_of):
        raise BadReport("joins", _("Only an organisation that can see the measure can take part in it here."))


def _can_join(measure: Measure, asked_of: UUID | None) -> bool:
    asked = Organisation.objects.filter(id=asked_of).first() if asked_of else None
    return (asked is not None and asked.id != measure.organisation_id
            and measure.visibility in SEES.get(Organisation.Kind(asked.kind), ()))


def _store(made: Question) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except DatabaseError as problem:
        if getattr(getattr(problem.__cause__, "diag", None), "sqlstate", "") == "42501":  # a row policy said no
            raise NotAllowed("the policy on questions") from None
        raise


def of_measure(frame: Frame, measure: Measure) -> list[Line]:
    """Its questions, newest first."""
    rows = Question.objects.filter(measure=measure).select_related("asked_of").order_by("-asked_at")
    return [_line(frame, row) for row in rows]


def _line(frame: Frame, row: Question) -> Line:
    keeps = row.organisation_id == frame.actor.organisation_id and (
        row.asked_by_id == frame.actor.member_id or bool(frame.actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED)))
    is_open = row.answered_at is None and row.withdrawn_at is None and row.expires_at > now()
    return Line(row.id, row.question, asked_of(row), row.asked_at, row.expires_at, is_open,
                row.withdrawn_at is not None, row.answered_at, row.get_reply_display() if row.reply else "", row.words,
                keeps and row.answered_at is None and row.withdrawn_at is None,
                keeps and row.answered_at is not None and row.noted_at is None)


def asked_of(row: Question) -> str:
    return row.asked_of.name if row.asked_of else row.label


def one(frame: Frame, question_id: UUID) -> Question:
    """One that the actor's organisation asked. Raises NotAllowed, and Http404 for anybody else's."""
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    found = Question.objects.filter(id=question_id, organisation=frame.actor.organisation_id,
                                    partnership__in=frame.actor.partnership_ids).select_related("asked_of").first()
    if found is None:
        raise Http404
    return found


def withdraw(frame: Frame, question_id: UUID) -> Question:
    """Its link works no more. A second time, or after the answer, changes nothing. Raises NotAllowed, Http404."""
    found = one(frame, question_id)
    _require_keeper(frame, found)
    if Question.objects.filter(id=found.id, answered_at=None, withdrawn_at=None).update(withdrawn_at=now()):
        _record(frame, "question.withdrawn", found)
    return found


def note(frame: Frame, question_id: UUID) -> Question:
    """The answer was read: it leaves "my day". Raises NotAllowed, Http404."""
    found = one(frame, question_id)
    _require_keeper(frame, found)
    Question.objects.filter(id=found.id, answered_at__isnull=False, noted_at=None).update(noted_at=now())
    return found


def _require_keeper(frame: Frame, found: Question) -> None:
    if found.asked_by_id != frame.actor.member_id:
        frame.actor.require(Purpose.MEASURES, Fields.MEASURES_AGREED)


def _record(frame: Frame, kind: str, question: Question, **detail: bool) -> None:
    events.record(frame.actor, kind, decision=frame.actor.require(Purpose.MEASURES, Fields.MEASURES),
                  purpose=Purpose.MEASURES, subject_kind="question", subject=question.id, **detail)


def new_ticket(frame: Frame) -> str:
    return tickets.new(secrets.token_bytes(32), frame.actor.member_id)


# Of those who may agree, also what others asked who work here no more.
ANSWERED = """select coalesce(o.name, q.label), m.id, m.title from situation_question q
    join situation_measure m on m.id = q.measure_id left join access_organisation o on o.id = q.asked_of_id
    left join access_member f on f.id = q.asked_by_id
    where q.partnership_id = %s and q.noted_at is null and q.answered_at > %s
    and (q.asked_by_id = %s or %s and q.organisation_id = %s and f.ended_at <= %s) order by q.answered_at desc"""


def due_for(frame: Frame) -> list[Task]:
    """Answers to one's own questions that one has not read yet; after two weeks they stand with the measure alone."""
    if not frame.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return []
    since, may_agree = now() - NEWS_KEPT, bool(frame.actor.may(Purpose.MEASURES, Fields.MEASURES_AGREED))
    rows = picture.fetched(ANSWERED, [frame.partnership.id, since, frame.actor.member_id, may_agree,
                                      frame.actor.organisation_id, now()])
    url = addresses(frame, "measure")
    return [Task(Part.NEW, _("%(who)s has answered") % {"who": who}, url(measure_id), about=title)
            for who, measure_id, title in rows]
