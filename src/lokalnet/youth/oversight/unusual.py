"""Unusual reading on the officer's page: what the rules found, what lies behind it, and what somebody has looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from lokalnet.access import events, wording
from lokalnet.access.acting import Actor
from lokalnet.access.models import Event
from lokalnet.access.rights import Purpose
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.persons.models import Override, Visit
from lokalnet.youth.oversight import breaking_in, cases, finding, numbers, visiting
from lokalnet.youth.oversight.cases import Case
from lokalnet.youth.oversight.rules import SAID, SHORT, Finding, Rule

LOOKED = "unusual.looked-at"
MOST = 100
RECENT = timedelta(days=14)


class Came(TextChoices):
    """What it turned out to be. A choice and no words: the log holds no free text about anybody."""

    WORK = "work", _("It belonged to the work")
    SHIFT = "shift", _("There was a shift or a duty")
    SPOKEN = "spoken", _("I have spoken with whoever it was, and it is explained")
    CASE = "case", _("It is followed up in the case")


@dataclass(frozen=True)
class Fact:
    """One visit or emergency access behind a finding."""

    at: datetime
    left: datetime | None
    about: str
    what: str
    words: str
    wrong: bool

    @property
    def seconds(self) -> int | None:
        """How long it lasted, where that is less than a minute."""
        if self.left is None or self.left - self.at >= SHORT:
            return None
        return int((self.left - self.at).total_seconds())


@dataclass(frozen=True)
class Unusual:
    id: UUID
    rule: str
    said: str
    who: str
    day: date
    facts: list[Fact]
    looked: str


@dataclass(frozen=True)
class Page:
    """`more`: there are older ones than the page has room for."""

    waiting: list[Unusual]
    looked: list[Unusual]
    more: bool


def page(actor: Actor, case: Case) -> Page:
    found = _of_case(actor, case)
    came = _looked_at(actor, found)
    waiting = [each for each in found if each.id not in came]
    looked = [each for each in found if each.id in came]
    cases.looked(actor, case, "unusual", shown=len(found))
    return Page(_in_words(waiting[:MOST], came), _in_words(looked[:MOST], came), max(len(waiting), len(looked)) > MOST)


def look_at(actor: Actor, case: Case, finding_id: UUID, came: Came) -> None:
    """It does not come back. Twice is once. Raises Http404 for what the rules did not find in the case's days."""
    decision = cases.may(actor)
    found = next((each for each in _of_case(actor, case) if each.id == finding_id), None)
    if found is None:
        raise Http404
    if finding_id not in _looked_at(actor, [found]):
        events.record(actor, LOOKED, decision=decision, purpose=Purpose.DATA_PROTECTION, subject_kind="unusual",
                      subject=finding_id, case_number=case.number, rule=found.rule.value, came=came.value)


def number_waiting(actor: Actor, *, since: date | None = None) -> int:
    """How many nobody has looked at, of the last days. A number, and no name."""
    today = now().astimezone(COPENHAGEN).date()
    found = finding.between(actor.organisation_id, since or today - RECENT, today)
    return len({each.id for each in found} - set(_looked_at(actor, found)))


def _of_case(actor: Actor, case: Case) -> list[Finding]:
    found = finding.between(actor.organisation_id, case.since, case.until)
    return [each for each in found if not case.person_id or any(
        entry.person_id == case.person_id for entry in each.entries)]


def _looked_at(actor: Actor, found: Iterable[Finding]) -> dict[UUID, str]:
    """What came of those that somebody has looked at."""
    rows = Event.objects.filter(organisation_id=actor.organisation_id, kind=LOOKED,
                                subject__in=[each.id for each in found]).order_by("at")
    return {row.subject: str(row.detail.get("came", "")) for row in rows if row.subject}


def _in_words(found: list[Finding], came: dict[UUID, str]) -> list[Unusual]:
    entries = [entry for each in found for entry in each.entries]
    who, of_files = visiting.names(entry.member_id for entry in entries), numbers.of(
        entry.person_id for entry in entries)
    facts = _facts([entry.id for entry in entries], of_files)
    return [Unusual(each.id, str(each.rule.label), str(SAID[each.rule]), who.get(each.member_id, ""), each.day,
                    [facts[entry.id] for entry in each.entries], _came(came.get(each.id, ""))) for each in found]


def _facts(ids: list[UUID], of_files: dict[UUID, str]) -> dict[UUID, Fact]:
    visits = {row.id: Fact(row.entered_at, row.left_at, visiting.about(row, of_files),
                           f"{wording.purpose(row.purpose)} ({visiting.way(row)})", "", row.wrong)
              for row in Visit.objects.filter(id__in=ids)}
    overrides = {row.id: Fact(row.opened_at, None, of_files.get(row.person_id, ""), str(Rule.EMERGENCY.label),
                              breaking_in.reason(row), row.wrong) for row in Override.objects.filter(id__in=ids)}
    return visits | overrides


def _came(value: str) -> str:
    return str(Came(value).label) if value in Came.values else ""
