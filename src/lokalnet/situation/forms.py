"""Forms: from what a browser sends to what the capability takes."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.times import now
from lokalnet.situation import picture
from lokalnet.situation.categories import ICONS
from lokalnet.situation.models import Category, PoliceSees, Precision, Severity, Visibility
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters
from lokalnet.situation.reporting import LONGEST_TEXT, Report

MINE = "mine"


class FilterForm(forms.Form):
    """The filters of the picture, as they stand in its address. A bad value falls back and is never an error page."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    days = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    organisation = forms.TypedChoiceField(label=_("Organisation"), required=False, coerce=UUID, empty_value=None)
    severity = forms.TypedChoiceField(label=_("Severity"), required=False, coerce=int, empty_value=None)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict, *, frame: Frame) -> None:
        super().__init__({"days": "14"} | data.dict())
        self.frame = frame
        choices: dict[str, Any] = self.fields
        for name in ("area", "category", "days", "organisation", "severity"):
            choices[name].widget.attrs["class"] = "form-select"
        mine = [(MINE, _("My areas"))] if frame.actor.area_ids else []
        choices["area"].choices = [("", _("All areas")), *mine, *_grouped(frame)]
        choices["category"].choices = [("", _("All categories")),
                                       *((row.slug, row.name) for row in frame.categories.values())]
        choices["days"].choices = [(days, _period_name(days)) for days in picture.PERIODS]
        choices["organisation"].choices = [("", _("All organisations")),
                                           *sorted((str(i), name) for i, name in frame.organisations.items())]
        choices["severity"].choices = [("", _("All")), (2, _("Medium and high")), (3, _("High"))]

    def filters(self) -> Filters:
        self.is_valid()
        clean = self.cleaned_data
        since, until = picture.last_days(clean.get("days") or 14, self.frame.zone)
        first, last = clean.get("since"), clean.get("until")
        if first or last:
            today = now().astimezone(self.frame.zone).date()
            first, last = first or date(2000, 1, 1), last or today
            since, until = picture.between(min(first, last), max(first, last), self.frame.zone)
        return Filters(since=since, until=until, areas=self._areas(clean.get("area") or ""),
                       category=clean.get("category") or "", organisation=clean.get("organisation"),
                       severity=clean.get("severity"))

    def _areas(self, chosen: str) -> tuple[UUID, ...]:
        if chosen == MINE:
            return self.frame.actor.area_ids
        return (UUID(chosen),) if chosen else ()


def _grouped(frame: Frame) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in frame.areas.values():
        groups.setdefault(str(area.get_kind_display()), []).append((str(area.id), area.name))
    return list(groups.items())


def _period_name(days: int) -> str:
    return {1: _t("Today"), 365: _t("A year")}.get(days) or _t("%(number)s days") % {"number": days}


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
        self.shown = [row for row in frame.categories.values() if row.active]
        choices: dict[str, Any] = self.fields
        choices["category"].choices = [(row.slug, row.name) for row in self.shown]
        choices["area"].choices = [("", _("Choose an area")), *_grouped(frame)]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("longitude") is None or clean.get("latitude") is None:
            area = self.frame.areas.get(clean["area"]) if clean.get("area") else None
            if area is None:
                self.add_error("area", _("Say where: your position, a point on the map, or an area."))
            else:
                clean["longitude"], clean["latitude"] = area.longitude, area.latitude
        return clean

    def occurred_at(self) -> datetime:
        """The local date and time entered; now, where nothing was."""
        moment = now().astimezone(self.frame.zone)
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
            said_now=not clean.get("on") and not clean.get("at"))


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Category
        fields = ("name_da", "name_en", "guidance_da", "guidance_en", "icon", "severity", "position", "active")
        widgets = {"severity": forms.Select(choices=Severity.choices),
                   "icon": forms.Select(choices=list(ICONS.items()))}
