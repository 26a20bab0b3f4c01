"""The front page and the health check."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from lokalnet.access.requests import Request
from lokalnet.interface import menu


@require_safe
def front(request: Request) -> HttpResponse:
    """To the first page that one's rights open: the overview for most, the log for a data protection officer."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    items = menu.items_for(request.actor, "")
    return redirect(items[0].url if items else "overview")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers as the login that serves; says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})
