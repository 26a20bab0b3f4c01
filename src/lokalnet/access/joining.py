"""How somebody becomes a member: an invitation by mail, accepted once.

Only the token's SHA-256 is stored. The one who accepts has no right to read invitations yet, so the database answers
through functions of its own (access/sql/actor.sql): they give one open invitation for one token and nothing else.
"""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lokalnet.access import administration, events
from lokalnet.access.acting import Actor, actor_of, set_actor
from lokalnet.access.administration import BadChange
from lokalnet.access.models import Invitation, User
from lokalnet.access.rights import Purpose


class InvitationClosed(Exception):
    """Accepted, withdrawn, too old, or never made: the one who holds the token is not told which."""


class MailNotSent(Exception):
    """The mail server did not take the invitation; nothing was stored."""


@dataclass(frozen=True)
class Invited:
    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """What the one who holds the token may see."""

    email: str
    name: str
    organisation_name: str
    has_login: bool


def pending(actor: Actor) -> QuerySet[Invitation]:
    """Open invitations of the own organisation, newest first."""
    administration.may(actor)
    return _open().filter(organisation=actor.organisation_id).select_related("invited_by").order_by("-made_at")


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=TransactionNow())


def invite(actor: Actor, invited: Invited, *, link: Callable[[str], str]) -> None:
    """Store the invitation and mail its link; an earlier open one to the same address is withdrawn.

    The mail goes out before the commit: when it cannot be sent, there is no invitation, and the administrator knows.
    Raises BadChange, MailNotSent.
    """
    decision = administration.may(actor)
    administration.check_roles(actor, invited.roles)
    if administration.working().filter(organisation=actor.organisation_id, user__email__iexact=invited.email).exists():
        raise BadChange("email", _("Somebody with this address works here already."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _open().filter(organisation=actor.organisation_id, email__iexact=invited.email).update(
            withdrawn_at=TransactionNow())
        made = Invitation(id=uuid.uuid4(), organisation_id=actor.organisation_id, email=invited.email.lower(),
                          name=invited.name, roles=list(invited.roles), token_hash=_hash(token),
                          invited_by_id=actor.member_id)
        made.save(force_insert=True)
        events.record(actor, "member.invited", decision=decision, purpose=Purpose.ADMINISTRATION,
                      subject_kind="invitation", subject=made.id, roles=made.roles)
        _send(actor, made, link(token))


def _send(actor: Actor, made: Invitation, url: str) -> None:
    """In the installation's language: the invited's is not known. The subject names nothing personal."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Invitation to Lokalnet")
        body = render_to_string("access/mail/invitation.txt", {
            "name": made.name, "url": url, "organisation": actor.organisation_name, "expires_at": made.expires_at})
    try:
        send_mail(subject, body, None, [made.email])
    except OSError as problem:  # smtplib's errors are OSErrors too
        raise MailNotSent(_("The mail could not be sent, so nobody was invited. Try again later.")) from problem


def withdraw(actor: Actor, invitation_id: UUID) -> None:
    """Raises Http404 when there is no such open invitation in the own organisation."""
    decision = administration.may(actor)
    if not pending(actor).filter(id=invitation_id).update(withdrawn_at=TransactionNow()):
        raise Http404
    events.record(actor, "invitation.withdrawn", decision=decision, purpose=Purpose.ADMINISTRATION,
                  subject_kind="invitation", subject=invitation_id)


def opened(token: str) -> Opened | None:
    with connection.cursor() as cursor:
        cursor.execute("select email, name, organisation_name from open_invitation(%s)", [_hash(token)])
        row = cursor.fetchone()
    return Opened(row[0], row[1], row[2], User.objects.filter(email__iexact=row[0]).exists()) if row else None


def just_joined(token: str) -> str | None:
    """The address whose invitation was accepted in the last minutes: for a second click."""
    with connection.cursor() as cursor:
        cursor.execute("select just_joined(%s)", [_hash(token)])
        found: str | None = cursor.fetchone()[0]
    return found


def join_anew(token: str, *, password: str) -> tuple[User, UUID]:
    """Make the log-in and the membership; the user and the new member. Raises InvitationClosed.

    Whoever comes second at the same moment waits on the unique address and finds the invitation closed.
    """
    invitation = opened(token)
    if invitation is None or invitation.has_login:
        raise InvitationClosed
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password)
            return user, join_as(token, user)
    except IntegrityError as problem:
        raise InvitationClosed from problem


def join_as(token: str, user: User) -> UUID:
    """The new member, who acts from here on in this transaction. Raises InvitationClosed."""
    member_id = uuid.uuid4()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select accept_invitation(%s, %s, %s)", [_hash(token), user.pk, member_id])
            accepted = cursor.fetchone()[0]
    except IntegrityError as problem:  # works there already
        raise InvitationClosed from problem
    if not accepted:
        raise InvitationClosed
    actor = actor_of(member_id)
    set_actor(actor)
    events.record(actor, "member.joined", purpose=Purpose.ADMINISTRATION, subject_kind="member", subject=member_id)
    return member_id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def open_for(member_id: UUID) -> list[str]:
    """Open invitations that the member sent, for the hand-over."""
    return [_("Open invitation to %(name)s") % {"name": row.name} for row in _open().filter(invited_by=member_id)]


def hand_over(leaver: UUID, to: UUID) -> None:
    _open().filter(invited_by=leaver).update(invited_by=to)
