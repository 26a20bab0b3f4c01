"""Forms for grounds. They parse; what a ground must be stands in `grounds.py`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.access.forms import Date
from lokalnet.access.models import Organisation
from lokalnet.access.rights import LAWFUL
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.models import Regime
from lokalnet.disclosure.purposes import Bar, Purpose

KINDS = [(kind, Organisation.Kind(kind).label) for kind in LAWFUL]
OLDEST = 120


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


def _long(label: Any, *, rows: int, length: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


class GroundForm(forms.Form):
    paragraph = forms.CharField(label=_("Place in the law"), max_length=120,
                                help_text=_("Such as: Retsplejeloven § 115, stk. 1, nr. 1"))
    title_da = forms.CharField(label=_("Title in Danish"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160)
    text_da = _long(_("What it says"), rows=5, length=2000, hint=_("The law's own words, shortened, in Danish."))
    source = forms.CharField(label=_("Where it was read"), max_length=300)
    gives = _several(_("Who may give"), KINDS)
    receives = _several(_("Who may receive"), KINDS)
    purposes = _several(_("What it is for"), Purpose.choices)
    fields_shared = _several(_("What may be shared"), Shared.choices)
    age_from = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("To age, included"), required=False, min_value=0, max_value=OLDEST)
    regime = forms.ChoiceField(label=_("The giver's rules on data"), required=False,
                               choices=[("", _("Each giver's own")), *Regime.choices])
    valid_from = forms.DateField(label=_("In force from"), widget=Date())
    valid_to = forms.DateField(label=_("Last day in force"), required=False, widget=Date(),
                               help_text=_("Empty: until somebody changes it."))
    why = _long(_("Why is it proposed?"), rows=3, length=500, hint=_("The one who approves reads it."))

    def entered(self) -> Ground:
        """As it was entered. Every ground that is proposed here bears the bar on investigation."""
        said = self.cleaned_data
        parts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
            if name not in ("fields_shared", "why")}
        return Ground(code="", version=0, verified=False, bars=(Bar.INVESTIGATION.value,),
                      fields=tuple(said["fields_shared"]), **parts)


class DeclineForm(forms.Form):
    reason = _long(_("Why not?"), rows=3, length=500, hint=_("The one who proposed it reads it."))


class ConfirmForm(forms.Form):
    words = _long(_("What have you examined, and what do you stand for?"), rows=4, length=1000,
                  hint=_("It is kept with your organisation and the day, and cannot be changed."))


def as_entered(ground: Ground) -> dict[str, Any]:
    return {**vars(ground), "fields_shared": ground.fields}


