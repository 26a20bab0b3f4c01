"""Forms of a file. Each has an id of its own, so that one that is sent twice is written once."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.youth.files import concerns, writing
from lokalnet.youth.files.concerns import Decided
from lokalnet.youth.files.contacts import Reach
from lokalnet.youth.files.identifying import Entered
from lokalnet.youth.files.informing import Told
from lokalnet.youth.files.overriding import Asked
from lokalnet.youth.files.placing import Choice
from lokalnet.youth.files.writing import Said
from lokalnet.youth.models import About, Forum, Informing, NoteKind

SHORT = 200


class Once(forms.Form):
    """`id` is the new row's; `edition` is what stood when the form was opened."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class Changing(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=1_000_000)


def _words(label: Any, help_text: Any = "", *, rows: int = 4) -> forms.CharField:
    """What is missing is said by the rule, in words of its own."""
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=writing.LONGEST,
                           widget=forms.Textarea(attrs={"rows": rows}))


def _line(label: Any, help_text: Any = "", **also: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=SHORT,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}), **also)


def _day(label: Any, help_text: Any = "", **also: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=False,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **also)


class NoteForm(Once):
    kind = forms.ChoiceField(label=_("What kind of note is it?"), choices=NoteKind.choices, required=False,
                             widget=forms.RadioSelect)
    text = _words(_("Note"), rows=6)
    source = _line(_("Who saw or told it?"), _("Of what was seen or told. What you think of it is an assessment."))

    def correcting(self, kind: str) -> None:
        """Of a note that is corrected only the words are asked for; of a fact also the source."""
        for name in ("kind",) if kind == NoteKind.FACT else ("kind", "source"):
            self.fields[name].widget = forms.HiddenInput()

    def said(self, corrects: UUID | None) -> Said:
        return Said(self.cleaned_data["kind"], self.cleaned_data["text"], self.cleaned_data["source"], corrects)


class ContactForm(Once, Changing):
    name = _line(_("Name"))
    relation = _line(_("What to the young person?"), _("Mother, class teacher, football coach."))
    phone = _line(_("Telephone"))

    def reach(self) -> Reach:
        return Reach(self.cleaned_data["name"], self.cleaned_data["relation"], self.cleaned_data["phone"])


class MarkForm(Once):
    words = _line(_("What is to be kept in mind?"))
    ends_on = _day(_("Until"), _("Then it ends by itself."))


class PlacingForm(Once):
    forum = forms.TypedChoiceField(label=_("Where is it taken up?"), coerce=UUID, empty_value=None, required=False,
                                   widget=forms.RadioSelect)
    reason = _words(_("Why there?"))
    expires_on = _day(_("Until"), _("Then it is decided again."))
    instead_of = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, fora: list[Forum], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices: dict[str, Any] = self.fields
        choices["forum"].choices = [(str(each.id), each.name) for each in fora]

    def choice(self, today: date) -> Choice:
        said = self.cleaned_data
        return Choice(said["forum"], said["reason"], said["expires_on"] or today, said["instead_of"])


class InformingForm(Once):
    whom = forms.ChoiceField(label=_("Who was told what is held about the young person?"),
                             choices=Informing.Whom.choices, required=False, widget=forms.RadioSelect)
    told_on = _day(_("When?"))
    words = _words(_("What was said, or why it waits"))

    def told(self) -> Told:
        return Told(self.cleaned_data["whom"], self.cleaned_data["told_on"], self.cleaned_data["words"])


class KeptForm(Changing):
    day = _day(_("Deleted at the latest"), _("Within two years."))
    reason = _words(_("Why?"))


class AboutForm(Changing):
    about = forms.ChoiceField(label=_("As what is the young person in the file?"), choices=About.choices,
                              required=False, widget=forms.RadioSelect)
    reason = _words(_("Why?"))


class BoardForm(Changing):
    since = _day(_("Awaits Ungdomskriminalitetsnævnet since"), _("Empty: it does not, or no more."))
    reason = _words(_("Why?"))


class IdentityForm(Changing):
    name = _line(_("Name"))
    cpr = _line(_("CPR number"))
    born = _day(_("Date of birth"))
    protected = forms.BooleanField(label=_("The address is protected"), required=False)
    address = _line(_("Address"), _("Never a protected one."))
    phone = _line(_("Telephone"))

    def entered(self) -> Entered:
        said = self.cleaned_data
        return Entered(said["name"], said["cpr"], said["born"], said["address"], said["protected"], said["phone"])


class _OfColleague(forms.Form):
    def __init__(self, data: Any = None, *, colleagues: list[tuple[UUID, str]]) -> None:
        super().__init__(data)
        choices: dict[str, Any] = self.fields
        for name in ("colleague", "owner"):
            if name in choices:
                choices[name].choices = [("", _("Choose")), *((str(id_), said) for id_, said in colleagues)]


def _colleague(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=UUID, empty_value=None, required=False)


class AddForm(_OfColleague):
    colleague = _colleague(_("Colleague"))
    until = _day(_("Until"), _("Then the access ends by itself."))


class GiveForm(_OfColleague):
    owner = _colleague(_("New owner"))


class ConcernForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What does it come to?"), required=False, widget=forms.RadioSelect,
                                choices=[(each.value, each.label) for each in concerns.OUTCOMES])
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    reason = _words(_("Why?"))
    answer = _words(_("Answer to whoever told of it"),
                    _("They always get one. Do not write that there is a file, or what stands in it."))

    def decided(self) -> Decided:
        said = self.cleaned_data
        return Decided(said["outcome"], said["reason"], said["answer"], said["urgent"])


class OverrideForm(forms.Form):
    who = _line(_("CPR number or case number"))
    reason = _words(_("What happens, and why can it not wait for a colleague who works on the file?"))

    def asked(self) -> Asked:
        return Asked(self.cleaned_data["who"], self.cleaned_data["reason"])


class ForaForm(forms.Form):
    """Five lines, of which the last two may be left empty."""

    name_1 = _line(_("First"))
    name_2 = _line(_("Second"))
    name_3 = _line(_("Third"))
    name_4 = _line(_("Fourth"), _("May be left empty."))
    name_5 = _line(_("Fifth"), _("May be left empty."))

    def names(self) -> list[str]:
        return [self.cleaned_data[f"name_{place}"] for place in range(1, 6)]


class NumberForm(forms.Form):
    number = _line(_("Case number"))
