"""What somebody wants to share, as it was entered; and the checks with what the server knows itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.models import Organisation
from lokalnet.access.rights import LAWFUL, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure import checking, models
from lokalnet.disclosure.checking import Refusal
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.models import Confirmation, GroundState
from lokalnet.foundation.times import now
from lokalnet.persons import identity

INVESTIGATION = "investigation"


@dataclass(frozen=True)
class Wish:
    """`told` names whom it was said to, by name or role, where it is said in words."""

    receiver: UUID | None
    ground: UUID | None
    purpose: str
    stage: str
    fields: tuple[str, ...]
    necessity: str = field(repr=False)
    informed: tuple[str, ...] = ()
    not_informed_why: str = field(default="", repr=False)
    expires_on: date | None = None
    preset: str = ""
    told: str = field(default="", repr=False)


class Refused(Exception):
    """It may not be shared: each reason with its field."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(each.rule for each in self.refusals))


@dataclass(frozen=True)
class Allowed:
    """What the checks found: to whom, on which version of the ground, and until when."""

    receiver: Organisation
    ground: models.Ground
    until: date


def today(seat: Seat) -> date:
    return now().astimezone(seat.zone).date()


def tomorrow(seat: Seat) -> date:
    return today(seat) + timedelta(days=1)


def partners(seat: Seat) -> dict[UUID, Organisation]:
    """The other parties of the partnership whom the law lets one share with at all."""
    found = Organisation.objects.filter(kind__in=LAWFUL, id__in=_parties(seat)).exclude(id=seat.actor.organisation_id)
    return {each.id: each for each in found.order_by("name")}


def _parties(seat: Seat) -> list[UUID]:
    day = today(seat)
    return [party.organisation_id for party in seat.partnership.parties.all()
            if party.valid_from <= day and (party.valid_to is None or day <= party.valid_to)]


def check(seat: Seat, person_id: UUID, wish: Wish, *, further: Iterable[Refusal] = ()) -> Allowed:
    """Raises Refused, which is in the log by then; Http404 without a visit."""
    receiver = partners(seat).get(wish.receiver) if wish.receiver else None
    row = models.Ground.objects.filter(id=wish.ground, partnership=seat.partnership).first() if wish.ground else None
    found = [*_refusals(seat, person_id, wish, receiver, row), *further]
    if found or receiver is None or row is None or wish.expires_on is None:
        _note(seat, person_id, wish, found)
        raise Refused(found)
    return Allowed(receiver, row, wish.expires_on)


def _refusals(seat: Seat, person_id: UUID, wish: Wish, receiver: Organisation | None,
              row: models.Ground | None) -> Iterator[Refusal]:
    ground = ground_of(row) if row else None
    for each in checking.refusals(ground, _wanted(seat, person_id, wish, receiver), today=today(seat),
                                  confirmed=row is not None and _confirmed(row)):
        if wish.receiver is None and each.field == "receiver":
            continue
        yield each
    if wish.receiver is None:
        yield Refusal("receiver", "receiver-missing", _("Choose who it is shared with."))
    if row is not None and ground is not None:
        yield from _of_version(seat, row, ground)


def _wanted(seat: Seat, person_id: UUID, wish: Wish, receiver: Organisation | None) -> checking.Wanted:
    return checking.Wanted(
        giver_kind=seat.actor.organisation_kind, receiver_kind=receiver.kind if receiver else "", purpose=wish.purpose,
        age=identity.of(person_id).age(today(seat)), fields=wish.fields, necessity=wish.necessity, stage=wish.stage,
        informed=wish.informed, not_informed_why=wish.not_informed_why, expires_on=wish.expires_on,
        for_investigation=wish.purpose == INVESTIGATION)


def _confirmed(row: models.Ground) -> bool:
    return Confirmation.objects.filter(ground=row).exists()


def _of_version(seat: Seat, row: models.Ground, ground: Ground) -> Iterator[Refusal]:
    """A version that was proposed, declined or replaced is no ground, nor is one for givers under another law."""
    if row.state != GroundState.IN_FORCE:
        yield Refusal("ground", "ground-not-in-force", _("%(paragraph)s is not in force today.")
                      % {"paragraph": ground.paragraph})
    if ground.regime not in ("", models.regime_of(seat.actor.organisation_kind)):
        yield Refusal("ground", "regime-not-covered", _("%(paragraph)s does not let your organisation give.")
                      % {"paragraph": ground.paragraph})


def _note(seat: Seat, person_id: UUID, wish: Wish, refusals: Iterable[Refusal]) -> None:
    """A refusal is told of in the log, by its rules and without a word of what was typed."""
    events.record(seat.actor, "disclosure.refused", purpose=Purpose.DISCLOSURE, subject_kind="person",
                  subject=person_id, decision=seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS),
                  receiver=str(wish.receiver or ""), rules=sorted({each.rule for each in refusals}))


def lasting_until(wish: Wish, day: date) -> Wish:
    return replace(wish, expires_on=day)
