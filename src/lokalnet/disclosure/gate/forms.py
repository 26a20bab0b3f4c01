"""The gate's forms. They parse: what was typed goes to the checks as it is, so that each refusal has its reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.access.forms import Date
from lokalnet.disclosure.gate import choosing
from lokalnet.disclosure.gate.choosing import Choices
from lokalnet.disclosure.gate.wanting import Wish
from lokalnet.disclosure.purposes import Told

COPY, IN_WORDS = "copy", "in-words"
LONGEST = 2000


class _Loose(forms.ChoiceField):
    """Of the choices on the page; what else is sent is refused by the checks, which know why."""

    def valid_value(self, value: Any) -> bool:
        return True


class _LooseSeveral(forms.MultipleChoiceField):
    def valid_value(self, value: Any) -> bool:
        return True


class _Day(forms.DateField):
    """What is no day is none: the checks ask for one."""

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


def _long(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def several(label: Any) -> _LooseSeveral:
    return _LooseSeveral(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class ShareForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    preset = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    receiver = _Loose(label=_("To whom?"), required=False)
    purpose = _Loose(label=_("What is it for?"), required=False)
    ground = _Loose(label=_("Ground in law"), required=False)
    stage = _Loose(label=_("When is it shared?"), required=False, choices=choosing.stages)
    shared = several(_("What is shared?"))
    necessity = _long(_("Why is it necessary?"))
    informed = _LooseSeveral(label=_("Who has been told of it?"), required=False, choices=Told.choices,
                             widget=forms.CheckboxSelectMultiple)
    not_informed_why = forms.CharField(label=_("If nobody: why not?"), required=False, max_length=LONGEST)
    way = forms.ChoiceField(label=_("How is it shared?"), required=False, widget=forms.RadioSelect, choices=(
        (COPY, _("As a copy that can be read")), (IN_WORDS, _("In words only: it is noted, and no copy is made"))))
    told = forms.CharField(label=_("Who was told?"), required=False, max_length=200)
    expires_on = _Day(label=_("The copy is deleted on"), required=False, widget=Date)

    def __init__(self, choices: Choices, data: Any = None, *, typed: Mapping[str, Any] | None = None) -> None:
        """`typed`: what stands in it so far, where it is not sent yet."""
        super().__init__(data, initial={"token": uuid4(), "way": COPY} | vars(choices.chosen) | dict(typed or {}))
        none = (("", _("Choose …")),)
        for name, options in (("receiver", choices.receivers), ("purpose", choices.purposes),
                              ("ground", choices.grounds)):
            self._of(name).choices = (*(none if len(options) != 1 else ()), *options)
        self._of("stage").choices = (*none, *choosing.stages())
        self._of("shared").choices = choices.fields

    def _of(self, name: str) -> Any:
        return self.fields[name]

    def in_words(self) -> bool:
        return bool(self.cleaned_data["way"] == IN_WORDS)

    def key(self) -> UUID:
        key: UUID = self.cleaned_data["token"]
        return key

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(choosing.as_id(said["receiver"]), choosing.as_id(said["ground"]), said["purpose"], said["stage"],
                    tuple(said["shared"]), said["necessity"], tuple(said["informed"]), said["not_informed_why"],
                    said["expires_on"], said["preset"], said["told"])


# Where the checks name something that has no field of its own in the form.
FIELD_OF: dict[str, str | None] = {"fields": "shared", "age": None, "for_investigation": "purpose"}


class WithholdForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    receiver = _Loose(label=_("With whom not?"), required=False)
    reason = _long(_("Why not?"))

    def __init__(self, choices: Choices, data: Any = None) -> None:
        super().__init__(data, initial={"token": uuid4(), "receiver": choices.chosen.receiver,
                                        "purpose": choices.chosen.purpose})
        receiver: Any = self.fields["receiver"]
        receiver.choices = (("", _("Nobody in particular")), *choices.receivers)


class DeclineForm(forms.Form):
    reason = _long(_("Why do you not take it?"))


class TakeBackForm(forms.Form):
    reason = _long(_("Why do you take it back?"))


class KeepForm(forms.Form):
    ground = _long(_("On which ground do you keep it?"))
