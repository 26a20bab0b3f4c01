"""Whom to ring, and who watches: looked up by everybody, kept by each organisation for itself."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalnet.access.requests import Request
from lokalnet.access.rights import Fields, Purpose
from lokalnet.interface import journal
from lokalnet.situation.addresses import address
from lokalnet.situation.directory import desk_forms, directory, presence, watching
from lokalnet.situation.directory.desk_forms import ContactForm, DeskForm, PresenceForm, WatchForm
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.journals import areas as journals
from lokalnet.situation.journals.papers import recorder
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.views.entering import framed


@require_safe
@framed
def show(request: Request, frame: Frame) -> HttpResponse:
    """The telephones, for the area that the address names or for all."""
    decision = directory.may_look(frame.actor)
    area = next((id_ for id_ in frame.areas if str(id_) == request.GET.get("area")), None)
    groups = (("", (("", _("All areas")),)), *((kind, tuple(values)) for kind, values in areas_by_kind(frame)))
    tonight = watching.there(frame, area) if area else watching.tonight(frame)
    organisations = directory.listed(frame, area)
    context = {
        "frame": frame, "groups": groups, "chosen": str(area or ""), "area": frame.areas.get(area) if area else None,
        "tonight": tonight, "organisations": organisations,
        "keeps": directory.may_keep(frame.actor), "watches": watching.own(frame)}
    return journal.answer(
        request, "situation/directory.html", context,
        partial(journals.of_directory, frame, organisations, tonight, frame.areas[area].name if area else ""),
        copied=recorder(frame, decision, Purpose.REPORT, "partnership", frame.partnership.id))


@require_http_methods(["GET", "POST"])
@framed
def new_contact(request: Request, frame: Frame) -> HttpResponse:
    frame.actor.require(Purpose.ADMINISTRATION, Fields.CONTACTS)
    form = ContactForm(request.POST or None, frame=frame)
    return _edit(request, frame, form, lambda: directory.add(frame, form.entered()), title=_("A new telephone"))


@require_http_methods(["GET", "POST"])
@framed
def contact(request: Request, frame: Frame, contact_id: UUID) -> HttpResponse:
    """A telephone of the own organisation: change it, or take it out."""
    found = directory.one(frame.actor, contact_id)
    frame = frame_of(frame.actor, found.partnership_id)
    if request.POST.get("act") == "remove":
        return _done(request, frame, lambda: directory.remove(frame, found))
    form = ContactForm(request.POST or None, frame=frame, initial=desk_forms.contact_as_entered(found))
    return _edit(request, frame, form, lambda: directory.change(frame, found, form.entered()), title=found.name,
                 kept=True)


@require_http_methods(["GET", "POST"])
@framed
def tonight(request: Request, frame: Frame) -> HttpResponse:
    """Who is out tonight and in the coming week, and one line to say that one is out oneself."""
    directory.may_look(frame.actor)
    if request.method == "POST":
        watching.require(frame.actor)
    form = PresenceForm(request.POST if request.method == "POST" else None, frame=frame)
    if form.is_valid():
        written = presence.write(frame, form.cleaned_data["key"], form.entered())
        messages.success(request, _("Saved.") if written else _("This stands there already."))
        return redirect(address(frame, "tonight"))
    return render(request, "situation/presence.html", {
        "frame": frame, "nights": presence.nights(frame), "keeps": bool(watching.right_to_keep(frame.actor)),
        "form": form, "page": address(frame, "tonight")}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@framed
def new_watch(request: Request, frame: Frame) -> HttpResponse:
    watching.require(frame.actor)
    form = WatchForm(request.POST or None, frame=frame, initial=desk_forms.empty_watch(
        frame, request.GET.get("measure", "")))
    return _edit(request, frame, form, lambda: watching.add(frame, form.entered()), title=_("A new watch"),
                 back="tonight")


@require_http_methods(["GET", "POST"])
@framed
def watch(request: Request, frame: Frame, watch_id: UUID) -> HttpResponse:
    """A watch of the own organisation: change it, copy it to next week, or take it out."""
    found = watching.one(frame.actor, watch_id)
    frame = frame_of(frame.actor, found.partnership_id)
    match request.POST.get("act"):
        case "remove":
            return _done(request, frame, lambda: watching.remove(frame, found), back="tonight")
        case "copy":
            return _done(request, frame, lambda: watching.copy_to_next_week(frame, found),
                         said=_("Copied to %(day)s.") % {"day": watching.day_of_copy(frame, found)}, back="tonight")
    form = WatchForm(request.POST or None, frame=frame, initial=desk_forms.watch_as_entered(found, frame))
    return _edit(request, frame, form, lambda: watching.change(frame, found, form.entered()), back="tonight",
                 title=found.who or _("We are out"), kept=True, copies=True)


def _edit(request: Request, frame: Frame, form: DeskForm, keep: Callable[[], Any], *, back: str = "directory",
          **shown: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        return _done(request, frame, keep, said=_("Saved."), back=back)
    return render(request, "situation/desk_form.html", {
        "frame": frame, "form": form, "back": address(frame, back),
        "back_name": {"directory": _("Who do I ring?"), "tonight": _("Who is out")}[back], **shown},
        status=422 if form.is_bound else 200)


def _done(request: Request, frame: Frame, act: Callable[[], Any], *, said: str = "",
          back: str = "directory") -> HttpResponse:
    act()
    messages.success(request, said or _("Taken out."))
    return redirect(address(frame, back))
