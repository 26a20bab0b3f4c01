"""Forms for commitments."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lokalnet.partnership.commitments import Promise
from lokalnet.partnership.models import LONGEST_TEXT, LONGEST_WHY, Commitment, State


def _asked() -> SafeString:
    """What the words are asked for follows from what is chosen above them (lokalnet.css shows one of the two)."""
    return format_html('<span class="if-kept">{}</span><span class="if-not-kept">{}</span>',
                       gettext("What came of it?"), gettext("Why?"))


class _Edition(forms.IntegerField):
    """Which edition the page showed; what is no number is an edition that never was."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, min_value=0, max_value=1_000_000)


class PromiseForm(forms.Form):
    text = forms.CharField(label=_("What do you promise?"), max_length=LONGEST_TEXT,
                           widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("One thing that the others can see whether you did."))
    due_on = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    edition = _Edition()

    def entered(self) -> Promise:
        return Promise(self.cleaned_data["text"].strip(), self.cleaned_data["due_on"])


class SettleForm(forms.Form):
    state = forms.ChoiceField(label=_("How does it stand?"), choices=State.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=lazy(_asked, SafeString)(), max_length=LONGEST_WHY,
                          widget=forms.Textarea(attrs={"rows": 3}),
                          help_text=_("The other parties read it."))
    edition = _Edition()


def as_entered(commitment: Commitment) -> dict[str, Any]:
    return {"text": commitment.text, "due_on": commitment.due_on, "edition": commitment.edition}
