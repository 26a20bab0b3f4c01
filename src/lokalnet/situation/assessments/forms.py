"""The page on which an organisation writes: a small form for each sign, kept together and sent together."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.situation.assessments import writing
from lokalnet.situation.assessments.writing import CONTENT, Said
from lokalnet.situation.models import LONGEST_WORDS, Assessment, Certainty, Seen, Sign, Source
from lokalnet.situation.partnerships import Frame

HINTS = {
    Sign.STRENGTHS: _("People, places and agreements that work here, and what has become better."),
    Sign.RECRUITING: _("Is somebody trying to draw young people in? Where and when, and in what way?"),
    Sign.DEALING: _("Places where things are sold, and at what time of day."),
    Sign.TERRITORY: _("Threats, writing on walls or behaviour that says whose place it is."),
}
Standing = Mapping[Sign, Mapping[str, Any]]


class SignForm(forms.Form):
    """What is said of one sign. The rules stand in `writing.problems`; here they find their fields."""

    seen = forms.ChoiceField(label=_("Is it seen?"), choices=Seen, required=False, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In words"), required=False, max_length=LONGEST_WORDS,
                            widget=forms.Textarea(attrs={"rows": 3}), help_text=_("No names of persons or groups."))
    sources = forms.MultipleChoiceField(label=_("Where does it come from?"), choices=Source, required=False,
                                        widget=forms.CheckboxSelectMultiple)
    certainty = forms.ChoiceField(label=_("How sure are you?"), choices=Certainty, required=False,
                                  widget=forms.RadioSelect)

    def __init__(self, data: Any, *, frame: Frame, sign: Sign, initial: Mapping[str, Any] | None) -> None:
        super().__init__(data, prefix=sign.value, initial=dict(initial or {}))
        self.frame, self.sign, self.label, self.hint = frame, sign, sign.label, HINTS[sign]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for problem in writing.problems(self.frame, self.said()):
            if problem.field not in self.errors:
                self.add_error(problem.field, problem.rule)
        return said

    def said(self) -> Said:
        entered = self.cleaned_data
        return Said(entered.get("seen", ""), entered.get("words", ""), tuple(entered.get("sources", ())),
                    entered.get("certainty", ""))

    def differs(self, there: Mapping[Sign, Assessment]) -> bool:
        """Whether the own organisation's words that stand there are others than those in the form."""
        return self.sign in there and writing.differs(self.said(), there[self.sign])

    def typed(self) -> dict[str, Any]:
        """As it stands in the browser, valid or not."""
        return {name: self[name].value() for name in CONTENT}


class AssessmentForm:
    """All signs of the page; `edition` is that of the rows it was opened with."""

    def __init__(self, data: Any = None, *, frame: Frame, standing: Standing, edition: int) -> None:
        self.frame, self.standing = frame, standing
        self.signs = [SignForm(data, frame=frame, sign=sign, initial=standing.get(sign)) for sign in Sign]
        self.edition = edition if data is None else _number(data.get("edition", ""))

    def is_valid(self) -> bool:
        """Each of them is asked, so that everything that is wrong is said at once."""
        return sum(form.is_valid() for form in self.signs) == len(self.signs)

    def said(self) -> dict[Sign, Said]:
        return {form.sign: form.said() for form in self.signs}

    def filled_from(self, earlier: Standing) -> "AssessmentForm":
        """With last quarter's words where nothing was chosen or typed yet; what was typed stays."""
        merged = {form.sign: form.typed() for form in self.signs}
        for sign, typed in merged.items():
            if sign in earlier and not typed["seen"] and not (typed["words"] or "").strip():
                merged[sign] = dict(earlier[sign])
        return AssessmentForm(frame=self.frame, standing=merged, edition=self.edition)


def standing(rows: Mapping[Sign, Assessment]) -> Standing:
    return {sign: {name: getattr(row, name) for name in CONTENT} for sign, row in rows.items()}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
