"""A ground in plain words, part by part, and what a new version says differently."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access.models import Organisation
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.models import Regime
from lokalnet.disclosure.purposes import Bar, Purpose


@dataclass(frozen=True)
class Part:
    label: str
    words: str


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    now: str


def parts(ground: Ground) -> list[Part]:
    return [
        Part(_("Place in the law"), ground.paragraph),
        Part(_("What it says"), ground.text_da),
        Part(_("Who may give"), kinds(ground.gives)),
        Part(_("Who may receive"), kinds(ground.receives)),
        Part(_("What it is for"), "; ".join(str(Purpose(slug).label) for slug in ground.purposes)),
        Part(_("About whom"), ages(ground)),
        Part(_("What may be shared"), "; ".join(str(Shared(slug).label) for slug in ground.fields)),
        Part(_("What is barred"),
             "; ".join(str(Bar(slug).label) for slug in ground.bars) or _("Nothing beyond what is always barred")),
        Part(_("The giver's rules on data"),
             str(Regime(ground.regime).label) if ground.regime else _("Each giver's own")),
        Part(_("In force"), period(ground.valid_from, ground.valid_to)),
        Part(_("Where it was read"), ground.source),
    ]


def kinds(slugs: Iterable[str]) -> str:
    return ", ".join(str(Organisation.Kind(slug).label) for slug in slugs)


def ages(ground: Ground) -> str:
    if ground.age_from is None and ground.age_to is None:
        return _("All ages")
    if ground.age_from is None:
        return _("Under %(age)d") % {"age": (ground.age_to or 0) + 1}
    if ground.age_to is None:
        return _("From %(age)d on") % {"age": ground.age_from}
    return _("From %(low)d to %(high)d") % {"low": ground.age_from, "high": ground.age_to}


def period(since: date, until: date | None) -> str:
    if until is None:
        return pgettext("ground", "since %(day)s") % {"day": date_format(since)}
    return pgettext("ground", "%(since)s to %(until)s") % {"since": date_format(since), "until": date_format(until)}


def changes(before: Ground, now: Ground) -> list[Change]:
    """What the later version says differently, in the order of the page."""
    titles = [Change(_("Title"), before.title, now.title)] if before.title != now.title else []
    return titles + [Change(old.label, old.words, new.words)
                     for old, new in zip(parts(before), parts(now), strict=True) if old.words != new.words]
