"""What a reader can choose: which layer, of which group of categories, over how many weeks. A bad value falls back."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lokalnet.situation.filtering import Choice
from lokalnet.situation.models import LOOKED_AT, Theme

ALL = "all"
WEEKS = (4, 13, 52)
STANDARD_WEEKS = 13


class Kind(TextChoices):
    DENSITY = "density", _("Density of reports")
    SIGNIFICANT = "significant", _("More than around it")
    NEAR_REPEAT = "near-repeat", _("Soon after, close by")


@dataclass(frozen=True)
class Chosen:
    """`group` is a group of categories, or all that are looked at."""

    kind: Kind
    group: str
    weeks: int

    @property
    def themes(self) -> tuple[Theme, ...]:
        return LOOKED_AT if self.group == ALL else (Theme(self.group),)

    @property
    def group_in_words(self) -> str:
        return str(_("All groups")) if self.group == ALL else str(Theme(self.group).label)

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        return {"layer": self.kind.value, "group": self.group, "weeks": str(self.weeks)}


def chosen(query: QueryDict) -> Chosen:
    kind, group, weeks = (query.get(name, "") for name in ("layer", "group", "weeks"))
    return Chosen(Kind(kind) if kind in Kind.values else Kind.DENSITY,
                  group if group in LOOKED_AT else ALL,
                  int(weeks) if weeks in map(str, WEEKS) else STANDARD_WEEKS)


def choices(now: Chosen) -> tuple[Choice, ...]:
    """The selects of the page."""
    groups = ((ALL, str(_("All groups"))), *((theme.value, str(theme.label)) for theme in LOOKED_AT))
    periods = tuple((str(weeks), weeks_in_words(weeks)) for weeks in WEEKS)
    return (Choice("layer", str(_("Layer")), (("", kinds()),), now.kind.value),
            Choice("group", str(_("About")), (("", groups),), now.group),
            Choice("weeks", str(_("Period")), (("", periods),), str(now.weeks)))


def kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, str(kind.label)) for kind in Kind)


def weeks_in_words(weeks: int) -> str:
    return ngettext("%(number)s whole week", "%(number)s whole weeks", weeks) % {"number": weeks}
