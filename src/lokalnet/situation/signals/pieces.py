"""What other pages say of signals, in a quiet line: an area's, the week's briefing, and a measure made of one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import reading as briefings
from lokalnet.situation.models import Signal
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import reading, showing, starting, stopping


def of_area(request: HttpRequest, frame: Frame, area_id: UUID) -> SafeString:
    """What goes on there, and when the area's partners would stop. Empty where there is neither."""
    if not reading.reads(frame.actor):
        return SafeString("")
    there, stop = reading.in_area(frame, area_id), stopping.of_area(frame, area_id)
    if not there and not (stop and stop.answers):
        return SafeString("")
    return _render("situation/signals/of_area.html", frame, there, request, stop=stop,
                   said_by=stopping.said_by(frame, stop) if stop else "")


def of_briefing(request: HttpRequest, frame: Frame, briefing_id: UUID) -> SafeString:
    """What goes on now where the briefing is about. Empty where nothing does."""
    if not reading.reads(frame.actor):
        return SafeString("")
    frame, briefing = briefings.one(frame, briefing_id)
    there = reading.in_area(frame, briefing.municipality_id) if briefing.municipality_id else reading.going_on(frame)
    return _render("situation/signals/of_briefing.html", frame, there, request) if there else SafeString("")


def of_measure(request: HttpRequest, frame: Frame, measure_id: UUID) -> SafeString:
    """Which signal it was made of, for who reads that too."""
    there = starting.signals_of(frame, measure_id)
    return _render("situation/signals/of_measure.html", frame, there, request) if there else SafeString("")


def _render(template: str, frame: Frame, signals: Sequence[Signal], request: HttpRequest, **more: Any) -> SafeString:
    return SafeString(render_to_string(template, {
        "frame": frame, "lines": showing.lines(frame, signals), "all": address(frame, "signals"), **more}, request))
