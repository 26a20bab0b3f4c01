"""Which commitment a measure is part of: said on the measure's page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lokalnet.access.requests import Request
from lokalnet.access.seats import address
from lokalnet.situation.measures import proposing
from lokalnet.situation.measures.proposing import ChangedMeanwhile
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.questions import promising
from lokalnet.situation.questions.forms import CommitmentForm
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed


@require_POST
@framed
def measure_commitment(request: Request, frame: Frame, measure_id: UUID) -> HttpResponse:
    """Point the measure to a commitment, or to none."""
    measure = proposing.one(frame, measure_id)
    form = CommitmentForm(request.POST, choices=promising.choices(frame, measure), measure=measure)
    try:
        if not form.is_valid():
            raise BadReport("commitment", _("Choose one of the commitments."))
        promising.point(frame, measure, form.cleaned_data["commitment"], edition=form.cleaned_data["edition"] or 0)
    except (BadReport, ChangedMeanwhile) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Saved."))
    return redirect(address(frame, "measure", measure.id))
