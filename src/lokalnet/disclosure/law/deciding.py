"""Four eyes: another data protection officer approves or declines a proposal; and who stands for one in writing."""

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from lokalnet.access import events, words
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.grounds import BadGround
from lokalnet.disclosure.law.proposing import ChangedMeanwhile
from lokalnet.disclosure.law.reading import standing_of
from lokalnet.disclosure.models import Confirmation, GroundState
from lokalnet.disclosure.models import Ground as Row

SHORTEST = 10


def may_decide(seat: Seat, row: Row) -> bool:
    """A proposal of somebody else's. The database asks once more, and for the person behind the member."""
    return (row.state == GroundState.PROPOSED and row.proposed_by_id != seat.actor.member_id
            and bool(seat.actor.may(Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED)))


def approve(seat: Seat, row: Row) -> None:
    """It is in force from now on, and the version before it replaced. Raises NotAllowed and ChangedMeanwhile."""
    decision = _may_keep(seat)
    if row.state != GroundState.IN_FORCE:
        _decide(seat, row, decision, approve=True, reason="")


def decline(seat: Seat, row: Row, reason: str) -> None:
    """Raises NotAllowed, BadGround, BadWords and ChangedMeanwhile."""
    decision = _may_keep(seat)
    if not reason.strip():
        raise BadGround("reason", _("Say in a sentence why: the one who proposed it reads it."))
    words.check(seat, reason, field="reason")
    if row.state != GroundState.DECLINED:
        _decide(seat, row, decision, approve=False, reason=reason.strip())


def confirm(seat: Seat, row: Row, said: str) -> None:
    """That this version may be used, in writing. Once for each organisation; the second time changes nothing.

    Raises NotAllowed, BadGround, BadWords and ChangedMeanwhile.
    """
    decision = _may_keep(seat)
    if len(said.strip()) < SHORTEST:
        raise BadGround("words", _("Write in a sentence what you have examined and what you stand for."))
    words.check(seat, said, field="words")
    if Confirmation.objects.filter(ground=row, organisation=seat.actor.organisation_id).exists():
        return
    if not standing_of(seat, row).unconfirmed:
        raise ChangedMeanwhile(row.version)
    try:
        with transaction.atomic():
            Confirmation(ground=row, partnership_id=row.partnership_id, organisation_id=seat.actor.organisation_id,
                         member_id=seat.actor.member_id, words=said.strip()).save(force_insert=True)
    except IntegrityError:  # a colleague, at the same moment
        return
    _record(seat, row, decision, "confirmed")


def _may_keep(seat: Seat) -> Decision:
    return seat.actor.require(Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED)


def _decide(seat: Seat, row: Row, decision: Decision, *, approve: bool, reason: str) -> None:
    if row.state != GroundState.PROPOSED:
        raise ChangedMeanwhile(row.version)
    with connection.cursor() as cursor:
        cursor.execute("select decide_ground(%s, %s, %s)", [row.id, approve, reason])
        if not cursor.fetchone()[0]:
            raise _refusal(row)
    _record(seat, row, decision, "approved" if approve else "declined")


def _refusal(row: Row) -> Exception:
    """Somebody else decided it meanwhile, or it is the same person's."""
    state = Row.objects.filter(id=row.id).values_list("state", flat=True).first()
    return NotAllowed("four eyes") if state == GroundState.PROPOSED else ChangedMeanwhile(row.version)


def _record(seat: Seat, row: Row, decision: Decision, act: str) -> None:
    events.record(seat.actor, f"ground.{act}", decision=decision, purpose=Purpose.DATA_PROTECTION,
                  subject_kind="ground", subject=row.id)
