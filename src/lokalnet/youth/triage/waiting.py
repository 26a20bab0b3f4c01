"""What waits to be clarified: since when, the next step, how it is marked. No name, in the order it came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose, Role
from lokalnet.access.seats import Seat
from lokalnet.foundation.asking import rows
from lokalnet.foundation.times import now
from lokalnet.youth.models import Step

LOOKED_AT = (Step.CONTACT, Step.FIRST)  # until then nobody has looked at what it says


@dataclass(frozen=True)
class Waiting:
    id: UUID
    step: Step
    acute: bool
    urgent: bool
    sent_at: datetime
    waited: int  # days
    roles: tuple[Role, ...]  # of the one who told of it
    frozen: bool
    until: date | None  # by which somebody is to look at it first

    @property
    def author(self) -> str:
        return ", ".join(str(role.label) for role in self.roles)


def listed(seat: Seat) -> list[Waiting]:
    """Raises NotAllowed. Leaves an entry."""
    decision = seat.actor.require(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED)
    events.record(seat.actor, "concerns.waiting-read", decision=decision, purpose=Purpose.TRIAGE,
                  subject_kind="organisation", subject=seat.actor.organisation_id)
    return waiting(seat)


def waiting(seat: Seat) -> list[Waiting]:
    """The longest first."""
    found = rows("select id, step, acute, urgent, sent_at, author_roles, frozen from concerns_to_clarify()")
    return [_waiting(seat, row) for row in found]


def _waiting(seat: Seat, row: tuple[Any, ...]) -> Waiting:
    id_, step, acute, urgent, sent_at, roles, frozen = row
    came = sent_at.astimezone(seat.zone).date()
    days = settings.LOKALNET_FIRST_LOOK_ACUTE_DAYS if acute else settings.LOKALNET_FIRST_LOOK_DAYS
    until = came + timedelta(days=days) if step in LOOKED_AT and not frozen else None
    return Waiting(id_, Step(step), acute, urgent, sent_at, (now().astimezone(seat.zone).date() - came).days,
                   tuple(role for role in Role if role in roles), frozen, until)
