"""The week's briefing in a member's day: a draft that waits for a coordinator, and one that was newly approved."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import reading
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import Frame

NEW_FOR = timedelta(days=7)


def due_for(frame: Frame) -> Iterator[Task]:
    if frame.actor.may(Purpose.BRIEFING, Fields.BRIEFING):
        yield from _waiting(frame)
        yield from _new(frame)


def _waiting(frame: Frame) -> Iterator[Task]:
    """One task for the newest week, however many places there are: the whole partnership's comes first."""
    drafts = reading.waiting(frame)
    newest = [each for each in drafts if each.week == drafts[0].week]
    if newest:
        title = ngettext("Approve the briefing of week %(week)s", "Approve the briefings of week %(week)s", len(newest))
        url = address(frame, "briefing", newest[0].id) if len(drafts) == 1 else address(frame, "briefing_archive")
        yield Task(Part.MINE, title % {"week": newest[0].week.isocalendar().week}, url,
                   about=", ".join(reading.place_name(frame, each) for each in newest))


def _new(frame: Frame) -> Iterator[Task]:
    """One task for the week, until it is a week old."""
    fresh = Briefing.objects.filter(partnership=frame.partnership, state=BriefingState.APPROVED,
                                    approved_at__gt=now() - NEW_FOR, week=reading.due_week(frame)).defer("figures")
    if there := reading.in_order(frame, fresh):
        yield Task(Part.NEW, _("The briefing of week %(week)s can be read") % {
            "week": there[0].week.isocalendar().week}, address(frame, "briefing", there[0].id),
            about=", ".join(reading.place_name(frame, each) for each in there))
