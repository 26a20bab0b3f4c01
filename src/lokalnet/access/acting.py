"""The actor: on whose behalf the database is asked, one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from lokalnet.access.rights import DEVICE, Decision, Fields, Purpose, decide


class NotAllowed(PermissionDenied):
    """The rights table says no; the message is the reason."""


@dataclass(frozen=True)
class Actor:
    """A member at work, as of this transaction."""

    member_id: UUID
    user_id: UUID | None
    name: str
    roles: tuple[str, ...]
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    partnership_ids: tuple[UUID, ...]
    scopes: tuple[str, ...] | None = None
    area_ids: tuple[UUID, ...] = ()
    device_id: UUID | None = None  # the paired phone that acts for the member

    def may(self, purpose: Purpose, fields: Fields) -> Decision:
        return decide(self.roles, self.organisation_kind, purpose, fields, self.scopes)

    def require(self, purpose: Purpose, fields: Fields) -> Decision:
        """The decision, when it is a yes. Raises NotAllowed with the reason."""
        decision = self.may(purpose, fields)
        if not decision:
            raise NotAllowed(decision.because)
        return decision


CARD = ("member_id, user_id, name, roles, organisation_id, organisation_name, organisation_kind, partnership_ids, "
        "scopes, area_ids")


def actor_of(member_id: UUID) -> Actor | None:
    """The member as an actor; None when the membership has ended, the key is revoked, or there is none."""
    return _card("", member_id)


def act_as(member_id: UUID) -> Actor | None:
    """The member as the actor for the rest of this transaction, in one question to the database."""
    return _acting("", member_id)


def act_as_device(device_id: UUID, member_id: UUID) -> Actor | None:
    """The same through a paired phone, with the phone's scope: here, and in the policies."""
    actor = _acting(str(device_id), member_id)
    return actor and replace(actor, scopes=(DEVICE,), device_id=device_id)


def _acting(device: str, member_id: UUID) -> Actor | None:
    if not connection.in_atomic_block:
        raise RuntimeError("an actor lives in a transaction")
    return _card(", set_config('lokalnet.actor', member_id::text, true), set_config('lokalnet.device', %s, true)",
                 device, member_id)


def _card(also: str, *values: UUID | str) -> Actor | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {CARD}{also} from member_card(%s)", values)  # noqa: S608  (our own words)
        row = cursor.fetchone()
    if row is None:
        return None
    return Actor(row[0], row[1], row[2], tuple(row[3]), row[4], row[5], row[6], tuple(row[7]),
                 None if row[8] is None else tuple(row[8]), tuple(row[9]))


def set_actor(actor: Actor | None) -> None:
    """For the rest of this transaction. Calls outside a transaction are refused, because they would do nothing."""
    if not connection.in_atomic_block:
        raise RuntimeError("an actor lives in a transaction")
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lokalnet.actor', %s, true), set_config('lokalnet.device', %s, true)",
                       [str(actor.member_id) if actor else "", str(actor.device_id or "") if actor else ""])


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """A transaction on the actor's behalf: for jobs and commands. Pages get theirs from the middleware."""
    with transaction.atomic():
        set_actor(actor)
        yield actor
        set_actor(None)


def partner_names(actor: Actor) -> dict[UUID, str]:
    """Organisations that the actor may know of, by the name that others see as the sender; the own one by its own."""
    with connection.cursor() as cursor:
        cursor.execute("select id, shown_as from access_organisation")
        return dict(cursor.fetchall()) | {actor.organisation_id: actor.organisation_name}
