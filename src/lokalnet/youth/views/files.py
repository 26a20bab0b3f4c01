"""Pages of files: what waits, entering, the file itself, who has looked, leaving. They only translate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation.rules import BrokenRule
from lokalnet.interface import beside
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room
from lokalnet.youth import forums
from lokalnet.youth.files import due, entering, fetching, looks, placing, reading
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.forms import ForaForm, NumberForm
from lokalnet.youth.views.staying import RIGHTS, ask, at_file, shown


@require_http_methods(["GET", "POST"])
@in_person_room(RIGHTS[0])
def files(request: Request, seat: Seat) -> HttpResponse:
    """What waits for the reader, by case number; and the way to a file that one works on."""
    form = NumberForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if found := fetching.by_number(seat, form.cleaned_data["number"]):
            return redirect(address(seat, "file", found.id))
        form.add_error("number", _("You work on no file with this number."))
    return render(request, "youth/files.html", {
        "frame": seat, "open": due.read(seat), "form": form, "today": entering.today(seat),
        "decides": seat.actor.may(Purpose.TRIAGE, Fields.FILE_DECISIONS),
        "overrides": seat.actor.may(Purpose.EARLY_HELP, Fields.OVERRIDE)}, status=422 if form.is_bound else 200)


@require_safe
@at_file
def file(request: Request, stay: Stay) -> HttpResponse:
    sheet = reading.sheet(stay.file, today=stay.today)
    return shown(request, stay, "youth/file.html", {
        "sheet": sheet, "age": sheet.who.age(stay.today), "no_forum": placing.why_not(stay), "today": stay.today,
        "organisation": stay.seat.actor.organisation_name,
        "shared": beside.pieces(request, "file-shared", stay.seat, stay.file.id),
        "pieces": beside.pieces(request, "file", stay.seat, stay.file.id)})


@require_http_methods(["GET", "POST"])
@in_person_room(*RIGHTS)
def file_enter(request: Request, seat: Seat, file_id: UUID) -> HttpResponse:
    found = fetching.one(seat, file_id)
    if request.method != "POST":
        return ask(request, seat, found)
    wanted = entering.inside(found, request.POST.get("next", ""))
    try:
        entering.enter(seat, found, request.POST.get("purpose", ""))
    except BrokenRule as problem:
        return ask(request, seat, found, wanted=wanted, problem=problem.rule)
    return redirect(wanted or address(seat, "file", file_id))


@require_POST
@in_person_room(*RIGHTS)
def file_leave(request: Request, seat: Seat, file_id: UUID) -> HttpResponse:
    entering.leave(seat, fetching.one(seat, file_id))
    messages.success(request, _("You have left the file."))
    return redirect(address(seat, "files"))


@require_POST
@in_person_room(*RIGHTS)
def file_wrong(request: Request, seat: Seat, file_id: UUID) -> HttpResponse:
    """The wrong file, said within ten minutes, is no alarm."""
    if entering.was_wrong(seat, fetching.one(seat, file_id)):
        messages.success(request, _("You have left the file. The log says that it was the wrong one."))
    else:
        messages.warning(request, _("You have left the file. More than ten minutes had passed, so the log does not say "
                                    "that it was the wrong one."))
    return redirect(address(seat, "files"))


@require_safe
@at_file
def file_looks(request: Request, stay: Stay) -> HttpResponse:
    return shown(request, stay, "youth/file_looks.html", {
        "looks": looks.of_file(stay), "emergencies": looks.emergencies(stay)})


@require_http_methods(["GET", "POST"])
@in_person_room((Purpose.TRIAGE, Fields.FILE_DECISIONS))
def fora(request: Request, seat: Seat) -> HttpResponse:
    """What the organisation calls the places where files are taken up."""
    form = ForaForm(request.POST or None, initial={
        f"name_{place}": each for place, each in enumerate(forums.names(seat), 1)})
    if taken(form, lambda: forums.name(seat, form.names())):
        messages.success(request, _("Saved."))
        return redirect(address(seat, "files"))
    return render(request, "youth/fora.html", {"frame": seat, "form": form, "back": address(seat, "files")},
                  status=422 if form.is_bound else 200)
