"""An area that a member draws by hand: what may be drawn, and how it is kept."""

import json
import math

import numpy as np
import shapely
from django.utils.translation import gettext as _

from lokalnet.places.points import BadPoint, check_point, in_metres
from lokalnet.situation.following.wanted import Ring
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import bounds_of

FEWEST, MOST = 3, 60
LEAST_METRES = 250  # as wide as the cell of a coarse place: it must not point at a doorway
DECIMALS = 6  # about a decimetre
LONGEST_TEXT = 4000  # more than so many corners can be


def entered(text: str) -> Ring:
    """What a form sends: a JSON list of [longitude, latitude], or nothing. Raises BadReport."""
    if len(text) > LONGEST_TEXT:
        raise _unreadable()
    try:
        corners = json.loads(text) if text.strip() else []
        ring = tuple((round(float(x), DECIMALS), round(float(y), DECIMALS)) for x, y in corners)
    except (ValueError, TypeError, OverflowError):
        raise _unreadable() from None
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def check(frame: Frame, ring: Ring) -> None:
    """Raises BadReport for the first rule that does not hold; nothing drawn is fine."""
    if not ring:
        return
    if not FEWEST <= len(ring) <= MOST:
        raise _bad(_("A drawn area has from %(fewest)d to %(most)d corners. This one has %(number)d.") % {
            "fewest": FEWEST, "most": MOST, "number": len(ring)})
    _check_corners(frame, ring)
    east, north = in_metres([x for x, _y in ring], [y for _x, y in ring], frame.partnership.projection)
    drawn = shapely.Polygon(np.column_stack((east, north)))
    if not drawn.is_valid:
        raise _bad(_("The line crosses itself. Move a corner, or draw it again."))
    if _across(drawn) < LEAST_METRES:
        raise _bad(_("The area is too narrow: it must be at least %(metres)d m across.") % {"metres": LEAST_METRES})


def _check_corners(frame: Frame, ring: Ring) -> None:
    for longitude, latitude in ring:
        try:
            check_point(longitude, latitude, bounds_of(frame.partnership))
        except BadPoint as problem:
            raise _bad(str(problem)) from None


def _across(drawn: shapely.Polygon) -> float:
    """The shorter side of the smallest rectangle around it, in metres."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(drawn))
    if len(corners) < FEWEST:
        return 0
    return min(math.dist(corners[0], corners[1]), math.dist(corners[1], corners[2]))


def _unreadable() -> BadReport:
    return _bad(_("The drawn area could not be read. Draw it again."))


def _bad(rule: str) -> BadReport:
    return BadReport("outline", rule)
