"""Pages about offers, each with its entry in the log: what waits, one that is offered, one that was given."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from lokalnet.access import events
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.gate import answering, copies, looking
from lokalnet.disclosure.gate.copies import Held
from lokalnet.disclosure.gate.looking import Shown, Words
from lokalnet.disclosure.models import Offer, OfferSource


@dataclass(frozen=True)
class Board:
    """All that waits for somebody."""

    offers: list[Shown]
    recalls: list[Shown]
    copies: list[Held]

    @property
    def empty(self) -> bool:
        return not (self.offers or self.recalls or self.copies)


@dataclass(frozen=True)
class Seen:
    """One offer. `words` is None for whoever oversees and does not work with it."""

    offer: Shown
    words: Words | None
    reason: str
    kept: str
    copy_id: UUID | None = None
    mine: bool = False  # the reader works on the file that it was given from

    @property
    def takes_back(self) -> bool:
        return self.mine and self.offer.can_be_taken_back


def board(seat: Seat) -> Board:
    events.record(seat.actor, "offers.read", decision=seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS),
                  purpose=Purpose.DISCLOSURE, subject_kind="organisation", subject=seat.actor.organisation_id)
    return Board(looking.waiting(seat), looking.recalled(seat), copies.held(seat))


def received(seat: Seat, offer_id: UUID) -> Seen:
    """Raises TooLate for one that is over, Http404 for one that was offered to others or never."""
    decision = seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    found = looking.found(offer_id)
    if found is None or found.receiver_id != seat.actor.organisation_id:
        raise answering.too_late(offer_id)
    _note(seat, found, decision, Purpose.DISCLOSURE)
    return _seen(seat, found, looking.words_of(found), copies.of_offer(seat, offer_id))


def given(seat: Seat, offer_id: UUID) -> Seen:
    """For who works on the file, with the words; for data protection officers of both sides without. Raises Http404."""
    found = looking.found(offer_id)
    works = bool(found and found.giver_id == seat.actor.organisation_id
                 and seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS)
                 and OfferSource.objects.filter(offer_id=found.id).exists())
    purpose, fields = ((Purpose.DISCLOSURE, Fields.OFFERS) if works
                       else (Purpose.DATA_PROTECTION, Fields.PERSON_LOG))
    found = found if works else looking.overseen(offer_id)
    if found is None:
        raise Http404
    decision = seat.actor.may(purpose, fields)
    _note(seat, found, decision, purpose)
    return _seen(seat, found, looking.words_of(found) if works else None, None, mine=works)


def _seen(seat: Seat, found: Offer, words: Words | None, copy_id: UUID | None, *, mine: bool = False) -> Seen:
    said = looking.answer_of(found)
    return Seen(looking.shown(seat, found), words, said.get("reason", ""), said.get("kept", ""), copy_id, mine)


def _note(seat: Seat, found: Offer, decision: Decision, purpose: Purpose) -> None:
    events.record(seat.actor, "offer.read", decision=decision, purpose=purpose, subject_kind="offer", subject=found.id)
