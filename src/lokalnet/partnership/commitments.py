"""What the parties promised each other: read by all, kept by the one who promised.

A commitment is never overwritten. Each change is a version that follows the one before it, and the database makes the
commitment what its last version says; so "we have kept it" always stands beside who said so, when and why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events, words
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.access.words import BadWords
from lokalnet.foundation.rules import Outdated
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.partnership.models import Commitment, CommitmentVersion, State

SOON = timedelta(days=30)
FURTHEST_AHEAD = timedelta(days=10 * 366)


class ChangedMeanwhile(Outdated):
    """Somebody else has changed the commitment since the page was opened."""

    def __init__(self, edition: int) -> None:
        super().__init__(
            _("Somebody else has changed this meanwhile. See what stands there now, and change that."), edition)


class NotTakenBack(ValueError):
    """It stands: written too long ago, or somebody has said how it went, or changed it since the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("This commitment can no longer be deleted. Say that it was changed instead, and why."))


@dataclass(frozen=True)
class Promise:
    """What is written of a commitment."""

    text: str
    due_on: date


@dataclass(frozen=True)
class Standing:
    """A commitment in words. `late` when it is open and its day is over."""

    id: UUID
    text: str
    party: str
    own: bool
    due_on: date
    state: State
    why: str
    late: bool
    edition: int
    changed_at: datetime


@dataclass(frozen=True)
class Said:
    """A version in words: what was done, by which organisation, and why. `was` is what it said before."""

    what: str
    organisation: str
    at: datetime
    why: str = ""
    was: str = ""
    was_due: date | None = None


@dataclass(frozen=True)
class OfParty:
    """A party with what it promised, open and late first."""

    name: str
    own: bool
    commitments: tuple[Standing, ...]


def may_read(seat: Seat) -> Decision:
    return seat.actor.require(Purpose.MEASURES, Fields.MEASURES)


def read(seat: Seat, commitment: Commitment | None = None) -> Decision:
    """Note in the log that the list or one commitment was looked at. Raises NotAllowed."""
    decision = may_read(seat)
    events.record(seat.actor, "commitments.read", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="commitment" if commitment else "partnership",
                  subject=commitment.id if commitment else seat.partnership.id)
    return decision


def may_keep(seat: Seat) -> bool:
    return bool(seat.actor.may(Purpose.MEASURES, Fields.COMMITMENTS))


def listed(seat: Seat) -> list[OfParty]:
    """By party, in the alphabet's order but the own organisation first; open ones first, the earliest day first."""
    may_read(seat)
    together: dict[str, list[Standing]] = {}
    rows = Commitment.objects.filter(partnership=seat.partnership).order_by("due_on", "made_at", "id")
    for each in standing(seat, rows):
        together.setdefault(each.party, []).append(each)
    return sorted((OfParty(name, rows[0].own, tuple(sorted(rows, key=_first))) for name, rows in together.items()),
                  key=lambda party: (not party.own, party.name))


def _first(each: Standing) -> tuple[bool, int]:
    """Open before settled; of the settled the latest day first."""
    settled = each.state != State.OPEN
    return settled, -each.due_on.toordinal() if settled else each.due_on.toordinal()


def standing(seat: Seat, rows: Iterable[Commitment]) -> list[Standing]:
    """Rows in words, for the reader."""
    today = _today(seat)
    return [Standing(row.id, row.text, seat.organisations.get(row.party_id, ""),
                     row.party_id == seat.actor.organisation_id, row.due_on, State(row.state), row.why,
                     row.state == State.OPEN and row.due_on < today, row.edition, row.changed_at) for row in rows]


def one(seat: Seat, commitment_id: UUID) -> Commitment:
    """Raises NotAllowed, and Http404 for one of a partnership that the actor's organisation is no party of."""
    may_read(seat)
    found = Commitment.objects.filter(id=commitment_id, partnership__in=seat.actor.partnership_ids).first()
    if found is None:
        raise Http404
    return found


def keeps(seat: Seat, commitment: Commitment) -> bool:
    return may_keep(seat) and commitment.party_id == seat.actor.organisation_id


def history(seat: Seat, commitment: Commitment) -> list[Said]:
    """What was said about it, newest first."""
    rows = list(CommitmentVersion.objects.filter(commitment=commitment).order_by("edition"))
    said = [Said(_("Promised"), seat.organisations.get(row.organisation_id, ""), row.at) for row in rows[:1]]
    return [*said, *(_said(seat, before, row) for before, row in pairwise(rows))][::-1]


def _said(seat: Seat, before: CommitmentVersion, row: CommitmentVersion) -> Said:
    organisation = seat.organisations.get(row.organisation_id, "")
    if (row.text, row.due_on) == (before.text, before.due_on):
        return Said(str(State(row.state).label), organisation, row.at, row.why)
    return Said(_("New wording or day"), organisation, row.at, was=before.text if row.text != before.text else "",
                was_due=before.due_on if row.due_on != before.due_on else None)


def promise(seat: Seat, promised: Promise) -> UUID:
    """A new commitment of the own organisation. Raises NotAllowed and BadWords."""
    decision = seat.actor.require(Purpose.MEASURES, Fields.COMMITMENTS)
    words.check(seat, promised.text, field="text")
    _check_day(seat, promised.due_on)
    made_id = uuid4()
    made = Commitment(id=made_id, partnership=seat.partnership, party_id=seat.actor.organisation_id,
                      text=promised.text, due_on=promised.due_on, made_by_id=seat.actor.member_id)
    made.save(force_insert=True)
    _record(seat, decision, made_id, "promised")
    return made_id


def reword(seat: Seat, commitment: Commitment, promised: Promise, *, edition: int) -> None:
    """Another wording or day. Raises NotAllowed, BadWords, ChangedMeanwhile."""
    if (promised.text, promised.due_on) == (commitment.text, commitment.due_on):
        return
    words.check(seat, promised.text, field="text")
    if promised.due_on != commitment.due_on:  # a late one may be worded anew and stay late
        _check_day(seat, promised.due_on)
    _follow(seat, commitment, CommitmentVersion(text=promised.text, due_on=promised.due_on, state=commitment.state,
                                                why=commitment.why), edition)


def _check_day(seat: Seat, day: date) -> None:
    """What is promised is still to come. Raises BadWords."""
    today = _today(seat)
    if day < today:
        raise BadWords("due_on", _("That day is over. Choose today or a later day."))
    if day > today + FURTHEST_AHEAD:
        raise BadWords("due_on", _("Choose a day within the next ten years."))


def _today(seat: Seat) -> date:
    return now().astimezone(seat.zone).date()


def may_take_back(seat: Seat, commitment: Commitment) -> bool:
    """Was it written wrongly just now, by the own organisation? As the database has it (sql/commitments.sql)."""
    if not keeps(seat, commitment):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select commitment_is_fresh(%s)", [commitment.id])
        return bool(cursor.fetchone()[0])


def take_back(seat: Seat, commitment: Commitment, *, edition: int) -> None:
    """Take out what was entered wrongly, with its versions. Raises NotAllowed, NotTakenBack."""
    decision = seat.actor.require(Purpose.MEASURES, Fields.COMMITMENTS)
    if not keeps(seat, commitment):
        raise NotAllowed("commitments of others")
    with connection.cursor() as cursor:
        cursor.execute("delete from partnership_commitment where id = %s and edition = %s", [commitment.id, edition])
        if not cursor.rowcount:
            raise NotTakenBack
    _record(seat, decision, commitment.id, "taken-back")


def settle(seat: Seat, commitment: Commitment, state: str, why: str, *, edition: int) -> None:
    """Say how it stands, with the reason. The same once more changes nothing.

    Raises NotAllowed, BadWords, ChangedMeanwhile.
    """
    why = why.strip()
    if state not in State.values:
        raise BadWords("state", _("Choose how it stands."))
    if (state, why) == (commitment.state, commitment.why):
        return
    if not why:
        raise BadWords("why", _("Say in a sentence what came of it: the other parties read it.") if state == State.KEPT
                       else _("Say in a sentence why: the other parties read it."))
    words.check(seat, why, field="why")
    _follow(seat, commitment, CommitmentVersion(text=commitment.text, due_on=commitment.due_on, state=state, why=why),
            edition)


def _follow(seat: Seat, commitment: Commitment, version: CommitmentVersion, edition: int) -> None:
    decision = seat.actor.require(Purpose.MEASURES, Fields.COMMITMENTS)
    version.commitment, version.partnership_id, version.edition = commitment, commitment.partnership_id, edition + 1
    version.organisation_id, version.member_id = seat.actor.organisation_id, seat.actor.member_id
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except DatabaseError as problem:
        raise _refusal(problem, commitment) from None
    _record(seat, decision, commitment.id, version.state)


def _refusal(problem: DatabaseError, commitment: Commitment) -> Exception:
    """What the trigger or the policy said, in words."""
    state = getattr(getattr(problem.__cause__, "diag", None), "sqlstate", "")
    if state == "LN001":
        return ChangedMeanwhile(commitment.edition)
    if state == "42501":  # a row policy said no
        return NotAllowed("the policy on commitments")
    return problem


def _record(seat: Seat, decision: Decision, commitment_id: UUID, act: str) -> None:
    events.record(seat.actor, "commitment.changed", decision=decision, purpose=Purpose.MEASURES,
                  subject_kind="commitment", subject=commitment_id, act=act)


def due_for(seat: Seat) -> list[Task]:
    """What the own organisation promised and has not settled: within a month, or late."""
    if not may_keep(seat):
        return []
    until = _today(seat) + SOON
    rows = Commitment.objects.filter(partnership=seat.partnership, party=seat.actor.organisation_id, state=State.OPEN,
                                     due_on__lte=until).order_by("due_on", "id")
    return [Task(Part.MINE, row.text, address(seat, "commitment", row.id), row.due_on, _("Commitment of ours"))
            for row in rows]
