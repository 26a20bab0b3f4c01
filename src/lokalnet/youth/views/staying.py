"""How a page of a file is entered: by who may know it, on a visit with a purpose; else the page asks for one."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons.entering import in_person_room
from lokalnet.persons.visiting import NoVisit
from lokalnet.youth.files import entering, fetching
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.models import File

RIGHTS = ((Purpose.EARLY_HELP, Fields.PERSON_FILE), (Purpose.EARLY_HELP, Fields.OVERRIDE))
AGAIN = "purpose-of-visit"  # the button with which what was sent after a visit had ended is sent again

View = Callable[..., HttpResponse]


def at_file(view: View) -> Callable[..., HttpResponseBase]:
    """Gives a view of one file the stay of its reader. Each page of it that is looked at leaves an entry."""

    @wraps(view)
    def entered(request: Request, seat: Seat, *, file_id: UUID, **also: Any) -> HttpResponse:
        file = fetching.one(seat, file_id)
        try:
            stay = _stay(request, seat, file)
        except (NoVisit, BrokenRule):
            if request.method == "POST":
                return ask_again(request, seat, file)
            return ask(request, seat, file, wanted=request.get_full_path())
        return view(request, stay, **also)

    return in_person_room(*RIGHTS)(entered)


def _stay(request: Request, seat: Seat, file: File) -> Stay:
    if request.method != "POST":
        return entering.read(seat, file)
    if AGAIN in request.POST:
        return entering.enter(seat, file, request.POST[AGAIN])
    return entering.going_on(seat, file)


def ask(request: Request, seat: Seat, file: File, *, wanted: str = "", problem: str = "") -> HttpResponse:
    """What for? Then on to the page that was wanted."""
    return _asked(request, seat, file, problem=problem, button="purpose", action=reverse("file_enter", args=[file.id]),
                  again=[("next", wanted)], status=422 if problem else 200)


def ask_again(request: Request, seat: Seat, file: File) -> HttpResponse:
    """The visit ended while something was typed: it is sent along with the answer, and nothing is lost."""
    again = [(name, value) for name, values in request.POST.lists() for value in values
             if name not in ("csrfmiddlewaretoken", AGAIN)]
    return _asked(request, seat, file, button=AGAIN, action=request.get_full_path(), again=again, status=409)


def _asked(request: Request, seat: Seat, file: File, *, status: int, **context: Any) -> HttpResponse:
    return render(request, "youth/file_enter.html", context | {
        "frame": seat, "file": file, "purposes": entering.choices(seat)}, status=status)


def shown(request: Request, stay: Stay, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the file. What was sent and is shown again is looked at too."""
    if request.method == "POST":
        entering.read(stay.seat, stay.file)
    return render(request, template, {"frame": stay.seat, "stay": stay, "file": stay.file} | context, status=status)
