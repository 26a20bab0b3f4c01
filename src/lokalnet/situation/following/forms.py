"""The form of what is followed: to begin, and to change it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lokalnet.notices.models import Pace
from lokalnet.situation import acting
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.following import outlines
from lokalnet.situation.following.subscribing import ChangedMeanwhile, Content
from lokalnet.situation.following.wanted import Ring, Wanted
from lokalnet.situation.models import Subscription
from lokalnet.situation.models.following import LONGEST_NAME
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

WANTED = ("areas", "outline", "categories", "severity")
SEVERITIES = (("", _("All")), ("2", _("Medium and high")), ("3", _("High")))


class FollowForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, strip=True, required=False,
                           help_text=_("What you will know it by at the bell. Only you see it, and who stands in for "
                                       "you. It is not written in any mail. Without one it is called what it is."))
    areas = forms.TypedMultipleChoiceField(label=_("Areas"), coerce=UUID, required=False)
    outline = forms.CharField(label=_("Drawn area"), required=False, widget=forms.HiddenInput)
    categories = forms.TypedMultipleChoiceField(label=_("Categories"), coerce=UUID, required=False)
    severity = forms.TypedChoiceField(label=_("Severity"), choices=SEVERITIES, coerce=int, empty_value=None,
                                      required=False)
    pace = forms.ChoiceField(label=_("How often do you want to be told?"), choices=Pace, widget=forms.RadioSelect)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.frame = frame
        choices: dict[str, Any] = self.fields
        choices["areas"].choices = areas_by_kind(frame)
        choices["categories"].choices = [(str(row.id), row.name) for row in frame.categories.values()]

    @property
    def chosen_areas(self) -> list[str]:
        """By name, as they stand in the form."""
        chosen = self._marked("areas")
        return [place.name for id_, place in self.frame.areas.items() if str(id_) in chosen]

    @property
    def chosen_categories(self) -> list[str]:
        chosen = self._marked("categories")
        return [row.name for id_, row in self.frame.categories.items() if str(id_) in chosen]

    def area_groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """(kind, [(id, name, chosen)]): a group of boxes has a name that is read out."""
        chosen = self._marked("areas")
        return [(kind, [(id_, name, id_ in chosen) for id_, name in areas])
                for kind, areas in areas_by_kind(self.frame)]

    def category_rows(self) -> list[tuple[str, str, bool]]:
        """Those in use, and what was chosen before and is not in use any more."""
        chosen = self._marked("categories")
        return [(str(row.id), row.name, str(row.id) in chosen) for row in self.frame.categories.values()
                if row.active or str(row.id) in chosen]

    def clean_name(self) -> str:
        """Checked here as well, so that everything that is wrong is said at once."""
        self._held("name", lambda said: acting.check_words(self.frame, said, field="name"))
        return self.cleaned_data["name"] or self._what_it_is()

    def clean_outline(self) -> Ring:
        said = self.cleaned_data["outline"]
        self._held("outline", lambda text: outlines.check(self.frame, outlines.entered(text)))
        return outlines.entered(said)

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(tuple(said["areas"]), said["outline"], tuple(said["categories"]), said["severity"])

    def wanted_so_far(self) -> Wanted | None:
        """For the preview: a name that is missing does not matter; nothing where one of the rest does not hold."""
        return self.wanted() if not self.in_the_way() else None

    def only_looked_at(self) -> None:
        """It is not being saved yet: what is missing for that is not said."""
        for field in set(self.errors) - set(WANTED):
            del self.errors[field]

    def in_the_way(self) -> str:
        """The first rule of what is wanted that does not hold."""
        return next((str(self.errors[field][0]) for field in WANTED if field in self.errors), "")

    def content(self) -> Content:
        return Content(self.cleaned_data["name"], self.wanted(), self.cleaned_data["pace"])

    def refuse(self, problem: BadReport) -> None:
        """What the capability found, at its field."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.rule)

    def met(self, problem: ChangedMeanwhile, now: Subscription) -> None:
        """Somebody else was first; saving once more says so against what stands there now."""
        assert isinstance(self.data, QueryDict)
        self.data["edition"] = str(now.edition)
        self.add_error(None, str(problem))

    def _held(self, field: str, check: Callable[[str], None]) -> str:
        said: str = self.cleaned_data[field]
        try:
            check(said)
        except BadReport as problem:
            raise forms.ValidationError(problem.rule) from None
        return said

    def _what_it_is(self) -> str:
        """A name for what was given none: the first of its places and categories."""
        drawn = [_("A drawn area")] if self["outline"].value() else []
        said = ", ".join(str(each) for each in (*drawn, *self.chosen_areas, *self.chosen_categories))
        return (said or str(_("Everything")))[:LONGEST_NAME]

    def _marked(self, field: str) -> set[str]:
        return {str(each) for each in self[field].value() or ()}


def as_entered(content: Content, *, edition: int | None = None) -> dict[str, Any]:
    """What a form begins with."""
    wanted = content.wanted
    return {"name": content.name, "areas": list(wanted.areas), "categories": list(wanted.categories),
            "outline": as_text(wanted.outline), "severity": wanted.severity, "pace": content.pace, "edition": edition}


def as_text(ring: Ring) -> str:
    return json.dumps([list(corner) for corner in ring]) if ring else ""
