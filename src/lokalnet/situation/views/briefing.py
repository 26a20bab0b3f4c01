"""The week's briefing: the newest, one of them, all of them; and a draft that is written in, counted and approved."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Purpose
from lokalnet.interface import beside, journal
from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import approving, archive, freezing, paper, reading, writing
from lokalnet.situation.briefing.approving import WrittenMeanwhile
from lokalnet.situation.briefing.forms import WordsForm
from lokalnet.situation.briefing.freezing import CountedMeanwhile, NotADraft
from lokalnet.situation.briefing.page import Page
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.models import Briefing
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def week(request: Request, frame: Frame) -> HttpResponse:
    """The newest approved briefing of the partnership, or of one of its municipalities; or why there is none."""
    reading.may_read(frame.actor)
    place = reading.place_asked(frame, request.GET.get("kommune", ""))
    found = reading.newest(frame, place)
    if found is None:
        return render(request, "situation/briefing/none.html", _around(frame, place) | {
            "frame": frame, "place": place, "place_name": frame.areas[place].name if place else frame.partnership.name})
    return _page(request, frame, found, newest=True)


@require_safe
@framed
def briefing(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """One briefing; a draft is there for those who may write in it."""
    return _page(request, *reading.one(frame, briefing_id))


@require_safe
@framed
def briefing_archive(request: Request, frame: Frame) -> HttpResponse:
    """All weeks, with the edition that holds and those before it."""
    shown = archive.page(frame, before=_day(request.GET.get("foer", "")))
    return render(request, "situation/briefing/archive.html", {
        "frame": frame, "page": shown, "newest": address(frame, "week"),
        "older": address(frame, "briefing_archive", foer=shown.older.isoformat()) if shown.older else ""})


@require_POST
@framed
def write_briefing(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """Keep the words of a draft, whichever button was pressed; then count anew, or go on to approve it."""
    freezing.may_edit(frame)
    frame, found = reading.one(frame, briefing_id)
    form = WordsForm(request.POST, frame=frame, words={})
    if not form.is_valid():
        return _page(request, frame, found, form=form, status=422)
    try:
        changed = writing.write(frame, briefing_id, form.said())
        return _went_on(request, frame, found, saved=changed)
    except writing.ChangedMeanwhile as problem:
        return _page(request, frame, found, form=form.met(problem.sections), status=409, problem=str(problem),
                     there=problem.sections)
    except NotADraft as problem:
        return _page(request, *reading.one(frame, briefing_id), status=409, problem=str(problem), typed=_typed(form))


def _went_on(request: Request, frame: Frame, found: Briefing, *, saved: bool) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "approve":
        return redirect(address(frame, "approve_briefing", found.id, tal=request.POST.get("figures", "")[:64]))
    if act == "count":
        freezing.count_anew(frame, found.id)
        messages.success(request, _("Counted anew. The figures are those of now, and the words are kept."))
    else:
        messages.success(request, _("Saved.") if saved else _("Nothing was changed."))
    return redirect(address(frame, "briefing", found.id))


@require_http_methods(["GET", "POST"])
@framed
def approve_briefing(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """What freezing means and who will read it; then it is frozen."""
    freezing.may_edit(frame)
    frame, found = reading.one(frame, briefing_id)
    back = address(frame, "briefing", briefing_id)
    try:
        if request.method == "POST":
            approving.approve(frame, briefing_id, digest=request.POST.get("tal", ""),
                              words=request.POST.get("ord", ""))
            messages.success(request, _("Approved. It is frozen, and can be read now."))
            return redirect(back)
        mark = approving.ask(found, digest=request.GET.get("tal", ""))
    except (NotADraft, CountedMeanwhile, WrittenMeanwhile) as problem:
        messages.warning(request, str(problem))
        return redirect(back)
    return render(request, "situation/briefing/approve.html", {
        "frame": frame, "page": Page(frame, found, writing.words_of(found)), "back": back, "mark": mark,
        "here": address(frame, "approve_briefing", briefing_id)})


@require_POST
@framed
def new_edition(request: Request, frame: Frame, briefing_id: UUID) -> HttpResponse:
    """A draft beside the approved one, which holds until the new edition is approved."""
    freezing.may_edit(frame)
    frame, found = reading.one(frame, briefing_id)
    try:
        made = freezing.begin_edition(frame, briefing_id)
    except NotADraft as problem:
        messages.warning(request, str(problem))
        draft = reading.draft_beside(found)
        return redirect(address(frame, "briefing", draft.id if draft else briefing_id))
    messages.success(request, _("A new edition is begun. The one before holds until you approve this."))
    return redirect(address(frame, "briefing", made.id))


def _page(request: Request, frame: Frame, found: Briefing, *, form: WordsForm | None = None, status: int = 200,
          there: Any = None, **more: Any) -> HttpResponse:
    """The page; with `form`, what was typed stands in it again."""
    decision = reading.read(frame, found)
    words = writing.words_of(found)
    writes = reading.edits(frame.actor) and found.state == "draft"
    form = form or WordsForm(frame=frame, words=words) if writes else None
    page = Page(frame, found, words, form, there or {})
    before, after = reading.neighbours(frame, found)
    holds = reading.holding(found)
    context = _around(frame, found.municipality_id) | more | {
        "frame": frame, "page": page, "status": status, "writes": writes,
        "readers": reading.readers(frame, found), "replaces": reading.edits(frame.actor),
        "before": before and address(frame, "briefing", before.id),
        "after": after and address(frame, "briefing", after.id),
        "here": address(frame, "briefing", found.id), "write": address(frame, "write_briefing", found.id),
        "anew": address(frame, "new_edition", found.id), "holds": holds and address(frame, "briefing", holds.id),
        "now": beside.pieces(request, "briefing now", frame, found.id),
        "acts": beside.pieces(request, "briefing acts", frame, found.id),
        "pieces": beside.pieces(request, "briefing", frame, found.id)}
    return journal.answer(request, "situation/briefing/page.html", context,
                          partial(paper.of_briefing, frame, found, page.figures, words), status=status,
                          copied=recorder(frame, decision, Purpose.BRIEFING, "briefing", found.id))


def _around(frame: Frame, place: UUID | None) -> dict[str, Any]:
    """The way to the other places' briefings, to the archive, and to the drafts that wait."""
    others = [(frame.partnership.name, address(frame, "week"), place is None), *(
        (each.name, address(frame, "week", kommune=each.id), each.id == place)
        for each in reading.municipalities(frame))]
    return {"places": others, "archive": address(frame, "briefing_archive"), "due": reading.due_week(frame),
            "waiting": _waiting(frame, place)}


def _waiting(frame: Frame, place: UUID | None) -> dict[str, Any]:
    """The newest draft of the place, and how many older ones wait too."""
    drafts = [each for each in reading.waiting(frame) if each.municipality_id == place]
    return {"week": drafts[0].week, "url": address(frame, "briefing", drafts[0].id),
            "more": len(drafts) - 1} if drafts else {}


def _typed(form: WordsForm) -> list[tuple[str, str]]:
    """What somebody wrote and could not be kept, to be copied by hand."""
    return [(str(section.label), words) for section, words in form.typed().items() if words.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
