"""allauth asks for the password again by raising; here that becomes an answer before our middleware sees it.

The middleware undoes the transaction on an exception (engineering 11), and allauth's own handler, which runs after it,
would then ask a database that answers nothing any more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


def answered(view: View) -> View:
    """The view, with allauth's two exceptions turned into the answers that they stand for."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ImmediateHttpResponse as immediate:
            response: HttpResponseBase = immediate.response
            return response
        except ReauthenticationRequired:
            ways = get_adapter().get_reauthentication_methods(request.user)
            suspended: HttpResponseBase = suspend_request(
                request, ways[0]["url"] if ways else reverse("account_login"))
            return suspended

    return answer
