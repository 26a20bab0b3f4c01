"""The front page and the health check."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface import menu
from lokalnet.project import my_day


@require_safe
def front(request: Request) -> HttpResponse:
    """To one's day; a data protection officer to the log; anybody else to the first page that their rights open."""
    actor = request.actor
    if not request.user.is_authenticated:
        return redirect("account_login")
    if actor and my_day.begins_the_day_of(actor):
        return redirect("my_day")
    if actor and actor.may(Purpose.DATA_PROTECTION, Fields.EVENTS_OF_ORGANISATION):
        return redirect("log")
    items = menu.items_for(actor, "")
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
