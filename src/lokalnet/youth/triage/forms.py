"""Forms of triage: a decision, and an answer on the way."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.youth.concerns.drafting import today
from lokalnet.youth.concerns.forms import KEPT_TO_ITSELF, LONGEST
from lokalnet.youth.models import About, Outcome, Step
from lokalnet.youth.triage import deciding
from lokalnet.youth.triage.deciding import Wanted


def _text(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, strip=True,
                           widget=forms.Textarea(attrs=KEPT_TO_ITSELF | {"rows": 3}))


class DecisionForm(forms.Form):
    """`step` is the one that the page showed: a colleague may have taken it meanwhile."""

    step = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("What does this step come to?"), choices=Outcome.choices,
                                widget=forms.RadioSelect)
    owner = forms.TypedChoiceField(label=_("Who has the file in hand?"), coerce=UUID, empty_value=None, required=False)
    about = forms.TypedChoiceField(label=_("As what is the young person in the file?"), choices=About.choices,
                                   coerce=About, empty_value=None, required=False, widget=forms.RadioSelect)
    deletes_on = forms.DateField(label=_("To be deleted at the latest"), required=False,
                                 widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    reason = _text(_("Why?"), _("Read by those who clarify worries, and by whoever works on the file."), required=True)
    reply = _text(_("Answer to the one who told of it"),
                  _("Always given when it ends here. Say what happens now, and no more of the young person than they "
                    "may know."))

    def __init__(self, data: Any = None, *, step: Step, may_open: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"step": step.value, "deletes_on": today() + deciding.KEPT} | (initial or {}))
        offered: dict[str, Any] = self.fields
        offered["outcome"].choices = [(each.value, each.label) for each in deciding.outcomes(step, may_open=may_open)]
        self.opens = step == Step.FINAL and may_open
        if self.opens:
            offered["owner"].choices = [("", _("Choose a colleague")), *(
                (str(id_), name) for id_, name in deciding.owners())]
        else:
            for name in ("owner", "about", "deletes_on"):
                del self.fields[name]

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(Step(said["step"]), Outcome(said["outcome"]), said["urgent"], said["reason"], said["reply"],
                      said.get("owner"), said.get("about"), said.get("deletes_on"))


class ReplyForm(forms.Form):
    words = _text(_("Answer"), required=True)
