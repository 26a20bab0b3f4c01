"""Public figures about areas."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface import journal
from lokalnet.places.models import Area
from lokalnet.situation.areas import figures
from lokalnet.situation.journals import areas as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def show(request: Request, frame: Frame) -> HttpResponse:
    decision = frame.actor.require(Purpose.FIGURES, Fields.AREA_FIGURES)
    found = figures.figures(frame)
    events.record(frame.actor, "figures.read", decision=decision, purpose=Purpose.FIGURES, subject_kind="partnership",
                  subject=frame.partnership.id)
    names = [_("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year} for quarter in found.quarters]
    kind = str(Area.Kind(found.kind).label)
    return journal.answer(
        request, "situation/figures.html",
        {"frame": frame, "found": found, "quarters": names, "newest": names[0], "kind": kind},
        partial(journals.of_figures, frame, found, names, kind),
        copied=recorder(frame, decision, Purpose.FIGURES, "partnership", frame.partnership.id))
