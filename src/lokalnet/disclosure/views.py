"""Pages of the legal grounds. They only translate."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.forms import ConfirmForm, DeclineForm, GroundForm, as_entered
from lokalnet.disclosure.law import deciding, proposing, reading, words
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.models import Ground
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room

READ, KEEP = (Purpose.DISCLOSURE, Fields.GROUNDS), (Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED)


@require_safe
@in_person_room(READ)
def grounds(request: Request, seat: Seat) -> HttpResponse:
    """On what something may be shared, by purpose."""
    reading.read(seat)
    return render(request, "disclosure/grounds.html", {
        "frame": seat, "purposes": reading.listed(seat), "keeps": reading.keeps(seat),
        "new": address(seat, "new_ground")})


@require_http_methods(["GET", "POST"])
@in_person_room(KEEP)
def new_ground(request: Request, seat: Seat) -> HttpResponse:
    form = GroundForm(request.POST or None, initial={"valid_from": reading.today(seat)})
    if taken(form, lambda: proposing.propose_new(seat, form.entered(), why=form.cleaned_data["why"])):
        messages.success(request, _("Proposed. Another data protection officer approves it."))
        return redirect(address(seat, "grounds"))
    return render(request, "disclosure/new_ground.html", {
        "frame": seat, "form": form, "back": address(seat, "grounds")}, status=422 if form.is_bound else 200)


@dataclass
class Sheets:
    """The forms of a ground's page."""

    change: GroundForm
    approve: forms.Form = field(default_factory=forms.Form)
    decline: forms.Form = field(default_factory=DeclineForm)
    confirm: forms.Form = field(default_factory=ConfirmForm)


@require_http_methods(["GET", "POST"])
@in_person_room(READ)
def ground(request: Request, seat: Seat, ground_id: UUID) -> HttpResponse:
    """One version of a ground with its history; data protection officers propose, decide and confirm here."""
    if request.method == "POST":
        seat.actor.require(*KEEP)
    found = reading.one(seat, ground_id)
    seat = seat.moved_to(found.partnership_id)
    sheets = Sheets(GroundForm(initial=as_entered(ground_of(found))))
    if request.method != "POST":
        return _show(request, seat, found, sheets)
    return _act(request, seat, found, sheets)


def _act(request: Request, seat: Seat, found: Ground, sheets: Sheets) -> HttpResponse:
    act = request.POST.get("act", "")
    form: forms.Form
    if act == "approve":
        form = sheets.approve = forms.Form(request.POST)
        done = taken(form, lambda: deciding.approve(seat, found))
    elif act == "decline":
        form = sheets.decline = DeclineForm(request.POST)
        done = taken(form, lambda: deciding.decline(seat, found, form.cleaned_data["reason"]))
    elif act == "confirm":
        form = sheets.confirm = ConfirmForm(request.POST)
        done = taken(form, lambda: deciding.confirm(seat, found, form.cleaned_data["words"]))
    else:
        change = sheets.change = GroundForm(request.POST)
        done = taken(change, lambda: proposing.propose_change(seat, found, change.entered(),
                                                              why=change.cleaned_data["why"]))
    if not done:
        return _show(request, seat, found, sheets, status=422)
    messages.success(request, DONE.get(act, _proposed)())
    return redirect(address(seat, "ground", found.id))


def _proposed() -> str:
    return _("Proposed. Another data protection officer approves it.")


DONE: dict[str, Callable[[], str]] = {
    "approve": lambda: _("Approved. It now awaits confirmation in writing."), "decline": lambda: _("Declined."),
    "confirm": lambda: _("Confirmed in writing.")}


def _show(request: Request, seat: Seat, found: Ground, sheets: Sheets, *, status: int = 200) -> HttpResponse:
    reading.read(seat, found)
    before, keeps = reading.before(found), reading.keeps(seat)
    standing = reading.standing_of(seat, found)
    return render(request, "disclosure/ground.html", {
        "frame": seat, "ground": standing, "parts": words.parts(standing.ground), "keeps": keeps, "sheets": sheets,
        "proposed": found.state == "proposed", "decides": deciding.may_decide(seat, found), "why": found.why,
        "changes": words.changes(ground_of(before), standing.ground) if before else [],
        "confirms": keeps and standing.unconfirmed, "changeable": keeps and found.state == "in-force"
        and standing.change is None, "history": reading.history(seat, found),
        "change_url": address(seat, "ground", standing.change) if standing.change else "",
        "back": address(seat, "grounds")}, status=status)
