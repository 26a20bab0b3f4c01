"""The small forms under each point of a meeting. Which of them was sent says the `kind` beside it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lokalnet.situation.briefing.points import Point
from lokalnet.situation.measures import proposing, stepping
from lokalnet.situation.measures.proposing import Content
from lokalnet.situation.models import Briefing, DecisionKind, MeasureKind, MeasureVisibility
from lokalnet.situation.models.briefing import LONGEST_DECISION
from lokalnet.situation.models.measures import LONGEST_TITLE, LONGEST_WORDS
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

MEASURE_LASTS = timedelta(days=stepping.LONGEST[MeasureKind.MEASURE])


class DecisionForm(forms.Form):
    """`key` is made with the page: what is sent twice is decided once."""

    kind: DecisionKind
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": uuid4()} | (initial or {}), auto_id=f"{self.kind.value}_%s")

    def refuse(self, problem: BadReport) -> None:
        """What the capability found, at its field."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.rule)

    def with_new_key(self) -> None:
        """What was typed stays, and can be sent again as something of its own."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())


def _in_brief(label: Any) -> forms.CharField:
    return forms.CharField(label=label, strip=True, required=False,
                           widget=forms.TextInput(attrs={"maxlength": LONGEST_DECISION}))


class FollowForm(DecisionForm):
    kind = DecisionKind.FOLLOW
    words = _in_brief(_("What do we take up?"))


class NothingForm(DecisionForm):
    kind = DecisionKind.NOTHING
    words = _in_brief(_("Why (may be left empty)"))


class MeasureForm(DecisionForm):
    """What a meeting has the time to say of a measure; the rest is written on its own page."""

    kind = DecisionKind.MEASURE
    title = forms.CharField(label=_("What is it about?"), max_length=LONGEST_TITLE, strip=True)
    doing = forms.CharField(label=_("Who does what?"), max_length=LONGEST_WORDS, strip=True,
                            widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=UUID, empty_value=None, required=False)
    due_on = forms.DateField(label=_("Due"), required=False,
                             widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"owner": str(frame.actor.member_id)} | (initial or {}))
        choices: dict[str, Any] = self.fields
        choices["owner"].choices = [("", _("Nobody yet")), *(
            (str(each.id), each.name) for each in proposing.colleagues(frame))]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        due, today = said.get("due_on"), stepping.today()
        if due and not today <= due <= today + MEASURE_LASTS:
            self.add_error("due_on", _("Choose a day within the next 90 days."))
        return said

    def content(self, briefing: Briefing, point: Point, *, problem: str) -> Content:
        """As a measure says it; whoever reads the briefing sees the measure."""
        said = self.cleaned_data
        visibility = MeasureVisibility.MUNICIPALITIES if briefing.municipality_id else MeasureVisibility.PARTNERSHIP
        area = point.section.area.id if point.section and point.section.area else briefing.municipality_id
        return Content(said["title"], problem, "", said["doing"], "", visibility, said["owner"],
                       (UUID(str(area)),) if area else (), said["due_on"])


def all_for(frame: Frame, *, title: str) -> dict[str, DecisionForm]:
    """By kind, empty; a measure's title is begun."""
    return {DecisionKind.MEASURE.value: MeasureForm(frame=frame, initial={"title": title[:LONGEST_TITLE]}),
            DecisionKind.FOLLOW.value: FollowForm(), DecisionKind.NOTHING.value: NothingForm()}
