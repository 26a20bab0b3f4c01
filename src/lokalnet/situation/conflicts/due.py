"""What a conflict asks of whoever leads in it: tasks on my day. One question where there is no conflict."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface.due import Part, Task
from lokalnet.situation.conflicts import log, opening, saying, tree
from lokalnet.situation.conflicts.looking import Conflict, live, may_lead
from lokalnet.situation.conflicts.reviews import counted
from lokalnet.situation.models import Review
from lokalnet.situation.partnerships import Frame

SOON = timedelta(days=3)


def due_for(frame: Frame) -> list[Task]:
    """For those who open, agree and stand down: what waits for them. For the others: that one is open."""
    if not frame.actor.may(Purpose.MEASURES, Fields.MEASURES):
        return []
    found = live(frame)
    if not may_lead(frame.actor):
        return [_task(each, _("Conflict readiness is open: %(name)s"), part=Part.NEW, about=", ".join(each.places))
                for each in found if each.is_open]
    days: dict[UUID, set[date]] = {each.id: set() for each in found}
    if found:
        for measure_id, day in Review.objects.filter(measure_id__in=days).values_list("measure_id", "day"):
            days[measure_id].add(day)
    return [task for each in found for task in _of(each, days[each.id])]


def _of(conflict: Conflict, days: set[date]) -> Iterator[Task]:
    if conflict.waits:
        if opening.is_another(conflict):
            yield _task(conflict, _("Confirm that conflict readiness opens: %(name)s"),
                        until=conflict.measure.ends_on, about=_("proposed by %(organisation)s") % {
                            "organisation": conflict.name_of(conflict.measure.organisation_id)})
        return
    if not conflict.is_open:
        return
    if counted(conflict, days).due:
        yield _task(conflict, _("Hold the day's review: %(name)s"), "review", until=conflict.today)
    yield from _messages(conflict)
    if left := tree.used(conflict).left:
        yield _task(conflict, _("Ring on in the contact tree: %(name)s"), "tree", about=ngettext(
            "%(number)s is not reached yet", "%(number)s are not reached yet", left) % {"number": left})
    if conflict.measure.ends_on - conflict.today <= SOON:
        yield _task(conflict, _("Stands down by itself: %(name)s"), "end", part=Part.MINE,
                    until=conflict.measure.ends_on, about=_("on %(day)s, unless it is prolonged") % {
                        "day": date_format(conflict.measure.ends_on, "DATE_FORMAT")})


def _messages(conflict: Conflict) -> Iterator[Task]:
    for message in saying.messages(conflict, log.entries(conflict)):
        if message.state == "refuted":
            yield _task(conflict, _("A message builds on something that is refuted: %(name)s"), "messages",
                        about=message.audience_name)
        elif message.state == "draft" and not message.agreed_by_us:
            yield _task(conflict, _("Agree to a message: %(name)s"), "messages", about=message.audience_name)


def _task(conflict: Conflict, words: str, place: str = "", *, part: Part = Part.WAITING, until: date | None = None,
          about: str = "") -> Task:
    url = reverse("conflict", args=[conflict.id])
    return Task(part, words % {"name": conflict.measure.title}, f"{url}#{place}" if place else url, until, about)
