"""The bell's pages. They only translate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.entering import seated
from lokalnet.access.requests import Request
from lokalnet.access.seats import Seat
from lokalnet.interface import bell as header
from lokalnet.interface import beside
from lokalnet.interface.taking import edition_of, taken
from lokalnet.notices import away, bell, preferences, stopping
from lokalnet.notices.forms import AwayForm, MailForm, as_chosen


@require_safe
@seated
def notices(request: Request, seat: Seat) -> HttpResponse:
    lines = bell.read(seat)
    return render(request, "notices/list.html", {
        "frame": seat, "new": [each for each in lines if not each.opened],
        "opened": [each for each in lines if each.opened]})


@require_safe
@seated
def open_one(request: Request, seat: Seat, notice_id: UUID) -> HttpResponse:
    """Marks it as seen, and leads to what it is about."""
    url = bell.open_one(seat, notice_id)
    return redirect(url) if url else render(request, "notices/gone.html", {"frame": seat}, status=410)


@require_POST
@seated
def open_all(request: Request, seat: Seat) -> HttpResponse:
    bell.open_all(seat)
    return redirect("notices")


@require_safe
@seated
def number(request: Request, seat: Seat) -> HttpResponse:
    """The bell's number, for the page that stays open."""
    found = bell.fresh_number(seat)
    return JsonResponse({"number": found, "shown": header.short(found), "words": header.in_words(found)})


@require_http_methods(["GET", "POST"])
@seated
def settings(request: Request, seat: Seat) -> HttpResponse:
    preferences.may(seat.actor)
    act = request.POST.get("act")
    chosen = as_chosen(preferences.of(seat.actor), preferences.language_of(seat.actor))
    absence = AwayForm(request.POST if act == "away" else None, initial=chosen)
    mail = MailForm(request.POST if request.method == "POST" and act != "away" else None, initial=chosen)
    if act == "start":
        return _start_again(request, seat)
    if (taken(mail, lambda: preferences.choose(seat.actor, mail.wanted(), edition=edition_of(mail)))
            or taken(absence, lambda: away.go_away(seat.actor, absence.cleaned_data["away_from"],
                                                    absence.cleaned_data["away_until"], edition=edition_of(absence)))):
        messages.success(request, _("Saved."))
        return redirect("notice_settings")
    return _show(request, seat, mail, absence)


def _start_again(request: Request, seat: Seat) -> HttpResponse:
    preferences.start_again(seat.actor)
    messages.success(request, _("You get mail again."))
    return redirect("notice_settings")


def _show(request: Request, seat: Seat, mail: MailForm, absence: AwayForm) -> HttpResponse:
    stands = preferences.of(seat.actor)
    return render(request, "notices/settings.html", {
        "frame": seat, "mail": mail, "absence": absence, "stands": stands,
        "refused": preferences.refused(seat.actor), "stand_in": away.stand_in(seat.actor),
        "is_away": away.is_away(stands),
        "pieces": beside.pieces(request, "notices", seat, seat.actor.member_id)},
        status=422 if mail.errors or absence.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """Without log-in. The mail program posts at once (RFC 8058); who follows the link presses one button."""
    if not stopping.known(token):
        return render(request, "notices/stop.html", {"state": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, "notices/stop.html", {"state": "asks"})
    stopping.stop(token)
    return render(request, "notices/stop.html", {"state": "stopped"})
