"""Files to take along: asking for one, the list of one's own, fetching and deleting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation.exporting import asking, keeping, rows
from lokalnet.situation.exporting.forms import ExportForm
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def exports(request: Request, frame: Frame) -> HttpResponse:
    """One's own files; htmx asks for the list alone while something is being made."""
    asking.may_export(frame.actor)
    shown = keeping.mine(frame.actor)
    context = {"frame": frame, "exports": shown, "unfinished": any(each.unfinished for each in shown),
               "documents": frame.actor.may(Purpose.DOCUMENTS, Fields.EXPORT_OF_OWN)}
    return render(request, "situation/export_list.html" if request.htmx else "situation/exports.html", context)


@require_http_methods(["GET", "POST"])
@framed
def export(request: Request, frame: Frame) -> HttpResponse:
    """A small form about what the overview shows under the address's filters."""
    right = asking.may_export(frame.actor)
    query = _query(request)
    form = ExportForm(request.POST if request.method == "POST" else None, initial={"format": Export.Format.XLSX})
    if request.method == "POST" and form.is_valid():
        asking.ask(frame, form=form.cleaned_data["format"], query=query)
        return redirect("exports")
    return render(request, "situation/export.html", {
        "frame": frame, "form": form, "query": query, "own": right.scope == Export.Scope.OWN, "most": rows.MOST,
        "choices": list(asking.in_words(frame, right.scope, query)),
        "count": rows.count(frame.partnership, asking.filters_for(frame, right, query))},
        status=422 if form.is_bound else 200)


@require_safe
@framed
def fetch(request: Request, frame: Frame, export_id: UUID) -> HttpResponse:
    """The file; back to the list while there is none."""
    asking.may_export(frame.actor)
    found = keeping.fetch(frame.actor, export_id)
    if found is None:
        return redirect("exports")
    return HttpResponse(found.content, content_type=found.content_type,
                        headers={"Content-Disposition": f'attachment; filename="{found.name}"'})


@require_POST
@framed
def delete(request: Request, frame: Frame, export_id: UUID) -> HttpResponse:
    asking.may_export(frame.actor)
    keeping.delete(frame.actor, export_id)
    messages.success(request, _("The file has been deleted."))
    return redirect("exports")


def _query(request: Request) -> str:
    """The overview's own, without what is about a page of it."""
    query = request.GET.copy()
    for name in ("cursor", "journal"):
        query.pop(name, None)
    return query.urlencode()[:asking.LONGEST_QUERY]
