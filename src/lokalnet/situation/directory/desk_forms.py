"""Forms for the directory: telephones and watches."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalnet.foundation.times import now
from lokalnet.situation import guard
from lokalnet.situation.directory import directory, telephones, watching
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

    who = forms.CharField(label=_("Who watches?"), max_length=80, help_text=_("A team or a duty, not a person's name."))
    phone = Telephone(required=False, help_text=_("Duty telephones only, no private numbers."))
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=UUID, empty_value=None)
    from_day = _day(_("From, day"))
    from_time = _clock(_("From, time"))
    to_day = _day(_("Until, day"), required=False, help_text=_("Leave empty for the same night."))
    to_time = _clock(_("Until, time"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in ("from_day", "to_day"):
            if said.get(name) and not EARLIEST <= said[name] <= now().date() + FURTHEST_AHEAD:
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
        return watching.Entered(said["who"], said["phone"], said["area"], said["starts_at"], said["ends_at"])


def watch_as_entered(watch: Watch, frame: Frame) -> dict[str, Any]:
    starts, ends = watch.starts_at.astimezone(frame.zone), watch.ends_at.astimezone(frame.zone)
    return {"who": watch.who, "phone": watch.phone, "area": watch.area_id, "from_day": starts.date(),
            "from_time": starts.time(), "to_day": ends.date(), "to_time": ends.time()}


def empty_watch(frame: Frame) -> dict[str, Any]:
    """Today, in the evening: what most watches are."""
    return {"from_day": now().astimezone(frame.zone).date()}
