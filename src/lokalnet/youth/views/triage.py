"""Pages of triage: what waits, one worry, its decisions and answers. They only translate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room
from lokalnet.youth.concerns.drafting import today
from lokalnet.youth.models import Step
from lokalnet.youth.triage import deciding, reading, waiting
from lokalnet.youth.triage.forms import DecisionForm, ReplyForm
from lokalnet.youth.triage.reading import Clarified
from lokalnet.youth.views.concerns import unsaid

clarifying = in_person_room((Purpose.TRIAGE, Fields.CONCERNS_TRIAGED))


@require_safe
@clarifying
def waiting_concerns(request: Request, seat: Seat) -> HttpResponse:
    """What waits, the longest first; no names."""
    return render(request, "youth/triage.html", {"frame": seat, "waiting": waiting.listed(seat)})


@require_http_methods(["GET", "POST"])
@clarifying
@unsaid
def concern(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    """One worry, read for triage."""
    if request.method == "POST":
        return _acted(request, seat, concern_id)
    return _page(request, seat, reading.read(seat.actor, concern_id))


def _acted(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    if request.POST.get("act") == "reply":
        return _replied(request, seat, concern_id)
    if deciding.is_decided_by(seat.actor, concern_id, request.POST.get("step", "")):  # a double click
        return _next(request, seat, concern_id)
    found = reading.read(seat.actor, concern_id)
    form = DecisionForm(request.POST, step=Step(found.concern.step), may_open=reading.may_open_files(seat.actor))
    done = taken(form, lambda: deciding.decide(seat, concern_id, form.wanted()))
    if done or deciding.is_decided_by(seat.actor, concern_id, request.POST.get("step", "")):
        return _next(request, seat, concern_id)
    if request.POST.get("step") in set(Step.values) - {found.concern.step}:  # a colleague was faster
        messages.warning(request, str(deciding.DecidedMeanwhile()))
        return redirect(address(seat, "triage_concern", concern_id))
    return _page(request, seat, found, decision=form)


def _next(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    """To the next step, or to what else waits where this one is over."""
    if reading.waits(concern_id):
        messages.success(request, _("Decided. It goes on to the next step."))
        return redirect(address(seat, "triage_concern", concern_id))
    messages.success(request, _("Decided. The one who told of it has got your answer."))
    return redirect(address(seat, "triage"))


def _replied(request: Request, seat: Seat, concern_id: UUID) -> HttpResponse:
    found, form = reading.read(seat.actor, concern_id), ReplyForm(request.POST)
    if taken(form, lambda: deciding.reply(seat, concern_id, form.cleaned_data["words"])):
        messages.success(request, _("The answer is sent."))
        return redirect(address(seat, "triage_concern", concern_id))
    return _page(request, seat, found, reply=form)


def _page(request: Request, seat: Seat, found: Clarified, *, decision: DecisionForm | None = None,
          reply: ReplyForm | None = None) -> HttpResponse:
    form = decision or DecisionForm(step=Step(found.concern.step), may_open=reading.may_open_files(seat.actor))
    return render(request, "youth/triage_concern.html", {
        "frame": seat, "found": found, "step": Step(found.concern.step), "form": form, "reply": reply or ReplyForm(),
        "age": found.worry.who.age(today())}, status=422 if decision or reply else 200)
