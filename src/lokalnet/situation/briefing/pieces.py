"""What a meeting puts on the briefing's own page: the way into it, and what the meeting before left."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import carrying, reading
from lokalnet.situation.models import BriefingState
from lokalnet.situation.partnerships import Frame


def way_in(request: HttpRequest, frame: Frame, briefing_id: UUID) -> SafeString:
    """To the meeting, and to how it ended, where the briefing is the one that is met about."""
    frame, briefing = reading.one(frame, briefing_id)
    if briefing.state != BriefingState.APPROVED:
        return SafeString("")
    return SafeString(render_to_string("situation/briefing/way_in.html", {
        "holds": reading.edits(frame.actor), "meeting": address(frame, "meeting", briefing_id),
        "end": address(frame, "meeting_end", briefing_id)}, request))


def left_over(request: HttpRequest, frame: Frame, briefing_id: UUID) -> SafeString:
    """Empty where the meeting before left nothing."""
    frame, briefing = reading.one(frame, briefing_id)
    left = carrying.left(frame, briefing)
    return SafeString(render_to_string("situation/briefing/left.html", {"left": left}, request) if left else "")
