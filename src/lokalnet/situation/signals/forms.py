"""What is said of a signal and of an area's. What is typed is checked where it is said (judging, stopping)."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.situation.models import LONGEST_WORDS, TurnedOut


class SaidForm(forms.Form):
    """`key` becomes the row's id, so that a double click says it once; `edition` is what stood when it was opened."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, edition: int = 0, auto_id: str = "id_%s") -> None:
        super().__init__(data, initial={"key": uuid4(), "edition": edition}, auto_id=auto_id)


class VerdictForm(SaidForm):
    turned_out = forms.ChoiceField(label=_("What did it turn out to be?"), choices=TurnedOut.choices,
                                   widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why do you think so?"), max_length=LONGEST_WORDS, strip=True,
                            help_text=_("A sentence or two, without names. Read by all who read the signal."),
                            widget=forms.Textarea(attrs={"rows": 3}))


class StopForm(SaidForm):
    area = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("What would have to be true for us to stop?"), max_length=LONGEST_WORDS, strip=True,
                            help_text=_("What somebody can see or count, without names. Read by the municipalities "
                                        "and the police."),
                            widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, area: UUID, edition: int = 0) -> None:
        super().__init__(data, edition=edition, auto_id=f"stop_{area}_%s")
        self.initial["area"] = area
