"""Which areas somebody follows: chosen by oneself, because nobody else knows what one's day is about.

They decide what stands under "New in your areas" and what the filter "My areas" means. They give no right to anything.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.administration import BadChange, areas_for
from lokalnet.access.models import Member
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.places.models import Area


def may(actor: Actor) -> Decision:
    """Whoever works with observations. Raises NotAllowed."""
    return actor.require(Purpose.REPORT, Fields.OBSERVATIONS_OF_OWN)


def by_kind(actor: Actor) -> list[tuple[str, list[Area]]]:
    """The areas of the actor's partnerships, in the order of kinds that every page has."""
    found = areas_for(actor)
    grouped = [(str(kind.label), [area for area in found if area.kind == kind]) for kind in Area.KINDS_SHOWN]
    return [(label, areas) for label, areas in grouped if areas]


@transaction.atomic
def choose(actor: Actor, wanted: Collection[UUID]) -> None:
    """From now on these and no others; the same twice changes nothing. Raises NotAllowed, BadChange."""
    decision = may(actor)
    known = {area.id for area in areas_for(actor)}
    if not set(wanted) <= known:
        raise BadChange("areas", _("Choose among the areas of your partnership."))
    if set(wanted) == set(actor.area_ids):
        return
    Member.objects.get(id=actor.member_id).areas.set(Area.objects.filter(id__in=wanted))
    events.record(actor, "own-areas.changed", decision=decision, purpose=Purpose.REPORT, subject_kind="member",
                  subject=actor.member_id, areas=sorted(str(each) for each in wanted))
