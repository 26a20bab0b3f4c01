"""What stands about things that are followed on the page where one says how one wants to be told."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lokalnet.access.seats import Seat, address
from lokalnet.situation.following import listing, subscribing
from lokalnet.situation.partnerships import framed_as


def of_notices(request: HttpRequest, seat: Seat, _thing: UUID) -> SafeString:
    """What the member follows at this table, with a way to change it."""
    if not subscribing.offered(seat.actor):
        return SafeString("")
    frame = framed_as(seat)
    shown: dict[str, Any] = {"rows": listing.rows(frame), "all": address(frame, "followed"),
                             "new": address(frame, "new_follow")}
    return render_to_string("situation/following/piece.html", shown, request)
