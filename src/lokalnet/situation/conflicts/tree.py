"""The contact tree: who is rung, by whom and in which order; kept ready as a template, and used when it counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.acting import check_words
from lokalnet.situation.conflicts.looking import Conflict, note, require_lead
from lokalnet.situation.conflicts.writing import (
    ChangedMeanwhile,
    free,
    insert,
    key_from,
    meanwhile,
    refusal,
    write,
    written_before,
)
from lokalnet.situation.directory import telephones
from lokalnet.situation.models.conflicts import LONGEST_FUNCTION, CallOutcome, TreeCall, TreeRow
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport

DEEPEST_SHOWN = 3


@dataclass(frozen=True)
class Entered:
    """What somebody enters of a row; the telephone as `telephones.tidy` gives it."""

    organisation_id: UUID
    function: str
    phone: str
    parent_id: UUID | None
    position: int


@dataclass(frozen=True)
class Line:
    """One row as a page shows it; the organisation by its own name: it is rung. `last` says when, and by whom."""

    id: UUID
    function: str
    organisation: str
    phone: str
    link: str
    rung_by: str
    depth: int
    outcome: str
    outcome_name: str
    last: str
    tried: int


@dataclass(frozen=True)
class Used:
    """The tree of a conflict: `next` is whom to ring now, `left` how many are not settled."""

    lines: tuple[Line, ...]
    next: Line | None
    left: int


def in_order(rows: Iterable[TreeRow]) -> list[tuple[TreeRow, int]]:
    """Whoever rings before those who are rung by them, with the depth."""
    below: dict[UUID | None, list[TreeRow]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    for same in below.values():
        same.sort(key=lambda row: (row.position, row.function.casefold(), row.id))

    def walk(parent: UUID | None, depth: int) -> Iterator[tuple[TreeRow, int]]:
        for row in below.get(parent, []):
            yield row, depth
            yield from walk(row.id, depth + 1)

    return list(walk(None, 0))


def template(frame: Frame) -> list[TreeRow]:
    return list(TreeRow.objects.filter(partnership=frame.partnership, measure__isnull=True).select_related(
        "organisation"))


def rows_of(conflict: Conflict) -> list[TreeRow]:
    return list(TreeRow.objects.filter(measure_id=conflict.id).select_related("organisation"))


def shown(rows: Sequence[TreeRow]) -> list[Line]:
    """The rows of a template, in order."""
    names = {row.id: row.function for row in rows}
    return [_line(row, depth, names, "", "", 0) for row, depth in in_order(rows)]


def used(conflict: Conflict) -> Used:
    """Two questions to the database."""
    rows = rows_of(conflict)
    calls: dict[UUID, list[TreeCall]] = {}
    for call in TreeCall.objects.filter(measure_id=conflict.id).order_by("at", "id"):
        calls.setdefault(call.row_id, []).append(call)
    names = {row.id: row.function for row in rows}
    order = in_order(rows)
    lines = {row.id: _line(row, depth, names, calls[row.id][-1].outcome if row.id in calls else "",
                           _last(conflict, calls.get(row.id, [])), len(calls.get(row.id, [])))
             for row, depth in order}
    following = _next([row for row, _depth in order], calls)
    return Used(tuple(lines.values()), lines[following.id] if following else None,
                sum(line.outcome not in SETTLED for line in lines.values()))


SETTLED = (CallOutcome.REACHED.value, CallOutcome.SKIPPED.value)


def _next(rows: Sequence[TreeRow], calls: dict[UUID, list[TreeCall]]) -> TreeRow | None:
    """Who was never rung comes first, in the tree's order; then who was tried longest ago.

    Somebody is rung when whoever was to ring them was reached, or tried: one who does not answer stops no branch.
    """
    ready = [row for row in rows if (row.parent_id is None or row.parent_id in calls)
             and (row.id not in calls or calls[row.id][-1].outcome not in SETTLED)]
    untried = [row for row in ready if row.id not in calls]
    return untried[0] if untried else min(ready, key=lambda row: calls[row.id][-1].at, default=None)


def _last(conflict: Conflict, calls: Sequence[TreeCall]) -> str:
    return f"{conflict.when(calls[-1].at)}, {conflict.who(calls[-1])}" if calls else ""


def _line(row: TreeRow, depth: int, names: dict[UUID, str], outcome: str, last: str,
          tried: int) -> Line:
    return Line(row.id, row.function, row.organisation.name, row.phone, telephones.link(row.phone),
                names.get(row.parent_id, "") if row.parent_id else "", min(depth, DEEPEST_SHOWN), outcome,
                str(CallOutcome(outcome).label) if outcome else "", last, tried)


def ring(conflict: Conflict, row_id: UUID, outcome: str, *, key: str = "") -> None:
    """Somebody rang. Raises NotAllowed, NotPossible, BadReport, and Http404 for a row of another tree."""
    if outcome not in CallOutcome.values:
        raise BadReport("outcome", _("Say whether somebody answered."))
    if not TreeRow.objects.filter(id=row_id, measure_id=conflict.id).exists():
        raise Http404
    id_ = key_from(key)
    if not written_before(TreeCall, conflict, id_, row_id=row_id, outcome=outcome):
        write(conflict, TreeCall(id=free(TreeCall, id_), row_id=row_id, outcome=outcome), "conflict.rung",
              outcome=outcome)


def add_to(conflict: Conflict, entered: Entered, *, key: str = "") -> None:
    """One more to ring, in this conflict alone. Raises NotAllowed, NotPossible, BadReport."""
    decision = require_lead(conflict.frame.actor)
    conflict.require_open()
    check(conflict.frame, entered)
    id_ = key_from(key)
    if TreeRow.objects.filter(id=id_, measure_id=conflict.id, function=entered.function).exists():
        return  # the second click
    insert(TreeRow(id=id_, partnership=conflict.frame.partnership, measure_id=conflict.id,
                   changed_by_id=conflict.frame.actor.organisation_id, **vars(entered)))
    note(conflict, "conflict.tree-changed", decision)


def check(frame: Frame, entered: Entered) -> None:
    """Raises BadReport."""
    if not entered.function.strip():
        raise BadReport("function", _("Write which duty is rung."))
    if len(entered.function) > LONGEST_FUNCTION:
        raise BadReport("function", _("The text may be %(number)s characters long.") % {"number": LONGEST_FUNCTION})
    check_words(frame, entered.function, field="function")
    if not entered.phone:
        raise BadReport("phone", _("Write the duty's telephone."))


def add(frame: Frame, entered: Entered, *, key: str = "") -> None:
    """A row of the template. Raises NotAllowed, NotPossible, BadReport."""
    require_lead(frame.actor)
    check(frame, entered)
    id_ = key_from(key)
    if TreeRow.objects.filter(id=id_, measure__isnull=True, function=entered.function).exists():
        return  # the second click
    insert(TreeRow(id=id_, partnership=frame.partnership, changed_by_id=frame.actor.organisation_id, **vars(entered)))
    _record(frame, id_, "added")


def row_of_template(frame: Frame, row_id: UUID) -> TreeRow:
    """To change it. Raises NotAllowed, and Http404 for what is no row of a template of the actor's partnerships."""
    require_lead(frame.actor)
    found = TreeRow.objects.filter(id=row_id, measure__isnull=True,
                                   partnership_id__in=frame.actor.partnership_ids).first()
    if found is None:
        raise Http404
    return found


def change(frame: Frame, row: TreeRow, entered: Entered, *, edition: int) -> None:
    """Raises NotAllowed, NotPossible, ChangedMeanwhile, BadReport."""
    require_lead(frame.actor)
    check(frame, entered)
    try:
        with transaction.atomic():
            done = TreeRow.objects.filter(id=row.id, measure__isnull=True, edition=edition).update(
                edition=edition + 1, changed_by_id=frame.actor.organisation_id, changed_at=now(), **vars(entered))
    except DatabaseError as problem:
        raise refusal(problem) from None
    if not done:
        raise ChangedMeanwhile(meanwhile())
    _record(frame, row.id, "changed")


def remove(frame: Frame, row: TreeRow) -> None:
    """Those whom it rang are rung by nobody from then on, and stand first in the tree. Raises NotAllowed."""
    require_lead(frame.actor)
    _record(frame, row.id, "removed")
    row.delete()


def _record(frame: Frame, row_id: UUID, act: str) -> None:
    events.record(frame.actor, "contact-tree.changed", decision=frame.actor.require(Purpose.MEASURES, Fields.CONFLICTS),
                  purpose=Purpose.MEASURES, subject_kind="tree-row", subject=row_id, act=act)
