"""Forms of access: they parse and say what is missing. Rules live in the capability."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lokalnet.access import administration, wording
from lokalnet.access.acting import Actor
from lokalnet.access.administration import Change
from lokalnet.access.joining import Invited
from lokalnet.access.models import Member, User
from lokalnet.access.reading import Search
from lokalnet.access.rights import roles_for
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.places.models import Area

CPR = re.compile(r"\d{6}-?\d{4}")


class Date(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class Roles(forms.MultipleChoiceField):
    """The roles that mean something in the actor's kind of organisation."""

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(label=_("Roles"), widget=forms.CheckboxSelectMultiple,
                         choices=[(role.value, role.label) for role in roles_for(actor.organisation_kind)], **kwargs)


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = Roles(actor)

    def invited(self) -> Invited:
        said = self.cleaned_data
        return Invited(said["name"], said["email"], tuple(said["roles"]))


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)

    def __init__(self, *args: Any, actor: Actor, member: Member, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {
            "name": member.name, "title": member.title, "roles": member.roles, "stand_in": member.stand_in_id or "",
            "areas": [str(area.id) for area in member.areas.all()]}} | kwargs)
        self.fields["roles"] = Roles(actor)
        self.fields["stand_in"] = forms.TypedChoiceField(
            label=_("Stand-in"), required=False, empty_value=None,
            coerce=UUID,
            choices=[("", _("Nobody")), *administration.colleagues_of(member)])
        self.fields["areas"] = forms.MultipleChoiceField(
            label=_("Areas"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(area.id), f"{area.name} ({area.get_kind_display()})") for area in areas])

    def change(self) -> Change:
        said = self.cleaned_data
        return Change(said["name"], said["title"], tuple(said["roles"]),
                      tuple(UUID(area) for area in said["areas"]), said["stand_in"])


class OwnAreasForm(forms.Form):
    """The page draws the choices itself, in groups."""

    def __init__(self, *args: Any, areas: list[Area], chosen: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"areas": [str(area) for area in chosen]}} | kwargs)
        self.fields["areas"] = forms.TypedMultipleChoiceField(
            required=False, coerce=UUID, choices=[(str(area.id), area.name) for area in areas])

    @property
    def marked(self) -> set[str]:
        """What stands marked on the page."""
        return set(self["areas"].value() or ())


class LeaveForm(forms.Form):
    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"hand_to": member.stand_in_id or ""}} | kwargs)
        self.fields["hand_to"] = forms.TypedChoiceField(
            label=_("Who takes over?"), required=False, empty_value=None,
            coerce=UUID,
            choices=[("", _("Choose a colleague")), *administration.colleagues_of(member)])


class KeyForm(forms.Form):
    label = forms.CharField(label=_("Label"), max_length=120, help_text=_("Which system uses the key?"))
    scopes = forms.MultipleChoiceField(
        label=_("What may the key do?"), widget=forms.CheckboxSelectMultiple,
        choices=[("observations:write", _("Send observations and see the organisation's own")),
                 ("observations:read", _("Read observations that the organisation may see")),
                 ("observations", _("Both"))])
    expires_on = forms.DateField(label=_("Last day"), required=False, widget=Date(),
                                 help_text=_("Empty: until the key is revoked."))

    def clean_expires_on(self) -> datetime | None:
        """The key holds through its last day."""
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        end = datetime.combine(day + timedelta(days=1), time(), COPENHAGEN)
        if end <= now():
            raise ValidationError(_("The last day must not be in the past."))
        return end


class CaseForm(forms.Form):
    """For which case somebody needs to see who did what, and of which days."""

    case_number = forms.RegexField(
        r"^(?=.*\d)[\w./-]{3,40}$", strip=True, label=_("Case number"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Of the case in which you need to see who did what. It is kept in the log."),
        error_messages={"invalid": _("Write the case number: digits, letters, dots, slashes and dashes.")})
    since = forms.DateField(label=_("From"), widget=Date())
    until = forms.DateField(label=_("To"), widget=Date())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = now().astimezone(COPENHAGEN).date()
        super().__init__(*args, **{"initial": {"since": today - timedelta(days=30), "until": today}} | kwargs)

    def clean_case_number(self) -> str:
        number: str = self.cleaned_data["case_number"]
        if CPR.fullmatch(number):
            raise ValidationError(_("This looks like a civil registration number. Write the case number."))
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("The period must end after it starts."))
        return said


class LogForm(CaseForm):
    kind = forms.ChoiceField(label=_("What was done"), required=False)
    subject = forms.UUIDField(label=_("About (id)"), required=False,
                              help_text=_("The id of an observation, a member or a key."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("What was done"), required=False,
                                                choices=[("", _("Everything")), *wording.kinds()])

    def search(self) -> Search:
        said = self.cleaned_data
        return Search(said["case_number"], said["since"], said["until"], said["kind"], said["subject"])


class PasswordForm(forms.Form):
    """The invited chooses a password; the same rules as everywhere."""

    password = forms.CharField(label=_("Choose a password"), strip=False,
                               help_text=_("At least 12 characters. A sentence is fine."),
                               widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(label=_("The password once more"), strip=False,
                            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self._email))
        return password

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("password") and said.get("again") and said["password"] != said["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return said
