"""Who is visible where while it lasts: the organisations' watches in the conflict's areas, from now on."""

from django.db.models import Q

from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.times import now
from lokalnet.situation.areas.covering import related
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.directory import telephones
from lokalnet.situation.directory.watching import Watching, in_words
from lokalnet.situation.models import Watch

MOST = 60


def watches(conflict: Conflict) -> list[Watching]:
    """Those that are not over, in the areas, around them, in them, or of the whole partnership; soonest first."""
    frame, moment = conflict.frame, now()
    near = {id_ for area in conflict.measure.areas if area in frame.areas for id_ in related(frame, area)}
    rows = Watch.objects.filter(Q(area__isnull=True) | Q(area_id__in=near), partnership=frame.partnership,
                                ends_at__gt=moment).order_by("starts_at", "organisation__name", "who").values_list(
        "id", "organisation__name", "who", "phone", "area_id", "area__name", "starts_at", "ends_at")[:MOST]
    return [Watching(id_, organisation, who, phone, telephones.link(phone), area_id, area or "",
                     in_words(starts, ends, moment, frame.zone))
            for id_, organisation, who, phone, area_id, area, starts, ends in rows]


def may_add(conflict: Conflict) -> bool:
    return bool(conflict.frame.actor.may(Purpose.ADMINISTRATION, Fields.CONTACTS))
