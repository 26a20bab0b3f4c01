"""Forms of a worry. Nothing of them is kept by the browser: no filling in, and no spelling service that reads along."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import searching
from lokalnet.youth.concerns.drafting import Draft, today
from lokalnet.youth.concerns.worries import Words, Worry

LONGEST, LINE = 6000, 200
KEPT_TO_ITSELF = {"autocomplete": "off", "spellcheck": "false"}
WORDS = ("why", "strengths", "facts", "source", "assessment", "youth_says", "parents_say", "tried", "acute_words")


def _line(label: Any, hint: Any = "", *, required: bool = False, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LINE, strip=True,
                           widget=forms.TextInput(attrs=KEPT_TO_ITSELF | attrs))


def _text(label: Any, hint: Any = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST, strip=True,
                           widget=forms.Textarea(attrs=KEPT_TO_ITSELF | {"rows": rows}))


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, required=False, widget=forms.DateInput(
        attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"))


class SearchForm(forms.Form):
    """Whom it is about, and why one asks. `concern` is the id that a draft gets: a double click begins one."""

    concern = forms.UUIDField(widget=forms.HiddenInput)
    name = _line(_("Name"))
    cpr = _line(_("CPR number"), _("If you know it: ten digits."), inputmode="numeric")
    born = _day(_("Date of birth"), _("Without a CPR number."))
    why = _line(_("What are you worried about? One line"), required=True)

    def who(self) -> Identity:
        """Raises BrokenRule."""
        said = self.cleaned_data
        return searching.wanted(number=said["cpr"], name=said["name"], born=said["born"], today=today())

    @property
    def concern_id(self) -> UUID:
        found: UUID = self.cleaned_data["concern"]
        return found


def search_form(data: Any = None) -> SearchForm:
    return SearchForm(data, initial={"concern": uuid4()})


class WorryForm(forms.Form):
    """In the order of the page: what goes well before what does not, and what was seen apart from what one thinks."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=1_000_000)
    name = _line(_("Name"))
    cpr = _line(_("CPR number"), _("If you know it: ten digits."), inputmode="numeric")
    born = _day(_("Date of birth"))
    protected = forms.BooleanField(label=_("The address is protected"), required=False)
    address = _line(_("Address"), _("If you know it. A protected address is never written here."))
    phone = _line(_("Telephone"), inputmode="tel")
    strengths = _text(_("What goes well?"), _("At school, at home, with friends, in a club; who is there for them."))
    why = _line(_("What are you worried about? One line"))
    facts = _text(_("What has been seen or heard?"), _("Only what somebody saw or heard, with day and place."), rows=5)
    source = _text(_("Who saw or heard it, and when?"), rows=2)
    assessment = _text(_("What do you think about it?"), _("Your own assessment, apart from what was seen."))
    youth_says = _text(_("What does the young person say?"))
    parents_say = _text(_("What do the parents say and know?"), _("Also whether they know that you are worried."))
    tried = _text(_("What has been tried?"))
    acute = forms.ChoiceField(label=_("Is the young person in danger now?"), required=False, widget=forms.RadioSelect,
                              choices=[("no", _("No")), ("yes", _("Yes"))])
    acute_words = _text(_("What is the danger?"), rows=2)
    notified_on = _day(_("A notification was sent on"), _("The day alone is kept here, never what it says."))

    def entered(self) -> Worry:
        said = self.cleaned_data
        who = Identity(said["name"], said["cpr"], said["born"], said["address"], said["protected"], said["phone"])
        return Worry(who, Words(**{name: said[name] for name in WORDS}), said["acute"] == "yes",
                     said["notified_on"])


def as_written(draft: Draft) -> dict[str, Any]:
    worry = draft.worry
    return vars(worry.who) | vars(worry.words) | {
        "acute": "yes" if worry.acute else "no", "notified_on": worry.notified_on, "edition": draft.edition}
