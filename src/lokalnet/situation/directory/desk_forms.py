"""Forms for the directory: telephones and watches."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.times import now
from lokalnet.situation import flagging, guard
from lokalnet.situation.directory import directory, presence, telephones, watching
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.models import Contact, Watch
from lokalnet.situation.partnerships import Frame

LONGEST_WATCH = timedelta(days=7)
EARLIEST = date(2000, 1, 1)
FURTHEST_AHEAD = timedelta(days=370)


class Telephone(forms.CharField):
    """A number that can be rung, kept as it is written in Denmark."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Telephone"), max_length=30, widget=forms.TextInput(attrs={
            "type": "tel", "inputmode": "tel", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str:
        said: str = super().clean(value)
        try:
            return telephones.tidy(said) if said else ""
        except telephones.BadTelephone as problem:
            raise forms.ValidationError(str(problem)) from None


class DeskForm(forms.Form):
    """What both forms know: the areas to choose from. An area that is none of the partnership's is refused.

    `guarded` names the free texts, as the directory has them: here a refusal finds its field.
    """

    guarded: ClassVar[dict[str, frozenset[guard.Kind]]] = {}

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.frame = frame
        choices: dict[str, Any] = self.fields
        choices["area"].choices = [("", _("The whole partnership")), *areas_by_kind(frame)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, allowed in self.guarded.items():
            try:
                directory.check_words(self.frame, said.get(name, ""), allowed=allowed)
            except guard.RefusedText as problem:
                self.add_error(name, str(problem))
        return said


class ContactForm(DeskForm):
    guarded: ClassVar = directory.GUARDED

    name = forms.CharField(label=_("Who answers?"), max_length=80,
                           help_text=_("A duty or an office, such as «Street team»."))
    phone = Telephone(help_text=_("Duty telephones only, no private numbers."))
    hours = forms.CharField(label=_("When?"), max_length=80, required=False, help_text=_("Such as «weekdays 8–15»."))
    about = forms.CharField(label=_("About what?"), max_length=120, required=False)
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=UUID, empty_value=None)
    position = forms.IntegerField(label=_("Position in the list"), min_value=1, max_value=99, initial=1,
                                  help_text=_("1 stands first among your organisation's telephones."))

    def entered(self) -> directory.Entered:
        said = self.cleaned_data
        return directory.Entered(said["name"], said["phone"], said["hours"], said["about"], said["area"],
                                 said["position"])


def contact_as_entered(contact: Contact) -> dict[str, Any]:
    return {"name": contact.name, "phone": contact.phone, "hours": contact.hours, "about": contact.about,
            "area": contact.area_id, "position": contact.position}


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WatchForm(DeskForm):
    guarded: ClassVar = {"who": frozenset()}

    who = forms.CharField(label=_("Who watches?"), max_length=80, required=False,
                          help_text=_("A team or a duty, not a person's name."))
    phone = Telephone(required=False, help_text=_("Duty telephones only, no private numbers."))
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=UUID, empty_value=None)
    from_day = _day(_("From, day"))
    from_time = _clock(_("From, time"))
    to_day = _day(_("Until, day"), required=False, help_text=_("Leave empty for the same night."))
    to_time = _clock(_("Until, time"))
    measure = forms.TypedChoiceField(label=_("For a measure"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, data: Any = None, *, frame: Frame, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, frame=frame, initial=initial)
        offer_measures(self, frame)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        latest = now().astimezone(self.frame.zone).date() + FURTHEST_AHEAD
        for name in ("from_day", "to_day"):
            if said.get(name) and not EARLIEST <= said[name] <= latest:
                self.add_error(name, _("Write a day within the next year."))
        if any(said.get(name) is None for name in ("from_day", "from_time", "to_time")) or "to_day" in self.errors:
            return said
        starts = datetime.combine(said["from_day"], said["from_time"], self.frame.zone)
        ends = datetime.combine(self._last_day(said), said["to_time"], self.frame.zone)
        # In UTC: two times of one zone are else compared by the clock on the wall, also where it was put back.
        said["starts_at"], said["ends_at"] = starts.astimezone(UTC), ends.astimezone(UTC)
        if said["ends_at"] <= said["starts_at"]:
            self.add_error("to_time" if not said.get("to_day") else "to_day", _("A watch must end after it starts."))
        elif said["ends_at"] - said["starts_at"] > LONGEST_WATCH:
            self.add_error("to_day", _("A watch lasts a week at most. Write the next one as a watch of its own."))
        elif said["ends_at"] <= now():
            self.add_error("to_day", _("This watch is over already."))
        return said

    def _last_day(self, said: dict[str, Any]) -> Any:
        """The day named; without one the same night, which may be over the next morning."""
        if said.get("to_day"):
            return said["to_day"]
        return said["from_day"] + timedelta(days=1) if said["to_time"] < said["from_time"] else said["from_day"]

    def entered(self) -> watching.Entered:
        said = self.cleaned_data
        return watching.Entered(said["who"], said["phone"], said["area"], said["starts_at"], said["ends_at"],
                                said.get("measure", self.initial.get("measure")))


def offer_measures(form: forms.Form, frame: Frame) -> None:
    """What is under way to choose from; where there is nothing, nothing is asked."""
    found, fields = presence.measures(frame), cast(dict[str, Any], form.fields)
    kept = form.initial.get("measure")
    if kept and str(kept) not in dict(found) and (title := flagging.title(kept)):
        found.append((str(kept), title))
    if found:
        fields["measure"].choices = [("", _("None")), *found]
    else:
        del fields["measure"]


class PresenceForm(DeskForm):
    """One line: where, which night, from when until when."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    area = forms.TypedChoiceField(label=_("Where"), required=False, coerce=UUID, empty_value=None)
    evening = forms.TypedChoiceField(label=_("Night"), coerce=date.fromisoformat)
    from_time = _clock(_("From"))
    to_time = _clock(_("Until"))
    measure = forms.TypedChoiceField(label=_("For a measure"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, data: Any = None, *, frame: Frame) -> None:
        begins, ends = presence.USUAL_HOURS
        nights = presence.choices(frame)
        super().__init__(data, frame=frame, initial={"key": uuid4(), "evening": nights[0][0], "from_time": begins,
                                                     "to_time": ends})
        cast(dict[str, Any], self.fields)["evening"].choices = nights
        offer_measures(self, frame)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if any(said.get(name) is None for name in ("evening", "from_time", "to_time")):
            return said
        said["starts_at"], said["ends_at"] = presence.hours_of(said["evening"], said["from_time"], said["to_time"],
                                                               self.frame)
        if said["from_time"] == said["to_time"]:
            self.add_error("to_time", _("A watch must end after it starts."))
        elif said["ends_at"] <= now():
            self.add_error("to_time", _("This watch is over already."))
        return said

    def entered(self) -> watching.Entered:
        said = self.cleaned_data
        return watching.Entered("", "", said["area"], said["starts_at"], said["ends_at"], said.get("measure"))


def watch_as_entered(watch: Watch, frame: Frame) -> dict[str, Any]:
    starts, ends = watch.starts_at.astimezone(frame.zone), watch.ends_at.astimezone(frame.zone)
    return {"who": watch.who, "phone": watch.phone, "area": watch.area_id, "from_day": starts.date(),
            "from_time": starts.time(), "to_day": ends.date(), "to_time": ends.time(), "measure": watch.measure_id}


def empty_watch(frame: Frame, measure: str = "") -> dict[str, Any]:
    """Today, in the evening: what most watches are; for the measure whose page it was begun on."""
    chosen = {"measure": measure} if measure in dict(presence.measures(frame)) else {}
    return {"from_day": now().astimezone(frame.zone).date()} | chosen
