"""What whoever works on a file is told: that a worry came to it, and that somebody took emergency access to it.

A notice holds no name, and says no more than the case number, to who may know it.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation.asking import answer, rows
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.persons.models import Override
from lokalnet.youth.models import Concern, ConcernState, File

CONCERN, OVERRIDE = "file-concern", "file-override"


def tell_of_override(seat: Seat, override_id: UUID) -> None:
    """Those who work on the file, and whoever protects data in the organisation."""
    answer("select tell_of_override(%s, %s)", override_id, seat.partnership.id)
    answer("select tell_those_who_may(%s, %s, %s, %s, %s, %s)", seat.actor.organisation_id,
           Purpose.DATA_PROTECTION.value, Fields.PERSON_LOG.value, seat.partnership.id, OVERRIDE, override_id)


def of_concern(seat: Seat, notice: Notice) -> Said | None:
    """None once it is decided, and for who does not work on the file any more."""
    found = Concern.objects.filter(id=notice.subject, state=ConcernState.SENT).first()
    file = File.objects.filter(person_id=found.person_id).first() if found and found.person_id else None
    if file is None:
        return None
    return Said(_("A new worry in file %(number)s") % {"number": file.number}, address(seat, "file", file.id))


def of_override(seat: Seat, notice: Notice) -> Said | None:
    """None of one that was said to be the wrong file in time: that is no alarm."""
    for file_id, number, wrong in rows("select file_id, number, wrong from file_of_override(%s)", notice.subject):
        said = _("Emergency access was taken to file %(number)s") % {"number": number}
        return None if wrong else Said(said, address(seat, "file_looks", file_id))
    if not Override.objects.filter(id=notice.subject, wrong=False).exists():
        return None
    return Said(_("Emergency access was taken to a file in your organisation"), address(seat, "oversight"))


def concerns_counted(number: int) -> str:
    return ngettext("%(number)s new worry in a file", "%(number)s new worries in files", number) % {"number": number}


def overrides_counted(number: int) -> str:
    return ngettext("%(number)s emergency access to a file", "%(number)s emergency accesses to files", number) % {
        "number": number}
