"""Measures in words: who and what, when it is due, and what happened with it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.interface import days
from lokalnet.situation.measures import stepping
from lokalnet.situation.measures.listing import Row, owners_of
from lokalnet.situation.models import (
    Measure,
    MeasurePartner,
    MeasureState,
    MeasureVisibility,
    PartnerState,
    Step,
    StepKind,
)
from lokalnet.situation.partnerships import Frame


class Card(NamedTuple):
    """One measure of the list, in words; a tuple, because there are many."""

    id: UUID
    title: str
    standing: str
    standing_name: str
    conflict: bool
    who: str
    where: str
    due: str
    overdue: bool
    owner: str
    unowned: bool


@dataclass(frozen=True)
class Part:
    """A partner's part in a measure."""

    id: UUID
    name: str
    state: str
    in_words: str
    own: bool


@dataclass(frozen=True)
class Line:
    """One line of the history: when, who, what, why."""

    when: str
    who: str
    what: str
    note: str
    comment: bool


def cards(frame: Frame, rows: list[Row]) -> list[Card]:
    today = stepping.today()
    names = {state: (state.value, str(state.label)) for state in {row.standing for row in rows}}
    return [Card(
        row.id, row.title, *names[row.standing], row.kind == "conflict", _together(frame, row), where(frame, row.areas),
        due(row.standing, row.due_on, row.ends_on, today) or _ended(row), row.overdue(today),
        row.owner if not row.former else "", not row.owner or row.former) for row in rows]


def _together(frame: Frame, row: Row) -> str:
    """Whose it is, with its partners."""
    name = frame.organisations.get(row.organisation_id, "")
    if not row.partner_ids:
        return name
    partners = ", ".join([frame.organisations.get(each, "") for each in row.partner_ids])
    return pgettext("of a measure", "%(organisation)s with %(partners)s") % {"organisation": name, "partners": partners}


def where(frame: Frame, areas: list[UUID]) -> str:
    known = frame.areas
    return ", ".join([known[each].name for each in areas if each in known])


def due(standing: str, due_on: date | None, ends_on: date, today: date) -> str:
    """When something is expected of somebody; nothing for what is over."""
    if standing in (MeasureState.DONE, MeasureState.DROPPED, MeasureState.ENDED):
        return ""
    if due_on is None:
        return _("ends %(day)s") % {"day": short(ends_on)}
    words = _("was due %(day)s") if due_on < today else _("due %(day)s")
    return words % {"day": short(due_on)}


def _ended(row: Row) -> str:
    day = short(row.ends_on)
    return _("ended %(day)s") % {"day": day} if row.standing == MeasureState.ENDED else day


def short(day: date) -> str:
    return days.written(day, pgettext("date pattern", "j M Y"))


def owner(frame: Frame, measure: Measure) -> str:
    """Whom to ask, with the organisation; somebody who left is said to be former."""
    name, former = owners_of([measure.id]).get(measure.id, ("", False))
    if not name:
        return _("Nobody yet")
    return _("%(name)s (former)") % {"name": name} if former else name


def parts(frame: Frame, measure: Measure) -> list[Part]:
    rows = MeasurePartner.objects.filter(measure=measure)
    found = [Part(row.organisation_id, frame.organisations.get(row.organisation_id, _("Somebody")), row.state,
                  str(PartnerState(row.state).label), row.organisation_id == frame.actor.organisation_id)
             for row in rows]
    return sorted(found, key=lambda part: part.name)


def visibility(frame: Frame, measure: Measure) -> str:
    if measure.visibility == MeasureVisibility.ORGANISATION:
        return _("Only %(organisation)s") % {"organisation": frame.organisations.get(measure.organisation_id, "")}
    return str(MeasureVisibility(measure.visibility).label)


def history(frame: Frame, measure: Measure) -> list[Line]:
    """Oldest first: organisations, never a colleague's name, as in a report's history."""
    return [_line(frame, step) for step in Step.objects.filter(measure=measure).order_by("at", "id")]


def last(frame: Frame, measure: Measure) -> Line | None:
    """What somebody else than the reader did with it last, as the history says it."""
    steps = Step.objects.filter(measure=measure).exclude(member_id=frame.actor.member_id)
    step = steps.order_by("at", "id").last()
    return _line(frame, step) if step else None


def _line(frame: Frame, step: Step) -> Line:
    local = step.at.astimezone(frame.zone)
    return Line(date_format(local, pgettext("date pattern", "j M Y, H:i")), _who(frame, step), _what(frame, step),
                step.note, step.kind == StepKind.COMMENTED or (_by_link(step) and step.note != ""))


def _who(frame: Frame, step: Step) -> str:
    if step.member_id is None and step.kind == StepKind.ANSWERED:
        return _("Answered through a link")  # by whom stands in the note: it need be no organisation
    if step.member_id is None and not _by_link(step):
        return _("Lokalnet")
    name = frame.organisations.get(step.organisation_id, _("Somebody"))
    return _("%(organisation)s (you)") % {"organisation": name} if step.member_id == frame.actor.member_id else name


def _by_link(step: Step) -> bool:
    """Did a partner do it who never logs in (questions/links.py)?"""
    return step.member_id is None and "question" in step.detail


def _what(frame: Frame, step: Step) -> str:
    kind, detail = StepKind(step.kind), step.detail
    if kind in (StepKind.PROLONGED, StepKind.REOPENED) and (until := detail.get("until")):
        day = short(date.fromisoformat(until))
        return (_("Prolonged it until %(day)s") if kind == StepKind.PROLONGED
                else _("Took it up again, until %(day)s")) % {"day": day}
    if kind in (StepKind.ASKED, StepKind.UNASKED) and (organisation := detail.get("organisation")):
        name = frame.organisations.get(UUID(organisation), _("Somebody"))
        return (_("Asked %(name)s to take part") if kind == StepKind.ASKED
                else _("Took back the question to %(name)s")) % {"name": name}
    if kind == StepKind.CHANGED and detail.get("fields"):
        names = ", ".join(_fields().get(field, field) for field in detail["fields"])
        return _("Changed: %(fields)s") % {"fields": names}
    return str(kind.label)


def _fields() -> dict[str, str]:
    return {"title": _("title"), "problem": _("problem"), "known": _("what we know"), "doing": _("what we do"),
            "sign": _("how we will know"), "visibility": _("who may see it"), "owner": _("owner"), "areas": _("areas"),
            "due_on": _("due date"), "commitment": _("commitment")}
