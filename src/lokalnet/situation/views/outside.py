"""The report for outdoors: a page that works with no signal, and what it asks of the server.

The same three questions have two addresses: `/ude/` for a browser in which the member is logged in, and `/enhed/` for a
paired phone, which signs them. The page itself says nothing about anybody, so that it may lie in a browser's cache.
"""

import json
import time
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lokalnet.access import devices, events
from lokalnet.access.acting import Actor
from lokalnet.access.requests import Request
from lokalnet.situation import photos, reading
from lokalnet.situation.outside import kit, quiet, receiving, shell, told
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed
from lokalnet.situation.views.observation import found

WROTE = "X-Lokalnet-Member"

Asked = Callable[[Request, Actor], HttpResponse]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    response = render(request, "situation/outside.html", {"version": shell.version()})
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps: another list is another worker."""
    response = HttpResponse(shell.worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    response = JsonResponse({
        "name": "Lokalnet", "short_name": "Lokalnet", "description": _("Share what you saw, also with no signal."),
        "lang": request.LANGUAGE_CODE, "id": "/ude/", "start_url": "/ude/", "scope": "/", "display": "standalone",
        "background_color": "#f6f7f8", "theme_color": "#0e5a73",
        "icons": [{"src": static(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
                   "purpose": "any maskable"} for size in (192, 512)]},
        content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def answered(view: Asked) -> Callable[..., HttpResponseBase]:
    """Give the view its actor, or say what is missing in a way that a script understands."""

    def entered(request: Request) -> HttpResponse:
        if request.actor is None:
            reason = getattr(request, "not_signed", "") or "login"
            return JsonResponse({"error": reason, "now": int(time.time() * 1000)}, status=401)
        # Of one log-in with two memberships, only the one that wrote it sends it.
        if request.headers.get(WROTE, member := str(request.actor.member_id)) != member:
            return JsonResponse({"error": "member"}, status=401)
        return view(request, request.actor)

    entered.__name__, entered.__doc__ = view.__name__, view.__doc__
    return entered


@require_safe
def own_kit(request: Request) -> HttpResponse:
    """204 where nobody is logged in: the page asks this each time that it opens, and that is no error."""
    if request.actor is None:
        return HttpResponse(status=204)
    devices.remember(request.session, request.actor, request.headers.get("X-Lokalnet-Device", ""))
    said = kit.with_key(kit.kit(request.actor), request.actor, request.session.session_key or "")
    return JsonResponse(said | {"csrf": get_token(request), "theme": _theme(request)})


@require_safe
@answered
def device_kit(request: Request, actor: Actor) -> HttpResponse:
    return JsonResponse(kit.kit(actor))


def _theme(request: Request) -> str:
    return request.COOKIES.get("theme", "auto")


def _send(request: Request, actor: Actor) -> HttpResponse:
    receiving.may_send(actor)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return JsonResponse({"errors": {"body": [_("This is not what a phone sends.")]}}, status=422)
    answer = receiving.receive(actor, body)
    return JsonResponse(answer.said, status=answer.status)


def _told(request: Request, actor: Actor) -> HttpResponse:
    return JsonResponse({"told": told.told(actor)})


send = require_POST(answered(_send))
device_send = csrf_exempt(require_POST(answered(_send)))  # signed, and asked without any cookie's help
own_told = require_safe(answered(_told))
device_told = require_safe(answered(_told))


@require_POST
@framed
def quiet_week(request: Request, frame: Frame) -> HttpResponse:
    """One tap on the page of one's own reports."""
    receiving.may_send(frame.actor)
    try:
        quiet.say(frame, quiet.of_text(request.POST.get("week", "")))
    except BadReport as problem:
        messages.warning(request, problem.rule)
    else:
        messages.success(request, _("Said: a quiet week."))
    return redirect("own_reports")


@require_safe
@framed
def photo(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    """The picture, for whoever gets the report exactly; looking at it is in the log."""
    frame, _sight = found(frame, observation_id)
    right = reading.may_read(frame.actor)
    there = photos.of(observation_id)
    if there is None:
        return HttpResponse(status=404)
    events.record(frame.actor, "photo.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="observation", subject=observation_id)
    response = HttpResponse(bytes(there.jpeg), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
