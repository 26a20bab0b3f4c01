"""The week's briefing among a member's notices: a draft that waits, or one that can be read; as it stands now."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.seats import Seat
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.places.areas import places
from lokalnet.situation.addresses import address
from lokalnet.situation.briefing import reading
from lokalnet.situation.models import Briefing, BriefingState
from lokalnet.situation.partnerships import framed_as

KIND = "briefing"


def render(seat: Seat, notice: Notice) -> Said | None:
    """None of one that was replaced, or overtaken by a later week, or is not the reader's. Raises NotAllowed."""
    reading.may_read(seat.actor)
    found = Briefing.objects.filter(id=notice.subject).exclude(state=BriefingState.REPLACED).defer("figures").first()
    if found is None or _overtaken(found) or not _of_own_areas(seat, found):
        return None
    title = _("The draft of week %(number)s waits to be approved.") if found.state == BriefingState.DRAFT else \
        _("The briefing of week %(number)s can be read.")
    return Said(title % {"number": found.week.isocalendar().week}, address(seat, "briefing", found.id),
                reading.place_name(framed_as(seat), found))


def _overtaken(found: Briefing) -> bool:
    """Whether there is a later week to read of the same place: then nobody needs to be told of this one."""
    return Briefing.objects.filter(partnership_id=found.partnership_id, municipality_id=found.municipality_id,
                                   week__gt=found.week, state=BriefingState.APPROVED).exists()


def _of_own_areas(seat: Seat, found: Briefing) -> bool:
    """The whole partnership's is everybody's. A municipality's is for whoever follows an area of it, or none at all."""
    own = seat.actor.area_ids
    if found.municipality_id is None or not own:
        return True
    index = places()
    return any(found.municipality_id in index.areas_around(area) for area in own)


def counted(number: int) -> str:
    return ngettext("%(number)s briefing of the week", "%(number)s briefings of the week", number) % {"number": number}
