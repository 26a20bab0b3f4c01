"""What the one who holds a link may do: read one question, answer it once. There is no actor, so the database does it.

A link that works no more is one that never was: expired, withdrawn, answered or made up, all look alike.
"""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.models import Event
from lokalnet.foundation.times import now
from lokalnet.situation import guard
from lokalnet.situation.models import AnswerKind, Reply
from lokalnet.situation.models.questions import LONGEST_ANSWER
from lokalnet.situation.questions.tickets import hash_of
from lokalnet.situation.refusing import BadReport


class LinkClosed(Exception):
    """Answered, withdrawn, expired, or never made: the one who holds the token is not told which."""


@dataclass(frozen=True)
class Opened:
    """What the one who holds the token may see: it names no person, no place and nobody else who takes part."""

    partnership: str
    asked: str
    question: str
    kind: AnswerKind
    joins: bool
    expires_at: datetime

    @property
    def wants_reply(self) -> bool:
        return self.kind in (AnswerKind.CONFIRM, AnswerKind.BOTH)

    @property
    def wants_words(self) -> bool:
        return self.kind in (AnswerKind.WORDS, AnswerKind.BOTH)


def opened(token: str) -> Opened:
    """Looks, and changes nothing: mail scanners open links. Raises LinkClosed."""
    with connection.cursor() as cursor:
        cursor.execute("select partnership, asked, question, kind, joins, expires_at from open_question(%s)",
                       [hash_of(token)])
        row = cursor.fetchone()
    if row is None:
        raise LinkClosed
    return Opened(row[0], row[1], row[2], AnswerKind(row[3]), row[4], row[5])


def answer(token: str, reply: str, words: str) -> None:
    """Once. Raises BadReport for a field, and LinkClosed where somebody else was first."""
    question = opened(token)
    reply, words = reply if question.wants_reply else "", words.strip() if question.wants_words else ""
    _check(question, token, reply, words)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select question_id, organisation_id from answer_question(%s, %s, %s, %s)",
                       [hash_of(token), reply, words, _in_history(question, reply, words)])
        row = cursor.fetchone()
        if row is None:
            raise LinkClosed
        _note(*row)


def just_answered(token: str) -> bool:
    """Was it answered in the last minutes? For a second click."""
    with connection.cursor() as cursor:
        cursor.execute("select question_just_answered(%s)", [hash_of(token)])
        return bool(cursor.fetchone()[0])


def _check(question: Opened, token: str, reply: str, words: str) -> None:
    if question.wants_reply and reply not in Reply.values:
        raise BadReport("reply", _("Choose yes or no."))
    if question.kind == AnswerKind.WORDS and not words:
        raise BadReport("words", _("Write your answer."))
    if len(words) > LONGEST_ANSWER:
        raise BadReport("words", _("The text may be %(number)s characters long.") % {"number": LONGEST_ANSWER})
    try:
        guard.check_text(words, places=_places(token) if words else ())
    except guard.RefusedText as problem:
        raise BadReport("words", str(problem)) from None


def _places(token: str) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("select * from places_of_question(%s)", [hash_of(token)])
        return frozenset(row[0] for row in cursor.fetchall())


def _in_history(question: Opened, reply: str, words: str) -> str:
    """The question with its answer, as the measure keeps them; in the installation's language, like everything said."""
    with translation.override(settings.LANGUAGE_CODE):
        said = str(Reply(reply).label) if reply else ""
    answered = ". ".join(part for part in (said, words) if part)
    return f"»{question.question}«\n{question.asked}: {answered}"


def _note(question_id: UUID, organisation_id: UUID) -> None:
    """In the log, for the organisation that asked: that an answer came, and nothing of it."""
    event = Event(id=uuid.uuid4(), at=now(), member_id=None, organisation_id=organisation_id,
                  kind="question.answered", purpose="measures", subject_kind="question", subject=question_id,
                  detail={}, salt=secrets.token_bytes(16))
    event.digest = events.digest_of(event)
    event.mac = events.mac_of(event.id, event.digest)
    with connection.cursor() as cursor:
        cursor.execute("select note_answer(%s, %s, %s, %s, %s, %s)", [
            event.id, event.at, question_id, bytes(event.salt), bytes(event.digest), bytes(event.mac)])
