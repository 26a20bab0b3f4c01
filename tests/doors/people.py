"""Who stands at the doors: browsers and API keys for members of the tests' world.

Paired phones and one-time links will be two more kinds of actors; they get a column when they exist.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from lokalnet.access import founding
from lokalnet.access.middleware import SESSION_KEY as MEMBER_CHOSEN
from lokalnet.access.models import Key, Member, Organisation, User
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role


def api_key(organisation: Organisation, *scopes: str, revoked_at: datetime | None = None) -> str:
    """A new key of the organisation, each with a system member of its own; the token."""
    token = secrets.token_urlsafe(32)
    with as_role(MIGRATION):
        system = founding.system(organisation, f"System {secrets.token_hex(4)}")
        Key.objects.create(member=system, label="test", hash=hashlib.sha256(token.encode()).digest(),
                           scopes=list(scopes), revoked_at=revoked_at)
    return token


def revoke(token: str, *, at: datetime) -> None:
    with as_role(MIGRATION):
        Key.objects.filter(hash=hashlib.sha256(token.encode()).digest()).update(revoked_at=at)


def keyed(token: str) -> Client:
    """A client that sends the key with everything it asks."""
    return Client(headers={"Authorization": f"Bearer {token}"})


def browser(member: Member) -> Client:
    """A browser in which the member has logged in before and chosen this membership."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(member.user_id)
    session[auth.BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[auth.HASH_SESSION_KEY] = User.objects.get(id=member.user_id).get_session_auth_hash()
    session[MEMBER_CHOSEN] = str(member.id)
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def give_roles(member: Member, roles: Iterable[Role]) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=member.id).update(roles=[role.value for role in roles])
