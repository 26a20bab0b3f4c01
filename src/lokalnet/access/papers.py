"""What every copy has: language, what it was worth at the time, who took it; and the log's entry about it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Decision, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.languages import reader_language
from lokalnet.foundation.pdf import Document
from lokalnet.foundation.times import now


def paper(seat: Seat, title: str, *, notes: tuple[str, ...] = (), **more: Any) -> Document:
    """A document of the partnership's; `more` are its facts, paragraphs, tables and bar."""
    then = _("This is what Lokalnet showed at that time. It may have been corrected or deleted since.")
    at = date_format(now().astimezone(seat.zone), "DATETIME_FORMAT")
    footer = _("Copied from Lokalnet by %(name)s, %(organisation)s, %(at)s") % {
        "name": seat.actor.name, "organisation": seat.actor.organisation_name, "at": at}
    return Document(title=title, language=reader_language(), notes=(*notes, then), footer=footer, **more)


def unsigned(document: Document, seat: Seat) -> Document:
    """As it is handed out to somebody who may not know who works there: by the organisation, and by nobody in it."""
    day = date_format(now().astimezone(seat.zone), "DATE_FORMAT")
    footer = _("Copied from Lokalnet by %(organisation)s, %(day)s") % {
        "organisation": seat.actor.organisation_name, "day": day}
    return replace(document, footer=footer)


def recorder(seat: Seat, decision: Decision, purpose: Purpose, subject_kind: str,
             subject: UUID) -> Callable[[str], None]:
    """What writes a copying into the log, told its form."""
    def copied(form: str) -> None:
        events.record(seat.actor, "journal.copied", decision=decision, purpose=purpose, subject_kind=subject_kind,
                      subject=subject, form=form)
    return copied
