"""One area on a page, and the list of areas to choose from."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.interface import beside, journal
from lokalnet.places.models import Area
from lokalnet.situation.addresses import address
from lokalnet.situation.areas import area_page, trend
from lokalnet.situation.journals import areas as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import Severity, Standing
from lokalnet.situation.partnerships import Frame, Place
from lokalnet.situation.views.entering import framed


def _may_read(frame: Frame) -> Decision:
    return frame.actor.require(Purpose.SHARED_PICTURE, Fields.OBSERVATIONS_OF_PARTNERS)


def _assessment(frame: Frame, place: Place) -> str:
    assessed = place.kind != Area.Kind.MUNICIPALITY
    allowed = frame.actor.may(Purpose.ASSESSMENT, Fields.ASSESSMENTS_OF_OWN)
    return address(frame, "assessment", place.id) if assessed and allowed else ""


@require_safe
@framed
def areas(request: Request, frame: Frame) -> HttpResponse:
    """The partnership's areas by kind and in the order of the alphabet. No numbers: nothing to compare them by."""
    _may_read(frame)
    kinds = [(kind.label, [(area.name, address(frame, "area", area.id)) for area in frame.areas.values()
                           if area.kind == kind]) for kind in Area.KINDS_SHOWN]
    mine = [(area.name, address(frame, "area", area.id)) for area in frame.areas.values()
            if area.id in frame.actor.area_ids]
    return render(request, "situation/areas.html", {
        "frame": frame, "mine": mine, "kinds": [(label, rows) for label, rows in kinds if rows],
        "figures": address(frame, "figures") if frame.actor.may(Purpose.FIGURES, Fields.AREA_FIGURES) else ""})


@require_safe
@framed
def area(request: Request, frame: Frame, area_id: UUID) -> HttpResponse:
    """404 for an area outside the partnership's bounds. Areas belong to nobody; what is told of them does."""
    decision = _may_read(frame)
    place = frame.areas.get(area_id)
    if place is None:
        raise Http404
    found = area_page.page(frame, place)
    events.record(frame.actor, "area.read", decision=decision, purpose=Purpose.SHARED_PICTURE, subject_kind="area",
                  subject=area_id, partnership=str(frame.partnership.id))
    context = {
        "frame": frame, "page": found, "tonight": found.watching, "verdict": trend.verdict(found.season.level),
        "explained": trend.explained(found.season), "chart": trend.chart(found.season.weeks),
        "all": address(frame, "areas"), "overview": address(frame, "overview", area=area_id),
        "all_open": address(frame, "overview", area=area_id, severity=Severity.MEDIUM.value,
                            standing=Standing.UNCONFIRMED.value, days=area_page.OPEN_DAYS),
        "assessment": _assessment(frame, place), "report": address(frame, "report", area=area_id),
        "directory": address(frame, "directory", area=area_id),
        "pieces": beside.pieces(request, "area", frame, area_id)}
    return journal.answer(request, "situation/area.html", context, partial(journals.of_area, frame, found),
                          copied=recorder(frame, decision, Purpose.SHARED_PICTURE, "area", area_id))
