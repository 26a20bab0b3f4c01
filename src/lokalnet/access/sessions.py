"""Sessions and live streams end with what they rest on: a membership, a role, a log-in, a password.

A stream has no next request at which its rights would be checked (engineering 36), so the database tells every process
to close it, in the transaction that takes the right away.
"""

from typing import Any
from uuid import UUID

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.db import connection
from django.db.models.signals import post_delete
from django.http import HttpRequest

from lokalnet.access import devices
from lokalnet.access.middleware import memberships_of
from lokalnet.access.models import User
from lokalnet.foundation.live import ACCESS_CHANNEL


def close_streams(who: str) -> None:
    """Close the live streams of a member (its id) or of a session (its key), once this transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [ACCESS_CHANNEL, who])


def end_all(user_id: UUID) -> None:
    """Log a user out everywhere."""
    devices.put_all_to_sleep(user_id)
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()


def listen() -> None:
    user_logged_out.connect(_logged_out, dispatch_uid="lokalnet.streams.logged_out")
    post_delete.connect(_session_gone, sender=UserSession, dispatch_uid="lokalnet.streams.session_gone")
    password_changed.connect(_password_changed, dispatch_uid="lokalnet.streams.password_changed")
    password_reset.connect(_password_changed, dispatch_uid="lokalnet.streams.password_reset")


def _logged_out(request: HttpRequest | None = None, **_: Any) -> None:
    if request is None or not request.session.session_key:
        return
    close_streams(request.session.session_key)
    if device := request.session.get(devices.SESSION_KEY):
        devices.put_to_sleep(device)


def _session_gone(instance: UserSession, **_: Any) -> None:
    close_streams(instance.session_key)


def _password_changed(user: User, **_: Any) -> None:
    """A new password ends all other sessions; this one's stream comes back by itself. Paired phones wait for it too."""
    devices.put_all_to_sleep(user.pk)
    for member_id, _organisation, _name in memberships_of(user.pk):
        close_streams(str(member_id))
