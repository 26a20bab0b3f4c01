"""Emergency access: to a file of the own organisation that somebody does not work on, with a reason, for three hours.

Across organisations it would be a disclosure that nobody decided (engineering 27), so there it does not exist.
"""

from uuid import UUID, uuid4

from django.http import Http404
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.asking import answer
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import keys, sealing
from lokalnet.persons.models import Override
from lokalnet.persons.sealing import Spot

TABLE = "persons_override"
SHORTEST = 15


def begin(actor: Actor, person_id: UUID, reason: str) -> UUID:
    """Raises NotAllowed, BrokenRule; Http404 for somebody of another organisation, as for nobody."""
    decision = actor.require(Purpose.EARLY_HELP, Fields.OVERRIDE)
    reason = reason.strip()
    if len(reason) < SHORTEST:
        raise too_short()
    override_id = uuid4()
    try:
        key = keys.fetch(person_id)
    except keys.KeyGone:
        raise Http404 from None
    sealed = sealing.seal(key, Spot(TABLE, override_id, actor.organisation_id), {"reason": reason})
    if not answer("select open_override(%s, %s, %s)", override_id, person_id, sealed):
        raise Http404
    events.record(actor, "override.opened", decision=decision, purpose=Purpose.EARLY_HELP, subject_kind="person",
                  subject=person_id)
    return override_id


def too_short() -> BrokenRule:
    return BrokenRule("reason", _("Write in a sentence what happens, and why it cannot wait for a colleague who works "
                                  "on the file."))


def was_wrong(actor: Actor, override_id: UUID) -> bool:
    """The wrong file, within ten minutes: the access ends, and it is no alarm. False when it is too late."""
    ended = bool(answer("select override_was_wrong(%s)", override_id))
    if ended:
        events.record(actor, "override.wrong", subject_kind="override", subject=override_id)
    return ended


def reason_of(override: Override) -> str:
    """For who may read it: the owner, the data protection officer, and who wrote it."""
    spot = Spot(TABLE, override.id, override.controller_id)
    return sealing.unseal(keys.fetch(override.person_id), spot, bytes(override.sealed))["reason"]
