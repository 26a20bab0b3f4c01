"""What somebody follows, in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.notices.models import Pace
from lokalnet.situation.addresses import address
from lokalnet.situation.following import subscribing
from lokalnet.situation.models import Subscription
from lokalnet.situation.partnerships import Frame
from lokalnet.situation.picture import COUNTED


@dataclass(frozen=True)
class Row:
    id: UUID
    name: str
    what: str
    pace: str
    overview: str
    change: str
    stop: str


def rows(frame: Frame) -> list[Row]:
    return [_row(frame, each) for each in subscribing.of(frame)]


def _row(frame: Frame, followed: Subscription) -> Row:
    return Row(followed.id, followed.name, f"{_where(frame, followed)} · {_what(frame, followed)}",
               str(Pace(followed.pace).label), address(frame, "overview", follow=followed.id),
               address(frame, "change_follow", followed.id), address(frame, "stop_following", followed.id))


def _where(frame: Frame, followed: Subscription) -> str:
    names = [frame.areas[each].name for each in followed.areas if each in frame.areas]
    if followed.outline:
        names.append(_("an area that you have drawn"))
    return ", ".join(names) or _("Everywhere")


def _what(frame: Frame, followed: Subscription) -> str:
    names = [frame.categories[each].name for each in followed.categories if each in frame.categories]
    said = ", ".join(names) or _("all categories")
    least = {2: _("of medium or high severity"), 3: _("of high severity")}.get(followed.severity or 0)
    return f"{said}, {least}" if least else said


def preview(number: int) -> str:
    """The sentence that stands above the button."""
    if number > COUNTED:
        return _("In the last %(days)d days this would have been more than %(number)d reports.") % {
            "days": subscribing.LOOKED_BACK, "number": COUNTED}
    return ngettext("In the last %(days)d days this would have been %(number)d report.",
                    "In the last %(days)d days this would have been %(number)d reports.", number) % {
        "days": subscribing.LOOKED_BACK, "number": number}
