"""The menu: capabilities register their entries here, so that a folder removed takes its entry along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

MOST_ON_THE_LINE = 6  # with "More" as one of them: so many fit beside a name


@dataclass(frozen=True)
class Entry:
    """`shown` decides for an actor; `place` orders the entries; `prominent` ones are buttons, and `personal` ones stand
    under the actor's name. What is `in_earnest` has no place in an exercise, where there are no persons.
    """

    route: str
    label: Any
    shown: Callable[[Any], bool]
    place: int
    prominent: bool = False
    personal: bool = False
    in_earnest: bool = False


@dataclass(frozen=True)
class Item:
    url: str
    label: str
    current: bool
    prominent: bool
    in_earnest: bool = False


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    if entry not in _entries:
        _entries.append(entry)


def items_for(actor: Any, path: str) -> list[Item]:
    return _items(actor, path, personal=False)


def personal_items(actor: Any, path: str) -> list[Item]:
    return _items(actor, path, personal=True)


def _items(actor: Any, path: str, *, personal: bool) -> list[Item]:
    if actor is None:
        return []
    shown = [entry for entry in sorted(_entries, key=lambda entry: entry.place)
             if entry.personal == personal and entry.shown(actor)]
    urls = [reverse(entry.route) for entry in shown]
    current = max((url for url in urls if path.startswith(url)), key=len, default="")  # one page may lie under another
    return [Item(url, str(entry.label), url == current, entry.prominent, entry.in_earnest)
            for url, entry in zip(urls, shown, strict=True)]


@dataclass(frozen=True)
class Menu:
    """`line` is always seen, `more` unfolds; `narrow` is what a phone has no room for on its one line."""

    line: list[Item]
    more: list[Item]

    @property
    def narrow(self) -> list[Item]:
        return [item for item in self.line if item not in self.kept] + self.more

    @property
    def kept(self) -> list[Item]:
        """What stands on the line of a phone too: the buttons, and where the day begins, to which the name of the
        service leads as well, where there is room for it.
        """
        buttons = [item for item in self.line if item.prominent]
        first = next((item for item in self.line if not item.prominent), None)
        return [item for item in self.line if item in buttons or (item == first and len(buttons) < 2)]


def menu_of(items: list[Item]) -> Menu:
    """The prominent entries and the first of the others stand on the line, so that it is one line for everybody."""
    if len(items) <= MOST_ON_THE_LINE:
        return Menu(items, [])
    room = MOST_ON_THE_LINE - 1 - sum(item.prominent for item in items)
    first = [item for item in items if not item.prominent][:room]
    line = [item for item in items if item.prominent or item in first]
    return Menu(line, [item for item in items if item not in line])
