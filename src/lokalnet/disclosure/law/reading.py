"""The partnership's grounds, for everybody who shares on them: which may be used, and what was said of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lokalnet.access import events
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure import purposes
from lokalnet.disclosure.grounds import Ground
from lokalnet.disclosure.law import words
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.law.words import Change
from lokalnet.disclosure.models import Confirmation, GroundState
from lokalnet.disclosure.models import Ground as Row
from lokalnet.foundation.times import now


@dataclass(frozen=True)
class Standing:
    """A version with how it stands. `usable`: something may be shared on it today."""

    id: UUID
    ground: Ground
    state: GroundState
    usable: bool
    said: str
    unconfirmed: bool = False  # in force, and neither verified nor confirmed
    change: UUID | None = None  # a proposed version that waits

    @property
    def gives(self) -> str:
        return words.kinds(self.ground.gives)

    @property
    def receives(self) -> str:
        return words.kinds(self.ground.receives)

    @property
    def ages(self) -> str:
        return words.ages(self.ground)


@dataclass(frozen=True)
class OfPurpose:
    label: str
    grounds: tuple[Standing, ...]


@dataclass(frozen=True)
class Said:
    """A version in the history: by which organisation, and what it changed."""

    version: int
    what: str
    by: str
    at: datetime
    why: str
    changes: tuple[Change, ...]
    decided: str
    decided_at: datetime | None
    declined_because: str
    confirmations: tuple[tuple[str, datetime, str], ...]


def may_read(seat: Seat) -> Decision:
    return seat.actor.require(Purpose.DISCLOSURE, Fields.GROUNDS)


def keeps(seat: Seat) -> bool:
    return bool(seat.actor.may(Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED))


def today(seat: Seat) -> date:
    return now().astimezone(seat.zone).date()


def read(seat: Seat, row: Row | None = None) -> None:
    """Note in the log that the list or one ground was looked at. Raises NotAllowed."""
    events.record(seat.actor, "grounds.read", decision=may_read(seat), purpose=Purpose.DISCLOSURE,
                  subject_kind="ground" if row else "partnership", subject=row.id if row else seat.partnership.id)


def one(seat: Seat, ground_id: UUID) -> Row:
    """Raises NotAllowed, and Http404 for one of a partnership that the actor's organisation is no party of."""
    may_read(seat)
    found = Row.objects.filter(id=ground_id, partnership__in=seat.actor.partnership_ids).first()
    if found is None:
        raise Http404
    return found


def current(seat: Seat) -> list[Standing]:
    """The version of each ground that counts now, and those that are only proposed; by their place in the law."""
    rows = list(Row.objects.filter(partnership=seat.partnership, state__in=[GroundState.IN_FORCE, GroundState.PROPOSED])
                .order_by("paragraph", "title_da", "code", "version"))
    waiting = {row.code: row.id for row in rows if row.state == GroundState.PROPOSED}
    in_force = {row.code for row in rows if row.state == GroundState.IN_FORCE}
    shown = [row for row in rows if row.state == GroundState.IN_FORCE or row.code not in in_force]
    return [standing(seat, row, confirmed=confirmed, change=waiting.get(row.code) if row.code in in_force else None)
            for row, confirmed in _with_confirmations(shown)]


def listed(seat: Seat) -> list[OfPurpose]:
    may_read(seat)
    all_of_them = current(seat)
    by_purpose = ((purpose, tuple(each for each in all_of_them if purpose in each.ground.purposes))
                  for purpose in purposes.Purpose)
    return [OfPurpose(str(purpose.label), grounds) for purpose, grounds in by_purpose if grounds]


def usable(seat: Seat) -> list[Standing]:
    """What the gate may choose among today."""
    may_read(seat)
    return [each for each in current(seat) if each.usable]


def _with_confirmations(rows: list[Row]) -> Iterable[tuple[Row, bool]]:
    ids = [row.id for row in rows]
    confirmed = set(Confirmation.objects.filter(ground__in=ids).values_list("ground_id", flat=True))
    return ((row, row.id in confirmed) for row in rows)


def standing(seat: Seat, row: Row, *, confirmed: bool, change: UUID | None = None) -> Standing:
    ground, state, day = ground_of(row), GroundState(row.state), today(seat)
    counts = state == GroundState.IN_FORCE and ground.in_force(day)
    holds = counts and ground.usable(day, confirmed=confirmed)
    if state != GroundState.IN_FORCE:
        said = str(state.label)
    elif not counts:
        said = _("Not in force today")
    else:
        said = pgettext("ground", "May be used") if holds else _("Awaits confirmation in writing")
    return Standing(row.id, ground, state, holds, said, counts and not holds, change)


def standing_of(seat: Seat, row: Row) -> Standing:
    """One version, with the proposed one that would replace it."""
    change = Row.objects.filter(partnership=row.partnership_id, code=row.code, state=GroundState.PROPOSED).exclude(
        id=row.id).values_list("id", flat=True).first()
    return standing(seat, row, confirmed=Confirmation.objects.filter(ground=row).exists(),
                    change=change if row.state == GroundState.IN_FORCE else None)


def before(row: Row) -> Row | None:
    """The version that a proposal would replace: what the one who decides compares with."""
    return Row.objects.filter(partnership=row.partnership_id, code=row.code, state=GroundState.IN_FORCE).exclude(
        id=row.id).first()


def history(seat: Seat, row: Row) -> list[Said]:
    """Every version of the ground, newest first, each with what it says differently from the one that was in force."""
    rows = list(Row.objects.filter(partnership=row.partnership_id, code=row.code).order_by("version"))
    voices = _voices(seat, row)
    confirmed: dict[UUID, list[tuple[str, datetime, str]]] = {}
    for each in Confirmation.objects.filter(ground__in=[row.id for row in rows]).order_by("at"):
        confirmed.setdefault(each.ground_id, []).append(
            (seat.organisations.get(each.organisation_id, ""), each.at, each.words))
    return [_said(row, earlier, voices, tuple(confirmed.get(row.id, ()))) for earlier, row in _followed(rows)][::-1]


def _followed(rows: list[Row]) -> Iterator[tuple[Row | None, Row]]:
    """Each version with the last one before it that was approved."""
    approved = None
    for row in rows:
        yield approved, row
        if row.state in (GroundState.IN_FORCE, GroundState.SUPERSEDED):
            approved = row


def _said(row: Row, earlier: Row | None, voices: dict[UUID, str],
          confirmations: tuple[tuple[str, datetime, str], ...]) -> Said:
    by = voices.get(row.proposed_by_id, "") if row.proposed_by_id else _("Came with Lokalnet")
    changed = tuple(words.changes(ground_of(earlier), ground_of(row))) if earlier else ()
    return Said(row.version, str(GroundState(row.state).label), by, row.proposed_at, row.why, changed,
                voices.get(row.decided_by_id, "") if row.decided_by_id else "", row.decided_at, row.decline_reason,
                confirmations)


def _voices(seat: Seat, row: Row) -> dict[UUID, str]:
    """Which organisation each of those spoke for who proposed or decided: partners see no names of members."""
    with connection.cursor() as cursor:
        cursor.execute("select member_id, organisation_id from ground_voices(%s, %s)", [row.partnership_id, row.code])
        return {member: seat.organisations.get(organisation, "") for member, organisation in cursor.fetchall()}
