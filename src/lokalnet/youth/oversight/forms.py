"""Forms of the desk: they parse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.access.forms import CaseForm
from lokalnet.youth.oversight.unusual import Came


class DeskForm(CaseForm):
    file_number = forms.CharField(label=_("Only the file with this number"), required=False, max_length=20,
                                  widget=forms.TextInput(attrs={"autocomplete": "off"}),
                                  help_text=_("Such as 2026-0012. Leave it empty to see all files."))

    def entered(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"number": said["case_number"], "since": said["since"], "until": said["until"],
                "file_number": said["file_number"]}


class LookedForm(forms.Form):
    finding = forms.UUIDField(widget=forms.HiddenInput)
    came = forms.ChoiceField(label=_("What was it?"), choices=Came.choices)
