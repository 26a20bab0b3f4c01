"""The list of measures: what is open by the day it is due, what is over by when it ended. The same few questions at
any number, each along an index (models/measures.py), paged by where the last page ended.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation import tokens
from lokalnet.foundation.times import now
from lokalnet.situation import picture
from lokalnet.situation.measures import stepping
from lokalnet.situation.models import OPEN_STATES, MeasureState, PartnerState
from lokalnet.situation.partnerships import Frame

PAGE = 25
CURSOR = "measures cursor"
OPEN, OVER = "open", "over"
MINE, OURS, TAKING_PART, UNOWNED = "mine", "ours", "part", "unowned"


@dataclass(frozen=True)
class Filters:
    """`state` is a state, OPEN, OVER, or nothing for all; `whose` is one of the four words above, or nothing."""

    state: str = OPEN
    whose: str = ""
    area: UUID | None = None
    overdue: bool = False

    @property
    def of_open(self) -> bool:
        """What is open is sorted by the day it is due, everything else by what happened last."""
        return self.overdue or self.state == OPEN or self.state in OPEN_STATES


class Row(NamedTuple):
    """One measure of the list; a tuple, because there are many.

    `standing` is its state today; `owner` its name, `former` when they left.
    """

    id: UUID
    title: str
    standing: MeasureState
    kind: str
    organisation_id: UUID
    partner_ids: list[UUID]
    areas: list[UUID]
    due_on: date | None
    ends_on: date
    owner: str
    former: bool

    def overdue(self, today: date) -> bool:
        return self.standing in OPEN_STATES and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next: str


def page(frame: Frame, filters: Filters, *, after: str = "", size: int = PAGE) -> Page:
    """Raises NotAllowed."""
    decision = frame.actor.require(Purpose.MEASURES, Fields.MEASURES)
    found = _found(frame, filters, after, size + 1)
    events.record(frame.actor, "measures.read", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="partnership", subject=frame.partnership.id, state=filters.state, whose=filters.whose,
                  area=str(filters.area or ""), overdue=filters.overdue)
    shown = found[:size]
    return Page(_with_owners(frame, shown), _token(shown[-1]) if len(found) > size else "")


COLUMNS = """m.id, m.title, m.state, m.kind, m.organisation_id,
    array(select p.organisation_id from situation_measure_partner p
          where p.measure_id = m.id and p.state <> 'declined'), m.areas, m.due_on,
    coalesce(m.ended_on, m.ends_on)"""
DAY = "coalesce(m.due_on, m.ends_on)"


def _found(frame: Frame, filters: Filters, after: str, rows: int) -> list[tuple[Any, ...]]:
    """COLUMNS, and what the list is sorted by."""
    key = DAY if filters.of_open else "m.changed_at"
    conditions = [("m.partnership_id = %s", (frame.partnership.id,)), *_of_state(frame, filters),
                  *_of_whom(frame, filters)]
    if filters.area:
        conditions.append(("m.areas @> array[%s]::uuid[]", (filters.area,)))
    if last := _last(after):
        conditions.append((f"({key}, m.id) {'>' if filters.of_open else '<'} (%s, %s)", last))
    where = " and ".join(text for text, _values in conditions)
    order = f"{key}, m.id" if filters.of_open else f"{key} desc, m.id desc"
    return picture.fetched(f"select {COLUMNS}, {key} from situation_measure m where {where} order by {order} "  # noqa: S608
                           "limit %s", [*(value for _text, values in conditions for value in values), rows])


IS_OPEN = "m.state in ('proposed', 'agreed', 'under-way')"  # word for word what the indexes on open ones say
Conditions = list[tuple[str, tuple[Any, ...]]]


def _of_state(frame: Frame, filters: Filters) -> Conditions:
    """By what it is today: one whose last day has passed is over, also before that was written down."""
    today, said = stepping.today(), filters.state
    if filters.of_open:
        conditions: Conditions = [(f"{IS_OPEN} and m.ends_on >= %s", (today,))]
        if said in OPEN_STATES:
            conditions.append(("m.state = %s", (said,)))
        return [*conditions, (f"{DAY} < %s and m.due_on < %s", (today, today))] if filters.overdue else conditions
    if said == OVER:
        return [(f"(not {IS_OPEN} or m.ends_on < %s)", (today,))]
    if said == MeasureState.ENDED:
        return [(f"(m.state = %s or ({IS_OPEN} and m.ends_on < %s))", (said, today))]
    return [("m.state = %s", (said,))] if said else []


def _of_whom(frame: Frame, filters: Filters) -> Conditions:
    actor = frame.actor
    match filters.whose:
        case "mine":
            return [("m.owner_id = %s", (actor.member_id,))]
        case "ours":
            return [("m.organisation_id = %s", (actor.organisation_id,))]
        case "part":
            return [("exists (select from situation_measure_partner p where p.measure_id = m.id "
                     "and p.organisation_id = %s and p.state = %s)", (actor.organisation_id, PartnerState.JOINED))]
        case "unowned":
            return [("m.organisation_id = %s and (m.owner_id is null or m.owner_id = any(array("
                     "select f.id from access_member f where f.organisation_id = %s and f.ended_at <= %s)))",
                     (actor.organisation_id, actor.organisation_id, now()))]
    return []


def _with_owners(frame: Frame, found: list[tuple[Any, ...]]) -> list[Row]:
    owners = owners_of([row[0] for row in found])
    today = stepping.today()
    return [Row(id_, title, standing_of(state, ends_on, today), kind, organisation, partners, areas, due_on, ends_on,
                *owners.get(id_, ("", False)))
            for id_, title, state, kind, organisation, partners, areas, due_on, ends_on, _key in found]


def owners_of(measures: list[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Of these measures: the owner's name, and whether they work there no more."""
    rows = picture.fetched("select measure_id, name, former from measure_owners(%s::uuid[])", [measures])
    return {row[0]: (row[1], row[2]) for row in rows}


def standing_of(state: str, ends_on: date, today: date) -> MeasureState:
    return MeasureState.ENDED if state in OPEN_STATES and ends_on < today else MeasureState(state)


def _token(row: tuple[Any, ...]) -> str:
    return tokens.seal(CURSOR, [row[-1].isoformat(), str(row[0])])


def _last(token: str) -> tuple[Any, ...]:
    """Where the page before ended; a token that is not ours begins at the beginning."""
    try:
        moment, id_ = tokens.unseal(CURSOR, token) if token else ("", "")
    except tokens.BadToken:
        return ()
    return (moment, UUID(id_)) if id_ else ()
