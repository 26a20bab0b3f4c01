"""The bell: what a member was told of, in words as of now.

The number in every page's header is one question by an index. What the reader may no longer see is found out when the
words are made: on the list, by the bell's own refreshing and when a mail goes. It is noted then (`hidden_at`), so that
the number leaves it out too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.models import Member
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, seat_for
from lokalnet.foundation.times import now
from lokalnet.notices import kinds, preferences
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Message, Notice

OPENED_SHOWN = timedelta(days=30)
MOST_SHOWN = 100  # of each half


@dataclass(frozen=True)
class Line:
    """A notice in words. `absent` is the one who is away, by name; `table` the partnership, where there are several."""

    id: UUID
    said: Said
    at: datetime
    opened: bool
    absent: str = ""
    table: str = ""


def has_one(actor: Actor) -> bool:
    return bool(actor.partnership_ids and actor.may(Purpose.NOTICES, Fields.NOTICES))


def number(actor: Actor) -> int:
    """How many are not opened; for every page, so one question."""
    return _unopened(actor).filter(hidden_at=None).count()


def fresh_number(seat: Seat) -> int:
    """The same, with each looked at again: what may no longer be seen is not counted."""
    preferences.may(seat.actor)
    return len(_said(seat.actor, _unopened(seat.actor)[:MOST_SHOWN]))


def read(seat: Seat) -> list[Line]:
    """What is not opened, newest first, then what was opened lately; the mails that led here are opened by it."""
    actor, decision = seat.actor, preferences.may(seat.actor)
    opened = Notice.objects.filter(member=actor.member_id, opened_at__gt=now() - OPENED_SHOWN)
    found = [*_said(actor, _unopened(actor).order_by("-changed_at")[:MOST_SHOWN]),
             *_said(actor, opened.order_by("-opened_at")[:MOST_SHOWN])]
    _open_mails(actor)
    events.record(actor, "notices.read", decision=decision, purpose=Purpose.NOTICES, subject_kind="member",
                  subject=actor.member_id)
    return _lines(actor, found)


def open_one(seat: Seat, notice_id: UUID) -> str:
    """Where it leads. Empty when it is opened, and what it was about may no longer be seen. Raises Http404."""
    preferences.may(seat.actor)
    notice = Notice.objects.filter(member=seat.actor.member_id, id=notice_id).first()
    if notice is None:
        raise Http404
    said = _said(seat.actor, [notice])
    Notice.objects.filter(id=notice.id, opened_at=None).update(opened_at=now())
    _open_mails(seat.actor)
    return said[0][1].url if said else ""


def open_all(seat: Seat) -> None:
    preferences.may(seat.actor)
    _unopened(seat.actor).update(opened_at=now())
    _open_mails(seat.actor)


def said_at(tables: dict[UUID, Seat], notice: Notice) -> Said | None:
    """In words for the reader, at the table that it is about; None where they may no longer see it."""
    seat = tables.get(notice.partnership_id)
    return kinds.said(seat, notice) if seat else None


def tables_of(actor: Actor) -> dict[UUID, Seat]:
    """The actor's seat in each of their partnerships, exercises included."""
    seat = seat_for(actor)
    return {each.id: seat.moved_to(each.id) for each in seat.mine} if seat else {}


def hide(notices: Iterable[Notice]) -> None:
    """They may no longer be seen; telling them anew brings them back."""
    Notice.objects.filter(id__in=[each.id for each in notices]).update(hidden_at=now())


def _unopened(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(member=actor.member_id, opened_at=None)


def _said(actor: Actor, notices: Iterable[Notice]) -> list[tuple[Notice, Said]]:
    """Those that the reader may see, in words; of the others it is noted that they may not, and the reverse."""
    tables = tables_of(actor)
    both = [(each, said_at(tables, each)) for each in notices]
    hide(each for each, said in both if said is None and each.hidden_at is None)
    Notice.objects.filter(id__in=[each.id for each, said in both if said and each.hidden_at]).update(hidden_at=None)
    return [(each, said) for each, said in both if said]


def _lines(actor: Actor, found: list[tuple[Notice, Said]]) -> list[Line]:
    names = dict(Member.objects.filter(id__in={each.on_behalf_of_id for each, _ in found}).values_list("id", "name"))
    tables = {id_: seat.partnership.name for id_, seat in tables_of(actor).items()}
    return [Line(each.id, said, each.changed_at, each.opened_at is not None, names.get(each.on_behalf_of_id, ""),
                 tables[each.partnership_id] if len(tables) > 1 else "") for each, said in found]


def _open_mails(actor: Actor) -> None:
    """A mail that stood stands no more: the next news may send one."""
    Message.objects.filter(member=actor.member_id, handed_at__isnull=False, opened_at=None).update(opened_at=now())
