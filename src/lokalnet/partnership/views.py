"""Pages of what the parties promised each other. They only translate."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access.entering import seated
from lokalnet.access.papers import recorder
from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.interface import beside, journal
from lokalnet.interface.taking import edition_of, taken
from lokalnet.partnership import commitments as kept
from lokalnet.partnership import journals
from lokalnet.partnership.commitments import NotTakenBack
from lokalnet.partnership.forms import PromiseForm, SettleForm, as_entered
from lokalnet.partnership.models import Commitment


@require_safe
@seated
def commitments(request: Request, seat: Seat) -> HttpResponse:
    """Who promised what, by party and day."""
    decision, parties = kept.read(seat), kept.listed(seat)
    return journal.answer(
        request, "partnership/commitments.html", {
            "frame": seat, "parties": parties, "keeps": kept.may_keep(seat), "new": address(seat, "new_commitment")},
        partial(journals.of_list, seat, parties),
        copied=recorder(seat, decision, Purpose.MEASURES, "partnership", seat.partnership.id))


@require_http_methods(["GET", "POST"])
@seated
def new_commitment(request: Request, seat: Seat) -> HttpResponse:
    seat.actor.require(Purpose.MEASURES, Fields.COMMITMENTS)
    form = PromiseForm(request.POST or None)
    if taken(form, lambda: kept.promise(seat, form.entered())):
        messages.success(request, _("Saved."))
        return redirect(address(seat, "commitments"))
    return render(request, "partnership/new_commitment.html", {
        "frame": seat, "form": form, "back": address(seat, "commitments")}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@seated
def commitment(request: Request, seat: Seat, commitment_id: UUID) -> HttpResponse:
    """One commitment with what was said about it; who promised says how it stands, or words it anew."""
    if request.method == "POST":
        seat.actor.require(Purpose.MEASURES, Fields.COMMITMENTS)
    found = kept.one(seat, commitment_id)
    seat = seat.moved_to(found.partnership_id)
    if request.method == "POST":
        return _change(request, seat, found)
    return _show(request, seat, found, PromiseForm(initial=as_entered(found)),
                 SettleForm(initial={"state": found.state, "edition": found.edition}))


def _take_back(request: Request, seat: Seat, found: Commitment) -> HttpResponse:
    edition = request.POST.get("edition", "")
    try:
        kept.take_back(seat, found, edition=int(edition) if edition.isascii() and edition.isdigit() else 0)
    except NotTakenBack as problem:
        messages.warning(request, str(problem))
        return redirect(address(seat, "commitment", found.id))
    messages.success(request, _("The commitment is deleted."))
    return redirect(address(seat, "commitments"))


def _change(request: Request, seat: Seat, found: Commitment) -> HttpResponse:
    if request.POST.get("act") == "take-back":
        return _take_back(request, seat, found)
    promise, settle = PromiseForm(initial=as_entered(found)), SettleForm(initial={"state": found.state})
    if request.POST.get("act") == "reword":
        form: PromiseForm | SettleForm = (promise := PromiseForm(request.POST))
        done = taken(form, lambda: kept.reword(seat, found, promise.entered(), edition=edition_of(form)))
    else:
        form = settle = SettleForm(request.POST)
        done = taken(form, lambda: kept.settle(seat, found, settle.cleaned_data["state"], settle.cleaned_data["why"],
                                                edition=edition_of(form)))
    if done:
        messages.success(request, _("Saved."))
        return redirect(address(seat, "commitment", found.id))
    return _show(request, seat, found, promise, settle, status=422)


def _show(request: Request, seat: Seat, found: Commitment, promise: PromiseForm, settle: SettleForm, *,
          status: int = 200) -> HttpResponse:
    decision, standing, said = kept.read(seat, found), kept.standing(seat, [found])[0], kept.history(seat, found)
    return journal.answer(
        request, "partnership/commitment.html", {
            "frame": seat, "commitment": standing, "said": said, "keeps": kept.keeps(seat, found),
            "takes_back": kept.may_take_back(seat, found), "promise": promise,
            "settle": settle, "back": address(seat, "commitments"),
            "pieces": beside.pieces(request, "commitment", seat, found.id)},
        partial(journals.of_one, seat, standing, said), status=status,
        copied=recorder(seat, decision, Purpose.MEASURES, "commitment", found.id))
