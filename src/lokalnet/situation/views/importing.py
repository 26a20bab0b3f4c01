"""Importing in the browser: choose a file, look at what would happen, import it or give it up."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lokalnet.access.requests import Request
from lokalnet.situation.importing import browser, previewing, profiles, receiving, template
from lokalnet.situation.importing.sheets import BadFile
from lokalnet.situation.models import Upload
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.views.entering import framed

UNFINISHED = (Upload.State.WAITING, Upload.State.RUNNING)


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True,
                           help_text=gettext_lazy("CSV or XLSX, at most 20 MB."),
                           widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
                           error_messages={"required": gettext_lazy("Choose a file of at most 20 MB.")})
    profile = forms.ChoiceField(label=gettext_lazy("How the file is written"), required=False)

    def __init__(self, data: Any = None, brought: Any = None) -> None:
        super().__init__(data, brought)
        chosen: Any = self.fields["profile"]
        chosen.choices = [("", gettext_lazy("Find out by its headings")),
                          *((name, profiles.load(name).title) for name in profiles.known())]


@require_http_methods(["GET", "POST"])
@framed
def imports(request: Request, frame: Frame) -> HttpResponse:
    """Choose a file; and one's own imports of the last days."""
    browser.may_import(frame.actor)
    if (wanted := request.GET.get("template")) in template.FORMS:
        return _template(frame, wanted)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid() and (upload := _bring(frame, form)):
        return redirect("upload", upload_id=upload.id)
    return render(request, "situation/imports.html", {
        "frame": frame, "form": form, "uploads": browser.mine(frame.actor),
        "profiles": [_described(profiles.load(name)) for name in profiles.known()],
        "guidance": template.guidance(frame)},
        status=422 if form.is_bound else 200)


def _template(frame: Frame, form: str) -> HttpResponse:
    return HttpResponse(template.made(frame, form), content_type=template.content_type(form),
                        headers={"Content-Disposition": f'attachment; filename="{template.name(form)}"'})


def _bring(frame: Frame, form: UploadForm) -> Upload | None:
    file: Any = form.cleaned_data["file"]
    try:
        receiving.check_size(file.size or 0)
        return browser.bring(frame, name=file.name or "", content=file.read(), profile=form.cleaned_data["profile"])
    except BadFile as problem:
        form.add_error("file", str(problem))
        return None


def _described(profile: profiles.Profile) -> dict[str, Any]:
    return {"title": profile.title, "own": profile.own, "required": receiving.required(profile),
            "optional": receiving.optional(profile)}


@require_safe
@framed
def upload(request: Request, frame: Frame, upload_id: UUID) -> HttpResponse:
    """Where it stands; htmx asks for that part alone while something is under way."""
    browser.may_import(frame.actor)
    shown = browser.one(frame.actor, upload_id)
    frame = frame_of(frame.actor, shown.partnership_id)
    totals = shown.totals
    summary = previewing.summary(totals, shown.problems)
    looking = shown.state == Upload.State.PREVIEW and "looked" not in totals
    context = {
        "frame": frame, "upload": shown, "looking": looking, "under_way": looking or shown.state in UNFINISHED,
        "to_decide": shown.state == Upload.State.PREVIEW and not looking, "foreseen": totals.get("foreseen"),
        "so_far": totals.get("now"), "profile": profiles.load(shown.profile).title,
        "reasons": summary.reasons, "first": previewing.as_shown(frame, totals.get("first", [])),
        "most": previewing.MOST_PROBLEMS,
        "figures": summary.figures, "rejected": summary.rejected, "new": summary.new, "taken": summary.taken}
    return render(request, "situation/upload_state.html" if request.htmx else "situation/upload.html", context)


@require_POST
@framed
def start_import(request: Request, frame: Frame, upload_id: UUID) -> HttpResponse:
    browser.start(frame.actor, upload_id)
    return redirect("upload", upload_id=upload_id)


@require_POST
@framed
def give_up_import(request: Request, frame: Frame, upload_id: UUID) -> HttpResponse:
    browser.give_up(frame.actor, upload_id)
    messages.success(request, _("Given up. The file has been deleted and nothing was imported."))
    return redirect("imports")
