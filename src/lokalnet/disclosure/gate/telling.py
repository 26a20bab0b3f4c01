"""Who is told of an offer, of an answer and of a recall: that there is something, and never what or about whom."""

from uuid import UUID

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.models import Offer
from lokalnet.foundation.asking import answer
from lokalnet.notices.telling import tell

OFFER, ANSWERED, RECALLED, RECALL_ANSWERED, KEPT, BREACH = (
    "offer", "offer-answered", "offer-recalled", "recall-answered", "recall-kept", "disclosure-breach")


def tell_of_offer(seat: Seat, offer_id: UUID, receiver: UUID) -> None:
    """Everybody there who may take it."""
    _tell_those_who_may(receiver, Purpose.DISCLOSURE, Fields.OFFERS, seat.partnership.id, OFFER, offer_id)


def tell_giver(offer: Offer, kind: str) -> None:
    """Who offered it. A notice to somebody who does not work on the file any more says nothing."""
    tell(offer.giver_member_id, partnership_id=offer.partnership_id, kind=kind, subject=offer.id)


def tell_both_officers(offer: Offer, kind: str) -> None:
    """The data protection officers of giver and receiver."""
    for organisation in sorted((offer.giver_id, offer.receiver_id)):
        _tell_those_who_may(organisation, Purpose.DATA_PROTECTION, Fields.PERSON_LOG, offer.partnership_id, kind,
                            offer.id)


def _tell_those_who_may(organisation: UUID, purpose: Purpose, fields: Fields, partnership: UUID, kind: str,
                        subject: UUID) -> None:
    answer("select tell_those_who_may(%s, %s, %s, %s, %s, %s)", organisation, purpose.value, fields.value,
           partnership, kind, subject)
