"""Logging in: what allauth and axes ask us, and what of it goes into the log."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.signals import user_locked_out
from cryptography.fernet import Fernet
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lokalnet.access import events
from lokalnet.access.middleware import act_for
from lokalnet.access.requests import Request
from lokalnet.foundation.home import secret


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: members are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets are encrypted under a key outside the database."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(secret("second-factor")))


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return render(request, "account/locked_out.html", status=429)


def listen() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="lokalnet.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="lokalnet.logged_out")
    user_login_failed.connect(_failed, dispatch_uid="lokalnet.login_failed")
    user_locked_out.connect(_locked, dispatch_uid="lokalnet.locked_out")
    password_changed.connect(_password, dispatch_uid="lokalnet.password_changed")
    password_reset.connect(_password, dispatch_uid="lokalnet.password_reset")


def _record_as_request(request: Request | None, kind: str) -> None:
    """Entries about logging in: the actor is known by then, or there is none."""
    if request is None:
        return
    with transaction.atomic():
        known = getattr(request, "user", None)  # a request made by hand has none
        actor = act_for(request) if known and known.is_authenticated else None
        events.record(actor, kind)


def _logged_in(request: Request, **_: Any) -> None:
    _record_as_request(request, "session.opened")


def _logged_out(request: Request, **_: Any) -> None:
    _record_as_request(request, "session.closed")


def _failed(request: HttpRequest | None = None, **_: Any) -> None:
    with transaction.atomic():
        events.record(None, "session.refused")


def _locked(request: Request, **_: Any) -> None:
    with transaction.atomic():
        events.record(None, "session.locked-out")


def _password(request: Request, **_: Any) -> None:
    _record_as_request(request, "password.changed")
