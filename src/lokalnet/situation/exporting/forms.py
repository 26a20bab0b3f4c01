"""Forms of the files: they parse and say what is missing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation import guard
from lokalnet.situation.exporting.documents import FORMATS, Request
from lokalnet.situation.exporting.grounds import grounds
from lokalnet.situation.models import Export


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=_("Format"), choices=Export.Format, widget=forms.RadioSelect,
                               error_messages={"required": _("Choose a format.")})


class Date(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RequestForm(forms.Form):
    """The case and the period."""

    case_number = forms.RegexField(
        r"^(?=.*\d)[\w./-]{3,40}$", strip=True, label=_("Case number"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the case number: digits, letters, dots, slashes and dashes.")})
    since = forms.DateField(label=_("Reported from"), widget=Date())
    until = forms.DateField(label=_("Reported to and including"), widget=Date())

    def __init__(self, data: Any = None) -> None:
        today = now().astimezone(COPENHAGEN).date()
        super().__init__(data, initial={"since": today - timedelta(days=30), "until": today})

    def clean_case_number(self) -> str:
        number: str = self.cleaned_data["case_number"]
        try:
            guard.check_text(number)
        except guard.RefusedText:
            raise forms.ValidationError(
                _("This looks like a civil registration number. Write the case number.")) from None
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        today = now().astimezone(COPENHAGEN).date()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("The period must end after it starts."))
        elif said.get("until") and said["until"] > today:
            self.add_error("until", _("The period may not end after today."))
        return said

    def request(self) -> Request:
        said = self.cleaned_data
        return Request(said["case_number"], said["since"], said["until"])


class MarksForm(forms.Form):
    """In which format, and which reports are exempt on which ground; two fields for each report on the page."""

    format = forms.ChoiceField(label=_("Format"), choices=[(each.value, each.label) for each in FORMATS],
                               widget=forms.RadioSelect, error_messages={"required": _("Choose a format.")})

    def __init__(self, sent: Mapping[str, Any], *, making: bool) -> None:
        """Marks are read from whatever was sent; they are held against the rules when the document is asked for."""
        super().__init__(sent if making else None, initial={"format": Export.Format.XLSX})
        self.grounds = {name.removeprefix("ground-"): str(value) for name, value in sent.items()
                        if name.startswith("ground-") and value}
        self.marks = {id_: self.grounds.get(id_, "") for name in sent if name.startswith("exempt-")
                      for id_ in (name.removeprefix("exempt-"),)}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All marks as fields of a form, for a page that cannot show the reports."""
        return [*((f"exempt-{id_}", "1") for id_ in self.marks),
                *((f"ground-{id_}", ground) for id_, ground in self.grounds.items())]

    @property
    def without_ground(self) -> set[str]:
        """The ids of reports that are marked and have no ground."""
        return {id_ for id_, ground in self.marks.items() if self.is_bound and ground not in grounds()}

    def clean(self) -> dict[str, Any]:
        if self.without_ground:
            self.add_error(None, _("Choose a ground for each report that is exempt. They are marked below."))
        return super().clean() or self.cleaned_data
