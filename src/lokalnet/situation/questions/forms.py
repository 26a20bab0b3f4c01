"""Forms for asking a partner by a link, and for answering there."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.situation.models import AnswerKind, Measure, Question, Reply
from lokalnet.situation.models.questions import LONGEST_ANSWER, LONGEST_LABEL, LONGEST_QUESTION
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.questions import asking
from lokalnet.situation.questions.asking import Wanted
from lokalnet.situation.questions.links import Opened


class AskForm(forms.Form):
    asked_of = forms.TypedChoiceField(label=_("An organisation"), required=False, coerce=UUID, empty_value=None)
    label = forms.CharField(label=_("Or somebody else"), max_length=LONGEST_LABEL, required=False,
                            help_text=_("A role such as «The football club», not a person's name."))
    question = forms.CharField(label=_("What do you ask?"), max_length=LONGEST_QUESTION,
                               widget=forms.Textarea(attrs={"rows": 3}),
                               help_text=_("Whoever gets the link reads this, and nothing else of the measure."))
    kind = forms.ChoiceField(label=_("How do they answer?"), choices=AnswerKind.choices, initial=AnswerKind.CONFIRM,
                             widget=forms.RadioSelect)
    joins = forms.BooleanField(label=_("A yes means that the organisation takes part in the measure"), required=False)
    email = forms.EmailField(label=_("Send the link by mail to"), required=False, max_length=254,
                             help_text=_("The address is not kept, and nothing of the question stands in the mail. "
                                         "Leave it empty to send the link yourself."),
                             widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    ticket = forms.CharField(widget=forms.HiddenInput, max_length=400)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        choices: dict[str, Any] = self.fields
        choices["asked_of"].choices = [("", _("None of these")), *asking.parties(frame)]

    def entered(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(said["question"].strip(), AnswerKind(said["kind"]), said["asked_of"], said["label"].strip(),
                      said["joins"])


def empty(frame: Frame, again: Question | None) -> dict[str, Any]:
    """What the form begins with: nothing, or what was asked before."""
    said: dict[str, Any] = {"ticket": asking.new_ticket(frame)}
    if again:
        said |= {"asked_of": again.asked_of_id, "label": again.label, "question": again.question, "kind": again.kind,
                 "joins": again.joins}
    return said


class AnswerForm(forms.Form):
    """As much of it as the question asks for. What is needed and what may stand in it is said by `links.answer`."""

    reply = forms.ChoiceField(label=_("Your answer"), choices=Reply.choices, required=False, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In words"), required=False, max_length=LONGEST_ANSWER,
                            widget=forms.Textarea(attrs={"rows": 4}),
                            help_text=_("Write about places and times. No names, telephone numbers or addresses of "
                                        "persons."))

    def __init__(self, data: Any = None, *, question: Opened) -> None:
        super().__init__(data)
        if not question.wants_reply:
            del self.fields["reply"]
        if not question.wants_words:
            del self.fields["words"]
        elif question.wants_reply:
            self.fields["words"].label = _("In words, if you like")


class CommitmentForm(forms.Form):
    """Which of the partnership's commitments a measure is part of."""

    commitment = forms.TypedChoiceField(label=_("Part of the commitment"), required=False, coerce=UUID,
                                        empty_value=None)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=32_000)

    def __init__(self, data: Any = None, *, choices: list[tuple[UUID, str]], measure: Measure) -> None:
        super().__init__(data, initial={"commitment": measure.commitment_id, "edition": measure.edition})
        fields: dict[str, Any] = self.fields
        fields["commitment"].choices = [("", _("No commitment")), *choices]
