"""Emergency access of the own organisation: who, when, and why, in words that were written to be read here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access.acting import Actor
from lokalnet.foundation import paging
from lokalnet.persons import keys, overriding, sealing
from lokalnet.persons.models import Override
from lokalnet.youth.oversight import cases, numbers, visiting
from lokalnet.youth.oversight.cases import Case

CURSOR = "oversight overrides"


@dataclass(frozen=True)
class Opened:
    """`wrong`: said within ten minutes to have been the wrong file."""

    at: datetime
    until: datetime
    who: str
    person_id: UUID
    about: str
    reason: str
    wrong: bool


@dataclass(frozen=True)
class Page:
    opened: list[Opened]
    next: str


def page(actor: Actor, case: Case, *, cursor: str = "") -> Page:
    found = Override.objects.filter(controller_id=actor.organisation_id, opened_at__gte=case.begins,
                                    opened_at__lt=case.ends)
    if case.person_id:
        found = found.filter(person_id=case.person_id)
    rows, following = paging.page(CURSOR, found, cursor, at="opened_at")
    cases.looked(actor, case, "overrides", shown=len(rows))
    return Page(in_words(rows), following)


def in_words(rows: Iterable[Override]) -> list[Opened]:
    rows = list(rows)
    who, of_files = visiting.names(row.member_id for row in rows), numbers.of(row.person_id for row in rows)
    return [Opened(row.opened_at, row.ends_at, who.get(row.member_id, ""), row.person_id,
                   of_files.get(row.person_id) or _("No file"), reason(row), row.wrong) for row in rows]


def reason(override: Override) -> str:
    """One that cannot be opened any more does not hide the others."""
    try:
        return overriding.reason_of(override)
    except (keys.KeyGone, sealing.Unreadable):
        return _("The words cannot be opened any more.")
