"""Who is visible where while it lasts: what the organisations wrote for this conflict or for its areas, from now on."""

from datetime import datetime, time, timedelta

from lokalnet.foundation.times import now
from lokalnet.situation.areas.covering import related
from lokalnet.situation.conflicts.looking import Conflict
from lokalnet.situation.directory import watching
from lokalnet.situation.directory.watching import Watching

MOST = 60


def watches(conflict: Conflict) -> list[Watching]:
    """Those that are not over: for it, in its areas, around them, in them, or of the whole partnership. Soonest first.
    """
    frame, moment = conflict.frame, now()
    near = {id_ for area in conflict.measure.areas if area in frame.areas for id_ in related(frame, area)}
    end = datetime.combine(conflict.measure.ends_on + timedelta(days=1), time(), frame.zone)
    return [each for each in watching.between(frame, moment, end, moment)
            if each.measure_id == conflict.id or each.area_id is None or each.area_id in near][:MOST]


def may_add(conflict: Conflict) -> bool:
    return watching.right_to_keep(conflict.frame.actor) is not None
