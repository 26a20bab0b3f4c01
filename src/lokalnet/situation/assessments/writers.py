"""Who writes: shown by its kind, because that is what matters here, under the name that others see as the sender.

"The source on the screen is the municipality, never the club" (design section 2): so a club stands as a club, and as
the municipality's, and no screen of another organisation says which club it is.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access.models import Organisation, Party
from lokalnet.situation.partnerships import Frame

Kind = Organisation.Kind
ORDER = (Kind.POLICE, Kind.MUNICIPALITY, Kind.HOUSING, Kind.ASSOCIATION)  # who assesses areas: the others have no part


@dataclass(frozen=True)
class Writer:
    """`said` is how a sentence names it: «politiet», or where there are several of a kind with the name.

    `under` is what stands beside the kind: the name, or through whom it writes where others see another one's name.
    """

    id: UUID
    kind: Organisation.Kind
    kind_name: str
    name: str
    said: str
    own: bool
    under: str


def kind_name(kind: str) -> str:
    return {Kind.POLICE: _("Police"), Kind.MUNICIPALITY: _("Municipality"), Kind.HOUSING: _("Housing association"),
            Kind.ASSOCIATION: pgettext("who wrote", "Club")}[Kind(kind)]


def others_name(kind: str) -> str:
    """Those of the reader's own kind, without the reader."""
    return {Kind.POLICE: _("Other police"), Kind.MUNICIPALITY: _("Other municipalities"),
            Kind.HOUSING: _("Other housing associations"), Kind.ASSOCIATION: _("Other clubs")}[Kind(kind)]


def _definite(kind: Organisation.Kind) -> str:
    return {Kind.POLICE: pgettext("who wrote", "the police"),
            Kind.MUNICIPALITY: pgettext("who wrote", "the municipality"),
            Kind.HOUSING: pgettext("who wrote", "the housing association"),
            Kind.ASSOCIATION: pgettext("who wrote", "the club")}[kind]


def parties(frame: Frame) -> list[Organisation]:
    """The partnership's organisations, by kind and then by the name they are shown by."""
    theirs = Party.objects.filter(partnership=frame.partnership).values("organisation")
    found = Organisation.objects.filter(id__in=theirs, kind__in=ORDER)
    return sorted(found, key=_place)


def _place(organisation: Organisation) -> tuple[int, str, str]:
    return ORDER.index(Kind(organisation.kind)), organisation.shown_as, str(organisation.id)


def writers(frame: Frame, wrote: Collection[UUID]) -> list[Writer]:
    """Of these organisations, in the order of the screen: the kinds' order, never what they said."""
    there = sorted(Organisation.objects.filter(id__in=wrote), key=_place)
    of_kind, same, met = Counter(each.kind for each in there), Counter(map(_shown, there)), Counter[tuple[str, str]]()
    made = []
    for each in there:
        met[_shown(each)] += 1
        number = f" {met[_shown(each)]}" if same[_shown(each)] > 1 else ""
        own = each.id == frame.actor.organisation_id
        name = frame.actor.organisation_name if own else f"{each.shown_as}{number}"
        made.append(Writer(each.id, Kind(each.kind), kind_name(each.kind), name,
                           _said(Kind(each.kind), name, of_kind[each.kind]), own, _under(each, name, own)))
    return made


def _under(organisation: Organisation, name: str, own: bool) -> str:
    if own or organisation.shown_as == organisation.name:
        return name
    return _("via %(name)s") % {"name": name}


def _shown(organisation: Organisation) -> tuple[str, str]:
    return organisation.kind, organisation.shown_as


def _said(kind: Organisation.Kind, name: str, number: int) -> str:
    if number == 1:
        return _definite(kind)
    return name if kind in (Kind.POLICE, Kind.MUNICIPALITY) else f"{_definite(kind)} ({name})"
