"""The picture: list, map and one observation. The views parse, ask the capability, and render."""

import json
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.foundation import tokens
from lokalnet.interface import journal
from lokalnet.situation import answering, beside, live, map_points, outlines, picture, reading, showing
from lokalnet.situation.areas import area_page
from lokalnet.situation.exporting.asking import offers_export
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.following import subscribing
from lokalnet.situation.journals import observations
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.layers import overlay
from lokalnet.situation.measures import starting
from lokalnet.situation.outside import quiet
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.answering import last_looked
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def overview(request: Request, frame: Frame) -> HttpResponse:
    """Map and list of one set. htmx asks for the list alone."""
    right = reading.may_read(frame.actor)
    bar = FilterBar(request.GET, frame)
    if bar.search.refused:
        return _not_searched(request, request.GET)
    aside = beside.beside(frame, answers_since=last_looked(request))  # before the rows, so nothing is missed
    filters = bar.filters()
    after = _cursor(request)
    page = picture.page(frame.partnership, filters, after=after)
    number = picture.count(frame.partnership, filters)
    reading.record(frame, right, filters)
    list_alone = request.htmx and not request.htmx.history_restore_request
    context = {
        "frame": frame, "cards": showing.cards(frame, page.sights), "count": number,
        "counted": picture.COUNTED, "many": number > picture.COUNTED, "query": query_of(request),
        "next": showing.cursor_token(page.next), "live": aside.cursor,
        "base_map": settings.LOKALNET_BASE_MAP_URL, "continued": after is not None,
        "place": showing.place(frame, filters), "area_page": area_page.link(frame, filters), "bar": bar,
        "answers_due": answering.number_due(frame), "answers_new": aside.answers, "conflicts": aside.conflicts,
        "bounds": json.dumps(frame.bounds), "views": aside.views, "exports": offers_export(frame.actor),
        "new_measure": starting.link(frame, query_of(request)),
        "follow": subscribing.link(frame, query_of(request)), "layers": overlay.offered(frame),
        "told": messages.get_messages(request) if list_alone else (),
        "quiet": None if page.sights else quiet.lately(frame),
    }
    return journal.answer(
        request, "situation/list.html" if list_alone else "situation/overview.html", context,
        partial(observations.of_picture, frame, page.sights, bar=bar, count=number),
        copied=recorder(frame, right.decision, right.purpose, "partnership", frame.partnership.id))


@require_POST
@framed
def filter_overview(request: Request, frame: Frame) -> HttpResponse:
    """The filters as chosen, on their way to an address.

    They come as a post: the words of a refused search then stand in no history and no proxy's log.
    """
    reading.may_read(frame.actor)
    chosen = request.POST.copy()
    chosen.pop("csrfmiddlewaretoken", None)
    if FilterBar(chosen, frame).search.refused:
        return _not_searched(request, chosen)
    return redirect(_address(chosen))


def _not_searched(request: Request, asked: QueryDict) -> HttpResponse:
    """The same picture without the search. The reason is told, its words are not repeated."""
    left = asked.copy()
    left.pop("q", None)
    messages.error(request, _("The list was not searched: persons are not searched for here. Search for words "
                              "about what happened; place and category are chosen in the filters."))
    return redirect(_address(left))


def _address(chosen: QueryDict) -> str:
    return f"{reverse('overview')}?{urlencode([(name, value) for name, value in chosen.items() if value])}"


@require_safe
@framed
def map_data(request: Request, frame: Frame) -> HttpResponse:
    """The same set as the list, as points."""
    right = reading.may_read(frame.actor)
    filters = FilterBar(request.GET, frame).filters()
    reading.record(frame, right, filters)
    points = picture.on_map(frame.partnership, filters, list(frame.categories))
    answer = HttpResponse(showing.on_map(frame, points), content_type="application/json")
    patch_vary_headers(answer, ["Accept-Encoding"])
    # Nothing that the request says is repeated in the answer, so its size tells nobody a secret (BREACH).
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content = map_points.zipped(answer.content)
        answer["Content-Encoding"] = "gzip"
    return answer


@require_safe
@framed
def days(request: Request, frame: Frame) -> HttpResponse:
    """How many on each day of the same set: what the time slider draws."""
    right = reading.may_read(frame.actor)
    filters = FilterBar(request.GET, frame).filters()
    reading.record(frame, right, filters)
    found = picture.per_day(frame.partnership, filters)
    return JsonResponse({"first": found.first.isoformat(), "last": found.last.isoformat(),
                         "days": [[day.isoformat(), number] for day, number in found.counted]})


@require_safe
@framed
def outline_data(request: Request, frame: Frame) -> HttpResponse:
    return HttpResponse(outlines.geojson(frame), content_type="application/geo+json")


@require_safe
def stream(request: Request) -> HttpResponse:
    """What a live stream starts with; project/asgi.py goes on from there."""
    if request.actor is None:
        return HttpResponse(status=401)
    if not live.may_listen(request.actor):
        return HttpResponse(status=403)
    cursor = request.headers.get("Last-Event-ID") or request.GET.get("cursor", "")
    try:
        opening = live.open_stream(request.actor, cursor)
    except tokens.BadToken:
        return HttpResponse(_("The cursor is not one of ours."), status=400, content_type="text/plain")
    answer = HttpResponse(opening.events, content_type="text/event-stream",
                          headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    if "text/event-stream" in request.headers.get("Accept", ""):
        answer["X-Stream-Member"] = str(request.actor.member_id)
        answer["X-Stream-Session"] = request.session.session_key or ""
        answer["X-Stream-After"] = str(opening.number)
        answer["X-Stream-Listens"] = " ".join(f"{a}/{b}" for a, b in opening.listens_to)
    return answer


def _cursor(request: Request) -> picture.Cursor | None:
    try:
        return showing.cursor_from(request.GET.get("cursor", ""))
    except tokens.BadToken:
        return None


def query_of(request: Request) -> str:
    query = request.GET.copy()
    query.pop("cursor", None)
    return query.urlencode()
