"""Pages of the data protection officer's desk. They only translate."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.law import due as law
from lokalnet.interface import journal
from lokalnet.interface.taking import taken
from lokalnet.persons.entering import in_person_room
from lokalnet.youth.oversight import breaking_in, cases, person_log, refusing, sharing, visiting
from lokalnet.youth.oversight import unusual as noticing
from lokalnet.youth.oversight.cases import Case
from lokalnet.youth.oversight.forms import DeskForm, LookedForm
from lokalnet.youth.oversight.unusual import Came

OVERSEES = (Purpose.DATA_PROTECTION, Fields.PERSON_LOG)
SECTIONS = (("oversight_visits", gettext_lazy("Look-ups")), ("oversight_offers", gettext_lazy("Shared")),
            ("oversight_refusals", gettext_lazy("Refused")),
            ("oversight_overrides", gettext_lazy("Emergency access")),
            ("oversight_unusual", gettext_lazy("Unusual")))


def for_a_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has opened no case is sent to where that is done."""

    @wraps(view)
    def entered(request: Request, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponse:
        case = cases.of(seat.actor, request.session)
        if case is None:
            messages.info(request, _("Write first which case it is for."))
            return redirect(address(seat, "oversight"))
        return view(request, seat, case, *args, **kwargs)

    return entered


@require_http_methods(["GET", "POST"])
@in_person_room(OVERSEES)
def desk(request: Request, seat: Seat) -> HttpResponse:
    """Which case it is for; and what waits, as numbers."""
    case = cases.of(seat.actor, request.session)
    form = DeskForm(request.POST or None, **({"initial": _as_entered(case)} if case else {}))
    if taken(form, lambda: cases.open_for(seat.actor, request.session, **form.entered())):
        return redirect(address(seat, "oversight_visits"))
    return render(request, "youth/oversight/desk.html", _around(seat, case, "") | {
        "form": form, "waiting": noticing.number_waiting(seat.actor), "grounds": law.due_for(seat),
        "unusual": address(seat, "oversight_unusual")},
        status=422 if form.is_bound else 200)


@require_POST
@in_person_room(OVERSEES)
def close(request: Request, seat: Seat) -> HttpResponse:
    cases.close(request.session)
    messages.success(request, _("The case is closed here. Names are shown again when you write a case number."))
    return redirect(address(seat, "oversight"))


@require_safe
@in_person_room(OVERSEES)
@for_a_case
def visits(request: Request, seat: Seat, case: Case) -> HttpResponse:
    return _section(request, seat, case, "visits", visiting.page(seat.actor, case, cursor=_cursor(request)))


@require_safe
@in_person_room(OVERSEES)
@for_a_case
def offers(request: Request, seat: Seat, case: Case) -> HttpResponse:
    return _section(request, seat, case, "offers", sharing.page(seat, case, cursor=_cursor(request)))


@require_safe
@in_person_room(OVERSEES)
@for_a_case
def refusals(request: Request, seat: Seat, case: Case) -> HttpResponse:
    return _section(request, seat, case, "refusals", refusing.page(seat.actor, case, cursor=_cursor(request)))


@require_safe
@in_person_room(OVERSEES)
@for_a_case
def overrides(request: Request, seat: Seat, case: Case) -> HttpResponse:
    return _section(request, seat, case, "overrides", breaking_in.page(seat.actor, case, cursor=_cursor(request)))


@require_http_methods(["GET", "POST"])
@in_person_room(OVERSEES)
@for_a_case
def unusual(request: Request, seat: Seat, case: Case) -> HttpResponse:
    """What the rules found, and the officer's word that it was looked at."""
    form = LookedForm(request.POST or None)
    if form.is_bound:
        if not form.is_valid():
            messages.warning(request, _("Choose what it was."))
        else:
            noticing.look_at(seat.actor, case, form.cleaned_data["finding"], Came(form.cleaned_data["came"]))
            messages.success(request, _("Noted. It does not come back."))
        return redirect(address(seat, "oversight_unusual"))
    return _section(request, seat, case, "unusual", noticing.page(seat.actor, case))


@require_safe
@in_person_room(OVERSEES)
def person(request: Request, seat: Seat, person_id: UUID) -> HttpResponse:
    """What can be handed out: without anybody's name."""
    person_log.check(person_id)
    return _person(request, seat, person_id)


@for_a_case
def _person(request: Request, seat: Seat, case: Case, person_id: UUID) -> HttpResponse:
    log = person_log.of(seat, case, person_id)
    return journal.answer(
        request, "youth/oversight/person.html", _around(seat, case, "") | {"log": log},
        partial(person_log.paper, seat, case, log), copied=partial(person_log.copied, seat, case, person_id))


def _section(request: Request, seat: Seat, case: Case, name: str, page: object) -> HttpResponse:
    return render(request, f"youth/oversight/{name}.html", _around(seat, case, f"oversight_{name}") | {
        "page": page, "continued": "cursor" in request.GET, "comings": Came.choices})


def _around(seat: Seat, case: Case | None, current: str) -> dict[str, Any]:
    return {"frame": seat, "case": case, "desk": address(seat, "oversight"),
            "close": address(seat, "oversight_close"), "here": address(seat, current) if current else "",
            "sections": [(words, address(seat, route), route == current) for route, words in SECTIONS]}


def _cursor(request: Request) -> str:
    return request.GET.get("cursor", "")


def _as_entered(case: Case) -> dict[str, Any]:
    return {"case_number": case.number, "since": case.since, "until": case.until, "file_number": case.file_number}
