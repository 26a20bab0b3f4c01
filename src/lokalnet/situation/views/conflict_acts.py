"""What is done in a conflict: each act is a small form on its one page, and goes back to its place there."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import log, looking, opening, reviews, saying, tree
from lokalnet.situation.conflicts.forms import TreeRowForm
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.models import Standing
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.views.conflicts import Problem, show
from lokalnet.situation.views.entering import framed

Act = Callable[..., str]  # of request and conflict and what else the address names; what to say when it is done


def act(place: str, *, leads: bool = True) -> Callable[[Act], Any]:
    """A view that does one thing about a conflict. `place` names where on the page its form stands.

    The role's right comes before the conflict: who lacks it is not told whether there is one.
    """
    return partial(_act, place, looking.require_lead if leads else looking.may_look)


def _act(place: str, right: Callable[..., Any], said: Act) -> Any:
    def view(request: Request, frame: Frame, conflict_id: UUID, **more: Any) -> HttpResponse:
        right(frame.actor)
        conflict = looking.one(frame, conflict_id)
        try:
            words = said(request, conflict, **more)
        except BadReport as problem:
            return _refused(request, conflict, problem.rule, **more)
        except NotPossible as problem:
            return _refused(request, conflict, str(problem), **more)
        if words:
            messages.success(request, words)
        at = "next" if request.POST.get("place") == "next" else place
        return redirect(f"{reverse('conflict', args=[conflict_id])}#{at}")

    def _refused(request: Request, conflict: Conflict, rule: str, **more: Any) -> HttpResponse:
        problem = Problem(said.__name__.replace("_", "-"), rule, place, next(iter(more.values()), None))
        return show(request, looking.one(conflict.frame, conflict.id), problem=problem)

    view.__name__, view.__doc__ = said.__name__, said.__doc__
    return require_POST(framed(view))


@act("state")
def confirm(request: Request, conflict: Conflict) -> str:
    """The second party confirms."""
    opening.confirm(conflict)
    return _("Open. Ring the first in the contact tree now.")


@act("state")
def withdraw_proposal(request: Request, conflict: Conflict) -> str:
    """The proposal is taken back."""
    opening.withdraw(conflict, request.POST.get("reason", ""))
    return _("Withdrawn. It never opened.")


@act("state")
def join(request: Request, conflict: Conflict) -> str:
    """Another organisation takes part."""
    opening.join(conflict)
    return _("Your organisation takes part.")


@act("tree", leads=False)
def ring(request: Request, conflict: Conflict, line_id: UUID) -> str:
    """Somebody was rung."""
    tree.ring(conflict, line_id, request.POST.get("outcome", ""), key=request.POST.get("key", ""))
    return ""


@act("tree")
def add_row(request: Request, conflict: Conflict) -> str:
    """One more to ring in this conflict."""
    form = TreeRowForm(request.POST, frame=conflict.frame, rows=tree.rows_of(conflict))
    if not form.is_valid():
        raise BadReport("function", " ".join(str(rule) for rules in form.errors.values() for rule in rules))
    tree.add_to(conflict, form.entered(), key=str(form.cleaned_data["key"] or ""))
    return _("Added to the contact tree.")


@act("log", leads=False)
def add_entry(request: Request, conflict: Conflict) -> str:
    """Something is known, or said."""
    log.add(conflict, request.POST.get("words", ""), key=request.POST.get("key", ""))
    return _("Written in the log, as unconfirmed.")


@act("log", leads=False)
def hold_entry(request: Request, conflict: Conflict, entry_id: UUID) -> str:
    """What an entry is held to be."""
    standing = request.POST.get("standing", "")
    log.hold(conflict, entry_id, standing=standing, reason=request.POST.get("reason", ""),
             newest=request.POST.get("newest", ""))
    return _("Saved: %(standing)s.") % {"standing": Standing(standing).label}


@act("messages", leads=False)
def add_message(request: Request, conflict: Conflict) -> str:
    """A message is drafted."""
    saying.draft(conflict, audience=request.POST.get("audience", ""), words=request.POST.get("words", ""),
                 builds_on=request.POST.get("builds_on", ""), key=request.POST.get("key", ""))
    return _("Drafted. It is agreed when two organisations have agreed to these words.")


@act("messages", leads=False)
def edit_message(request: Request, conflict: Conflict, message_id: UUID) -> str:
    """A message gets other words."""
    saying.edit(conflict, message_id, number=_number(request), words=request.POST.get("words", ""),
                builds_on=request.POST.get("builds_on", ""))
    return _("Changed. The other organisations have to agree anew.")


@act("messages")
def agree_message(request: Request, conflict: Conflict, message_id: UUID) -> str:
    """An organisation agrees to exactly these words."""
    saying.agree(conflict, message_id, number=_number(request))
    return _("Your organisation agrees to these words.")


@act("messages")
def withdraw_message(request: Request, conflict: Conflict, message_id: UUID) -> str:
    """A message is not to be used any more."""
    saying.withdraw(conflict, message_id, request.POST.get("reason", ""))
    return _("Withdrawn. Tell those who have used it.")


@require_safe
@framed
def copy_message(request: Request, frame: Frame, conflict_id: UUID, message_id: UUID) -> HttpResponse:
    """The agreed words, as they are pasted. Anything else is not handed out."""
    conflict = looking.one(frame, conflict_id)
    found = next((each for each in saying.messages(conflict, log.entries(conflict)) if each.id == message_id), None)
    if found is None:
        raise Http404
    try:
        words = saying.words_to_copy(conflict, found)
    except NotPossible as problem:
        return HttpResponse(str(problem), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(words + "\n", content_type="text/plain; charset=utf-8")


@act("review")
def hold_review(request: Request, conflict: Conflict) -> str:
    """The day's review."""
    reviews.hold(conflict, changed=request.POST.get("changed", ""), choice=request.POST.get("choice", ""),
                 who=request.POST.get("who", ""))
    return _("Today's review is held.")


@act("end")
def prolong(request: Request, conflict: Conflict) -> str:
    """It goes on beyond its last day."""
    opening.prolong(conflict, _day(request.POST.get("until", "")), request.POST.get("reason", ""))
    return _("Prolonged.")


@act("state")
def stand_down(request: Request, conflict: Conflict) -> str:
    """It is over by decision."""
    opening.stand_down(conflict, request.POST.get("reason", ""), request.POST.get("outcome", ""))
    return _("Stood down. Everything stays to be read; nothing can be added.")


def _number(request: Request) -> int:
    try:
        return int(request.POST.get("number", ""))
    except ValueError:
        return 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
