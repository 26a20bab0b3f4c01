"""Copies that somebody took: to read, not to change and not to carry out; gone on their last day.

They have one purpose, so nobody is asked for it on entering; each reading is an entry in the log like any other.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.gate import looking, snapshots, wanting
from lokalnet.disclosure.gate.looking import Shown, Words
from lokalnet.disclosure.gate.snapshots import Snapshot
from lokalnet.disclosure.models import Copy, CopyState, CopyText, Offer, Regime
from lokalnet.disclosure.purposes import Bar
from lokalnet.persons import keys, knowing, sealing, visiting
from lokalnet.persons.sealing import Spot
from lokalnet.persons.visiting import NoVisit

THING, TEXT, KEPT = "copy", "disclosure_copy_text", "disclosure_copy"
SOON = timedelta(days=7)


class Locked(Exception):
    """The giver has taken it back, or it is over. `offer_id` says where to read of it."""

    def __init__(self, offer_id: UUID) -> None:
        super().__init__(str(offer_id))
        self.offer_id = offer_id


@dataclass(frozen=True)
class Held:
    """A copy in a list: no name."""

    id: UUID
    giver: str
    purpose: str
    expires_on: date
    soon: bool


@dataclass(frozen=True)
class Open:
    """A copy that is read."""

    id: UUID
    offer: Shown
    words: Words
    snapshot: Snapshot
    regime: str
    bars: tuple[str, ...]
    expires_on: date
    kept_because: str = field(repr=False)


def held(seat: Seat) -> list[Held]:
    """The actor's own that can be read, by their last day."""
    if not seat.actor.may(Purpose.DISCLOSURE, Fields.COPIES):
        return []
    today = wanting.today(seat)
    rows = Copy.objects.filter(holder_id=seat.actor.member_id, state=CopyState.OPEN,
                               expires_on__gte=today).select_related("offer__ground")
    return [_held(seat, row, looking.shown(seat, row.offer), today)
            for row in rows.order_by("expires_on", "id")[:looking.MOST]]


def _held(seat: Seat, row: Copy, offer: Shown, today: date) -> Held:
    return Held(row.id, offer.giver, offer.purpose, row.expires_on, row.expires_on <= today + SOON)


def read(seat: Seat, copy_id: UUID) -> Open:
    """With its entry in the log, or not at all. Raises Locked, NotAllowed; Http404 for one that somebody else holds."""
    seat.actor.require(Purpose.DISCLOSURE, Fields.COPIES)
    row = _own(seat, copy_id)
    if row.state != CopyState.OPEN or not knowing.knows(row.person_id, knowing.COPY):
        raise Locked(row.offer_id)
    _visit(seat, row)
    text = CopyText.objects.filter(copy_id=row.id).first()
    if text is None:
        raise Locked(row.offer_id)
    key = keys.fetch(row.person_id)
    said = sealing.unseal(key, Spot(TEXT, row.id, row.controller_id), bytes(text.sealed))
    kept = sealing.unseal(key, Spot(KEPT, row.id, row.controller_id, "kept_sealed"), bytes(row.kept_sealed)) \
        if row.kept_sealed else {}
    offer = Offer.objects.select_related("ground").get(id=row.offer_id)
    return Open(row.id, looking.shown(seat, offer), looking.words_of(offer), snapshots.from_said(said),
                str(Regime(row.regime).label), tuple(str(Bar(bar).label) for bar in row.bars if bar in Bar.values),
                row.expires_on, kept.get("ground", ""))


def _own(seat: Seat, copy_id: UUID) -> Copy:
    """By its id as text, as an offer is found (`looking.found`)."""
    row = next(iter(Copy.objects.raw("select * from disclosure_copy where id::text = %s", [str(copy_id)])), None)
    if row is None or row.holder_id != seat.actor.member_id:
        raise Http404
    return row


def of_offer(seat: Seat, offer_id: UUID) -> UUID | None:
    """The actor's own copy of an offer, where it can be read."""
    return Copy.objects.filter(offer_id=offer_id, holder_id=seat.actor.member_id, state=CopyState.OPEN,
                               expires_on__gte=wanting.today(seat)).values_list("id", flat=True).first()


def _visit(seat: Seat, row: Copy) -> None:
    """One visit after the other, as long as it is read."""
    try:
        visiting.read(seat.actor, row.person_id, thing=THING, subject=row.id)
    except NoVisit:
        visiting.enter(seat.actor, row.person_id, Purpose.DISCLOSURE, thing=THING, subject=row.id)
        visiting.read(seat.actor, row.person_id, thing=THING, subject=row.id)
