"""Keeping the picture in order: saved views, and another category for many reports at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import acting, correcting, picture, reading, showing, viewing
from lokalnet.situation.correcting import ChangedMeanwhile
from lokalnet.situation.directory import watching
from lokalnet.situation.exporting.asking import offers_export
from lokalnet.situation.filtering import FilterBar
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed

MOST_LISTED = 200


@require_safe
@framed
def more(request: Request, frame: Frame) -> HttpResponse:
    """What is done with a view of the picture now and then."""
    reading.may_read(frame.actor)
    return render(request, "situation/more.html", {
        "frame": frame, "query": _searching_nobody(frame, request.GET.urlencode()), "views": viewing.of(frame),
        "tools": _tools(frame), "tonight": watching.tonight(frame)})


def _tools(frame: Frame) -> list[dict[str, str]]:
    """What may be done with the whole list, by whom."""
    tools = [("export", _("Export to a file"), offers_export(frame.actor)),
             ("recategorise", _("Give several reports another category"),
              frame.actor.may(Purpose.REPORT, Fields.CORRECTION))]
    return [{"url": reverse(route), "label": label} for route, label, allowed in tools if allowed]


@require_POST
@framed
def save_view(request: Request, frame: Frame) -> HttpResponse:
    """Keep the present filters under a name."""
    reading.may_read(frame.actor)
    query = _searching_nobody(frame, request.POST.get("query", ""))
    try:
        viewing.save(frame, request.POST.get("name", ""), query)
    except BadReport as problem:
        messages.error(request, problem.rule)
    else:
        messages.success(request, _("Saved. You find it under Saved views."))
    return redirect(f"{reverse('overview')}?{query}" if query else reverse("overview"))


def _searching_nobody(frame: Frame, query: str) -> str:
    """The filters of an address; a search that is refused is left out."""
    asked = QueryDict(query, mutable=True)
    if FilterBar(asked, frame).search.refused:
        del asked["q"]
    return asked.urlencode()


@require_POST
@framed
def remove_view(request: Request, frame: Frame, view_id: UUID) -> HttpResponse:
    """Forget a saved view."""
    reading.may_read(frame.actor)
    viewing.remove(frame, view_id)
    return redirect("overview")


@require_http_methods(["GET", "POST"])
@framed
def recategorise(request: Request, frame: Frame) -> HttpResponse:
    """The own organisation's reports of the overview's filters, to be given another category together."""
    frame.actor.require(Purpose.REPORT, Fields.CORRECTION)
    right = reading.may_read(frame.actor)
    filters = FilterBar(request.GET, frame).filters()
    page = picture.page(frame.partnership, filters, organisation=frame.actor.organisation_id, size=MOST_LISTED)
    reading.record(frame, right, filters)
    listed = {str(sight.id): sight.id for sight in page.sights}
    chosen = [listed[said] for said in request.POST.getlist("report") if said in listed]
    problem = ""
    if request.method == "POST":
        try:
            return _give(request, frame, chosen)
        except (BadReport, ChangedMeanwhile, acting.NotPossible) as refusal:
            problem = str(refusal)
    return render(request, "situation/recategorise.html", {
        "frame": frame, "cards": showing.cards(frame, page.sights), "more": page.next is not None, "most": MOST_LISTED,
        "problem": problem, "chosen": set(chosen), "typed": request.POST,
        "categories": [row for row in frame.categories.values() if row.active]},
        status=422 if problem else 200)


def _give(request: Request, frame: Frame, chosen: list[UUID]) -> HttpResponse:
    if not chosen:
        raise BadReport("report", _("Choose at least one report."))
    number = correcting.recategorise(frame, chosen, request.POST.get("category", ""), note=request.POST.get("note", ""))
    messages.success(request, ngettext("%(number)d report has its new category.",
                                       "%(number)d reports have their new category.", number) % {"number": number})
    return redirect(f"{reverse('overview')}?{request.GET.urlencode()}")
