"""A legal ground as data: who may give what to whom, for which purpose, about whom, and what the law bars.

A ground is one direction of one purpose, so that each giver fits each receiver in it and nothing more is covered than
the paragraph says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lokalnet.access.rights import LAWFUL
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.models import Regime
from lokalnet.disclosure.purposes import Bar, Purpose
from lokalnet.foundation.rules import BrokenRule


class BadGround(BrokenRule):
    """The ground does not say what a ground must say."""


@dataclass(frozen=True)
class Ground:
    """One version of a ground. `age_from` and `age_to` are whole years, both included; None is no bound. `regime` is
    the giver's, and empty where givers of both can use it.

    `verified`: its wording was read in a public source. One that is not works only after the partnership's data
    protection officer has confirmed it in writing.
    """

    code: str
    version: int
    paragraph: str
    title_da: str
    title_en: str
    text_da: str
    gives: tuple[str, ...]
    receives: tuple[str, ...]
    purposes: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    bars: tuple[str, ...]
    regime: str
    fields: tuple[str, ...]
    source: str
    valid_from: date
    valid_to: date | None
    verified: bool

    @property
    def title(self) -> str:
        return self.title_da if (get_language() or "da").startswith("da") else self.title_en

    @property
    def key(self) -> tuple[str, int]:
        return self.code, self.version

    def in_force(self, today: date) -> bool:
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)

    def usable(self, today: date, *, confirmed: bool) -> bool:
        """`confirmed`: this version, in writing."""
        return self.in_force(today) and (self.verified or confirmed)

    def covers_age(self, age: int) -> bool:
        return (self.age_from is None or self.age_from <= age) and (self.age_to is None or age <= self.age_to)


def check(ground: Ground) -> None:
    """Raises BadGround for the first field that breaks a rule of what a ground is."""
    for field in ("code", "paragraph", "title_da", "title_en", "text_da", "source"):
        if not getattr(ground, field).strip():
            raise BadGround(field, _("This must be filled in."))
    _check_chosen("gives", ground.gives, LAWFUL)
    _check_chosen("receives", ground.receives, LAWFUL)
    _check_chosen("purposes", ground.purposes, Purpose.values)
    _check_chosen("fields", ground.fields, Shared.values)
    _check_known("bars", ground.bars, Bar.values)
    _check_known("regime", (ground.regime,), ("", *Regime.values))
    if ground.age_from is not None and ground.age_to is not None and ground.age_to < ground.age_from:
        raise BadGround("age_to", _("The highest age cannot be below the lowest."))
    if ground.valid_to is not None and ground.valid_to < ground.valid_from:
        raise BadGround("valid_to", _("It cannot end before it begins."))


def _check_chosen(field: str, chosen: Collection[str], known: Collection[str]) -> None:
    if not chosen:
        raise BadGround(field, _("Choose at least one."))
    _check_known(field, chosen, known)


def _check_known(field: str, chosen: Collection[str], known: Collection[str]) -> None:
    for value in chosen:
        if value not in known:
            raise BadGround(field, _("»%(value)s« cannot be part of a ground.") % {"value": value})
