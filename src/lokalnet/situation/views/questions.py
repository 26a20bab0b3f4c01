"""Asking a partner by a link, from a measure."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lokalnet.access.requests import Request
from lokalnet.access.seats import address
from lokalnet.situation.models import Measure, Question
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.questions import asking, forms
from lokalnet.situation.questions.asking import Asked
from lokalnet.situation.questions.forms import AskForm
from lokalnet.situation.questions.tickets import BadTicket
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed


@require_http_methods(["GET", "POST"])
@framed
def ask_question(request: Request, frame: Frame, measure_id: UUID) -> HttpResponse:
    """A question about a measure; after it was asked, its link: shown here and nowhere again."""
    frame, measure = asking.about(frame, measure_id)
    again = _again(request, frame, measure)
    form = AskForm(request.POST or None, frame=frame, initial=forms.empty(frame, again))
    if form.is_bound and form.is_valid() and (asked := _asked(request, frame, measure, form, again)):
        return render(request, "situation/asked.html", {
            "frame": frame, "measure": measure, "asked": asked, "asked_of": asking.asked_of(asked.question),
            "back": address(frame, "measure", measure.id)})
    return render(request, "situation/ask.html", {
        "frame": frame, "measure": measure, "form": form, "back": address(frame, "measure", measure.id)},
        status=422 if form.is_bound else 200)


def _again(request: Request, frame: Frame, measure: Measure) -> Question | None:
    """The question whose link is replaced, where the address names one of this measure."""
    if not (named := request.GET.get("igen")):
        return None
    try:
        found = asking.one(frame, UUID(named))
    except ValueError:
        raise Http404 from None
    if found.measure_id != measure.id:
        raise Http404
    return found


def _asked(request: Request, frame: Frame, measure: Measure, form: AskForm, again: Question | None) -> Asked | None:
    try:
        return asking.ask(
            frame, measure, form.entered(), ticket=form.cleaned_data["ticket"], mail_to=form.cleaned_data["email"],
            again=again.id if again else None,
            link=lambda token: request.build_absolute_uri(reverse("answer_link", args=[token])))
    except BadReport as problem:
        form.add_error(problem.field, str(problem))
    except BadTicket:
        form.add_error(None, _("The page was open too long. Open it again and ask once more."))
    return None


@require_POST
@framed
def withdraw_question(request: Request, frame: Frame, question_id: UUID) -> HttpResponse:
    """The link works no more."""
    found = asking.withdraw(frame, question_id)
    messages.success(request, _("Withdrawn. The link works no more."))
    return redirect(address(frame, "measure", found.measure_id))


@require_POST
@framed
def note_answer(request: Request, frame: Frame, question_id: UUID) -> HttpResponse:
    """The answer was read."""
    found = asking.note(frame, question_id)
    return redirect(address(frame, "measure", found.measure_id))
