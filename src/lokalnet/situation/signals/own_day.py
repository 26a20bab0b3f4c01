"""What signals ask of a coordinator: what one turned out to be, and once a year when to stop."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Role
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.situation.addresses import address
from lokalnet.situation.models import SignalWord
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import judging, reading, showing, stopping

MOST = 10


def due_for(frame: Frame) -> Iterable[Task]:
    if Role.COORDINATOR in frame.actor.roles and reading.reads(frame.actor) and judging.judges(frame.actor):
        yield from _signals(frame)
        yield from _stop(frame)


def _signals(frame: Frame) -> Iterator[Task]:
    """Unusual and going on, in the own areas, and the organisation has not said what it turned out to be: for today, on
    each day that it goes on."""
    today = now().astimezone(frame.zone).date()
    unusual = [each for each in reading.going_on(frame) if each.word == SignalWord.UNUSUAL]
    open_ = judging.not_judged(frame, reading.own(frame, unusual))[:MOST]
    for line in showing.lines(frame, open_):
        yield Task(Part.WAITING, _("Unusual: %(what)s") % {"what": line.sentence}, line.url, today,
                   _("What did it turn out to be?"))


def _stop(frame: Frame) -> Iterator[Task]:
    """One task, however many areas. Without a last day: an answer that is thought about is better than a late mark."""
    if there := stopping.waiting(frame):
        title = ngettext("What would have to be true for us to stop? %(number)s area",
                         "What would have to be true for us to stop? %(number)s areas", len(there))
        yield Task(Part.MINE, title % {"number": len(there)}, address(frame, "stop_questions"), None,
                   ", ".join(each.place.name for each in there[:3]) + (" …" if len(there) > 3 else ""))
