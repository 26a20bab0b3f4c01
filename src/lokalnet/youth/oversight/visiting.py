"""Who read what: visits of the own organisation, as the log's officer sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lokalnet.access import wording
from lokalnet.access.acting import Actor
from lokalnet.access.models import Member
from lokalnet.foundation import paging
from lokalnet.persons.models import Because, Visit
from lokalnet.youth.oversight import cases, numbers
from lokalnet.youth.oversight.cases import Case

CURSOR = "oversight visits"


@dataclass(frozen=True)
class Stay:
    """A visit in words. `left` is empty for one that ended by itself or goes on."""

    at: datetime
    who: str
    person_id: UUID
    about: str
    purpose: str
    way: str
    left: datetime | None
    wrong: bool


@dataclass(frozen=True)
class Page:
    stays: list[Stay]
    next: str


def page(actor: Actor, case: Case, *, cursor: str = "") -> Page:
    """With names, newest first; the look is an entry."""
    found = within(actor, case)
    if case.person_id:
        found = found.filter(person_id=case.person_id)
    rows, following = paging.page(CURSOR, found, cursor, at="entered_at")
    cases.looked(actor, case, "visits", shown=len(rows))
    return Page(in_words(rows), following)


def within(actor: Actor, case: Case) -> QuerySet[Visit]:
    """The organisation's visits in the case's days."""
    return Visit.objects.filter(controller_id=actor.organisation_id, entered_at__gte=case.begins,
                                entered_at__lt=case.ends)


def in_words(rows: Iterable[Visit]) -> list[Stay]:
    rows = list(rows)
    who, of_files = names(row.member_id for row in rows), numbers.of(row.person_id for row in rows)
    return [Stay(row.entered_at, who.get(row.member_id, ""), row.person_id, about(row, of_files),
                 wording.purpose(row.purpose), way(row), row.left_at, row.wrong) for row in rows]


def names(members: Iterable[UUID | None]) -> dict[UUID, str]:
    """Of colleagues, those who have left too."""
    return dict(Member.objects.filter(id__in={each for each in members if each}).values_list("id", "name"))


def about(visit: Visit, of_files: dict[UUID, str]) -> str:
    """The file's number; where there is no file, what was looked at."""
    if visit.because == [Because.COPY]:
        return _("A copy")
    return of_files.get(visit.person_id) or _("A worry")


def way(visit: Visit) -> str:
    return ", ".join(str(Because(each).label) for each in visit.because)

