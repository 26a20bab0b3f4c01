"""Access to documents: a case and a period, the reports with their marks, and asking for the document."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lokalnet.access.requests import Request
from lokalnet.situation.exporting import asking, documents
from lokalnet.situation.exporting.forms import MarksForm, RequestForm
from lokalnet.situation.exporting.grounds import grounds
from lokalnet.situation.exporting.papers import Paper, TooMany
from lokalnet.situation.models import Export
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_http_methods(["GET", "POST"])
@framed
def documents_request(request: Request, frame: Frame) -> HttpResponse:
    """By POST, so that no case number stands in an address. What was typed and marked stays whatever is wrong."""
    asking.right_to(frame.actor, Export.Scope.DOCUMENTS)
    form = RequestForm(request.POST if request.method == "POST" else None)
    making = "make" in request.POST
    marks = MarksForm(request.POST, making=making)
    if request.method == "GET" or not form.is_valid():
        return _page(request, frame, form, marks, status=422 if form.is_bound else 200)
    if making and marks.is_valid() and _ask(request, frame, form, marks):
        return redirect("exports")
    try:
        found = documents.look(frame, form.request())
    except TooMany as problem:
        form.add_error("until", str(problem))
        return _page(request, frame, form, marks, status=422)
    return _page(request, frame, form, marks, lines=_lines(found, marks), seen=documents.seal(found),
                 status=422 if making else 200)


def _ask(request: Request, frame: Frame, form: RequestForm, marks: MarksForm) -> bool:
    try:
        documents.ask(frame, form.request(), form=marks.cleaned_data["format"], exempt=marks.marks,
                      seen=request.POST.get("seen", ""))
    except documents.Changed as problem:
        marks.add_error(None, str(problem))
        return False
    except TooMany:  # said by the page
        return False
    return True


def _lines(found: list[Paper], marks: MarksForm) -> list[dict[str, Any]]:
    """Each report with its marks as they were sent."""
    return [{"paper": paper, "exempt": str(paper.id) in marks.marks, "ground": marks.grounds.get(str(paper.id), ""),
             "problem": str(paper.id) in marks.without_ground} for paper in found]


def _page(request: Request, frame: Frame, form: RequestForm, marks: MarksForm, *, status: int,
          **more: Any) -> HttpResponse:
    return render(request, "situation/documents.html", {
        "frame": frame, "form": form, "marks": marks, "grounds": grounds().values()} | more, status=status)
