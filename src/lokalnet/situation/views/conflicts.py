"""Conflict readiness: the list, the opening of one, its one page, and the template of the contact tree."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Purpose
from lokalnet.interface import journal
from lokalnet.situation import reading, showing
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.addresses import address
from lokalnet.situation.conflicts import looking, opening, tree
from lokalnet.situation.conflicts.forms import ConflictForm, TreeRowForm
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.conflicts.page import Page, page
from lokalnet.situation.journals import conflicts as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import CallOutcome, MessageAudience, ReviewChoice
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed


@dataclass(frozen=True)
class Problem:
    """What an act was refused for, and in which form, about which row, what was typed stands again."""

    form: str
    rule: str
    place: str
    about: UUID | None = None


@require_safe
@framed
def conflicts(request: Request, frame: Frame) -> HttpResponse:
    """Those that are open or wait, the earlier ones, and the way to the template."""
    decision = looking.may_look(frame.actor)
    found = looking.of_partnership(frame)
    events.record(frame.actor, "conflicts.read", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="partnership", subject=frame.partnership.id)
    return render(request, "situation/conflicts/list.html", {
        "frame": frame, "now": [each for each in found if each.is_open or each.waits],
        "earlier": [each for each in found if not (each.is_open or each.waits)], "leads": looking.may_lead(frame.actor),
        "rows": len(tree.template(frame)), "new": address(frame, "new_conflict"),
        "tree": address(frame, "contact_tree")})


@require_http_methods(["GET", "POST"])
@framed
def new_conflict(request: Request, frame: Frame) -> HttpResponse:
    looking.require_lead(frame.actor)
    form = ConflictForm(request.POST or None, frame=frame)
    if form.is_bound and form.is_valid():
        try:
            made = opening.propose(frame, form.entered())
        except BadReport as problem:
            form.add_error(problem.field, problem.rule)
        else:
            messages.success(request, _("Proposed. It opens when another organisation confirms: ring them now."))
            return redirect("conflict", conflict_id=made)
    return render(request, "situation/conflicts/new.html", {
        "frame": frame, "form": form, "back": address(frame, "conflicts"), "rows": len(tree.template(frame))},
        status=422 if form.is_bound else 200)


@require_safe
@framed
def conflict(request: Request, frame: Frame, conflict_id: UUID) -> HttpResponse:
    return show(request, looking.one(frame, conflict_id))


def show(request: Request, found: Conflict, *, problem: Problem | None = None) -> HttpResponse:
    """The one page; with a problem, what was typed stands in its form again."""
    decision = looking.may_look(found.frame.actor)
    looking.note(found, "conflict.read", decision)
    shown = page(found)
    if shown.sights:
        _record_observations(found, shown)
    context = {
        "frame": found.frame, "conflict": found, "page": shown, "problem": problem,
        "typed": request.POST if problem else {}, "key": uuid4(), "audiences": MessageAudience.choices,
        "choices": ReviewChoice.choices, "outcomes": CallOutcome, "reason": opening.reason_for_standing_down(found),
        "latest": opening.latest(found), "builds_on": request.GET.get("builds_on", ""),
        "about": showing.cards(found.frame, shown.sights),
        "tree_form": TreeRowForm(request.POST if problem and problem.form == "add-row" else None, frame=found.frame,
                                 rows=tree.rows_of(found)) if shown.may_lead else None}
    return journal.answer(
        request, "situation/conflicts/conflict.html", context, partial(journals.of_conflict, shown),
        copied=recorder(found.frame, decision, Purpose.MEASURES, "measure", found.id), status=422 if problem else 200)


def _record_observations(found: Conflict, shown: Page) -> None:
    """Observations that stand on the page with some of their words."""
    right = reading.may_read(found.frame.actor)
    for sight in shown.sights:
        events.record(found.frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                      subject_kind="observation", subject=sight.id, beside=True)


def _kept(request: Request, form: TreeRowForm, keep: Callable[[], None]) -> bool:
    """Whether what the form says is kept; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        keep()
    except BadReport as problem:
        form.add_error(problem.field, problem.rule)
    except NotPossible as problem:
        form.add_error(None, str(problem))
    else:
        messages.success(request, _("Saved."))
        return True
    return False


@require_http_methods(["GET", "POST"])
@framed
def contact_tree(request: Request, frame: Frame) -> HttpResponse:
    """The template: read by everybody who works with measures, kept by coordinators and leaders together."""
    decision = looking.require_lead(frame.actor) if request.method == "POST" else looking.may_look(frame.actor)
    rows = tree.template(frame)
    form = TreeRowForm(request.POST or None, frame=frame, rows=rows)
    if form.is_bound and _kept(request, form, lambda: tree.add(
            frame, form.entered(), key=str(form.cleaned_data["key"] or ""))):
        return redirect(address(frame, "contact_tree"))
    events.record(frame.actor, "contact-tree.read", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="partnership", subject=frame.partnership.id)
    return render(request, "situation/conflicts/tree.html", {
        "frame": frame, "lines": tree.shown(rows), "form": form, "leads": looking.may_lead(frame.actor),
        "back": address(frame, "conflicts")}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@framed
def tree_row(request: Request, frame: Frame, row_id: UUID) -> HttpResponse:
    """A row of the template: change it, or take it out."""
    found = tree.row_of_template(frame, row_id)
    frame = frame_of(frame.actor, found.partnership_id)
    back = address(frame, "contact_tree")
    if request.POST.get("act") == "remove":
        tree.remove(frame, found)
        messages.success(request, _("Taken out."))
        return redirect(back)
    form = TreeRowForm(request.POST or None, frame=frame, rows=tree.template(frame), row=found)
    if form.is_bound and _kept(request, form, lambda: tree.change(
            frame, found, form.entered(), edition=form.cleaned_data["edition"] or 0)):
        return redirect(back)
    return render(request, "situation/conflicts/tree_row.html", {
        "frame": frame, "form": form, "row": found, "back": back}, status=422 if form.is_bound else 200)
