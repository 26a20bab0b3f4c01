"""What the receiver does with an offer: take it, which makes the copy, or say no. Two at once make one copy."""

from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.gate import looking, snapshots, telling
from lokalnet.disclosure.models import Offer, OfferState
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import identity, keys, sealing
from lokalnet.persons.sealing import Spot

TEXT = "disclosure_copy_text"
FEWEST_WORDS = 2


class TooLate(Exception):
    """It can no longer be answered; the words say what became of it."""


class _NotTaken(Exception):
    pass


def accept(seat: Seat, offer_id: UUID) -> UUID:
    """The copy's id. Raises TooLate, NotAllowed, RoomClosed; Http404 for what was never offered to the organisation."""
    decision = seat.actor.require(Purpose.DISCLOSURE, Fields.COPIES)
    offer = _waiting(seat, offer_id)
    copy_id = uuid4()
    _copy(seat, offer, copy_id)
    events.record(seat.actor, "offer.accepted", decision=decision, purpose=Purpose.DISCLOSURE, subject_kind="copy",
                  subject=copy_id, offer=str(offer_id))
    telling.tell_giver(offer, telling.ANSWERED)
    return copy_id


def decline(seat: Seat, offer_id: UUID, reason: str) -> None:
    """Raises BrokenRule, TooLate, NotAllowed; Http404 for what was never offered to the organisation."""
    decision = seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    offer = _waiting(seat, offer_id)
    if len(reason.split()) < FEWEST_WORDS:
        raise BrokenRule("reason", _("Say in a few words why you do not take it: the giver reads it."))
    said = looking.sealed_answer(offer, {"reason": reason.strip()})
    if not answer("select decline_offer(%s, %s)", offer_id, said):
        raise too_late(offer_id)
    events.record(seat.actor, "offer.declined", decision=decision, purpose=Purpose.DISCLOSURE, subject_kind="offer",
                  subject=offer_id)
    telling.tell_giver(offer, telling.ANSWERED)


def too_late(offer_id: UUID) -> TooLate | Http404:
    """In words for those to whom it was offered; for others it never was."""
    words = {OfferState.ACCEPTED: _("A colleague has taken it already."),
             OfferState.RECALLED: _("It was taken, and the giver has taken it back since."),
             OfferState.DECLINED: _("It was declined already."),
             OfferState.WITHDRAWN: _("The giver has taken it back. Nothing was copied."),
             OfferState.EXPIRED: _("It was not answered in time, and is gone. Ask the giver to share it again.")}
    fate = answer("select offer_fate(%s)", offer_id)
    return TooLate(words[OfferState(fate)]) if fate in words else Http404()


def _waiting(seat: Seat, offer_id: UUID) -> Offer:
    found = looking.found(offer_id)
    if found is None or found.receiver_id != seat.actor.organisation_id or found.state != OfferState.OFFERED:
        raise too_late(offer_id)
    return found


def _copy(seat: Seat, offer: Offer, copy_id: UUID) -> None:
    """A person of the receiver's own, apart from everybody else that it holds, under a key of the person's own."""
    person_id = None
    try:
        with transaction.atomic():
            snapshot = looking.snapshot_of(offer)
            person_id = identity.enter(seat.actor, snapshots.identity_of(snapshot), findable=False)
            words = sealing.seal(keys.fetch(person_id), Spot(TEXT, copy_id, seat.actor.organisation_id),
                                 snapshots.said(snapshot))
            if not answer("select accept_offer(%s, %s, %s, %s)", offer.id, copy_id, person_id, words):
                raise _NotTaken
    except _NotTaken:
        if person_id:
            keys.destroy(person_id)
        raise too_late(offer.id) from None
