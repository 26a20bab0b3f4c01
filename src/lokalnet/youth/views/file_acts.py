"""What is done in a file, one form on one page each. They only translate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lokalnet.access.requests import Request
from lokalnet.access.seats import address
from lokalnet.interface.taking import edition_of, taken
from lokalnet.youth import forums
from lokalnet.youth.files import contacts, identifying, informing, keeping, marking, placing, writing
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.forms import (
    AboutForm,
    BoardForm,
    ContactForm,
    IdentityForm,
    InformingForm,
    KeptForm,
    MarkForm,
    NoteForm,
    PlacingForm,
)
from lokalnet.youth.models import NoteKind
from lokalnet.youth.views.staying import at_file, shown

FORM = ["GET", "POST"]
MONTH, QUARTER = timedelta(days=30), timedelta(days=90)


def back(stay: Stay) -> HttpResponse:
    return redirect(address(stay.seat, "file", stay.file.id))


def acted(request: Request, stay: Stay, form: forms.Form, act: Callable[[], object], *, title: str,
          **also: Any) -> HttpResponse:
    """The act, and back to the file; or the form, with what is wrong and what was typed."""
    if taken(form, act):
        messages.success(request, _("Saved."))
        return back(stay)
    return shown(request, stay, "youth/file_act.html", {"form": form, "title": title} | also,
                 status=422 if form.is_bound else 200)


def id_of(said: str) -> UUID:
    """Raises Http404 for what is none."""
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None


def _named(request: Request) -> UUID | None:
    """What is to be put right, from the address."""
    said = request.GET.get("ret", "")
    return id_of(said) if said else None


@require_http_methods(FORM)
@at_file
def file_note(request: Request, stay: Stay) -> HttpResponse:
    """A new note, or what is right instead of one that was wrong."""
    corrects = _named(request)
    there = writing.one(stay, corrects) if corrects else None
    kind = there.kind if there else request.GET.get("slags", NoteKind.FACT)
    form = NoteForm(request.POST or None, initial={"kind": kind})
    if there:
        form.correcting(there.kind)
    return acted(request, stay, form, lambda: writing.write(stay, form.cleaned_data["id"], form.said(corrects)),
                 title=_("Correct a note") if there else _("Write a note"),
                 was=writing.words(stay, there).get("text", "") if there else "")


@require_http_methods(FORM)
@at_file
def file_contact(request: Request, stay: Stay) -> HttpResponse:
    """A new contact, or one that is there: changed, or ended."""
    stay.require_assigned()
    chosen = _named(request)
    there = contacts.one(stay, chosen) if chosen else None
    if there and request.POST.get("act") == "end":
        contacts.end(stay, there)
        return back(stay)
    form = ContactForm(request.POST or None,
                       initial=contacts.words(stay, there) | {"edition": there.edition} if there else None)

    def act() -> None:
        if there:
            contacts.change(stay, there, form.reach(), edition=edition_of(form))
        else:
            contacts.add(stay, form.cleaned_data["id"], form.reach())

    return acted(request, stay, form, act, title=_("Change the contact") if there else _("Add a contact"),
                 ends=_("The contact no longer holds") if there else "")


@require_http_methods(FORM)
@at_file
def file_mark(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    if ended := request.POST.get("end", ""):
        marking.end(stay, id_of(ended))
        return back(stay)
    form = MarkForm(request.POST or None, initial={"ends_on": stay.today + MONTH})
    return acted(request, stay, form, lambda: marking.add(stay, form.cleaned_data["id"], form.cleaned_data["words"],
                                                          ends_on=form.cleaned_data["ends_on"] or stay.today),
                 title=_("Make a mark"),
                 intro=_("Something to keep in mind until a day. At most three are open, so that each is read."))


@require_http_methods(FORM)
@at_file
def file_placing(request: Request, stay: Stay) -> HttpResponse:
    fora = forums.of_organisation(stay.seat)
    if problem := placing.why_not_here(stay, fora):
        messages.warning(request, problem)
        return back(stay)
    there = placing.current(stay)
    form = PlacingForm(request.POST or None, fora=fora,
                       initial={"expires_on": stay.today + QUARTER, "instead_of": there.id if there else None})
    return acted(request, stay, form, lambda: placing.decide(stay, form.cleaned_data["id"], form.choice(stay.today)),
                 title=_("Where is it taken up?"),
                 intro=_("It says who sit down together about it, and nothing else. You decide, with a reason and a "
                         "day."))


@require_http_methods(FORM)
@at_file
def file_informing(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    form = InformingForm(request.POST or None, initial={"told_on": stay.today})
    return acted(request, stay, form, lambda: informing.note(stay, form.cleaned_data["id"], form.told()),
                 title=_("Inform the young person and the parents"),
                 intro=_("They are to know what is held, what for, by whom, where it comes from, how long, and how "
                         "they have it put right."))


@require_http_methods(FORM)
@at_file
def file_kept(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    form = KeptForm(request.POST or None, initial={"day": stay.file.deletes_on, "edition": stay.file.edition})
    return acted(request, stay, form, lambda: keeping.keep_until(
        stay, form.cleaned_data["day"] or stay.today, form.cleaned_data["reason"], edition=edition_of(form)),
        title=_("Deleted at the latest"))


@require_http_methods(FORM)
@at_file
def file_about(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    form = AboutForm(request.POST or None, initial={"about": stay.file.about, "edition": stay.file.edition})
    return acted(request, stay, form, lambda: keeping.is_about(
        stay, form.cleaned_data["about"], form.cleaned_data["reason"], edition=edition_of(form)),
        title=_("As what the young person is in the file"),
        intro=_("Who was harmed or has seen something is not taken up in a forum. One that was decided ends."))


@require_http_methods(FORM)
@at_file
def file_board(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    form = BoardForm(request.POST or None, initial={"since": stay.file.board_since, "edition": stay.file.edition})
    return acted(request, stay, form, lambda: keeping.await_board(
        stay, form.cleaned_data["since"], form.cleaned_data["reason"], edition=edition_of(form)),
        title=_("Ungdomskriminalitetsnævnet"),
        intro=_("While the file awaits the board nothing runs beside it: no forum is decided, nothing is offered to "
                "others, and no worry is decided."))


@require_http_methods(FORM)
@at_file
def file_identity(request: Request, stay: Stay) -> HttpResponse:
    stay.require_assigned()
    who, edition = identifying.now(stay)
    form = IdentityForm(request.POST or None, initial=who.said() | {"born": who.born, "edition": edition,
                                                                    "protected": who.protected})
    return acted(request, stay, form, lambda: identifying.correct(stay, form.entered(), edition=edition_of(form)),
                 title=_("Put right who the file is about"))
