"""Reading the log: everybody their own acts; the data protection officer the organisation's, with a case number.

The log protects citizens, it does not watch staff (design 3.9). So names of readers are shown to one role only, for a
case, and that look is itself an entry.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from lokalnet.access import events, wording
from lokalnet.access.acting import Actor
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation import paging
from lokalnet.foundation.times import COPENHAGEN

CURSOR = "log cursor"


@dataclass(frozen=True)
class Entry:
    """One entry in words. `who` is empty where the reader may not or need not know; `about` is what the thing is called
    for the reader, such as a file's case number, and empty where it has no name.
    """

    at: datetime
    what: str
    purpose: str
    because: str
    subject: str
    about: str = ""
    who: str = ""


@dataclass(frozen=True)
class Page:
    entries: tuple[Entry, ...]
    next: str


@dataclass(frozen=True)
class Search:
    """What the data protection officer asks for. Both days are included."""

    case_number: str
    since: date
    until: date
    kind: str = ""
    subject: UUID | None = None


def own(actor: Actor, *, cursor: str = "") -> Page:
    """The actor's own acts, newest first."""
    actor.require(Purpose.OWN_ACTS, Fields.EVENTS_OF_OWN)
    rows, following = paging.page(CURSOR, Event.objects.filter(member_id=actor.member_id), cursor)
    return Page(_entries(rows, {}), following)


def may_oversee(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.DATA_PROTECTION, Fields.EVENTS_OF_ORGANISATION)


def overseen(actor: Actor, search: Search, *, cursor: str = "") -> Page:
    """The organisation's entries with the names of those who acted; the look is recorded with its case number."""
    decision = may_oversee(actor)
    found = Event.objects.filter(organisation_id=actor.organisation_id, at__gte=_midnight(search.since),
                                 at__lt=_midnight(search.until + timedelta(days=1)))
    if search.kind:
        found = found.filter(kind=search.kind)
    if search.subject:
        found = found.filter(subject=search.subject)
    rows, following = paging.page(CURSOR, found, cursor)
    names = {row.id: row.name for row in Member.objects.filter(id__in={row.member_id for row in rows})}
    events.record(actor, "log.read", decision=decision, purpose=Purpose.DATA_PROTECTION, subject_kind="organisation",
                  subject=actor.organisation_id, case_number=search.case_number, since=search.since.isoformat(),
                  until=search.until.isoformat(), event_kind=search.kind, about=str(search.subject or ""),
                  entries=len(rows))
    return Page(_entries(rows, names), following)


def _entries(rows: list[Event], names: dict[UUID, str]) -> tuple[Entry, ...]:
    about = wording.subjects((row.subject_kind, row.subject) for row in rows if row.subject)
    return tuple(Entry(row.at, wording.act(row.kind), wording.purpose(row.purpose), wording.because(row.because),
                       str(row.subject or ""), about.get(row.subject, "") if row.subject else "",
                       names.get(row.member_id, "") if row.member_id else "") for row in rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
