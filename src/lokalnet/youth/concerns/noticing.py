"""A worry among a member's notices: that one waits to be clarified, and that one's own was answered. No name in either.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.youth.concerns import own
from lokalnet.youth.triage import deciding, reading

CONCERN, ANSWERED = "concern", deciding.ANSWERED


def of_concern(seat: Seat, notice: Notice) -> Said | None:
    """None once it is clarified, and for who does not clarify worries any more."""
    if not seat.actor.may(Purpose.TRIAGE, Fields.CONCERNS_TRIAGED) or not reading.waits(notice.subject):
        return None
    return Said(_("A worry waits to be clarified"), address(seat, "triage_concern", notice.subject))


def of_answer(seat: Seat, notice: Notice) -> Said | None:
    if own.state_of(seat.actor, notice.subject) is None:
        return None
    return Said(_("What you told of was answered"), address(seat, "concern", notice.subject))


def concerns_counted(number: int) -> str:
    return ngettext("%(number)s worry to clarify", "%(number)s worries to clarify", number) % {"number": number}


def answers_counted(number: int) -> str:
    return ngettext("%(number)s answer to what you told of", "%(number)s answers to what you told of", number) % {
        "number": number}
