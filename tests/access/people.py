"""Browsers of the people in tests/world.py."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client

from lokalnet.access.models import Event, Member, User
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.world import PASSWORD


def browser_of(member: Member) -> Client:
    """Logged in, without a password, a second factor or an entry in the log."""
    client = Client()
    with as_role(MIGRATION):
        user = User.objects.get(pk=member.user_id)
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(),
                    BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend"})
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def give_password(member: Member, password: str = PASSWORD) -> str:
    """The member's address, with which they can now log in."""
    with as_role(MIGRATION):
        user = User.objects.get(pk=member.user_id)
        user.set_password(password)
        user.save()
    return user.email


def log_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/konto/log-ind/", {"login": email, "password": password})


def fresh(member: Member) -> Member:
    with as_role(MIGRATION):
        return Member.objects.get(pk=member.pk)


def events(kind: str) -> list[Event]:
    with as_role(MIGRATION):
        return list(Event.objects.filter(kind=kind).order_by("at"))


def mailed_link() -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]
