"""The menu: capabilities register their entries here, so that a folder removed takes its entry along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

SELDOM = 60


@dataclass(frozen=True)
class Entry:
    """`shown` decides for an actor; `place` orders the entries; `prominent` ones are buttons.

    What is done now and then stands under "More", so that the daily work fits on one line.
    """

    route: str
    label: Any
    shown: Callable[[Any], bool]
    place: int
    prominent: bool = False

    @property
    def seldom(self) -> bool:
        return self.place >= SELDOM


@dataclass(frozen=True)
class Item:
    url: str
    label: str
    current: bool
    prominent: bool
    seldom: bool


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    if entry not in _entries:
        _entries.append(entry)


def items_for(actor: Any, path: str) -> list[Item]:
    if actor is None:
        return []
    shown = [entry for entry in sorted(_entries, key=lambda entry: entry.place) if entry.shown(actor)]
    return [Item(url := reverse(entry.route), str(entry.label), path.startswith(url), entry.prominent, entry.seldom)
            for entry in shown]
