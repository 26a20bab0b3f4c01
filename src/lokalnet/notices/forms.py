"""Forms for how one wants to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lokalnet.notices.models import Pace, Preferences
from lokalnet.notices.preferences import Wanted

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
MOST = (1, 2, 3, 4, 6, 8, 12, 24)


class _Date(forms.DateField):
    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False,
                         widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class _Hour(forms.TypedChoiceField):
    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, choices=HOURS, coerce=int, **kwargs)


class _Edition(forms.IntegerField):
    """Which edition the page showed; what is no number is an edition that never was."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, min_value=0, max_value=1_000_000)


class MailForm(forms.Form):
    mail = forms.BooleanField(label=_("Send me mail when there is something new"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    pace = forms.ChoiceField(label=_("About what you have in hand"), choices=Pace.choices,
                             help_text=_("Measures that are yours. How often you hear of what you follow, you choose "
                                         "where you follow it."))
    hour = _Hour(_("The day's mail comes at"), help_text=_("The week's comes on Mondays at the same hour."))
    quiet_from = _Hour(_("No mail from"))
    quiet_until = _Hour(_("until"))
    quiet_weekends = forms.BooleanField(label=_("No mail on Saturdays and Sundays"), required=False)
    most_a_day = forms.TypedChoiceField(label=_("At most this many a day"), coerce=int,
                                        choices=[(number, str(number)) for number in MOST])
    edition = _Edition()

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(said["language"], said["mail"], Pace(said["pace"]), said["hour"], said["quiet_from"],
                      said["quiet_until"], said["quiet_weekends"], said["most_a_day"])


class AwayForm(forms.Form):
    away_from = _Date(_("First day"))
    away_until = _Date(_("Last day"))
    edition = _Edition()


def as_chosen(stands: Preferences, language: str) -> dict[str, Any]:
    """What stands, for both forms."""
    names = ("pace", "hour", "quiet_from", "quiet_until", "quiet_weekends", "most_a_day", "away_from", "away_until",
             "edition")
    return {name: getattr(stands, name) for name in names} | {"mail": stands.wants_mail, "language": language}
