"""What the guard looks for, and the sentences that say so to the writer."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(TextChoices):
    CPR = "cpr", gettext_lazy("civil registration number")
    PHONE = "phone", gettext_lazy("telephone number")
    EMAIL = "email", gettext_lazy("e-mail address")
    PLATE = "plate", gettext_lazy("number plate")
    NAME = "name", gettext_lazy("name of a person")
    DOOR = "door", gettext_lazy("floor and door")
    FLOOR = "floor", gettext_lazy("floor of a house")
    KINSHIP = "kinship", gettext_lazy("family tie")
    NICKNAME = "nickname", gettext_lazy("nickname")
    DESCRIPTION = "description", gettext_lazy("description of a person")
    GROUP = "group", gettext_lazy("name of a group")


# What is stopped in every text. The name of a group stands on a wall, and a report may say so; where an area is
# assessed it is stopped too, because what is seen there would else be told of those who bear the name.
STOPPED = frozenset({Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.PLATE, Kind.NAME, Kind.DOOR})


@dataclass(frozen=True)
class Found:
    """A piece of the text as given: text[start:end]. It holds no words itself, so it may be logged and counted."""

    start: int
    end: int
    kind: Kind

    @property
    def why(self) -> str:
        return why(self.kind)

    @property
    def stops(self) -> bool:
        return self.kind in STOPPED


def why(kind: Kind) -> str:
    """One plain sentence. Stopped kinds may not stand; the others are better left out."""
    return {
        Kind.CPR: _("A civil registration number (CPR) may not stand here."),
        Kind.PHONE: _("A telephone number may not stand here."),
        Kind.EMAIL: _("An e-mail address may not stand here."),
        Kind.PLATE: _("A number plate may not stand here."),
        Kind.NAME: _("The name of a person may not stand here."),
        Kind.DOOR: _("Floor and door may not stand here, because they point to one home."),
        Kind.FLOOR: _("A floor can point to one home and is better left out."),
        Kind.KINSHIP: _("A family tie can show who somebody is and is better left out."),
        Kind.NICKNAME: _("A nickname can show who somebody is and is better left out."),
        Kind.DESCRIPTION: _("Age together with looks or a vehicle can show who somebody is and is better left out."),
        Kind.GROUP: _("The name of a group may not stand here."),
    }[kind]
