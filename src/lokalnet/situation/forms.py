"""Forms: from what a browser sends to what the capability takes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.times import now
from lokalnet.situation import guard, knowing, marking
from lokalnet.situation.categories import ICONS
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.marking import Mark
from lokalnet.situation.models import LONGEST_NOTE, Category, PoliceSees, Precision, Severity, Theme, Visibility
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.reporting import LONGEST_TEXT, Report


class ReportForm(forms.Form):
    """Three taps: what, where, send. Everything else has a good default."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=200)
    category = forms.ChoiceField(label=_("What did you see?"), widget=forms.RadioSelect,
                                 error_messages={"required": _("Choose one of the categories.")})
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=UUID, empty_value=None)
    on = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    precision = forms.ChoiceField(label=_("How sure is the time?"), choices=[(p.value, p.label) for p in Precision],
                                  required=False)
    text = forms.CharField(label=_("What was seen?"), required=False, max_length=LONGEST_TEXT, strip=True,
                           widget=forms.Textarea(attrs={"rows": 3}))
    visibility = forms.ChoiceField(label=_("Who may see it?"), choices=Visibility, widget=forms.RadioSelect)
    police_sees = forms.ChoiceField(label=_("What do the police get?"), choices=PoliceSees, required=False,
                                    widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.frame = frame
        self.said_places = [word for word in data.getlist("place_words") if word] if data else []
        self.marks: list[Mark] = []
        self.shown = [row for row in frame.categories.values() if row.active]
        choices: dict[str, Any] = self.fields
        choices["category"].choices = [(row.slug, row.name) for row in self.shown]
        choices["area"].choices = [("", _("Choose an area")), *areas_by_kind(frame)]

    def clean_text(self) -> str:
        """Checked here as well, so that everything that is wrong is said at once, with the words that it is about."""
        text: str = self.cleaned_data["text"]
        known = knowing.places(self.frame) | frozenset(self.said_places) if text else frozenset()
        self.marks = marking.marks(text, places=known)
        try:
            guard.check_text(text, places=known)
        except guard.RefusedText as problem:
            raise forms.ValidationError(str(problem)) from None
        if self.marks and not self.data.get("looked"):
            raise forms.ValidationError(
                _("Somebody may be recognised by the marked words. Change them, or send again if nobody can."),
                code="look")
        return text

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("longitude") is None or clean.get("latitude") is None:
            area = self.frame.areas.get(clean["area"]) if clean.get("area") else None
            if area is None:
                self.add_error("area", _("Say where: your position, a point on the map, or an area."))
            else:
                clean["longitude"], clean["latitude"], clean["named_area"] = area.longitude, area.latitude, area.id
        if clean.get("on") and not clean.get("at") and clean.get("precision") != Precision.WEEK:
            self.add_error("at", _("Write the time too, as near as you know it; below you say how sure it is."))
        return clean

    def moment(self) -> datetime:
        """What "now" means."""
        return now()

    def occurred_at(self) -> datetime:
        """The local date and time entered; now, where nothing was."""
        moment = self.moment().astimezone(self.frame.zone)
        day, clock = self.cleaned_data.get("on"), self.cleaned_data.get("at")
        if not day and not clock:
            return moment
        entered = datetime.combine(day or moment.date(), clock or moment.time(), self.frame.zone)
        # "At 23.50", written shortly after midnight, was yesterday.
        return entered - timedelta(days=1) if not day and entered > moment + timedelta(minutes=10) else entered

    def report(self) -> Report:
        clean = self.cleaned_data
        return Report(
            category=clean["category"], longitude=clean["longitude"], latitude=clean["latitude"],
            occurred_at=self.occurred_at(), precision=clean.get("precision") or Precision.EXACT,
            text=clean["text"], visibility=clean["visibility"], police_sees=clean.get("police_sees") or PoliceSees.TEXT,
            named_area=clean.get("named_area"),
            said_now=not clean.get("on") and not clean.get("at"))


class CorrectionForm(ReportForm):
    """The same fields about a report that is there; `edition` says which state of it was being looked at."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Why? (shown in the history)"), required=False, max_length=LONGEST_NOTE,
                           widget=forms.TextInput)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, frame=frame, initial=initial)
        self.fields["key"].required = False


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Category
        fields = ("name_da", "name_en", "guidance_da", "guidance_en", "icon", "severity", "theme", "takes_photos",
                  "position", "active")
        widgets = {"severity": forms.Select(choices=Severity.choices), "theme": forms.Select(choices=Theme.choices),
                   "icon": forms.Select(choices=list(ICONS.items()))}

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for field in ("name_da", "name_en", "guidance_da", "guidance_en"):
            try:
                guard.check_text(clean.get(field, ""))
            except guard.RefusedText as problem:
                self.add_error(field, str(problem))
        return clean
