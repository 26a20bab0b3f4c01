"""The local administrator's work on members: who works here, with which roles, and how somebody moves or leaves."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events, handover, sessions
from lokalnet.access.acting import Actor
from lokalnet.access.middleware import memberships_of
from lokalnet.access.models import Member, Partnership
from lokalnet.access.rights import Decision, Fields, Purpose, Role, roles_for
from lokalnet.foundation.ordering import danish
from lokalnet.places.models import Area


class Refused(Exception):
    """A rule says no. `field` is the field of the form that the rule is about, or empty."""

    field = ""


class NotYourself(Refused):
    """Administrators do not end their own access."""


class LastAdministrator(Refused):
    """The organisation would be left without anybody who can invite and end."""

    field = "roles"


class NeedsHandover(Refused):
    """Something is open, and nobody was named to take it over."""

    field = "hand_to"


class BadChange(Refused):
    """A role or a stand-in that does not fit."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field = field


@dataclass(frozen=True)
class Change:
    """A member as the administrator wants it."""

    name: str
    title: str
    roles: tuple[str, ...]
    areas: tuple[UUID, ...]
    stand_in: UUID | None


def may(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.ADMINISTRATION, Fields.MEMBERS)


def working() -> QuerySet[Member]:
    """Members (no systems) who work here now, among those that the actor may see."""
    return Member.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=TransactionNow()), user__isnull=False)


def members_of_own(actor: Actor) -> QuerySet[Member]:
    may(actor)
    return (working().filter(organisation=actor.organisation_id).select_related("user", "stand_in")
            .prefetch_related("areas").order_by(danish("name"), "id"))


def role_names(roles: Collection[str]) -> str:
    return ", ".join(str(role.label) for role in Role if role in roles)


def member_of_own(actor: Actor, member_id: UUID) -> Member:
    """Raises NotAllowed for who is no administrator, Http404 for who does not work in the own organisation."""
    found = members_of_own(actor).filter(id=member_id).first()
    if found is None:
        raise Http404
    return found


def colleagues_of(member: Member) -> list[tuple[UUID, str]]:
    """Who can stand in or take over: (member, name)."""
    rows = working().filter(organisation=member.organisation_id).exclude(id=member.id).order_by(danish("name"), "id")
    return [(row.id, row.name) for row in rows]


def areas_for(actor: Actor) -> list[Area]:
    """Areas inside the bounds of the actor's partnerships, municipalities first."""
    inside = Q(pk__in=[])
    for each in Partnership.objects.filter(id__in=actor.partnership_ids):
        inside |= Q(longitude__range=(each.west, each.east), latitude__range=(each.south, each.north))
    return list(Area.objects.defer("outline").filter(inside).order_by("kind", danish("name")))


def check_roles(actor: Actor, roles: Collection[str]) -> None:
    """Raises BadChange for no role, or one that means nothing in this kind of organisation."""
    if not roles:
        raise BadChange("roles", _("Choose at least one role."))
    if not set(roles) <= {role.value for role in roles_for(actor.organisation_kind)}:
        raise BadChange("roles", _("This role does not exist in an organisation of your kind."))


@transaction.atomic
def change(actor: Actor, member_id: UUID, wanted: Change) -> None:
    """Somebody moves: another name, title, role, area or stand-in. Live streams start anew under other roles."""
    decision = may(actor)
    check_roles(actor, wanted.roles)
    administrators = _lock_administrators(actor)
    member = member_of_own(actor, member_id)
    if wanted.stand_in and wanted.stand_in not in dict(colleagues_of(member)):
        raise BadChange("stand_in", _("The stand-in must be a colleague who works here now."))
    if administrators == {member.id} and Role.ADMINISTRATOR not in wanted.roles:
        raise LastAdministrator(_("This is the organisation's last local administrator. Make somebody else one first."))
    before = _as_change(member)
    if member.id == actor.member_id and set(wanted.roles) - set(before.roles):
        raise BadChange("roles", _("Nobody gives themselves a role. Ask another local administrator."))
    member.name, member.title, member.stand_in_id = wanted.name, wanted.title, wanted.stand_in
    member.roles = [role.value for role in Role if role in wanted.roles]
    member.save(update_fields=["name", "title", "roles", "stand_in"])
    member.areas.set(Area.objects.filter(id__in=wanted.areas))
    changed = [name for name in ("name", "title", "roles", "areas", "stand_in")
               if _plain(getattr(before, name)) != _plain(getattr(wanted, name))]
    if "roles" in changed:
        sessions.close_streams(str(member.id))
    if changed:
        events.record(actor, "member.changed", decision=decision, purpose=Purpose.ADMINISTRATION,
                      subject_kind="member", subject=member.id, changed=changed, roles=member.roles,
                      roles_before=list(before.roles))


@transaction.atomic
def end(actor: Actor, member_id: UUID, *, hand_to: UUID | None) -> None:
    """Somebody leaves: hand over what is open, end the membership, its streams, and with the last one the log-in."""
    decision = may(actor)
    administrators = _lock_administrators(actor)
    member = member_of_own(actor, member_id)
    if member.id == actor.member_id:
        raise NotYourself(_("You cannot end your own access. Ask another local administrator."))
    if administrators == {member.id}:
        raise LastAdministrator(_("This is the organisation's last local administrator. Make somebody else one first."))
    handed = _hand_over(member, hand_to)
    Member.objects.filter(id=member.id).update(ended_at=TransactionNow())
    Member.objects.filter(stand_in=member).update(stand_in=None)
    sessions.close_streams(str(member.id))
    if member.user_id and not memberships_of(member.user_id):
        sessions.end_all(member.user_id)
    events.record(actor, "member.ended", decision=decision, purpose=Purpose.ADMINISTRATION, subject_kind="member",
                  subject=member.id, handed=handed, to=str(hand_to or ""))


def _hand_over(member: Member, hand_to: UUID | None) -> list[str]:
    if hand_to is None and handover.open_for(member.id):
        raise NeedsHandover(_("Choose the colleague who takes over what is open."))
    if hand_to is None:
        return []
    if hand_to not in dict(colleagues_of(member)):
        raise BadChange("hand_to", _("Whoever takes over must be a colleague who works here now."))
    return handover.hand_over(member.id, to=hand_to)


def _lock_administrators(actor: Actor) -> set[UUID]:
    """Of the own organisation; locked, so that the last two cannot end each other in the same moment."""
    rows = working().filter(organisation=actor.organisation_id, roles__contains=[Role.ADMINISTRATOR.value])
    return set(rows.order_by("id").select_for_update().values_list("id", flat=True))


def _as_change(member: Member) -> Change:
    return Change(member.name, member.title, tuple(member.roles), tuple(area.id for area in member.areas.all()),
                  member.stand_in_id)


def _plain(value: Any) -> Any:
    return set(value) if isinstance(value, tuple) else value
