"""The form of a measure: to propose one, and to change what it says."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lokalnet.access.models import Organisation
from lokalnet.situation import acting
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.measures import proposing, stepping
from lokalnet.situation.measures.proposing import ChangedMeanwhile, Content
from lokalnet.situation.measures.starting import Start
from lokalnet.situation.models import Measure, MeasureKind, MeasureVisibility
from lokalnet.situation.models.measures import LONGEST_TITLE, LONGEST_WORDS
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport


def _words(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LONGEST_WORDS, strip=True,
                           widget=forms.Textarea(attrs={"rows": 3}))


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=required,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class MeasureForm(forms.Form):
    title = forms.CharField(label=_("What is it about?"), max_length=LONGEST_TITLE, strip=True,
                            help_text=_("A few words: the matter and the place, never a person."))
    problem = _words(_("What is the problem?"), required=True)
    known = _words(_("What do we know?"), _("Seen, counted or told; and what we do not know."))
    doing = _words(_("What do we do?"), _("Who does what, in which order."))
    sign = _words(_("How will we know that it helped?"), _("What somebody can see or count when it is over."))
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=UUID, empty_value=None, required=False)
    areas = forms.TypedMultipleChoiceField(label=_("Areas"), coerce=UUID, required=False,
                                           widget=forms.CheckboxSelectMultiple)
    due_on = _day(_("Due"), _("May be left empty."))
    visibility = forms.ChoiceField(label=_("Who may see it?"), choices=MeasureVisibility.choices,
                                   widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.frame = frame
        choices: dict[str, Any] = self.fields
        choices["areas"].choices = areas_by_kind(frame)
        choices["owner"].choices = [("", _("Nobody yet")), *(
            (str(each.id), f"{each.name}, {each.title}" if each.title else each.name)
            for each in proposing.colleagues(frame))]

    @property
    def chosen_areas(self) -> list[str]:
        """By name, as they stand in the form."""
        chosen = {str(each) for each in self["areas"].value() or ()}
        return [place.name for id_, place in self.frame.areas.items() if str(id_) in chosen]

    def area_groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """(kind, [(id, name, chosen)]): a group of boxes has a name that is read out."""
        chosen = {str(each) for each in self["areas"].value() or ()}
        return [(kind, [(id_, name, id_ in chosen) for id_, name in areas])
                for kind, areas in areas_by_kind(self.frame)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for field in proposing.GUARDED:
            if said.get(field) and said[field] != self.initial.get(field):
                self._guarded(field, said[field])
        return said

    def _guarded(self, field: str, words: str) -> None:
        try:
            acting.check_words(self.frame, words, field=field)
        except BadReport as problem:
            self.add_error(field, problem.rule)

    def refuse(self, problem: BadReport) -> None:
        """What the capability found, at its field."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.rule)

    def content(self) -> Content:
        said = self.cleaned_data
        return Content(said["title"], said["problem"], said["known"], said["doing"], said["sign"], said["visibility"],
                       said["owner"], tuple(said["areas"]), said["due_on"])


class ProposalForm(MeasureForm):
    """With what is asked once: who takes part, and when it ends by itself."""

    partners = forms.TypedMultipleChoiceField(label=_("Who is asked to take part?"), coerce=UUID, required=False,
                                              widget=forms.CheckboxSelectMultiple)
    ends_on = _day(_("Ends by itself"), _("Within 90 days."), required=True)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, frame=frame, initial=initial)
        choices: dict[str, Any] = self.fields
        choices["partners"].choices = [(str(each.id), each.name) for each in proposing.possible_partners(frame)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        today = stepping.today()
        last = today + timedelta(days=stepping.LONGEST[MeasureKind.MEASURE])
        if said.get("ends_on") and not today <= said["ends_on"] <= last:
            self.add_error("ends_on", _("Choose a day within the next 90 days."))
        if said.get("due_on") and said["due_on"] < today:
            self.add_error("due_on", _("Choose today or a later day."))
        elif said.get("due_on") and said.get("ends_on") and said["due_on"] > said["ends_on"]:
            self.add_error("due_on", _("It ends by itself before it is due."))
        return said


class ChangeForm(MeasureForm):
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def met(self, problem: ChangedMeanwhile, measure: Measure) -> None:
        """Somebody else was faster. What was typed stays, and is saved when it is sent again; what would be replaced
        by it stands beside it, because it can be read nowhere else without losing what was typed."""
        self.add_error(None, str(problem))
        for name in proposing.GUARDED:
            if (now := getattr(measure, name)).split() != self.cleaned_data.get(name, "").split():
                self.add_error(name, _("What stands there now: %(words)s") % {"words": f"»{now}«" if now else "–"})
        assert isinstance(self.data, QueryDict)
        self.data["edition"] = str(measure.edition)


def empty(frame: Frame, start: Start) -> dict[str, Any]:
    """What a new measure is most often: mine, for those whom the organisation works with, over in 90 days."""
    police = frame.actor.organisation_kind == Organisation.Kind.POLICE
    last: date = stepping.today() + timedelta(days=stepping.LONGEST[MeasureKind.MEASURE])
    return {"title": start.title, "areas": [str(each) for each in start.areas], "owner": str(frame.actor.member_id),
            "ends_on": last,
            "visibility": MeasureVisibility.PARTNERSHIP if police else MeasureVisibility.MUNICIPALITIES}


def as_entered(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in (*proposing.GUARDED, "due_on", "visibility", "edition")} | {
        "owner": str(measure.owner_id or ""), "areas": [str(each) for each in measure.areas]}
