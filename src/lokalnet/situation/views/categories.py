"""The partnership's categories, kept by its coordinators."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access import events
from lokalnet.access.models import Partnership
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.situation import categories as kinds
from lokalnet.situation.forms import CategoryForm
from lokalnet.situation.models import Category
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def categories(request: Request, frame: Frame) -> HttpResponse:
    """The partnership's categories."""
    frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    return render(request, "situation/categories.html", {"frame": frame, "rows": frame.categories.values()})


@require_http_methods(["GET", "POST"])
@framed
def category(request: Request, frame: Frame, category_id: UUID) -> HttpResponse:
    """One category in a form."""
    decision = frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    chosen = frame.categories.get(category_id)
    if chosen is None:
        raise Http404
    form = CategoryForm(request.POST or None, instance=chosen)
    return _edit_category(request, frame, decision, form, kinds.change, title=chosen.name)


@require_http_methods(["GET", "POST"])
@framed
def new_category(request: Request, frame: Frame) -> HttpResponse:
    """An empty category in a form."""
    decision = frame.actor.require(Purpose.ADMINISTRATION, Fields.CATEGORIES)
    form = CategoryForm(request.POST or None, initial={"position": len(frame.categories) + 1})
    return _edit_category(request, frame, decision, form, kinds.add, title=_("A new category"))


def _edit_category(request: Request, frame: Frame, decision: Decision, form: CategoryForm,
                   keep: Callable[[Partnership, Category], None], *, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        entered = form.save(commit=False)
        try:
            keep(frame.partnership, entered)
        except kinds.BadCategory as problem:
            form.add_error(problem.field, str(problem))
        else:
            events.record(frame.actor, "category.changed", decision=decision, purpose=Purpose.ADMINISTRATION,
                          subject_kind="category", subject=entered.id)
            messages.success(request, _("Saved."))
            return redirect("categories")
    return render(request, "situation/categories.html", {"frame": frame, "form": form, "title": title},
                  status=422 if form.errors else 200)
