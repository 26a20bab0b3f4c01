"""Reading the log: everybody their own acts; the data protection officer the organisation's, with a case number.

The log protects citizens, it does not watch staff (design 3.9). So names of readers are shown to one role only, for a
case, and that look is itself an entry.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from lokalnet.access import events, wording
from lokalnet.access.acting import Actor
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.foundation.times import COPENHAGEN

PAGE = 50
CURSOR = "log cursor"


@dataclass(frozen=True)
class Entry:
    """One entry in words. `who` is empty where the reader may not or need not know."""

    at: datetime
    what: str
    purpose: str
    because: str
    subject: str
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
    rows, following = _page(Event.objects.filter(member_id=actor.member_id), cursor)
    return Page(tuple(_entry(row) for row in rows), following)


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
    rows, following = _page(found, cursor)
    names = {row.id: row.name for row in Member.objects.filter(id__in={row.member_id for row in rows})}
    events.record(actor, "log.read", decision=decision, purpose=Purpose.DATA_PROTECTION, subject_kind="organisation",
                  subject=actor.organisation_id, case_number=search.case_number, since=search.since.isoformat(),
                  until=search.until.isoformat(), event_kind=search.kind, about=str(search.subject or ""),
                  entries=len(rows))
    return Page(tuple(_entry(row, names.get(row.member_id, "")) for row in rows), following)


def _page(found: QuerySet[Event], cursor: str) -> tuple[list[Event], str]:
    """At most PAGE entries, newest first, and the cursor of what follows. A cursor that is not ours starts anew."""
    if after := _after(cursor):
        found = found.filter(Q(at__lt=after[0]) | Q(at=after[0], id__lt=after[1]))
    rows = list(found.order_by("-at", "-id")[:PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    last = rows[PAGE - 1]
    return rows[:PAGE], tokens.seal(CURSOR, [last.at.isoformat(), str(last.id)])


def _after(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        at, event_id = tokens.unseal(CURSOR, cursor)
    except tokens.BadToken:
        return None
    return datetime.fromisoformat(at), UUID(event_id)


def _entry(event: Event, who: str = "") -> Entry:
    return Entry(event.at, wording.act(event.kind), wording.purpose(event.purpose), wording.because(event.because),
                 str(event.subject or ""), who)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
