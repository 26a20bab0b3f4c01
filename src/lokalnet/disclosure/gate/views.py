"""What was shared: by whom it waits to be taken, by whom it is held, and by whom it was given. They only translate."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.gate import answering, copies, overseeing, taking_back
from lokalnet.disclosure.gate.answering import TooLate
from lokalnet.disclosure.gate.copies import Locked
from lokalnet.disclosure.gate.forms import DeclineForm, KeepForm, TakeBackForm
from lokalnet.disclosure.gate.presenting import parts
from lokalnet.disclosure.models import OfferState
from lokalnet.interface import beside
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room

SHARE, COPIES = (Purpose.DISCLOSURE, Fields.OFFERS), (Purpose.DISCLOSURE, Fields.COPIES)
OVERSEE = (Purpose.DATA_PROTECTION, Fields.PERSON_LOG)


@require_safe
@in_person_room(SHARE)
def shared(request: Request, seat: Seat) -> HttpResponse:
    """What waits for the reader, and the copies that the reader holds. No names."""
    return render(request, "disclosure/shared.html", {"frame": seat, "board": overseeing.board(seat)})


@require_http_methods(["GET", "POST"])
@in_person_room(SHARE)
def offer(request: Request, seat: Seat, offer_id: UUID) -> HttpResponse:
    """Before it is taken: who gives what, why and on which ground, and not what stands in it."""
    acts: dict[str, Callable[[Request, Seat, UUID], HttpResponse]] = {
        "accept": _accept, "decline": _decline, "deleted": _deleted, "kept": _kept}
    act = acts.get(request.POST.get("act", ""), _show) if request.method == "POST" else _show
    try:
        return act(request, seat, offer_id)
    except TooLate as problem:
        messages.warning(request, str(problem))
        return redirect(address(seat, "shared"))


def _show(request: Request, seat: Seat, offer_id: UUID, *, decline: forms.Form | None = None,
          keep: forms.Form | None = None) -> HttpResponse:
    seen = overseeing.received(seat, offer_id)
    refused = any(form is not None and form.errors for form in (decline, keep))
    return render(request, "disclosure/offer.html", {
        "frame": seat, "seen": seen, "decline": decline or DeclineForm(), "keep": keep or KeepForm(),
        "back": address(seat, "shared")}, status=422 if refused else 200)


def _accept(request: Request, seat: Seat, offer_id: UUID) -> HttpResponse:
    copy_id = answering.accept(seat, offer_id)
    messages.success(request, _("Taken. The copy is your organisation's now, and you are the one who answers for it."))
    return redirect(address(seat, "copy", copy_id))


def _decline(request: Request, seat: Seat, offer_id: UUID) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not taken(form, lambda: answering.decline(seat, offer_id, form.cleaned_data["reason"])):
        return _show(request, seat, offer_id, decline=form)
    messages.success(request, _("Declined. The giver reads why."))
    return redirect(address(seat, "shared"))


def _deleted(request: Request, seat: Seat, offer_id: UUID) -> HttpResponse:
    taking_back.deleted(seat, offer_id)
    messages.success(request, _("The copy is deleted, and the giver is told."))
    return redirect(address(seat, "shared"))


def _kept(request: Request, seat: Seat, offer_id: UUID) -> HttpResponse:
    form = KeepForm(request.POST)
    if not taken(form, lambda: taking_back.kept(seat, offer_id, form.cleaned_data["ground"])):
        return _show(request, seat, offer_id, keep=form)
    messages.success(request, _("The copy is kept. The giver and both data protection officers are told why."))
    return redirect(address(seat, "shared"))


@require_safe
@in_person_room(COPIES)
def copy(request: Request, seat: Seat, copy_id: UUID) -> HttpResponse:
    """To read, and nothing else: no export, no journal."""
    try:
        opened = copies.read(seat, copy_id)
    except Locked as problem:
        return redirect(address(seat, "offer", problem.offer_id))
    return render(request, "disclosure/copy.html", {
        "frame": seat, "copy": opened, "parts": parts(opened.snapshot), "back": address(seat, "shared")})


@require_safe
@in_person_room(SHARE, OVERSEE)
def sharing(request: Request, seat: Seat, given_id: UUID) -> HttpResponse:
    """For who gave it, with what became of it; and for the data protection officers of both sides."""
    return _sharing(request, seat, given_id, TakeBackForm())


@require_POST
@in_person_room(SHARE)
def take_back(request: Request, seat: Seat, given_id: UUID) -> HttpResponse:
    form = TakeBackForm(request.POST)
    came_to: list[OfferState] = []
    if not taken(form, lambda: came_to.append(taking_back.take_back(seat, given_id, form.cleaned_data["reason"]))):
        return _sharing(request, seat, given_id, form)
    said = {OfferState.WITHDRAWN: _("Taken back. Nothing was copied."),
            OfferState.RECALLED: _("Taken back. The copy is locked, and who holds it says what becomes of it.")}
    messages.success(request, said.get(came_to[0], _("It was over already: see below.")))
    return redirect(address(seat, "sharing", given_id))


def _sharing(request: Request, seat: Seat, given_id: UUID, form: TakeBackForm) -> HttpResponse:
    seen = overseeing.given(seat, given_id)
    return render(request, "disclosure/sharing.html", {
        "frame": seat, "seen": seen, "form": form, "pieces": beside.pieces(request, "sharing", seat, given_id)},
        status=422 if form.errors else 200)


@require_POST
@in_person_room(SHARE, OVERSEE)
def breach(request: Request, seat: Seat, given_id: UUID) -> HttpResponse:
    taking_back.report_breach(seat, given_id)
    messages.success(request, _("The data protection officers of both organisations are told. They call you."))
    return redirect(_page_of(seat, given_id))


def _page_of(seat: Seat, given_id: UUID) -> str:
    try:
        overseeing.given(seat, given_id)
    except Http404:
        return address(seat, "offer", given_id)
    return address(seat, "sharing", given_id)
