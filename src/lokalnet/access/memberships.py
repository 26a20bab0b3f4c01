"""For which organisation somebody acts, when they work for more than one."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from lokalnet.access import sessions
from lokalnet.access.middleware import SESSION_KEY, memberships_of
from lokalnet.access.models import User


@dataclass(frozen=True)
class Membership:
    member_id: UUID
    organisation_name: str
    member_name: str


def of(user: User) -> list[Membership]:
    return [Membership(*row) for row in memberships_of(user.pk)]


def chosen(user: User, member_id: str) -> Membership:
    """Raises Http404 for what is not a running membership of the user."""
    for each in of(user):
        if str(each.member_id) == member_id:
            return each
    raise Http404


def switch(request: HttpRequest, membership: Membership) -> None:
    """Act as the membership from the next request on. Streams that the session opened for the other one close."""
    request.session[SESSION_KEY] = str(membership.member_id)
    if request.session.session_key:
        sessions.close_streams(request.session.session_key)
