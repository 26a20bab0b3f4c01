"""Area assessment: who has written, one area with everybody's words, and the page to write on."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Purpose
from lokalnet.interface import journal
from lokalnet.situation.addresses import address
from lokalnet.situation.areas import area_page
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import forms, quarters, reading, writing
from lokalnet.situation.assessments.forms import AssessmentForm
from lokalnet.situation.journals import assessments as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import Assessment, Sign
from lokalnet.situation.partnerships import Frame, Place
from lokalnet.situation.views.entering import framed


def _quarter(request: Request) -> Quarter:
    return quarters.asked(request.GET.get("kvartal", ""))


def _words_of(quarter: Quarter) -> dict[str, object]:
    return {"quarter": quarters.name(quarter), "open": quarters.is_open(quarter),
            "closes": quarters.last_day(quarter)}


def _switch(frame: Frame, quarter: Quarter, route: str, *arguments: object) -> list[tuple[str, str, str]]:
    """Links to the quarter before and the one after: (relation, words, address)."""
    before, after = quarters.neighbours(quarter)
    return [(relation, quarters.name(each), address(frame, route, *arguments, kvartal=quarters.code(each)))
            for relation, each in (("prev", before), ("next", after)) if each]


@require_safe
@framed
def assessments(request: Request, frame: Frame) -> HttpResponse:
    """The areas in the order of the alphabet, and who has written. No words of theirs, and nothing to compare by."""
    decision = reading.may_read(frame.actor)
    quarter = _quarter(request)
    kinds, rows = reading.listing(frame, quarter)
    events.record(frame.actor, "assessments.read", decision=decision, purpose=Purpose.ASSESSMENT,
                  subject_kind="partnership", subject=frame.partnership.id, quarter=quarters.code(quarter))
    links = [(row, address(frame, "assessment", row.place.id, kvartal=quarters.code(quarter)),
              address(frame, "write_assessment", row.place.id, kvartal=quarters.code(quarter))) for row in rows]
    groups = [(str(label), [each for each in links if each[0] in group], shut)
              for label, group, shut in reading.grouped(frame, rows)]
    return render(request, "situation/assessments.html", {
        "frame": frame, "kinds": kinds, "groups": groups, "nobody": reading.nobody(),
        "switch": _switch(frame, quarter, "assessments"), **_words_of(quarter)})


@require_safe
@framed
def assessment(request: Request, frame: Frame, area_id: UUID) -> HttpResponse:
    """404 for an area outside the partnership's bounds, and for a municipality. Areas belong to nobody."""
    decision = reading.may_read(frame.actor)
    where, quarter = reading.place(frame, area_id), _quarter(request)
    found = reading.page(frame, where, quarter)
    events.record(frame.actor, "assessment.read", decision=decision, purpose=Purpose.ASSESSMENT, subject_kind="area",
                  subject=area_id, quarter=quarters.code(quarter), partnership=str(frame.partnership.id))
    context = {
        "frame": frame, "page": found, "all": address(frame, "assessments", kvartal=quarters.code(quarter)),
        "switch": _switch(frame, quarter, "assessment", area_id), "reads_all": reading.reads_all(frame.actor),
        "write": address(frame, "write_assessment", area_id, kvartal=quarters.code(quarter)),
        "area": address(frame, "area", area_id) if area_page.may_read(frame.actor) else "", **_words_of(quarter)}
    return journal.answer(request, "situation/assessment.html", context,
                          partial(journals.of_assessment, frame, found),
                          copied=recorder(frame, decision, Purpose.ASSESSMENT, "area", area_id))


@require_http_methods(["GET", "POST"])
@framed
def write_assessment(request: Request, frame: Frame, area_id: UUID) -> HttpResponse:
    """All signs on one page. Last quarter's words come when they are asked for, never by themselves."""
    reading.may_read(frame.actor)
    where, quarter = reading.place(frame, area_id), _quarter(request)
    rows = writing.own(frame, area_id, quarter)
    form = AssessmentForm(request.POST or None, frame=frame, standing=forms.standing(rows),
                          edition=writing.edition_of(rows))
    if not quarters.is_open(quarter) and request.method == "GET":
        messages.warning(request, str(writing.QuarterClosed(quarter)))
        return redirect(address(frame, "assessment", area_id, kvartal=quarters.code(quarter)))
    if request.method == "GET":
        return _show(request, frame, where, quarter, form)
    if request.POST.get("act") == "previous":
        earlier = forms.standing(writing.own(frame, area_id, quarter.before))
        return _show(request, frame, where, quarter, form.filled_from(earlier), brought=bool(earlier))
    if not form.is_valid():
        return _show(request, frame, where, quarter, form, status=422)
    return _keep(request, frame, where, quarter, form)


def _keep(request: Request, frame: Frame, where: Place, quarter: Quarter, form: AssessmentForm) -> HttpResponse:
    try:
        changed = writing.write(frame, where, quarter, form.said(), edition=form.edition)
    except writing.QuarterClosed as problem:
        return _show(request, frame, where, quarter, form, problem=str(problem), status=409)
    except writing.WrittenMeanwhile as problem:
        rows = writing.own(frame, where.id, quarter)
        form.edition = writing.edition_of(rows)
        return _show(request, frame, where, quarter, form, problem=str(problem), there=rows, status=409)
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return redirect(address(frame, "assessment", where.id, kvartal=quarters.code(quarter)))


def _show(request: Request, frame: Frame, where: Place, quarter: Quarter, form: AssessmentForm, *,
          there: dict[Sign, Assessment] | None = None, status: int = 200, **more: object) -> HttpResponse:
    there = there or {}
    signs = [(each, reading.in_a_sentence(there[each.sign]) if each.differs(there) else "") for each in form.signs]
    return render(request, "situation/assessment_form.html", {
        "frame": frame, "form": form, "place": where, "status": status, "before": quarters.name(quarter.before),
        "signs": signs, "earlier": writing.own(frame, where.id, quarter.before),
        "here": address(frame, "write_assessment", where.id, kvartal=quarters.code(quarter)),
        "back": address(frame, "assessment", where.id, kvartal=quarters.code(quarter)),
        **_words_of(quarter), **more}, status=status)
