"""One transaction per request, with the actor set in it; refusals are written after it."""

import hashlib
from collections.abc import Callable
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from lokalnet.access import devices, events
from lokalnet.access.acting import Actor, act_as, set_actor
from lokalnet.access.models import User
from lokalnet.access.requests import Request

SESSION_KEY = "lokalnet_member"
API = "/api/"
DEVICES = "/enhed/"
ALWAYS_OPEN = ("/static/", "/healthz")
# The parts of the page for outdoors that a browser keeps: the same for everybody, whoever is logged in.
SAME_FOR_ALL = ("/ude/", "/ude.js", "/manifest.webmanifest")
# Raised to give an answer, not because something failed; allauth's are answered further out, with the database.
ANSWERS = (PermissionDenied, ImmediateHttpResponse, ReauthenticationRequired)
WITHOUT_SECOND_FACTOR = ("/konto/", "/sprog/", "/udseende/", "/beskeder/stop/")  # the last needs no log-in at all


class ActingMiddleware:
    """Find the actor, open the transaction, undo it when the answer is an error.

    Inner layers turn an exception into a response, so leaving the block without one proves nothing: exceptions and
    answers of 500 and above set rollback themselves (engineering 11).
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.actor = None
        if request.path.startswith(ALWAYS_OPEN) or request.path in SAME_FOR_ALL:
            return self.get_response(request)
        with transaction.atomic():
            request.actor = act_for(request)
            response = self._second_factor(request) or self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        # The end of the transaction is the end of the actor; only a test's outer transaction goes on, and it forgets.
        if connection.in_atomic_block and not connection.needs_rollback:
            set_actor(None)
        if response.status_code == 403 and request.actor:
            _record_refusal(request, request.actor)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if connection.in_atomic_block and not isinstance(exception, ANSWERS):
            transaction.set_rollback(True)

    def _second_factor(self, request: Request) -> HttpResponse | None:
        if (not settings.LOKALNET_TWO_FACTOR_REQUIRED or not request.user.is_authenticated
                or request.path.startswith(WITHOUT_SECOND_FACTOR)):
            return None
        from allauth.mfa.utils import is_mfa_enabled

        return None if is_mfa_enabled(request.user) else redirect(reverse("mfa_activate_totp"))


def act_for(request: Request) -> Actor | None:
    """Find whoever makes the request and make them the actor of this transaction."""
    # Asked first and of every request: an error page shows who is logged in, when the database answers no more.
    logged_in = request.user.is_authenticated
    if request.path.startswith(API):  # keys open the API and no page; sessions the pages and not the API
        return _actor_of_key(request.headers.get("Authorization", ""))
    if request.path.startswith(DEVICES):  # and a paired phone its own addresses and nothing else
        return _actor_of_device(request)
    return _actor_of_session(request) if logged_in else None


def _actor_of_key(header: str) -> Actor | None:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select member_of_key(%s)", [hashlib.sha256(token.strip().encode()).digest()])
        member_id = cursor.fetchone()[0]
    return act_as(member_id) if member_id else None


def _actor_of_device(request: Request) -> Actor | None:
    request.not_signed = ""
    try:
        return devices.actor_of_request(request.headers.get("Authorization", ""), request.method or "",
                                        request.get_full_path(), request.body)
    except devices.NotSigned as problem:
        request.not_signed = problem.reason
        return None


def _actor_of_session(request: Request) -> Actor | None:
    chosen = request.session.get(SESSION_KEY)
    actor = act_as(UUID(chosen)) if chosen else None
    if actor and actor.user_id == request.user.pk:
        return actor
    set_actor(None)
    memberships = memberships_of(request.user.id) if isinstance(request.user, User) else []
    if not memberships:
        if chosen:
            del request.session[SESSION_KEY]  # the last membership ended: access ends at the next request
            logout(request)
        return None
    request.session[SESSION_KEY] = str(memberships[0][0])
    return act_as(memberships[0][0])


def memberships_of(user_id: UUID) -> list[tuple[UUID, str, str]]:
    """Running memberships of a login: (member, organisation's name, member's name)."""
    with connection.cursor() as cursor:
        cursor.execute("select member_id, organisation_name, member_name from members_of(%s)", [user_id])
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _record_refusal(request: Request, actor: Actor) -> None:
    match = request.resolver_match
    with transaction.atomic():
        set_actor(actor)
        events.record(actor, "refused", route=match.view_name if match else "")
        set_actor(None)
