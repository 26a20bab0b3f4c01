"""The bell in the header of every page. What rings it belongs to a capability above, which registers itself here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_SHOWN = 99


@dataclass(frozen=True)
class Source:
    """`page` is where the bell leads, `fresh` an address that gives its number; `number` is asked once a page."""

    page: str
    fresh: str
    shown: Callable[[Any], bool]
    number: Callable[[Any], int]


@dataclass(frozen=True)
class Bell:
    """As it stands on one page. The number is asked for when it is used, and not by pages without a header."""

    source: Source
    actor: Any
    path: str

    @property
    def url(self) -> str:
        return reverse(self.source.page)

    @property
    def fresh(self) -> str:
        return reverse(self.source.fresh)

    @property
    def current(self) -> bool:
        return self.path == self.url

    @cached_property
    def number(self) -> int:
        return self.source.number(self.actor)

    @property
    def shown(self) -> str:
        return short(self.number)

    @property
    def words(self) -> str:
        return in_words(self.number)


_sources: list[Source] = []


def register(source: Source) -> None:
    _sources[:] = [source]


def on_page(actor: Any, path: str) -> Bell | None:
    return next((Bell(source, actor, path) for source in _sources if actor and source.shown(actor)), None)


def in_words(number: int) -> str:
    """The bell's name for whoever hears the page."""
    if not number:
        return _("Notices, none new")
    return ngettext("Notices, %(number)d new", "Notices, %(number)d new", number) % {"number": number}


def short(number: int) -> str:
    return str(number) if number <= MOST_SHOWN else f"{MOST_SHOWN}+"
