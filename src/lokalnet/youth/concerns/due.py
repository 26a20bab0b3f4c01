"""What is due of worries, for my day: answers to read, drafts that were left, and what waits to be clarified.

Said by days and steps. No name, no word of what stands in any of them.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation.times import now
from lokalnet.interface import days
from lokalnet.interface.due import Part, Task
from lokalnet.persons import opening
from lokalnet.youth.concerns import own
from lokalnet.youth.models import ConcernState
from lokalnet.youth.triage import waiting
from lokalnet.youth.triage.waiting import Waiting

MOST = 20
LEFT = timedelta(days=2)


def due_for(seat: Seat) -> Iterator[Task]:
    if not opening.is_open() or seat.partnership.exercise_of_id is not None:
        return
    if seat.actor.may(Purpose.CONCERN, Fields.CONCERNS_OF_OWN):
        yield from _answers(seat)
        yield from _drafts(seat)
    if seat.actor.may(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED):
        yield from (_task(seat, each) for each in waiting.waiting(seat)[:MOST])


def _answers(seat: Seat) -> Iterator[Task]:
    for each in own.unread_replies(seat.actor)[:MOST]:
        yield Task(Part.NEW, _("Read the answer to what you told of"), address(seat, "concern", each.concern_id),
                   about=_("Answered %(day)s") % {"day": _day(seat, each.at)})


def _drafts(seat: Seat) -> Iterator[Task]:
    for each in own.told(seat.actor)[:MOST]:
        if each.state == ConcernState.DRAFT and each.made_at < now() - LEFT:
            gone = _local(seat, each.changed_at) + timedelta(days=settings.LOKALNET_DRAFT_DAYS)
            yield Task(Part.MINE, _("Send the worry that you began, or delete it"), address(seat, "concern", each.id),
                       gone, _("Begun %(day)s; it goes by itself") % {"day": _day(seat, each.made_at)})


def _task(seat: Seat, each: Waiting) -> Task:
    waited = ngettext("Waited %(number)d day", "Waited %(number)d days", each.waited) % {"number": each.waited} if \
        each.waited else _("Came today")
    marks = [_("in danger now")] * each.acute + [_("urgent")] * each.urgent + [_("awaits the board")] * each.frozen
    return Task(Part.WAITING, _("Clarify a worry: %(step)s") % {"step": str(each.step.label).lower()},
                address(seat, "triage_concern", each.id), each.until, " · ".join([waited, *marks]))


def _local(seat: Seat, at: datetime) -> date:
    return at.astimezone(seat.zone).date()


def _day(seat: Seat, at: datetime) -> str:
    return days.written(_local(seat, at), "j M")
