"""Offers as they are seen: by whoever may take one, by whoever gave it, and by the data protection officers of both.

The policies decide which rows there are; the pages show no more than these say. What is offered is shown to nobody
before it is taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access.seats import Seat
from lokalnet.disclosure import purposes
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import snapshots
from lokalnet.disclosure.gate.snapshots import Snapshot
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.models import Answer, Offer, OfferSource, OfferState
from lokalnet.foundation.times import now
from lokalnet.persons import keys, sealing
from lokalnet.persons.sealing import Spot

OFFER = "disclosure_offer"
MOST = 100  # on one page; a list that is longer is not a list of what waits


@dataclass(frozen=True)
class Words:
    """What the giver wrote."""

    necessity: str = field(repr=False)
    informed: str
    not_informed_why: str = field(repr=False)
    told: str = field(repr=False)


@dataclass(frozen=True)
class Shown:
    """An offer, in the reader's words."""

    id: UUID
    giver: str
    receiver: str
    purpose: str
    stage: str
    ground: Ground
    fields: tuple[str, ...]
    state: OfferState
    offered_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    recalled_at: datetime | None
    answer_due_on: date | None
    recall_answer: str
    recall_answered_at: datetime | None
    copy_until: date

    @property
    def waits(self) -> bool:
        return self.state == OfferState.OFFERED

    @property
    def can_be_taken_back(self) -> bool:
        return self.state in (OfferState.OFFERED, OfferState.ACCEPTED)

    @property
    def oral(self) -> bool:
        return self.state == OfferState.TOLD

    @property
    def recall_waits(self) -> bool:
        return self.state == OfferState.RECALLED and not self.recall_answer

    @property
    def answered(self) -> str:
        return str(Answer(self.recall_answer).label) if self.recall_answer else ""


def found(offer_id: UUID) -> Offer | None:
    """The row, for those who may see it. The id is compared as text, after the policies: so the database goes through
    what the actor may see, and takes as long for an offer to others as for none (engineering 24).
    """
    return next(iter(Offer.objects.raw("select * from disclosure_offer where id::text = %s", [str(offer_id)])), None)


def overseen(offer_id: UUID) -> Offer | None:
    """For a data protection officer of either side, without what was shared and the words that went along."""
    return next(iter(Offer.objects.raw("select * from overseen_offer(%s)", [offer_id])), None)


def shown(seat: Seat, offer: Offer) -> Shown:
    return Shown(
        offer.id, seat.organisations.get(offer.giver_id, ""), seat.organisations.get(offer.receiver_id, ""),
        _label(purposes.Purpose, offer.purpose), _label(purposes.Stage, offer.stage), ground_of(offer.ground),
        tuple(str(each.label) for each in Shared if each.value in offer.fields), _state(offer), offer.offered_at,
        offer.expires_at, offer.answered_at, offer.recalled_at, offer.answer_due_on, offer.recall_answer,
        offer.recall_answered_at, offer.copy_until)


def _state(offer: Offer) -> OfferState:
    """As of now: what nobody answered in time is over, also before the night in which the rows say so."""
    if offer.state == OfferState.OFFERED and offer.expires_at <= now():
        return OfferState.EXPIRED
    return OfferState(offer.state)


def _label(words: type[purposes.Purpose] | type[purposes.Stage], slug: str) -> str:
    return str(words(slug).label) if slug in words.values else slug


def words_of(offer: Offer) -> Words:
    said = _still_said(offer, "sealed", offer.sealed)
    told = [str(purposes.Told(who).label) for who in said.get("informed", "").split() if who in purposes.Told.values]
    return Words(said.get("necessity", ""), ", ".join(told) or _("Nobody yet"), said.get("not_informed_why", ""),
                 said.get("told", ""))


def answer_of(offer: Offer) -> dict[str, str]:
    """Why it was declined or taken back (`reason`), and on which ground the copy is kept (`kept`)."""
    return _still_said(offer, "answer_sealed", offer.answer_sealed) if offer.answer_sealed else {}


def snapshot_of(offer: Offer) -> Snapshot:
    """For the transaction that makes the copy, and for no page. `offer` waits, so the snapshot is there."""
    assert offer.snapshot is not None
    return snapshots.from_said(_unsealed(offer, "snapshot", offer.snapshot))


def sealed_answer(offer: Offer, said: Mapping[str, str]) -> bytes:
    return sealing.seal(keys.fetch(offer.id), Spot(OFFER, offer.id, offer.giver_id, "answer_sealed"), said)


def _still_said(offer: Offer, column: str, sealed: bytes | memoryview) -> dict[str, str]:
    """Nothing after five years, when the words are gone by rule: that something was shared stays."""
    try:
        return _unsealed(offer, column, sealed)
    except keys.KeyGone:
        return {}


def _unsealed(offer: Offer, column: str, sealed: bytes | memoryview) -> dict[str, str]:
    return sealing.unseal(keys.fetch(offer.id), Spot(OFFER, offer.id, offer.giver_id, column), bytes(sealed))


def waiting(seat: Seat) -> list[Shown]:
    """What is offered to the actor's organisation, in every partnership that it is in; what ends first comes first."""
    rows = Offer.objects.filter(receiver_id=seat.actor.organisation_id, state=OfferState.OFFERED)
    return _all(seat, rows.select_related("ground").order_by("expires_at", "id")[:MOST])


def recalled(seat: Seat) -> list[Shown]:
    """What was taken back and the actor has not answered."""
    rows = Offer.objects.filter(receiver_id=seat.actor.organisation_id, state=OfferState.RECALLED, recall_answer="")
    return _all(seat, rows.select_related("ground").order_by("answer_due_on", "id")[:MOST])


def of_person(seat: Seat, person_id: UUID) -> list[Shown]:
    """What was shared about a person, for who works on the file; the newest first."""
    sources = OfferSource.objects.filter(person_id=person_id).values("offer_id")
    rows = Offer.objects.filter(id__in=sources).select_related("ground")
    return _all(seat, rows.order_by("-offered_at", "id")[:MOST])


def _all(seat: Seat, rows: Iterable[Offer]) -> list[Shown]:
    return [shown(seat, row) for row in rows]
