"""Send: the worry becomes the organisation's, and reaches whoever helps the young person already, or who clarifies.

Its author is answered »received« in either case: the page, the words, the questions to the database and the work with
keys are the same whether or not the young person was known (engineering 24).
"""

from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import identity, keys
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import drafting, own, worries
from lokalnet.youth.concerns.drafting import ChangedMeanwhile
from lokalnet.youth.concerns.worries import Worry
from lokalnet.youth.models import Concern, ConcernText


def send(seat: Seat, concern_id: UUID, *, edition: int) -> None:
    """Sent once more it is sent already. Raises NotAllowed, BrokenRule, ChangedMeanwhile; Http404 for anybody else's.
    """
    decision = drafting.may_tell(seat.actor)
    with transaction.atomic():
        row = drafting.drafts(seat.actor).select_for_update().filter(id=concern_id).first()
        if row is None and own.state_of(seat.actor, concern_id):
            return
        if row is None:
            raise Http404
        if row.edition != edition:
            raise ChangedMeanwhile(row.edition)
        _send(seat, row, _ready(drafting.draft(seat.actor, concern_id).worry))
        events.record(seat.actor, "concern.sent", decision=decision, purpose=Purpose.CONCERN, subject_kind="concern",
                      subject=concern_id)


def _ready(worry: Worry) -> Worry:
    """Raises BrokenRule for what is missing: who it is about, and what was seen by whom."""
    who = worry.who
    checked = identity.checked(name=who.name, number=who.cpr, born=who.born, address=who.address,
                               protected=who.protected, phone=who.phone, today=drafting.today())
    if not worry.words.facts.strip():
        raise BrokenRule("facts", _("Write what you or others have seen or heard."))
    if not worry.words.source.strip():
        raise BrokenRule("source", _("Write who saw or heard it, and when."))
    return replace(worry, who=checked)


def _send(seat: Seat, row: Concern, worry: Worry) -> None:
    person_id, not_needed = _whose(seat.actor, worry.who)
    sealed = worries.sealed(keys.fetch(person_id), row.id, row.controller_id, worry)
    ConcernText.objects.filter(concern_id=row.id).update(sealed=sealed)
    if not answer("select send_concern(%s, %s, %s, %s)", row.id, person_id, worry.acute, uuid4()):
        raise Http404
    answer("select tell_of_concern(%s, %s)", row.id, seat.partnership.id)
    transaction.on_commit(partial(_destroy, row.id, not_needed))


def _whose(actor: Actor, who: Identity) -> tuple[UUID, UUID]:
    """The person, and the id of a key that nobody needs: also where the person was known, one is made and undone."""
    known = identity.found(actor, who)
    there = known is not None and bool(keys.versions_of(known))
    before = transaction.savepoint()
    made = identity.enter(actor, who)
    if known is not None and there:
        transaction.savepoint_rollback(before)
        return known, made
    transaction.savepoint_commit(before)
    return made, uuid4()


def _destroy(*key_ids: UUID) -> None:
    """Once it is committed: what was sealed in the draft opens nowhere any more. As often as it is asked."""
    for each in key_ids:
        keys.destroy(each)
