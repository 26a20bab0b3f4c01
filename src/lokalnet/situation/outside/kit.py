"""What a phone has with it when there is no signal: categories, areas and their outline, and the words for the sender's
choices. It goes to the phone as one answer and lies there under the member's key.
"""

import base64
import hashlib
import json
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lokalnet.access import devices
from lokalnet.access.acting import Actor
from lokalnet.foundation.times import now
from lokalnet.situation import outlines, reporting, showing
from lokalnet.situation.filtering import areas_by_kind
from lokalnet.situation.models import PoliceSees, Precision, Visibility
from lokalnet.situation.outside import quiet, receiving
from lokalnet.situation.partnerships import Frame, frame_for


def kit(actor: Actor) -> dict[str, Any]:
    """For every partnership of the actor's. Raises NotAllowed for whoever does not report."""
    receiving.may_send(actor)
    first = frame_for(actor)
    frames = [Frame(each, actor) for each in first.mine] if first else []
    return {"member": str(actor.member_id), "name": actor.name, "organisation": actor.organisation_name,
            "language": get_language(), "partnerships": [_partnership(frame) for frame in frames]}


def with_key(said: dict[str, Any], actor: Actor, session: str) -> dict[str, Any]:
    """For a browser in which the member is logged in: the key under which it keeps what waits, and a mark of this
    log-in, so that the browser knows after the log-out which answers come too late.
    """
    mark = hashlib.sha256(b"outbox" + session.encode()).hexdigest()[:16]
    return said | {"key": base64.b64encode(devices.outbox_key(actor)).decode(), "session": mark}


def _partnership(frame: Frame) -> dict[str, Any]:
    police = frame.actor.organisation_kind == "police"
    week = quiet.offered(now().astimezone(frame.zone).date())
    return {
        "slug": frame.partnership.slug, "name": frame.partnership.name, "bounds": frame.bounds,
        "exercise": frame.partnership.exercise_of_id is not None,
        "categories": [{"slug": row.slug, "name": row.name, "guidance": row.guidance, "icon": row.icon,
                        "severity": row.severity, "photo": row.takes_photos}
                       for row in frame.categories.values() if row.active],
        "areas": [{"name": name, "areas": [{"id": str(id_), "name": called} for id_, called in areas]}
                  for name, areas in _own_first(frame)],
        "outline": json.loads(outlines.geojson(frame)),
        "visibility": [{"value": each.value, "label": str(each.label), "seen_by": showing.seen_by(frame.actor)[each]}
                       for each in Visibility],
        "police_sees": [] if police else [{"value": each.value, "label": str(each.label)} for each in PoliceSees],
        "precision": [{"value": each.value, "label": str(each.label)} for each in Precision],
        "usual": {"visibility": reporting.usual_visibility(frame.actor), "police_sees": PoliceSees.TEXT.value},
        "week": week.isoformat(), "week_number": week.isocalendar().week, "quiet": quiet.state(frame, week)}


def _own_first(frame: Frame) -> list[tuple[str, list[tuple[Any, str]]]]:
    """The member's own areas in a group before the others."""
    own = [(id_, frame.areas[id_].name) for id_ in frame.actor.area_ids if id_ in frame.areas]
    groups = [(str(name), list(areas)) for name, areas in areas_by_kind(frame)]
    return [(_("My areas"), own), *groups] if own else groups
