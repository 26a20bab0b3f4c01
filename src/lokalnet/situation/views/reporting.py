"""Telling what happened."""

import json
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.situation import reporting, showing
from lokalnet.situation.forms import ReportForm
from lokalnet.situation.models import PoliceSees
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_http_methods(["GET", "POST"])
@framed
def report(request: Request, frame: Frame) -> HttpResponse:
    frame.actor.require(Purpose.REPORT, Fields.OBSERVATION_ENTRY)
    if request.method == "POST":
        form = ReportForm(request.POST, frame=frame)
        if form.is_valid() and (answer := _receive(request, frame, form)):
            return answer
    else:
        form = ReportForm(frame=frame, initial={
            "key": str(uuid.uuid4()), "visibility": reporting.usual_visibility(frame.actor),
            "police_sees": PoliceSees.TEXT, "area": request.GET.get("area", "")})
    return render(request, "situation/report.html", {
        "frame": frame, "form": form, "seen_by": showing.seen_by(frame.actor),
        "bounds": json.dumps(frame.bounds)}, status=422 if form.is_bound else 200)


def _receive(request: Request, frame: Frame, form: ReportForm) -> HttpResponse | None:
    """Store what the form holds; None when a rule said no, which then stands in the form."""
    try:
        received = reporting.report(frame.actor, frame.partnership, form.report(), key=form.cleaned_data["key"])
    except reporting.BadReport as problem:
        form.add_error({"place": "area", "occurred_at": "at"}.get(problem.field, problem.field), problem.rule)
        return None
    except reporting.KeyUsedForAnother as problem:
        messages.warning(request, str(problem))
        return redirect("observation", observation_id=problem.observation_id)
    if not received.repeated:
        messages.success(request, _("Sent. %(seen_by)s") % {
            "seen_by": showing.seen_by(frame.actor)[form.cleaned_data["visibility"]]})
    chosen = f"?partnership={frame.partnership.slug}" if len(frame.mine) > 1 else ""
    return redirect(reverse("overview") + chosen)
