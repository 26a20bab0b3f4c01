"""Propose a ground, or a new version of one. It counts for nothing until another data protection officer approves."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lokalnet.access import events, words
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.disclosure.grounds import BadGround, Ground, check
from lokalnet.disclosure.law.reading import today
from lokalnet.disclosure.law.rows import ground_of, row_of, says_the_same
from lokalnet.disclosure.models import Ground as Row
from lokalnet.disclosure.models import GroundState
from lokalnet.foundation.rules import Outdated


class ChangedMeanwhile(Outdated):
    """The version that was to be changed is not the one in force any more, or somebody proposed another."""

    def __init__(self, version: int) -> None:
        super().__init__(_("Somebody else has proposed or decided a change of this ground meanwhile. See what stands "
                           "there now."), version)


def propose_new(seat: Seat, ground: Ground, *, why: str) -> UUID:
    """Version 1 of a ground that the partnership does not have. Raises NotAllowed, BadGround and BadWords."""
    code = slugify(f"{ground.paragraph} {ground.title_da}")[:60].strip("-")
    ground = _looked_at(seat, replace(ground, code=code), why)
    if waiting := _own_waiting(seat, ground):
        return waiting
    if Row.objects.filter(partnership=seat.partnership, code=code).exists():
        raise BadGround("title_da", _("There is a ground with this place in the law and this title. Propose a change "
                                      "of it, or give this one another title."))
    return _propose(seat, ground, why)


def propose_change(seat: Seat, row: Row, ground: Ground, *, why: str) -> UUID:
    """The next version of a ground. Raises NotAllowed, BadGround, BadWords and ChangedMeanwhile."""
    ground = _looked_at(seat, replace(ground, code=row.code), why)
    if waiting := _own_waiting(seat, ground):
        return waiting
    if row.state != GroundState.IN_FORCE:
        raise ChangedMeanwhile(row.version)
    if says_the_same(ground, ground_of(row)):
        raise BadGround("why", _("Nothing is changed in it yet."))
    return _propose(seat, ground, why)


def _looked_at(seat: Seat, ground: Ground, why: str) -> Ground:
    seat.actor.require(Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED)
    check(ground)
    if ground.valid_from > today(seat):
        raise BadGround("valid_from", _("It replaces the version before it when it is approved. Choose today or an "
                                        "earlier day."))
    if not why.strip():
        raise BadGround("why", _("Say why, in a sentence: the one who approves reads it."))
    words.check(seat, why, field="why")
    # Its wording was read by whoever proposes it; who stands for it in the partnership confirms it in writing.
    return replace(ground, verified=False)


def _own_waiting(seat: Seat, ground: Ground) -> UUID | None:
    """The same, sent twice: it is proposed already."""
    waiting = Row.objects.filter(partnership=seat.partnership, code=ground.code, state=GroundState.PROPOSED,
                                 proposed_by_id=seat.actor.member_id).first()
    return waiting.id if waiting and says_the_same(ground_of(waiting), ground) else None


def _propose(seat: Seat, ground: Ground, why: str) -> UUID:
    decision = seat.actor.require(Purpose.DATA_PROTECTION, Fields.GROUNDS_EDITED)
    made = uuid4()
    row = row_of(ground, seat.partnership, id=made, state=GroundState.PROPOSED.value, why=why.strip(),
                 proposed_by_id=seat.actor.member_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # one waits already (sql/law.sql)
        raise ChangedMeanwhile(ground.version) from None
    events.record(seat.actor, "ground.proposed", decision=decision, purpose=Purpose.DATA_PROTECTION,
                  subject_kind="ground", subject=made)
    return made
