"""What is unusual: all that goes on and went on, one of them, whether they can be believed, and when to stop."""

from datetime import date
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
from lokalnet.interface.taking import edition_of, taken
from lokalnet.situation import reading as observations
from lokalnet.situation.addresses import address
from lokalnet.situation.journals import signals as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import Signal
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.signals import calibrating, judging, reading, showing, starting, stopping, words
from lokalnet.situation.signals.forms import StopForm, VerdictForm
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def signals(request: Request, frame: Frame) -> HttpResponse:
    """What goes on now, what the last looks said, and what was before."""
    decision = reading.may_read(frame.actor)
    before = _day(request.GET.get("foer", ""))
    over = reading.over(frame, before=before)
    reading.record_list(frame, decision)
    return render(request, "situation/signals/list.html", {
        "frame": frame, "now": [] if before else showing.lines(frame, reading.going_on(frame)),
        "looks": [] if before else showing.looks(frame),
        "over": showing.lines(frame, over.signals), "continued": bool(before), "first": address(frame, "signals"),
        "older": address(frame, "signals", foer=over.older.isoformat()) if over.older else "", **_around(frame)})


@require_http_methods(["GET", "POST"])
@framed
def signal(request: Request, frame: Frame, signal_id: UUID) -> HttpResponse:
    """One signal; who judges says here what it turned out to be."""
    if request.method == "POST":
        judging.may_judge(frame)
    frame, found = reading.one(frame, signal_id)
    form = VerdictForm(request.POST if request.method == "POST" else None, edition=judging.edition_of(frame, found))
    if request.method != "POST":
        return _page(request, frame, found, form)
    if taken(form, lambda: judging.judge(frame, found, form.cleaned_data["turned_out"], form.cleaned_data["words"],
                                         key=form.cleaned_data["key"], edition=edition_of(form))):
        messages.success(request, _("Saved. It can be read by all who read the signal."))
        return redirect(address(frame, "signal", signal_id) + "#dom")
    return _page(request, frame, found, form)


def _page(request: Request, frame: Frame, found: Signal, form: VerdictForm) -> HttpResponse:
    decision, right = reading.may_read(frame.actor), observations.may_read(frame.actor)
    page, said = showing.page(frame, found), judging.said_of(frame, [found]).get(found.id, [])
    reading.record(frame, decision, found)
    observations.record(frame, right, showing.filters(frame, found))
    into = found.goes_on_as
    context = _around(frame) | {
        "frame": frame, "page": page, "signal": found, "said": said, "form": form,
        "judges": judging.judges(frame.actor), "judged": any(each.own for each in said),
        "by_itself": words.nothing_by_itself(), "figures": list(journals.figures(found)),
        "measures": starting.measures_of(frame, found),
        "new_measure": starting.link(frame, found), "overview": showing.in_overview(frame, found),
        "all": address(frame, "signals"), "here": address(frame, "signal", found.id),
        "goes_on": address(frame, "signal", into.id) if into else ""}
    return journal.answer(request, "situation/signals/signal.html", context,
                          partial(journals.of_signal, frame, page, said), status=422 if form.is_bound else 200,
                          copied=recorder(frame, decision, Purpose.SHARED_PICTURE, "signal", found.id))


@require_safe
@framed
def signal_calibration(request: Request, frame: Frame) -> HttpResponse:
    """How many alarms there were, what they turned out to be, and what was promised."""
    decision = reading.may_read(frame.actor)
    events.record(frame.actor, "signals.read", decision=decision, purpose=Purpose.SHARED_PICTURE,
                  subject_kind="partnership", subject=frame.partnership.id, calibration=True)
    return render(request, "situation/signals/calibration.html", {
        "frame": frame, "found": calibrating.calibration(frame), "all": address(frame, "signals")})


@require_http_methods(["GET", "POST"])
@framed
def stop_questions(request: Request, frame: Frame) -> HttpResponse:
    """Once a year, of each area with signals: what would have to be true for us to stop?"""
    decision = reading.may_read(frame.actor)
    areas = stopping.asked(frame)
    forms = {each.place.id: StopForm(area=each.place.id, edition=len(each.answers)) for each in areas}
    if request.method == "POST":
        judging.may_judge(frame)
        about = _area(request.POST.get("area", ""))
        form = StopForm(request.POST, area=about)
        if taken(form, lambda: stopping.answer(frame, about, form.cleaned_data["words"], key=form.cleaned_data["key"],
                                               edition=edition_of(form))):
            messages.success(request, _("Saved. It is asked again in a year."))
            return redirect(address(frame, "stop_questions"))
        forms[about] = form
    reading.record_list(frame, decision)
    return render(request, "situation/signals/stop.html", {
        "frame": frame, "areas": [(each, forms[each.place.id], frame.organisations.get(
            each.newest.organisation_id, "") if each.newest else "", address(frame, "area", each.place.id))
            for each in areas],
        "answers": judging.judges(frame.actor), "all": address(frame, "signals"),
        "here": address(frame, "stop_questions")},
        status=422 if request.method == "POST" else 200)


def _around(frame: Frame) -> dict[str, str]:
    return {"calibration": address(frame, "signal_calibration"), "stop": address(frame, "stop_questions"),
            "layers": address(frame, "layers"), "method": address(frame, "about_figures") + "#usaedvanligt"}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _area(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
