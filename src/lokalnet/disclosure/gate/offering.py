"""Share: offer a copy, or note what was said in words; or decide not to. The database holds the same wall again.

An offer's words and what it holds lie under a key of the offer's own. Only the receiver's own transaction makes a copy
of it (engineering 3).
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import DatabaseError
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.checking import Refusal
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import snapshots, telling, wanting
from lokalnet.disclosure.gate.snapshots import Snapshot
from lokalnet.disclosure.gate.wanting import Allowed, Refused, Wish
from lokalnet.disclosure.models import Informed, Offer, OfferSource, OfferState, Withheld
from lokalnet.disclosure.purposes import Purpose as For
from lokalnet.foundation.laying import laid, sqlstate
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealing import Spot

TABLE, WITHHELD = "disclosure_offer", "disclosure_withheld"
UNLAWFUL, WAITS = "LN002", "LN003"  # what the wall in the database says (sql/gate.sql; youth/sql/youth.sql)
LASTS = timedelta(days=14)
FEWEST_WORDS = 3


def offer(seat: Seat, *, person_id: UUID, wish: Wish, snapshot: Snapshot, form: UUID,
          further: Iterable[Refusal] = ()) -> UUID:
    """The offer's id: the same when the same form is sent twice. `further` is what the giver's file has against it.

    Raises Refused with every reason; NotAllowed; Http404 without a visit.
    """
    seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    offer_id = uuid5(form, str(seat.actor.member_id))
    if _made(offer_id):
        return offer_id
    allowed = wanting.check(seat, person_id, wish, further=further)
    assert {section.field.value for section in snapshot} == set(wish.fields), "what is offered is what was chosen"
    key = keys.make(offer_id)
    spot = Spot(TABLE, offer_id, seat.actor.organisation_id, "snapshot")
    if _lay(seat, offer_id, person_id, wish, allowed, state=OfferState.OFFERED,
            snapshot=sealing.seal(key, spot, snapshots.said(snapshot))):
        _note(seat, "disclosure.offered", person_id, offer_id)
        telling.tell_of_offer(seat, offer_id, allowed.receiver.id)
    return offer_id


def tell(seat: Seat, *, person_id: UUID, wish: Wish, form: UUID, further: Iterable[Refusal] = ()) -> UUID:
    """It was said in words: the same checks and the same note, and no copy, so nothing that could expire.

    Raises as `offer` does.
    """
    seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    offer_id = uuid5(form, str(seat.actor.member_id))
    if _made(offer_id):
        return offer_id
    wish = wanting.lasting_until(wish, wanting.tomorrow(seat))
    allowed = wanting.check(seat, person_id, wish, further=(*_whom(wish), *further))
    if _lay(seat, offer_id, person_id, wish, allowed, state=OfferState.TOLD, snapshot=None):
        _note(seat, "disclosure.told", person_id, offer_id)
    return offer_id


def withhold(seat: Seat, *, person_id: UUID, receiver: UUID | None, purpose: str, reason: str, form: UUID) -> None:
    """Not to share is as much a decision. Raises BrokenRule, NotAllowed; Http404 without a visit."""
    seat.actor.require(Purpose.DISCLOSURE, Fields.OFFERS)
    if len(reason.split()) < FEWEST_WORDS:
        raise BrokenRule("reason", _("Say in a few words why it is not shared."))
    row = Withheld(id=uuid5(form, f"{seat.actor.member_id} not"), giver_id=seat.actor.organisation_id,
                   person_id=person_id, member_id=seat.actor.member_id,
                   receiver_id=receiver if receiver in wanting.partners(seat) else None,
                   purpose=purpose if purpose in For.values else "")
    row.sealed = sealing.seal(keys.fetch(person_id), Spot(WITHHELD, row.id, row.giver_id), {"reason": reason.strip()})
    if laid(row):
        _note(seat, "disclosure.withheld", person_id, row.id)


def _whom(wish: Wish) -> list[Refusal]:
    return [] if wish.told.strip() else [Refusal("told", "told-missing", _("Say who was told: a name or a role."))]


def _made(offer_id: UUID) -> bool:
    """By the same form, sent before: its id is the member's own."""
    return Offer.objects.filter(id=offer_id).exists()


def _lay(seat: Seat, offer_id: UUID, person_id: UUID, wish: Wish, allowed: Allowed, **columns: Any) -> bool:
    giver = seat.actor.organisation_id
    made = Offer(id=offer_id, partnership=seat.partnership, giver_id=giver, giver_member_id=seat.actor.member_id,
                 receiver=allowed.receiver, ground=allowed.ground, purpose=wish.purpose, stage=wish.stage,
                 preset=wish.preset, fields=[each.value for each in Shared if each.value in wish.fields],
                 informed=Informed.YES if wish.informed else Informed.NO, copy_until=allowed.until,
                 sealed=sealing.seal(keys.make(offer_id), Spot(TABLE, offer_id, giver), _words(wish)),
                 expires_at=now() + LASTS, **columns)
    try:
        return laid(made, OfferSource(offer_id=offer_id, giver_id=giver, person_id=person_id))
    except DatabaseError as problem:
        if sqlstate(problem) not in (UNLAWFUL, WAITS):
            raise
        raise Refused([_changed(sqlstate(problem))]) from None


def _changed(said: str) -> Refusal:
    """Since the checks, by somebody who was faster."""
    if said == WAITS:
        return Refusal("receiver", "awaits-board", _("This cannot be shared any more. Open the file again."))
    return Refusal("ground", "ground-changed",
                   _("The ground was changed just now, and does not cover this any more. Choose again."))


def _words(wish: Wish) -> dict[str, str]:
    """Why is not said where somebody was informed: the form hides it then, and so does this."""
    return {"necessity": wish.necessity.strip(), "informed": " ".join(wish.informed),
            "not_informed_why": "" if wish.informed else wish.not_informed_why.strip(), "told": wish.told.strip()}


def _note(seat: Seat, kind: str, person_id: UUID, offer_id: UUID) -> None:
    events.record(seat.actor, kind, decision=seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS),
                  purpose=Purpose.DISCLOSURE, subject_kind="person", subject=person_id, offer=str(offer_id))
