"""Whose failed log-ins are counted together.

allauth authenticates with `email`, which axes does not look for: without this it counts nobody, and the lock-out never
comes. Capitals and blanks do not make another account either, as they would give eight more tries each.
"""

from typing import Any

from django.http import HttpRequest


def account(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address that is tried, in one spelling. Named in settings as AXES_USERNAME_CALLABLE."""
    tried = (credentials or {}).get("email") or (request.POST.get("login") if request else "") or ""
    return str(tried).strip().lower()
