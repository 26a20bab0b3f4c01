"""The words of a draft: a field for each section, all sent together, so that none is lost when one is saved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.situation.briefing import writing
from lokalnet.situation.briefing.items import Item
from lokalnet.situation.briefing.writing import SECTIONS, Said, Words
from lokalnet.situation.models import LONGEST_WORDS
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

STOOD = "-stood"


class WordsForm(forms.Form):
    """Beside each field stands the mark of the words that it was opened with (writing.Said)."""

    def __init__(self, data: Any = None, *, frame: Frame, words: Words) -> None:
        super().__init__(data, initial={section.value: words.get(section, "") for section in SECTIONS} | {
            section.value + STOOD: writing.mark(words.get(section, "")) for section in SECTIONS})
        self.frame = frame
        for section in SECTIONS:
            self.fields[section.value] = forms.CharField(
                label=_("In your words: %(section)s") % {"section": section.label}, required=False,
                max_length=LONGEST_WORDS, help_text=_("About places and what is done. No names of persons."),
                widget=forms.Textarea(attrs={"rows": 3}))
            self.fields[section.value + STOOD] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        for section in SECTIONS:
            try:
                writing.check(self.frame, entered.get(section.value, ""), field=section.value)
            except BadReport as problem:
                self.add_error(problem.field, problem.rule)
        return entered

    def said(self) -> dict[Item, Said]:
        entered = self.cleaned_data
        return {section: Said(entered.get(section.value, ""), entered.get(section.value + STOOD, ""))
                for section in SECTIONS}

    def typed(self) -> dict[Item, str]:
        """As it stands in the browser, valid or not."""
        return {section: self[section.value].value() or "" for section in SECTIONS}

    def met(self, there: Words) -> "WordsForm":
        """The same with what was typed, now answering to the words that stand there: saved again, it holds."""
        sent = {name: self[name].value() or "" for name in self.fields}
        sent |= {section.value + STOOD: writing.mark(words) for section, words in there.items()}
        return WordsForm(sent, frame=self.frame, words=there)
