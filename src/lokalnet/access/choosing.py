"""The page on which members choose the areas that they follow."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lokalnet.access import own_areas
from lokalnet.access.acting import Actor
from lokalnet.access.forms import OwnAreasForm
from lokalnet.access.views import acting


@require_http_methods(["GET", "POST"])
@acting
def choose_areas(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Which areas one follows."""
    own_areas.may(actor)
    groups = own_areas.by_kind(actor)
    form = OwnAreasForm(request.POST if request.method == "POST" else None, chosen=actor.area_ids,
                        areas=[area for _kind, areas in groups for area in areas])
    if form.is_valid():
        own_areas.choose(actor, form.cleaned_data["areas"])
        messages.success(request, _("Saved."))
        return redirect("front")
    return render(request, "access/own_areas.html", {"groups": groups, "form": form},
                  status=422 if form.errors else 200)
