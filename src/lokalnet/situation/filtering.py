"""The filters of the picture, as they stand in its address. A bad value falls back and is never an error page.

Not a Django form: making one, and its selects, took longer than the database took to answer the page.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.foundation.times import now
from lokalnet.interface.templatetags.pieces import Options
from lokalnet.places.models import Area
from lokalnet.situation import picture, searching
from lokalnet.situation.following import matching, subscribing
from lokalnet.situation.following.wanted import NOTHING, Wanted
from lokalnet.situation.models import Standing
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import Filters
from lokalnet.situation.signals import reading as signals
from lokalnet.situation.signals import showing, wanted

MINE = "mine"
STANDARD_DAYS = "14"
DAILY = ("area", "category", "days")


@dataclass(frozen=True)
class Choice:
    """One select of the filters: its groups of (value, words), and what is chosen."""

    name: str
    label: str
    groups: Options
    chosen: str

    @property
    def words(self) -> str:
        """What was chosen, as the select says it."""
        return next((str(words) for _kind, values in self.groups for value, words in values
                     if value == self.chosen), "")


class FilterBar:
    """The choices that a reader has, what they chose of them, and what that means."""

    def __init__(self, query: QueryDict, frame: Frame) -> None:
        self._query, self._frame = query, frame
        self.choices = {choice.name: choice for choice in self._choices()}
        self.since, self.until = _day(query.get("since", "")), _day(query.get("until", ""))
        self.search = searching.Search(query.get("q", ""), frame)
        self.follow = subscribing.asked(frame, query.get("follow", ""))
        self.signal = signals.asked(frame, query.get("signal", ""))

    @property
    def first(self) -> list[Choice]:
        """What is asked of the picture daily stands in the first line."""
        return [choice for choice in self.choices.values() if choice.name in DAILY]

    @property
    def more(self) -> list[Choice]:
        return [choice for choice in self.choices.values() if choice.name not in DAILY]

    @property
    def more_chosen(self) -> bool:
        return bool(self.since or self.until or any(choice.chosen for choice in self.more))

    @property
    def ring(self) -> str:
        """The drawn area that is followed, for the map."""
        return json.dumps(self.follow.outline) if self.follow and self.follow.outline else ""

    @property
    def follow_gone(self) -> bool:
        """The address names something that the reader follows no more."""
        return self.follow is None and bool(self._query.get("follow"))

    @property
    def signal_gone(self) -> bool:
        """The address names a signal that the reader does not get."""
        return self.signal is None and bool(self._query.get("signal"))

    @property
    def signal_said(self) -> str:
        return showing.named(self._frame, self.signal) if self.signal else ""

    def filters(self) -> Filters:
        since, until = self._period()
        severity = self._chosen("severity")
        return Filters(since=since, until=until, areas=self._areas(), category=self._chosen("category"),
                       organisations=self._organisations(), severity=int(severity) if severity else None,
                       standing=self._chosen("standing"), words=self.search.query,
                       followed=self._followed(), signal=wanted.around(self.signal) if self.signal else None)

    def in_words(self) -> dict[str, tuple[str, str]]:
        """The filters as their reader chose them, by name: (label, words). A search stands there when it was made."""
        said = {name: (choice.label, self._words(choice)) for name, choice in self.choices.items()}
        if self.search.query:
            said["q"] = (_("Search"), self.search.said)
        if self.follow:
            said["follow"] = (_("What you follow"), self.follow.name)
        elif self.follow_gone:
            said["follow"] = (_("What you follow"), _("This is not followed any more."))
        if self.signal:
            said["signal"] = (_("Unusual"), self.signal_said)
        return said

    def _words(self, choice: Choice) -> str:
        if choice.name == "days":
            return self.period_in_words("DATE_FORMAT")
        if choice.chosen == MINE:
            return ", ".join(self._frame.areas[id_].name for id_ in self._areas() if id_ in self._frame.areas)
        return choice.words

    def period_in_words(self, form: str) -> str:
        """The days of the period, both included."""
        since, until = self._period()
        first, last = since.astimezone(self._frame.zone).date(), until.astimezone(self._frame.zone).date()
        last -= timedelta(days=1)
        if first <= picture.EARLIEST:
            return _("Until %(day)s") % {"day": date_format(last, form)}
        return date_format(first, form) if first == last else f"{date_format(first, form)} – {date_format(last, form)}"

    def _choices(self) -> Iterator[Choice]:
        frame = self._frame
        mine = [(MINE, _("My areas"))] if frame.actor.area_ids else []
        yield self._choice("area", _("Area"), [("", _("All areas")), *mine], *areas_by_kind(frame))
        yield self._choice("category", _("Category"), [("", _("All categories")), *(
            (row.slug, row.name) for row in frame.categories.values())])
        yield self._choice("days", _("Period"), [(str(days), _period_name(days)) for days in picture.PERIODS],
                           standard=STANDARD_DAYS)
        # By the name that stands as the sender: an association must not be told apart from its municipality here.
        yield self._choice("organisation", _("Organisation"), [("", _("All organisations")), *(
            (name, name) for name in sorted(set(frame.organisations.values())))])
        yield self._choice("standing", _("Standing"), [("", _("All")), *(
            (value, str(label)) for value, label in Standing.choices)])
        yield self._choice("severity", _("Severity"), [("", _("All")), ("2", _("Medium and high")), ("3", _("High"))])

    def _choice(self, name: str, label: str, first: list[tuple[str, str]], *groups: tuple[str, list[tuple[str, str]]],
                standard: str = "") -> Choice:
        options: Options = (("", tuple(first)), *((kind, tuple(values)) for kind, values in groups))
        wanted = self._query.get(name, standard)
        known = any(wanted == value for _kind, values in options for value, _words in values)
        return Choice(name, label, options, wanted if known else standard)

    def _chosen(self, name: str) -> str:
        return self.choices[name].chosen

    def _areas(self) -> tuple[UUID, ...]:
        chosen = self._chosen("area")
        if chosen == MINE:
            return self._frame.actor.area_ids
        return (UUID(chosen),) if chosen else ()

    def _organisations(self) -> tuple[UUID, ...]:
        chosen = self._chosen("organisation")
        return tuple(id_ for id_, name in self._frame.organisations.items() if chosen and name == chosen)

    def _followed(self) -> Wanted | None:
        if self.follow:
            return matching.wanted(self.follow)
        return NOTHING if self.follow_gone or self.signal_gone else None

    def _period(self) -> tuple[datetime, datetime]:
        first, last = self.since, self.until
        if not first and not last:
            return picture.last_days(int(self._chosen("days")), self._frame.zone)
        first, last = first or picture.EARLIEST, last or now().astimezone(self._frame.zone).date()
        return picture.between(min(first, last), max(first, last), self._frame.zone)


def areas_by_kind(frame: Frame) -> list[tuple[str, list[tuple[str, str]]]]:
    """The partnership's areas in groups, as a select has them: (kind, [(id, name)])."""
    names = {kind.value: str(kind.label) for kind in Area.Kind}
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in frame.areas.values():
        groups.setdefault(names[area.kind], []).append((str(area.id), area.name))
    return list(groups.items())


def _period_name(days: int) -> str:
    named = {1: _("Today"), 365: _("A year"), picture.ALL: _("All time")}
    return named.get(days) or _("%(number)s days") % {"number": days}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
