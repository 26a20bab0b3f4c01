"""Measures: the list, a new one, and one of them with its next steps."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface import beside, journal
from lokalnet.situation import reading, showing
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.addresses import address
from lokalnet.situation.journals import measures as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.measures import acts, forms, linking, listing, proposing, stepping, telling
from lokalnet.situation.measures.choosing import MeasureBar
from lokalnet.situation.measures.effects import effect
from lokalnet.situation.measures.effects import showing as effects
from lokalnet.situation.measures.forms import ChangeForm, ProposalForm
from lokalnet.situation.measures.starting import Start
from lokalnet.situation.models import Measure, MeasureKind, StepKind
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.signals import starting as of_signals
from lokalnet.situation.views.entering import framed
from lokalnet.situation.views.observation import found


@require_safe
@framed
def measures(request: Request, frame: Frame) -> HttpResponse:
    """What is agreed and by when: the open ones by the day they are due."""
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    bar = MeasureBar(request.GET, frame)
    page = listing.page(frame, bar.filters(), after=request.GET.get("cursor", ""))
    return render(request, "situation/measures/list.html", {
        "frame": frame, "bar": bar, "cards": telling.cards(frame, page.rows), "next": page.next,
        "query": bar.query, "new": address(frame, "new_measure"), "continued": bool(request.GET.get("cursor"))})


@require_http_methods(["GET", "POST"])
@framed
def new_measure(request: Request, frame: Frame) -> HttpResponse:
    """Propose a measure: of one's own accord, about an observation, a signal, or the set that the picture shows."""
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    if request.method != "POST":
        start = of_signals.begin(frame, request.GET)
        return _proposal(request, frame, ProposalForm(frame=frame, initial=forms.empty(frame, start)), start)
    form = ProposalForm(request.POST, frame=frame)
    start = of_signals.again(frame, request.POST)
    if form.is_valid():
        try:
            made = proposing.propose(frame, form.content(), ends_on=form.cleaned_data["ends_on"],
                                     partners=form.cleaned_data["partners"],
                                     observations=[sight.id for sight in start.sights])
        except BadReport as problem:
            form.refuse(problem)
        else:
            of_signals.keep(frame, start, made)
            messages.success(request, _("Proposed. It can be seen by those you chose."))
            return redirect(address(frame, "measure", made))
    return _proposal(request, frame, form, start)


def _proposal(request: Request, frame: Frame, form: ProposalForm, start: Start) -> HttpResponse:
    return render(request, "situation/measures/form.html", {
        "frame": frame, "form": form, "title": _("Propose a measure"), "start": start,
        "about": showing.cards(frame, list(start.sights)), "back": address(frame, "measures"),
        "all": _("Measures")}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@framed
def change_measure(request: Request, frame: Frame, measure_id: UUID) -> HttpResponse:
    """What a measure says. Two who change it at once notice each other."""
    frame, about = _found(frame, measure_id)
    if elsewhere := _conflict(about):
        return elsewhere
    if StepKind.CHANGED not in stepping.offered(measure_id):
        return _told(request, frame, measure_id, partial(proposing.refuse_change, frame, measure_id))
    sent = request.POST.copy() if request.method == "POST" else None
    form = ChangeForm(sent, frame=frame, initial=forms.as_entered(about))
    if form.is_bound and form.is_valid():
        try:
            changed = proposing.change(frame, measure_id, form.content(), edition=form.cleaned_data["edition"])
        except BadReport as problem:
            form.refuse(problem)
        except proposing.ChangedMeanwhile as problem:
            form.met(problem, about)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect(address(frame, "measure", measure_id))
    return render(request, "situation/measures/form.html", {
        "frame": frame, "form": form, "title": _("Change the measure"), "measure": about,
        "back": address(frame, "measure", measure_id), "all": about.title}, status=422 if form.is_bound else 200)


@require_safe
@framed
def measure(request: Request, frame: Frame, measure_id: UUID) -> HttpResponse:
    """One measure. A conflict has a page of its own."""
    frame, about = _found(frame, measure_id)
    return _conflict(about) or _page(request, frame, about)


def _conflict(about: Measure) -> HttpResponse | None:
    """A conflict is read and acted on at its own page, where everything else about it stands."""
    return redirect("conflict", conflict_id=about.id) if about.kind == MeasureKind.CONFLICT else None


def _found(frame: Frame, measure_id: UUID) -> tuple[Frame, Measure]:
    about = proposing.one(frame, measure_id)
    return frame_of(frame.actor, about.partnership_id), about


def _page(request: Request, frame: Frame, about: Measure, *, problem: BadReport | None = None) -> HttpResponse:
    """The page; with a problem, what was typed stands in its form again."""
    decision = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    events.record(frame.actor, "measure.read", decision=decision, purpose=Purpose.MEASURES, subject_kind="measure",
                  subject=about.id)
    linked = linking.linked(frame, about.id)
    sights = [each.sight for each in linked]
    if sights:
        right = reading.may_read(frame.actor)
        for sight in sights:
            events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                          subject_kind="observation", subject=sight.id, beside=True)
    found_out = effect.effect(frame, about)
    changed = effects.shown(found_out) if found_out else None
    may, parts, lines = stepping.offered(about.id), telling.parts(frame, about), telling.history(frame, about)
    context = acts.on_page(frame, about, may, parts) | {
        "frame": frame, "measure": about, "sections": journals.sections(about), "parts": parts, "history": lines,
        "owner": telling.owner(frame, about), "where": telling.where(frame, about.areas),
        "visibility": telling.visibility(frame, about), "linked": [
            (card, each.own or StepKind.CHANGED in may)
            for card, each in zip(showing.cards(frame, sights), linked, strict=True)],
        "organisation": frame.organisations.get(about.organisation_id, ""), "problem": problem, "typed": request.POST,
        "all": f"{reverse('measures')}?partnership={frame.partnership.slug}",
        "effect": changed, "pieces": beside.pieces(request, "measure", frame, about.id)}
    return journal.answer(request, "situation/measures/measure.html", context,
                          partial(journals.of_measure, frame, about, parts, lines, sights, changed),
                          copied=recorder(frame, decision, Purpose.MEASURES, "measure", about.id),
                          status=422 if problem else 200)


@require_POST
@framed
def measure_step(request: Request, frame: Frame, measure_id: UUID) -> HttpResponse:
    """One of the steps that the page offers."""
    frame, about = _found(frame, measure_id)
    return _conflict(about) or _told(request, frame, measure_id, partial(acts.act, frame, about, request.POST), about)


@require_POST
@framed
def link_to_measure(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    """An observation into a measure that is there already."""
    frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    frame, sight = found(frame, observation_id)
    chosen = request.POST.get("measure", "")
    if not chosen:
        messages.warning(request, _("Choose a measure."))
        return redirect(address(frame, "observation", observation_id))
    frame, into = _found(frame, acts.chosen(chosen))
    linking.link(frame, into.id, sight.id)
    messages.success(request, _("Now it belongs to the measure. Nobody sees more of it than before."))
    return redirect(address(frame, "measure", into.id))


@require_POST
@framed
def unlink_from_measure(request: Request, frame: Frame, measure_id: UUID, observation_id: UUID) -> HttpResponse:
    """An observation out of a measure."""
    frame, _measure = _found(frame, measure_id)

    def out() -> str:
        linking.unlink(frame, measure_id, observation_id)
        return _("Taken out of the measure.")

    return _told(request, frame, measure_id, out)


def _told(request: Request, frame: Frame, measure_id: UUID, act: Any, about: Measure | None = None) -> HttpResponse:
    """Do it, say so, and go back to the measure's page."""
    try:
        messages.success(request, act())
    except BadReport as problem:
        if about is None:
            raise
        return _page(request, frame, about, problem=problem)
    except NotPossible as problem:
        messages.warning(request, str(problem))
    return redirect(address(frame, "measure", measure_id))
