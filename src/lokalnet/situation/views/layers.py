"""Layers over the map: on a page of their own, and as squares for the overview's map."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Purpose
from lokalnet.interface import journal
from lokalnet.situation.addresses import address
from lokalnet.situation.journals import layers as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.layers import choosing, geojson, looking, outlines, page, picture, saying
from lokalnet.situation.layers.looking import Look
from lokalnet.situation.layers.page import Line
from lokalnet.situation.layers.picture import Picture
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import reading
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def layers(request: Request, frame: Frame) -> HttpResponse:
    """Picture and list show one set."""
    look = looking.look(frame, choosing.chosen(request.GET))
    lines = page.lines(frame, look)
    return journal.answer(
        request, "situation/layers/layers.html", _context(frame, look, lines),
        partial(journals.of_layer, frame, look, lines),
        copied=recorder(frame, reading.may_read(frame.actor), Purpose.SHARED_PICTURE, "partnership",
                        frame.partnership.id))


def _context(frame: Frame, look: Look, lines: list[Line]) -> dict[str, object]:
    drawn, kind = picture.picture(look.layer.squares, outlines.outlines(frame)), look.chosen.kind
    return {
        "frame": frame, "look": look, "layer": look.layer, "lines": lines, "choices": choosing.choices(look.chosen),
        "said": saying.first(look), "then": saying.then(look), "means": saying.means(kind),
        "means_not": saying.means_not(kind), "rule": saying.rule(look.audience), "period": saying.period(look),
        "legend": saying.legend(look.layer), "numbers": list(saying.numbers(look)), "picture": drawn,
        "letters": _letters(drawn, lines),
        "overview": address(frame, "overview")}


def _letters(drawn: Picture | None, lines: list[Line]) -> list[tuple[str, str, str]]:
    spots = drawn.letters([line.squares for line in lines]) if drawn else []
    return [(line.letter, x, y) for line, (x, y) in zip(lines, spots, strict=True)]


@require_safe
@framed
def layer_cells(request: Request, frame: Frame) -> HttpResponse:
    """The same squares as GeoJSON."""
    look = looking.look(frame, choosing.chosen(request.GET))
    return HttpResponse(geojson.geojson(frame, look), content_type="application/geo+json")
