"""A signal among a member's notices: as it stands now, also where it goes on as another; nothing once it is over."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.seats import Seat
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.situation.addresses import address
from lokalnet.situation.models import Signal, SignalState
from lokalnet.situation.partnerships import framed_as
from lokalnet.situation.signals import reading

KIND = "signal"


def render(seat: Seat, notice: Notice) -> Said | None:
    """None of one that is over, or that the reader may not read. Raises NotAllowed."""
    reading.may_read(seat.actor)
    found = Signal.objects.select_related("goes_on_as").filter(id=notice.subject).first()
    while found and found.goes_on_as:
        found = found.goes_on_as
    if found is None or found.state == SignalState.CLOSED:
        return None
    place = framed_as(seat).place_name([found.area_id] if found.area_id else [])
    return Said(_("Something unusual: %(theme)s") % {"theme": found.get_theme_display()},
                address(seat, "signal", found.id), place)


def counted(number: int) -> str:
    return ngettext("%(number)s unusual development", "%(number)s unusual developments", number) % {"number": number}
