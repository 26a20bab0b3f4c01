"""A request as our views get it."""

from typing import Any

from django.http import HttpRequest

from lokalnet.access.acting import Actor


class Request(HttpRequest):
    """With its actor, set by ActingMiddleware, and htmx's details."""

    actor: Actor | None
    htmx: Any
    not_signed: str  # why a request to a paired phone's address is nobody's
