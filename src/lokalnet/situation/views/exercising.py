"""Exercises: what they are, beginning one, ending the one that runs."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lokalnet.access import events
from lokalnet.access.models import Partnership
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.situation import exercises
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed


def banner(_request: HttpRequest, frame: Seat, _partnership: UUID) -> SafeString:
    """Above every page of an exercise, that it is one; on no other page."""
    if frame.partnership.exercise_of_id is None:
        return SafeString("")
    return render_to_string("situation/exercise.html", {"frame": frame})


class ExerciseForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What is it called?"), max_length=exercises.LONGEST_NAME)
    days = forms.IntegerField(label=gettext_lazy("How many days, today included?"), min_value=exercises.SHORTEST,
                              max_value=exercises.LONGEST, help_text=gettext_lazy("1 to 14"))


@require_http_methods(["GET", "POST"])
@framed
def exercise(request: Request, frame: Frame) -> HttpResponse:
    decision = frame.actor.require(Purpose.ADMINISTRATION, Fields.EXERCISES)
    base = exercises.base_of(frame)
    running = exercises.running(frame, base)
    if running and "end" in request.POST:
        return _end(request, frame, decision, running)
    form = ExerciseForm(request.POST or None, initial={"days": 3})
    if form.is_valid() and (answer := _begin(request, frame, decision, base, form)):
        return answer
    return render(request, "situation/exercising.html", {
        "frame": frame, "base": base, "running": running, "form": form,
        "others": [each for each in frame.mine if each.exercise_of_id is None and each != base]},
        status=422 if request.method == "POST" else 200)


def _begin(request: Request, frame: Frame, decision: Decision, base: Partnership,
           form: ExerciseForm) -> HttpResponse | None:
    try:
        made = exercises.begin(frame, base, name=form.cleaned_data["name"], days=form.cleaned_data["days"])
    except BadReport as problem:
        form.add_error(problem.field, problem.rule)
        return None
    except exercises.AlreadyRunning as problem:
        form.add_error(None, str(problem))
        return None
    events.record(frame.actor, "exercise.begun", decision=decision, purpose=Purpose.ADMINISTRATION,
                  subject_kind="partnership", subject=made, days=form.cleaned_data["days"])
    messages.success(request, _("The exercise has begun. All parties find it beside the real partnership."))
    return redirect(_page(base))


def _end(request: Request, frame: Frame, decision: Decision, running: Partnership) -> HttpResponse:
    base = exercises.base_of(frame)
    if exercises.end(running):
        events.record(frame.actor, "exercise.ended", decision=decision, purpose=Purpose.ADMINISTRATION,
                      subject_kind="partnership", subject=running.id)
        messages.success(request, _("The exercise is over. What was entered is deleted within eight days."))
    return redirect(_page(base))


def _page(base: Partnership) -> str:
    return f"{reverse('exercise')}?partnership={base.slug}"
