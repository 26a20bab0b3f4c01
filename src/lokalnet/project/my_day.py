"""My day: what every capability has for one member, on one page, in the order in which it wants doing.

Composition only: nothing is stored and nothing is decided here. Each capability says what is due (interface/due.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from lokalnet.access import events
from lokalnet.access.acting import Actor, NotAllowed
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.interface import days, due
from lokalnet.interface.due import Part, Task
from lokalnet.persons import opening
from lokalnet.situation.addresses import address
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed

# Whoever has none of these has nothing that could be due.
RIGHTS = ((Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN), (Purpose.CONCERN, Fields.CONCERNS_OF_OWN),
          (Purpose.DATA_PROTECTION, Fields.TEXT_SAMPLE))
BEGINS = RIGHTS[:2]
SHOWN = 8  # of a section; the rest unfolds


@dataclass(frozen=True)
class Line:
    """A task in words."""

    title: str
    url: str
    until: str
    late: bool
    about: str


@dataclass(frozen=True)
class Section:
    name: str
    heading: str
    lines: list[Line]

    @property
    def first(self) -> list[Line]:
        return self.lines if len(self.lines) <= SHOWN + 1 else self.lines[:SHOWN]

    @property
    def rest(self) -> list[Line]:
        return self.lines[len(self.first):]


@require_safe
@framed
def my_day(request: Request, frame: Frame) -> HttpResponse:
    purpose, decision = _right(frame.actor)
    sections = list(_sections(due.for_frame(frame), now().astimezone(frame.zone).date()))
    events.record(frame.actor, "day.read", decision=decision, purpose=purpose, subject_kind="partnership",
                  subject=frame.partnership.id)
    return render(request, "project/my_day.html", {
        "frame": frame, "sections": sections, "today": now().astimezone(frame.zone), "next": _next_steps(frame)})


def shown_to(actor: Actor) -> bool:
    return bool(actor.partnership_ids and any(actor.may(*right) for right in RIGHTS))


def begins_the_day_of(actor: Actor) -> bool:
    """Who works with reports or with young people begins here; a data protection officer begins with the log."""
    return bool(actor.partnership_ids and any(actor.may(*right) for right in BEGINS))


def _right(actor: Actor) -> tuple[Purpose, Decision]:
    """By which right the page opens. Raises NotAllowed."""
    for purpose, fields in RIGHTS:
        if decision := actor.may(purpose, fields):
            return purpose, decision
    raise NotAllowed("nothing can be due for this role")


def _sections(tasks: Iterable[Task], today: date) -> Iterator[Section]:
    """What is late and what is for now come first, whatever they are; the rest stands by what it is."""
    places: dict[str, list[Line]] = {name: [] for name in ("overdue", "now", *(part.value for part in Part))}
    for task in tasks:
        places[_place(task, today)].append(Line(task.title, task.url, _until(task.until, today),
                                                bool(task.until and task.until < today), task.about))
    headings = {"overdue": pgettext("of tasks", "Overdue"), "now": _("Today and tomorrow"),
                Part.WAITING.value: _("Waiting for your answer"), Part.MINE.value: _("Your tasks"),
                Part.NEW.value: _("New for you")}
    for name, lines in places.items():
        if lines:
            yield Section(name, headings[name], lines)


def _place(task: Task, today: date) -> str:
    if task.until is None or task.until > today + timedelta(days=1):
        return task.part.value
    return "overdue" if task.until < today else "now"


def _until(until: date | None, today: date) -> str:
    """«i dag», «i morgen», «fredag 27. nov.», «3 dage over fristen»"""
    if until is None:
        return ""
    if until < today:
        return ngettext("%(number)d day overdue", "%(number)d days overdue", (today - until).days) % {
            "number": (today - until).days}
    if until == today:
        return _("today")
    if until == today + timedelta(days=1):
        return _("tomorrow")
    return days.written(until, pgettext("date pattern", "l j M"))


def _next_steps(frame: Frame) -> list[tuple[str, str]]:
    """What somebody with nothing due can do: (words, address)."""
    actor = frame.actor
    steps = []
    if actor.may(Purpose.REPORT, Fields.OBSERVATION_ENTRY):
        steps.append((_("Share what you saw"), address(frame, "report")))
    if actor.may(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN):
        steps.append((_("See the overview"), address(frame, "overview")))
        if not actor.area_ids:
            steps.append((_("Choose your areas"), reverse("own_areas")))
    if (opening.is_open() and frame.partnership.exercise_of_id is None
            and actor.may(Purpose.CONCERN, Fields.CONCERN_ENTRY)):
        steps.append((_("I am worried about a young person"), address(frame, "concern_start")))
    if actor.may(Purpose.DATA_PROTECTION, Fields.EVENTS_OF_ORGANISATION):
        steps.append((_("Look in the log"), reverse("log")))
    return steps
