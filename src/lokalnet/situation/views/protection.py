"""The data protection officer's desk, and the page on how the picture is made and protected."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.situation.models import KnownPlace, Sample
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.protection import sampling
from lokalnet.situation.protection.sampling import Desk
from lokalnet.situation.views.entering import framed


@require_http_methods(["GET", "POST"])
@framed
def text_sample(request: Request, frame: Frame) -> HttpResponse:
    """The month's texts, each with two buttons; below them the words that are said to be places."""
    decision = frame.actor.require(Purpose.DATA_PROTECTION, Fields.TEXT_SAMPLE)
    month = sampling.month_of(request.POST.get("month", request.GET.get("month", "")))
    desk = sampling.desk(month)
    answer = _act(request, frame, decision, desk) if request.method == "POST" else None
    if answer:
        return answer
    events.record(frame.actor, "sample.read", decision=decision, purpose=Purpose.DATA_PROTECTION, month=_code(month),
                  texts=len(desk.left))
    return render(request, "situation/protection.html", {
        "frame": frame, "desk": desk, "month": _code(month), "month_name": _name(month),
        "months": [(_code(each), _name(each)) for each in sampling.months()], "rate": sampling.rate(frame.partnership),
        "verdicts": Sample.Verdict, "proposals": _rows(frame, sampling.proposals(frame.partnership)),
        "words": _rows(frame, sampling.words(frame.partnership))}, status=422 if request.method == "POST" else 200)


@require_safe
@framed
def about_figures(request: Request, frame: Frame) -> HttpResponse:
    """For everybody in the partnership: how the picture is made, how it is protected, and how well that holds."""
    return render(request, "situation/about.html", {
        "frame": frame, "rate": sampling.rate(frame.partnership), "metres": settings.LOKALNET_COARSE_METRES,
        "points_kept": _long(settings.LOKALNET_POINTS_EXACT_DAYS),
        "texts_kept": _long(settings.LOKALNET_TEXTS_KEPT_DAYS),
        "log_kept": _long(settings.LOKALNET_LOG_RETENTION_DAYS)})


def _act(request: Request, frame: Frame, decision: Decision, desk: Desk) -> HttpResponse | None:
    """What a button asks for; None when the form says nothing of it."""
    if word := _id(request.POST, "strike"):
        _strike(request, frame, decision, word)
        return redirect(_back(frame, desk.month))
    if word := _id(request.POST, "approve"):
        _approve(request, frame, decision, word)
        return redirect(_back(frame, desk.month))
    verdict = request.POST.get("verdict", "")
    sample = _id(request.POST, "sample")
    if sample is None or verdict not in Sample.Verdict.values:
        return None
    said = _judge(request, frame, decision, desk, sample, Sample.Verdict(verdict))
    # Where something is said, it stands at the top; else on with the next text.
    return redirect(_back(frame, desk.month) + ("" if said else "#texts"))


def _judge(request: Request, frame: Frame, decision: Decision, desk: Desk, sample: UUID,
           verdict: Sample.Verdict) -> bool:
    """Whether there is something to say about it."""
    wanted = next((each for each in desk.left if each.id == sample), None)
    if wanted is None or not sampling.judge(frame.actor, wanted, verdict):
        messages.info(request, _("This text was judged already, or it was removed."))
        return True
    events.record(frame.actor, "sample.judged", decision=decision, purpose=Purpose.DATA_PROTECTION,
                  subject_kind="observation", subject=wanted.observation_id, verdict=verdict.value)
    if verdict == Sample.Verdict.SLIP:
        messages.success(request, _("The text is removed, for everybody and everywhere. The report stays without it."))
    return verdict == Sample.Verdict.SLIP


def _approve(request: Request, frame: Frame, decision: Decision, word: UUID) -> None:
    if not sampling.approve(frame.actor, frame.partnership, word):
        raise Http404
    events.record(frame.actor, "word.approved", decision=decision, purpose=Purpose.DATA_PROTECTION,
                  subject_kind="known-place", subject=word)
    messages.success(request, _("Approved. The word may stand in everybody's texts from now on."))


def _strike(request: Request, frame: Frame, decision: Decision, word: UUID) -> None:
    if not sampling.strike(frame.partnership, word):
        raise Http404
    events.record(frame.actor, "word.struck", decision=decision, purpose=Purpose.DATA_PROTECTION,
                  subject_kind="known-place", subject=word)
    messages.success(request, _("Removed. The word is taken for a name."))


def _rows(frame: Frame, words: list[KnownPlace]) -> list[dict[str, object]]:
    return [{"id": row.id, "word": row.word, "said_at": row.said_at, "approved_at": row.approved_at,
             "source": frame.organisations.get(row.organisation_id, "")} for row in words]


def _back(frame: Frame, month: date) -> str:
    query = QueryDict(mutable=True)
    query["month"] = _code(month)
    if len(frame.mine) > 1:
        query["partnership"] = frame.partnership.slug
    return f"{reverse('text_sample')}?{query.urlencode()}"


def _id(sent: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None


def _long(days: int) -> str:
    """A time in words: whole years as years."""
    if days % 365 == 0:
        return ngettext("%(number)d year", "%(number)d years", days // 365) % {"number": days // 365}
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def _code(month: date) -> str:
    return f"{month:%Y-%m}"


def _name(month: date) -> str:
    return date_format(month, pgettext("month pattern", "F Y"))
