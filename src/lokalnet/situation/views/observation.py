"""One observation, and what can be done about it. Every act is a small form of its own on the same page."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lokalnet.access import events
from lokalnet.access.requests import Request
from lokalnet.interface import beside, journal
from lokalnet.situation import (
    acting,
    answering,
    correcting,
    corroborating,
    flagging,
    history,
    merging,
    photos,
    picture,
    reading,
    showing,
)
from lokalnet.situation.corroborating import Opinion
from lokalnet.situation.journals import observations
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.measures import linking
from lokalnet.situation.models import ActKind, Answer, Standing
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.picture import Sight
from lokalnet.situation.reading import Right
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.entering import framed

Act = Callable[..., str]  # of request, frame, observation id, and what else the address names


@require_safe
@framed
def detail(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    return _page(request, *found(frame, observation_id))


def found(frame: Frame, observation_id: UUID) -> tuple[Frame, Sight]:
    """The observation as the actor gets it, in its own partnership's frame. Raises NotAllowed, Http404."""
    reading.may_read(frame.actor)
    sight = picture.one(observation_id)
    if sight is None:
        raise Http404
    return frame_of(frame.actor, sight.partnership_id), sight


def _page(request: Request, frame: Frame, sight: Sight, *, problem: BadReport | None = None) -> HttpResponse:
    """The page; with a problem, what was typed stands in its form again."""
    right = reading.may_read(frame.actor)
    events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                  subject_kind="observation", subject=sight.id)
    together = picture.some(merging.put_together_with(sight.id))
    own = bool(corroborating.own_reports(frame, [sight.id, *(other.id for other in together)]))
    may = acting.possible(acting.allowed(sight.id), state=sight.state, standing=sight.standing, own_report=own,
                          seen=bool(corroborating.seen(frame, [sight.id])))
    candidates = merging.candidates(frame, sight) if ActKind.MERGED in may else []
    _record_others(frame, right, [*together, *candidates])
    context = {
        "frame": frame, "sight": sight, "card": showing.cards(frame, [sight])[0],
        "may": {kind.name.lower(): kind in may for kind in ActKind}, "history": history.of(frame, sight),
        "standings": [(value, label) for value, label in Standing.choices if value != sight.standing],
        "answers": Answer.choices, "together": showing.cards(frame, together),
        "candidates": showing.cards(frame, candidates),
        "photo": photos.size_of(sight.id), "problem": problem, "typed": request.POST, "own": own,
        "under_measure": flagging.title(sight.under_measure) if sight.under_measure else "",
        **linking.beside(frame, sight), "pieces": beside.pieces(request, "observation", frame, sight.id),
    }
    return journal.answer(request, "situation/detail.html", context, partial(observations.of_observation, frame, sight),
                          copied=recorder(frame, right.decision, right.purpose, "observation", sight.id),
                          status=422 if problem else 200)


def _record_others(frame: Frame, right: Right, others: list[Sight]) -> None:
    """Other reports that stand on the page with some of their words."""
    for other in others:
        events.record(frame.actor, "observation.read", decision=right.decision, purpose=right.purpose,
                      subject_kind="observation", subject=other.id, beside=True)


def act(kind: ActKind) -> Callable[[Act], Any]:
    """A view that does one thing about an observation, says so, and goes back to its page.

    The role's right comes before the observation: who lacks it is not told whether there is one.
    """
    return partial(_act, kind)


def _act(kind: ActKind, said: Act) -> Any:
    def view(request: Request, frame: Frame, observation_id: UUID, **more: Any) -> HttpResponse:
        acting.require(frame, kind)
        frame, sight = found(frame, observation_id)
        try:
            words = said(request, frame, observation_id, **more)
        except BadReport as problem:
            return _page(request, frame, sight, problem=problem)
        except (acting.NotPossible, correcting.ChangedMeanwhile) as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, words)
        return redirect("observation", observation_id=observation_id)

    view.__name__, view.__doc__ = said.__name__, said.__doc__
    return require_POST(framed(view))


@act(ActKind.SEEN_TOO)
def seen_too(request: Request, frame: Frame, observation_id: UUID) -> str:
    """"I saw it too", from the page or from the step before a new report."""
    new = corroborating.seen_too(frame, observation_id, note=request.POST.get("note", ""))
    return _("Thank you. It now counts that you saw it too.") if new else _("You have already said that you saw it.")


@act(ActKind.UNSEEN)
def unseen(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Not so after all."""
    corroborating.unseen(frame, observation_id)
    return _("Taken back. You are no longer counted among those who saw it.")


@act(ActKind.CONFIRMED)
def standing(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Confirmed, refuted, or open again."""
    opinion = Opinion(request.POST.get("standing", ""), request.POST.get("note", ""))
    corroborating.decide(frame, observation_id, opinion)
    return _("Saved: %(standing)s.") % {"standing": Standing(opinion.standing).label}


@act(ActKind.ANSWERED)
def answer(request: Request, frame: Frame, observation_id: UUID) -> str:
    """An answer to whoever reported it."""
    answering.answer(frame, observation_id, request.POST.get("answer", ""), request.POST.get("note", ""))
    return _("The answer was sent to the reporter.")


@act(ActKind.WITHDRAWN)
def withdraw(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Out of the picture."""
    correcting.withdraw(frame, observation_id, note=request.POST.get("note", ""))
    return _("Withdrawn. Only your organisation can see it now.")


@act(ActKind.RESTORED)
def restore(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Back into the picture."""
    correcting.restore(frame, observation_id)
    return _("Back in the picture, seen by the same as before.")


@act(ActKind.CORRECTED)
def restore_version(request: Request, frame: Frame, observation_id: UUID, version_id: UUID) -> str:
    """Back to what stood there before a correction."""
    return correcting.in_words(correcting.restore_version(frame, observation_id, version_id))


@act(ActKind.MERGED)
def merge(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Put it together with another report of the same event."""
    try:
        into = UUID(request.POST.get("into", ""))
    except ValueError:
        raise BadReport("into", _("Choose the report that it belongs to.")) from None
    merging.merge(frame, observation_id, into, note=request.POST.get("note", ""))
    return _("Put together. The two count as one event, with all their reporters.")


@act(ActKind.SPLIT)
def split(request: Request, frame: Frame, observation_id: UUID) -> str:
    """Take it apart from the report that it was put together with."""
    merging.split(frame, observation_id)
    return _("Taken apart. Each report stands for itself again.")


@require_POST
@framed
def recognised(request: Request, frame: Frame, observation_id: UUID) -> HttpResponse:
    """"Somebody can be recognised here": the text goes from everywhere, now and for good."""
    frame, sight = found(frame, observation_id)
    acting.do(frame, sight.id, ActKind.RECOGNISED)
    messages.success(request, _("The text is gone, for everybody and from everywhere it lay. Thank you for looking."))
    return redirect(reverse("observation", args=[observation_id]))
