"""What the giver does afterwards, and what the receiver answers to it (engineering 26).

What was not taken yet is gone at once. A copy is locked at once, and whoever holds it says that it is deleted, or on
which ground it is kept. What was carried on into another record system is out of reach, and the page says so.
"""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.gate import looking, telling
from lokalnet.disclosure.models import Answer, Copy, CopyState, Offer, OfferState
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealing import Spot

COPY = "disclosure_copy"
FEWEST_WORDS, FEWEST_OF_A_GROUND = 2, 4


def take_back(seat: Seat, offer_id: UUID, reason: str) -> OfferState:
    """What it came to: withdrawn where it was not taken, recalled where there is a copy; else what it was already.

    Raises BrokenRule, NotAllowed; Http404 for whoever does not work on the file.
    """
    decision = seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    offer = given(seat, offer_id)
    if offer.state not in (OfferState.OFFERED, OfferState.ACCEPTED):
        return OfferState(offer.state)
    if len(reason.split()) < FEWEST_WORDS:
        raise BrokenRule("reason", _("Say in a few words why you take it back: the receiver reads it."))
    came_to = answer("select take_back_offer(%s, %s)", offer.id,
                     looking.sealed_answer(offer, {"reason": reason.strip()}))
    if not came_to:  # somebody was faster
        return OfferState(given(seat, offer_id).state)
    events.record(seat.actor, "offer.withdrawn" if came_to == OfferState.WITHDRAWN else "offer.recalled",
                  decision=decision, purpose=Purpose.DISCLOSURE, subject_kind="offer", subject=offer.id)
    return OfferState(came_to)


def given(seat: Seat, offer_id: UUID) -> Offer:
    """An offer of the actor's organisation. Raises Http404."""
    found = looking.found(offer_id)
    if found is None or found.giver_id != seat.actor.organisation_id:
        raise Http404
    return found


def deleted(seat: Seat, offer_id: UUID) -> None:
    """The copy is gone, and with it the key that opens it. Raises NotAllowed, Http404."""
    copy = _locked(seat, offer_id)
    _answer(seat, copy, Answer.DELETED, None, None)
    transaction.on_commit(partial(keys.destroy, copy.person_id))
    telling.tell_giver(copy.offer, telling.RECALL_ANSWERED)


def kept(seat: Seat, offer_id: UUID, ground: str) -> None:
    """Kept on a ground of the receiver's own, in words, which the giver and both data protection officers get to know.

    Raises BrokenRule, NotAllowed, Http404.
    """
    copy = _locked(seat, offer_id)
    if len(ground.split()) < FEWEST_OF_A_GROUND:
        raise BrokenRule("ground", _("Say on which ground you keep it: a paragraph, and what it is needed for."))
    said = looking.sealed_answer(copy.offer, looking.answer_of(copy.offer) | {"kept": ground.strip()})
    spot = Spot(COPY, copy.id, copy.controller_id, "kept_sealed")
    _answer(seat, copy, Answer.KEPT, sealing.seal(keys.fetch(copy.person_id), spot, {"ground": ground.strip()}), said)
    telling.tell_giver(copy.offer, telling.RECALL_ANSWERED)
    telling.tell_both_officers(copy.offer, telling.KEPT)


def _locked(seat: Seat, offer_id: UUID) -> Copy:
    """The copy that the actor holds of an offer that was taken back. Raises NotAllowed, Http404."""
    seat.actor.require(Purpose.DISCLOSURE, Fields.COPIES)
    copy = Copy.objects.select_related("offer").filter(
        offer_id=offer_id, holder_id=seat.actor.member_id, state=CopyState.LOCKED).first()
    if copy is None:
        raise Http404
    return copy


def _answer(seat: Seat, copy: Copy, what: Answer, kept_sealed: bytes | None, said: bytes | None) -> None:
    if not answer("select answer_recall(%s, %s, %s, %s)", copy.offer_id, what.value, kept_sealed, said):
        raise Http404
    events.record(seat.actor, "recall.kept" if what == Answer.KEPT else "recall.deleted",
                  decision=seat.actor.may(Purpose.DISCLOSURE, Fields.COPIES), purpose=Purpose.DISCLOSURE,
                  subject_kind="copy", subject=copy.id, offer=str(copy.offer_id))


def report_breach(seat: Seat, offer_id: UUID) -> None:
    """It was used for something that it may not be used for: both data protection officers are told.

    By anybody who may see the offer; they ring each other, and nothing is written here. Raises Http404.
    """
    found = looking.found(offer_id) or looking.overseen(offer_id)
    if found is None:
        raise Http404
    events.record(seat.actor, "disclosure.breach", purpose=Purpose.DISCLOSURE, subject_kind="offer", subject=found.id,
                  decision=seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS))
    telling.tell_both_officers(found, telling.BREACH)
