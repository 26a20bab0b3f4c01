"""An organisation's keys to the API: made, shown once, revoked.

A key is a member without a log-in, so that policies, rights and the log treat it as they treat everybody. Each key has
a member of its own: one that an import acts as would otherwise end with the key.
"""

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events, sessions
from lokalnet.access.acting import Actor
from lokalnet.access.models import Key, Member, Organisation
from lokalnet.access.rights import KEY_SCOPES, Decision, Fields, Purpose, Role
from lokalnet.foundation.ordering import danish
from lokalnet.foundation.roles import MIGRATION, as_role

PREFIX = "lokalnet_"


class BadKey(Exception):
    """What was asked for is no key; the message names the field and the legal values."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field, self.rule = field, rule


def may(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.ADMINISTRATION, Fields.KEYS)


def running() -> QuerySet[Key]:
    return Key.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=TransactionNow()), revoked_at=None)


def keys_of_own(actor: Actor) -> QuerySet[Key]:
    """Every key of the own organisation, also those that have ended: an auditor asks what there was."""
    may(actor)
    return (Key.objects.filter(member__organisation=actor.organisation_id).select_related("responsible")
            .order_by("-made_at"))


@dataclass(frozen=True)
class Shown:
    """A key in the list. Of the key itself nothing can be shown: only its hash is stored."""

    id: UUID
    label: str
    scopes: tuple[str, ...]
    responsible: str
    made_at: datetime
    expires_at: datetime | None
    state: str
    running: bool


def shown(actor: Actor) -> list[Shown]:
    rows, live = list(keys_of_own(actor)), set(running().values_list("id", flat=True))
    return [Shown(row.id, row.label, tuple(row.scopes), row.responsible.name if row.responsible else "", row.made_at,
                  row.expires_at, _state(row, row.id in live), row.id in live) for row in rows]


def _state(key: Key, live: bool) -> str:
    if live:
        return _("In use")
    return _("Revoked") if key.revoked_at else _("Expired")


@transaction.atomic
def make(actor: Actor, *, label: str, scopes: Collection[str], expires_at: datetime | None = None) -> str:
    """A new key, whose maker answers for it. The token is returned here and nowhere else, ever again."""
    decision = may(actor)
    _check(scopes)
    token, key = _make(actor.organisation_id, label=label, scopes=scopes, responsible=actor.member_id,
                       expires_at=expires_at)
    events.record(actor, "key.made", decision=decision, purpose=Purpose.ADMINISTRATION, subject_kind="key",
                  subject=key.id, scopes=key.scopes)
    return token


@transaction.atomic
def revoke(actor: Actor, key_id: UUID) -> None:
    """At once, also for streams that are open. Raises Http404 for a key that is not the own organisation's.

    Revoking twice changes nothing.
    """
    decision = may(actor)
    key = keys_of_own(actor).filter(id=key_id).first()
    if key is None:
        raise Http404
    if not Key.objects.filter(id=key_id, revoked_at=None).update(revoked_at=TransactionNow()):
        return
    sessions.close_streams(str(key.member_id))
    events.record(actor, "key.revoked", decision=decision, purpose=Purpose.ADMINISTRATION, subject_kind="key",
                  subject=key_id)


def make_from_command(*, organisation: str, scopes: Collection[str], label: str) -> str:
    """For `./run key`, as the owner of the database. Raises BadKey."""
    _check(scopes)
    with as_role(MIGRATION):
        found = Organisation.objects.filter(name=organisation).first()
        if found is None:
            names = Organisation.objects.order_by(danish("name")).values_list("name", flat=True)
            raise BadKey("organisation", _("must be one of: %(values)s") % {"values": ", ".join(names)})
        token, key = _make(found.id, label=label or "API", scopes=scopes, responsible=None, expires_at=None)
        events.record(_as_actor(key, found), "key.made", purpose=Purpose.ADMINISTRATION, subject_kind="key",
                      subject=key.id, scopes=key.scopes)
    return token


def _check(scopes: Collection[str]) -> None:
    if not scopes or not set(scopes) <= set(KEY_SCOPES):
        raise BadKey("scope", _("must be one of: %(values)s") % {"values": ", ".join(KEY_SCOPES)})


def _make(organisation_id: UUID, *, label: str, scopes: Collection[str], responsible: UUID | None,
          expires_at: datetime | None) -> tuple[str, Key]:
    token = PREFIX + secrets.token_urlsafe(32)
    member = Member(id=uuid.uuid4(), organisation_id=organisation_id, name=label, roles=[Role.SYSTEM.value])
    member.save(force_insert=True)
    key = Key(id=uuid.uuid4(), member=member, responsible_id=responsible, label=label, expires_at=expires_at,
              hash=hashlib.sha256(token.encode()).digest(), scopes=sorted(set(scopes)))
    key.save(force_insert=True)
    return token, key


def _as_actor(key: Key, organisation: Organisation) -> Actor:
    """The command line has no member: its entry stands under the new system, where the data protection officer sees it.
    """
    return Actor(key.member_id, None, key.label, (Role.SYSTEM.value,), organisation.id, organisation.name,
                 organisation.kind, (), tuple(key.scopes))


def open_for(member_id: UUID) -> list[str]:
    """Running keys that the member answers for, for the hand-over."""
    return [_("API key “%(label)s”") % {"label": row.label} for row in running().filter(responsible=member_id)]


def hand_over(leaver: UUID, to: UUID) -> None:
    running().filter(responsible=leaver).update(responsible=to)
