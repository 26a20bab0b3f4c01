"""What is said of the service: facts with a state, and the rule by which each was judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Value = str | int | bool | None


class State(Enum):
    """In rising order of what it asks of whoever reads it. `TOLD` is not judged at all."""

    TOLD = "told"
    FINE = "fine"
    LOOK = "look"
    WRONG = "wrong"

    @property
    def words(self) -> str:
        return {State.TOLD: "", State.FINE: pgettext("state of the service", "Fine"),
                State.LOOK: pgettext("state of the service", "Look at it"),
                State.WRONG: pgettext("state of the service", "Wrong")}[self]


@dataclass(frozen=True)
class Fact:
    """One sentence. `name` is stable and `values` are numbers, for a monitor that reads no sentences."""

    name: str
    state: State
    said: str
    rule: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    name: str
    heading: str
    facts: tuple[Fact, ...]


Ask = Callable[[datetime], Iterable[Fact]]


@dataclass(frozen=True)
class Source:
    """Where a topic's facts come from: `inside` asks the database, `outside` knows without it."""

    name: str
    heading: Any
    inside: Ask | None = None
    outside: Ask | None = None


def worst(facts: Iterable[Fact]) -> State:
    order = list(State)
    return max((fact.state for fact in facts), key=order.index, default=State.FINE)


def of_an_installation() -> State:
    """What is wrong in an installation is only worth a look in a demonstration."""
    return State.LOOK if settings.LOKALNET_DEMO else State.WRONG


def rising(value: float, *, look: float, wrong: float) -> State:
    """Of something that is to be small: worth a look from `look` on, wrong from `wrong` on."""
    if value >= wrong:
        return State.WRONG
    return State.LOOK if value >= look else State.FINE


def by_age(since: datetime | None, at: datetime, *, look: timedelta, wrong: timedelta) -> State:
    """Of something that is not to stand for long; fine where there is nothing."""
    if since is None:
        return State.FINE
    return rising((at - since).total_seconds(), look=look.total_seconds(), wrong=wrong.total_seconds())


def age(since: datetime, at: datetime) -> str:
    """«mindre end et minut», «3 minutter», «2 timer», «4 dage»"""
    if at - since < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(since, at, depth=1).replace("\xa0", " ")


def seconds(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else int((at - since).total_seconds())


def size(number: int) -> str:
    """«1,2 GB»"""
    return str(filesizeformat(number)).replace("\xa0", " ")
