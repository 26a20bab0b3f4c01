"""Who works on a file, worries that come to it, and emergency access. They only translate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room
from lokalnet.youth.files import colleagues, concerns, overriding, reading
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.forms import AddForm, ConcernForm, GiveForm, OverrideForm
from lokalnet.youth.views.file_acts import FORM, back, id_of
from lokalnet.youth.views.staying import at_file, shown


@require_http_methods(FORM)
@at_file
def file_colleagues(request: Request, stay: Stay) -> HttpResponse:
    """Add a colleague until a day, let one go, or give the file to another owner."""
    act = request.POST.get("act", "")
    if act == "release":
        return _release(request, stay)
    possible = colleagues.possible(stay)
    add = AddForm(request.POST if act == "add" else None, colleagues=possible)
    give = GiveForm(request.POST if act == "give" else None, colleagues=possible)
    if (taken(add, lambda: colleagues.add(stay, add.cleaned_data["colleague"], until=add.cleaned_data["until"]))
            or taken(give, lambda: colleagues.give(stay, give.cleaned_data["owner"]))):
        messages.success(request, _("Saved."))
        return redirect(address(stay.seat, "file_colleagues", stay.file.id))
    return shown(request, stay, "youth/file_colleagues.html", {
        "working": reading.colleagues(stay.file), "add": add, "give": give},
        status=422 if request.method == "POST" else 200)


def _release(request: Request, stay: Stay) -> HttpResponse:
    colleague = id_of(request.POST.get("colleague", ""))
    if colleagues.release(stay, colleague):
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Give the file to another owner first."))
    if colleague == stay.seat.actor.member_id:
        return redirect(address(stay.seat, "files"))
    return redirect(address(stay.seat, "file_colleagues", stay.file.id))


@require_http_methods(FORM)
@at_file
def file_concern(request: Request, stay: Stay, worry_id: UUID) -> HttpResponse:
    """A worry that came to the file: decided here."""
    stay.require_assigned()
    concern = concerns.one(stay, worry_id)
    form = ConcernForm(request.POST or None)
    if taken(form, lambda: concerns.decide(stay, concern, form.decided())):
        messages.success(request, _("Decided. Whoever told of it has been answered."))
        return back(stay)
    return shown(request, stay, "youth/file_concern.html", {
        "form": form, "worry": reading.worry(stay.file, concern.id)}, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@in_person_room((Purpose.EARLY_HELP, Fields.OVERRIDE))
def emergency(request: Request, seat: Seat) -> HttpResponse:
    """Emergency access. That nothing was found is said and logged the same."""
    form = OverrideForm(request.POST or None)
    found: list[UUID | None] = []
    if taken(form, lambda: found.append(overriding.ask(seat, form.asked()))):
        if found[0]:
            return redirect(address(seat, "file", found[0]))
        messages.warning(request, _("Your organisation has no file with this number. That you asked is in the log."))
        form = OverrideForm()
    return render(request, "youth/emergency.html", {"frame": seat, "form": form, "back": address(seat, "files")},
                  status=422 if form.is_bound else 200)
