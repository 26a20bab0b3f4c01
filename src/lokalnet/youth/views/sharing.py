"""Share something of a file, or decide not to. They only translate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lokalnet.access.requests import Request
from lokalnet.access.seats import address
from lokalnet.disclosure.gate import offering
from lokalnet.disclosure.gate.choosing import Chosen, as_id
from lokalnet.disclosure.gate.forms import WithholdForm
from lokalnet.disclosure.gate.presenting import parts
from lokalnet.interface.taking import taken
from lokalnet.youth.files import entering
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.sharing import dialogue
from lokalnet.youth.sharing.dialogue import Dialogue
from lokalnet.youth.views.staying import at_file, shown


@require_http_methods(["GET", "POST"])
@at_file
def share(request: Request, stay: Stay) -> HttpResponse:
    dialogue.require(stay)
    if request.method != "POST":
        for refusal in dialogue.against(stay):
            messages.warning(request, refusal.words)
        return _page(request, stay, dialogue.begun(stay, request.GET.get("forudvalg", "")))
    held, offer_id = dialogue.sent(stay, request.POST)
    if offer_id is None:
        return _page(request, stay, held, status=422)
    messages.success(request, _("Noted.") if held.form.in_words() else _("Offered. You are told when it is answered."))
    return redirect(address(stay.seat, "sharing", offer_id))


@require_POST
@at_file
def preview(request: Request, stay: Stay) -> HttpResponse:
    """What the receiver would see, while it is chosen; without script a step of its own."""
    dialogue.require(stay)
    held = dialogue.going_on(stay, request.POST)
    if not request.headers.get("HX-Request"):
        return _page(request, stay, held)
    entering.read(stay.seat, stay.file)
    return render(request, "youth/share_live.html", _context(stay, held))


@require_http_methods(["GET", "POST"])
@at_file
def withhold(request: Request, stay: Stay) -> HttpResponse:
    """Not to share is as much a decision. The gate's form is brought along, and only whom it was for is kept of it."""
    dialogue.require(stay)
    chosen = Chosen(request.POST.get("receiver", ""), request.POST.get("purpose", ""))
    form = WithholdForm(dialogue.choices(stay, chosen), request.POST if "reason" in request.POST else None)
    if taken(form, lambda: offering.withhold(
            stay.seat, person_id=stay.file.person_id, receiver=as_id(form.cleaned_data["receiver"]),
            purpose=form.cleaned_data["purpose"], reason=form.cleaned_data["reason"], form=form.cleaned_data["token"])):
        messages.success(request, _("Noted that it is not shared, and why."))
        return redirect(address(stay.seat, "file", stay.file.id))
    return shown(request, stay, "youth/withhold.html", {
        "form": form, "back": address(stay.seat, "share", stay.file.id)}, status=422 if form.is_bound else 200)


def _page(request: Request, stay: Stay, held: Dialogue, *, status: int = 200) -> HttpResponse:
    return shown(request, stay, "youth/share.html", _context(stay, held), status=status)


def _context(stay: Stay, held: Dialogue) -> dict[str, object]:
    return {"form": held.form, "choices": held.choices, "parts": parts(held.seen),
            "back": address(stay.seat, "file", stay.file.id), "file": stay.file}
