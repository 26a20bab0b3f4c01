"""What left the own organisation and what came in: the frame of each disclosure, and never what was said in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access.acting import Actor
from lokalnet.access.seats import Seat
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.models import Answer, CopyState, Ground, Informed, OfferState
from lokalnet.disclosure.purposes import Purpose
from lokalnet.foundation import paging
from lokalnet.foundation.asking import rows
from lokalnet.youth.oversight import cases, numbers, visiting
from lokalnet.youth.oversight.cases import Case

CURSOR = "oversight offers"
TAKEN = (OfferState.ACCEPTED, OfferState.RECALLED, OfferState.TOLD)
COLUMNS = ("id, giver_id, receiver_id, ground_id, purpose, fields, informed, copy_until, state, offered_at, "
           "answered_at, recalled_at, recall_answer, recall_answered_at, member_id, person_id, copy_state")


@dataclass(frozen=True)
class Row:
    """As the database tells it (sql/oversight.sql): nothing sealed, and of the other side neither who nor whom."""

    id: UUID
    giver_id: UUID
    receiver_id: UUID
    ground_id: UUID
    purpose: str
    fields: list[str]
    informed: str
    copy_until: date
    state: str
    offered_at: datetime
    answered_at: datetime | None
    recalled_at: datetime | None
    recall_answer: str
    recall_answered_at: datetime | None
    member_id: UUID | None
    person_id: UUID | None
    copy_state: str


@dataclass(frozen=True)
class Offered:
    """`person_id` is the own side's: the file's when given, the copy's when taken."""

    at: datetime
    given: bool
    other: str
    who: str
    person_id: UUID | None
    about: str
    ground: str
    purpose: str
    fields: list[str]
    informed: str
    steps: list[tuple[datetime | None, str]]
    copy_until: date
    copy: str
    taken: bool


@dataclass(frozen=True)
class Page:
    offers: list[Offered]
    next: str


def page(seat: Seat, case: Case, *, cursor: str = "") -> Page:
    after = paging.after(CURSOR, cursor) or (case.ends, UUID(int=0))
    found = _rows("where (%s::uuid is null or person_id = %s) and (offered_at, id) < (%s, %s) "
                  "order by offered_at desc, id desc limit %s", case, case.person_id, case.person_id, *after,
                  paging.SIZE + 1)
    kept, following = paging.cut(CURSOR, found, lambda row: (row.offered_at, row.id))
    cases.looked(seat.actor, case, "offers", shown=len(kept))
    return Page(in_words(seat, kept), following)


def of_person(seat: Seat, case: Case, person_id: UUID) -> list[Offered]:
    return in_words(seat, _rows("where person_id = %s order by offered_at desc, id desc", case, person_id))


def _rows(narrowed: str, case: Case, *values: Any) -> list[Row]:
    return [Row(*found) for found in rows(f"select {COLUMNS} from overseen_offers(%s, %s) {narrowed}",  # noqa: S608
                                          case.begins, case.ends, *values)]


def in_words(seat: Seat, found: Iterable[Row]) -> list[Offered]:
    found = list(found)
    who, of_files = visiting.names(row.member_id for row in found), numbers.of(row.person_id for row in found)
    grounds = {ground.id: ground.paragraph for ground in Ground.objects.filter(id__in={row.ground_id for row in found})}
    return [_in_words(seat, row, who, of_files, grounds) for row in found]


def _in_words(seat: Seat, row: Row, who: dict[UUID, str], of_files: dict[UUID, str],
              grounds: dict[UUID, str]) -> Offered:
    given = row.giver_id == seat.actor.organisation_id
    other = seat.organisations.get(row.receiver_id if given else row.giver_id, _("An organisation that has left"))
    return Offered(
        row.offered_at, given, other, who.get(row.member_id, "") if row.member_id else "", row.person_id,
        _about(row, of_files, seat.actor), grounds.get(row.ground_id, ""), _label(Purpose, row.purpose),
        [_label(Shared, field) for field in row.fields], _label(Informed, row.informed), list(_steps(row)),
        row.copy_until, _label(CopyState, row.copy_state), row.state in TAKEN)


def _about(row: Row, of_files: dict[UUID, str], actor: Actor) -> str:
    if row.person_id in of_files:
        return of_files[row.person_id]
    return _("A copy") if row.receiver_id == actor.organisation_id and row.person_id else ""


def _steps(row: Row) -> Iterator[tuple[datetime | None, str]]:
    """What came of it, with its days."""
    if row.state in (OfferState.RECALLED, OfferState.ACCEPTED):
        yield row.answered_at, str(OfferState.ACCEPTED.label)
    if row.state == OfferState.RECALLED:
        yield row.recalled_at, str(OfferState.RECALLED.label)
    elif row.state == OfferState.WITHDRAWN:
        yield row.recalled_at, str(OfferState.WITHDRAWN.label)
    elif row.state == OfferState.OFFERED:
        yield None, pgettext("of an offer", "Waits for an answer")
    elif row.state != OfferState.ACCEPTED:
        yield row.answered_at, _label(OfferState, row.state)
    if row.recall_answer:
        yield row.recall_answered_at, _label(Answer, row.recall_answer)


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
