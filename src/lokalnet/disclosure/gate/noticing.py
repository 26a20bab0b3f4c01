"""The gate among a member's notices: that something waits or was answered. No name, no case and no content."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.gate import looking, telling
from lokalnet.disclosure.models import Offer, OfferState
from lokalnet.notices.kinds import Kind, Said
from lokalnet.notices.models import Notice
from lokalnet.persons import opening


def kinds() -> list[Kind]:
    return [Kind(telling.OFFER, _rendered(_offer), lambda number: ngettext(
                "%(number)s offer from another authority", "%(number)s offers from other authorities", number)
                % {"number": number}),
            Kind(telling.ANSWERED, _rendered(_answered), _counted_answers),
            Kind(telling.RECALLED, _rendered(_recalled), lambda number: ngettext(
                "%(number)s copy that was taken back", "%(number)s copies that were taken back", number)
                % {"number": number}),
            Kind(telling.RECALL_ANSWERED, _rendered(_recall_answered), _counted_answers),
            Kind(telling.KEPT, _rendered(_kept, looking.overseen), _counted_for_officers),
            Kind(telling.BREACH, _rendered(_breach, looking.overseen), _counted_for_officers)]


def _rendered(words: Callable[[Seat, Offer], Said | None], find: Callable[[UUID], Offer | None] = looking.found
              ) -> Callable[[Seat, Notice], Said | None]:
    """None where the room is closed, and for whoever may not see the offer any more."""
    def render(seat: Seat, notice: Notice) -> Said | None:
        found = find(notice.subject) if opening.is_open() else None
        return words(seat, found) if found else None
    return render


def _offer(seat: Seat, offer: Offer) -> Said | None:
    if offer.state != OfferState.OFFERED or offer.receiver_id != seat.actor.organisation_id:
        return None
    return Said(_("Something is offered to your organisation"), address(seat, "offer", offer.id), _giver(seat, offer))


def _answered(seat: Seat, offer: Offer) -> Said | None:
    words = {OfferState.ACCEPTED: _("What you offered was taken"),
             OfferState.DECLINED: _("What you offered was declined")}
    if offer.state not in words:
        return None
    return Said(words[OfferState(offer.state)], address(seat, "sharing", offer.id), _receiver(seat, offer))


def _recalled(seat: Seat, offer: Offer) -> Said | None:
    if offer.recall_answer:
        return None
    return Said(_("A copy was taken back: say what becomes of it"), address(seat, "offer", offer.id),
                _giver(seat, offer))


def _recall_answered(seat: Seat, offer: Offer) -> Said | None:
    return Said(_("What you took back was answered"), address(seat, "sharing", offer.id), _receiver(seat, offer))


def _kept(seat: Seat, offer: Offer) -> Said | None:
    return Said(_("A copy that was taken back is kept"), address(seat, "sharing", offer.id), _receiver(seat, offer))


def _breach(seat: Seat, offer: Offer) -> Said | None:
    return Said(_("Something shared was used for what it may not be used for"), address(seat, "sharing", offer.id),
                f"{_giver(seat, offer)} · {_receiver(seat, offer)}")


def _giver(seat: Seat, offer: Offer) -> str:
    return seat.organisations.get(offer.giver_id, "")


def _receiver(seat: Seat, offer: Offer) -> str:
    return seat.organisations.get(offer.receiver_id, "")


def _counted_answers(number: int) -> str:
    return ngettext("%(number)s answer to what you shared", "%(number)s answers to what you shared", number) % {
        "number": number}


def _counted_for_officers(number: int) -> str:
    return ngettext("%(number)s matter of data protection", "%(number)s matters of data protection", number) % {
        "number": number}
