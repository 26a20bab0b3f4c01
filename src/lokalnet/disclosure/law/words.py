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
    items: tuple[str, ...]

    @property
    def words(self) -> str:
        return "; ".join(self.items)


@dataclass(frozen=True)
class Change:
    """What a part says now, and in `was` what it said before; of a list what came, and what went."""

    label: str
    now: str
    was: str


def parts(ground: Ground) -> list[Part]:
    regime = str(Regime(ground.regime).label) if ground.regime else _("Each giver's own")
    bars = tuple(str(Bar(slug).label) for slug in ground.bars) or (_("Nothing beyond what is always barred"),)
    return [
        Part(_("Place in the law"), (ground.paragraph,)),
        Part(_("What it says"), (ground.text_da,)),
        Part(_("Who may give"), _kinds(ground.gives)),
        Part(_("Who may receive"), _kinds(ground.receives)),
        Part(_("What it is for"), tuple(str(Purpose(slug).label) for slug in ground.purposes)),
        Part(_("About whom"), (ages(ground),)),
        Part(_("What may be shared"), tuple(str(Shared(slug).label) for slug in ground.fields)),
        Part(_("What is barred"), bars),
        Part(_("The giver's rules on data"), (regime,)),
        Part(_("In force"), (period(ground.valid_from, ground.valid_to),)),
        Part(_("Where it was read"), (ground.source,)),
    ]


def _kinds(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(Organisation.Kind(slug).label) for slug in slugs)


def kinds(slugs: Iterable[str]) -> str:
    return ", ".join(_kinds(slugs))


def ages(ground: Ground) -> str:
    if ground.age_from is None and ground.age_to is None:
        return _("All ages")
    if ground.age_from is None:
        return pgettext("ages", "Under %(age)d") % {"age": (ground.age_to or 0) + 1}
    if ground.age_to is None:
        return pgettext("ages", "From %(age)d on") % {"age": ground.age_from}
    return pgettext("ages", "From %(low)d to %(high)d") % {"low": ground.age_from, "high": ground.age_to}


def period(since: date, until: date | None) -> str:
    if until is None:
        return pgettext("ground", "since %(day)s") % {"day": date_format(since)}
    return pgettext("ground", "%(since)s to %(until)s") % {"since": date_format(since), "until": date_format(until)}


def changes(before: Ground, now: Ground) -> list[Change]:
    """What the later version says differently, in the order of the page."""
    old = [Part(pgettext("ground", "Title"), (before.title,)), *parts(before)]
    new = [Part(pgettext("ground", "Title"), (now.title,)), *parts(now)]
    return [_change(was, said) for was, said in zip(old, new, strict=True) if set(was.items) != set(said.items)]


def _change(was: Part, said: Part) -> Change:
    if len(was.items) == len(said.items) == 1:
        return Change(said.label, said.words, _("Before: %(was)s") % {"was": was.words})
    came = [item for item in said.items if item not in was.items]
    went = [item for item in was.items if item not in said.items]
    return Change(said.label, _("also: %(items)s") % {"items": "; ".join(came)} if came else "",
                  _("no longer: %(items)s") % {"items": "; ".join(went)} if went else "")
