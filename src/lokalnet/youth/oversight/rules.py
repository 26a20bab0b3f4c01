"""What is unusual reading: plain rules, said in words on the page, each with what lies behind it. Nobody is scored or
ranked: a rule finds something for a human to look at, and most of it has a good reason.

All rules but the first are about days that are over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID, uuid5

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MANY, TIMES = 8, 3
USUAL, FEWEST_DAYS = timedelta(days=90), 5
MORNING, EVENING = 6, 22
SHORT = timedelta(minutes=1)
OFTEN, WITHIN = 3, timedelta(days=7)
FINDINGS = UUID("5a3b0f0e-6c1d-4a51-9a84-0c4d1f3f7f11")


class Rule(TextChoices):
    EMERGENCY = "emergency", _("Emergency access")
    OFTEN = "emergency-often", _("Emergency access again and again")
    MANY = "many-files", _("Many files in a day")
    HOURS = "odd-hours", _("At night or in the weekend")
    SHORT = "short", _("Left within a minute")
    WRONG = "wrong-often", _("The wrong file again and again")


SAID = {
    Rule.EMERGENCY: _("Each emergency access is gone through once, except where somebody said within ten minutes that "
                      "it was the wrong file."),
    Rule.OFTEN: _("Somebody opened emergency access three times or more within seven days, the wrong files counted "
                  "in."),
    Rule.MANY: _("Somebody entered at least eight different files in a day, and more than three times what is usual "
                 "for them, and for colleagues. Usual is the middle of the days in the 90 days before on which they "
                 "entered a file; whoever has fewer than five such days is compared with colleagues alone."),
    Rule.HOURS: _("Somebody entered a file before 6, after 22, or on a Saturday or Sunday. Lokalnet knows no rotas: "
                  "look whether there was a shift."),
    Rule.SHORT: _("Somebody entered a file and left it within a minute, did not say that it was the wrong one, and did "
                  "not enter it again at once for something else."),
    Rule.WRONG: _("Somebody said three times or more within seven days that a file was the wrong one."),
}


@dataclass(frozen=True)
class Entry:
    """A visit or an emergency access, by its id."""

    id: UUID
    member_id: UUID
    person_id: UUID
    at: datetime


@dataclass(frozen=True)
class Finding:
    """Something for a human to look at. The same facts have the same id, so that what was looked at stays so."""

    id: UUID
    rule: Rule
    member_id: UUID
    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Day:
    """How many different files a member entered on a day."""

    member_id: UUID
    day: date
    number: int


def each_alone(rule: Rule, entries: Iterable[Entry], day_of: Callable[[datetime], date]) -> Iterator[Finding]:
    for entry in entries:
        yield finding(rule, entry.member_id, day_of(entry.at), [entry], str(entry.id))


def by_day(rule: Rule, entries: Iterable[Entry], day_of: Callable[[datetime], date]) -> Iterator[Finding]:
    """All of a member's day together."""
    days: dict[tuple[UUID, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.member_id, day_of(entry.at)].append(entry)
    for (member_id, day), found in days.items():
        yield finding(rule, member_id, day, found, day.isoformat())


def often(rule: Rule, entries: Iterable[Entry], day_of: Callable[[datetime], date]) -> Iterator[Finding]:
    """OFTEN within WITHIN; what follows close upon each other is one finding, and one more makes it a new one."""
    members: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.at, each.id)):
        members[entry.member_id].append(entry)
    for member_id, found in members.items():
        for run in _runs(found):
            yield finding(rule, member_id, day_of(run[-1].at), run, str(run[-1].id))


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    run: list[Entry] = []
    for start in range(len(entries) - OFTEN + 1):
        window = entries[start:start + OFTEN]
        if window[-1].at - window[0].at > WITHIN:
            continue
        if run and run[-1].at < window[0].at:
            yield run
            run = []
        run += [each for each in window if each not in run]
    if run:
        yield run


def many(days: Sequence[Day], *, since: date, until: date) -> list[Day]:
    """The days of the period that are far above what is usual, for the member and for the others."""
    return [day for day in days if since <= day.day < until and day.number >= MANY and _far_above(day, days)]


def _far_above(day: Day, days: Iterable[Day]) -> bool:
    before = [each for each in days if day.day - USUAL <= each.day < day.day]
    own = [each.number for each in before if each.member_id == day.member_id]
    others = [each.number for each in before if each.member_id != day.member_id]
    usual = [median(own)] if len(own) >= FEWEST_DAYS else []
    usual += [median(others)] if others else []
    return all(day.number > TIMES * each for each in usual)


def finding(rule: Rule, member_id: UUID, day: date, entries: Iterable[Entry], key: str) -> Finding:
    return Finding(uuid5(FINDINGS, f"{rule.value} {member_id} {key}"), rule, member_id, day, tuple(entries))
