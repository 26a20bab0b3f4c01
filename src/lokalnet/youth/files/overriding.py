"""Emergency access: who does not work on a file asks for it by CPR number or case number, and says why.

Whether there is one is learned through this act alone: it is logged and counted, whatever it finds. Those who work on
the file and the data protection officer are told.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access import events
from lokalnet.access.models import Event
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.asking import rows
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.persons import cpr, identity, knowing, overriding
from lokalnet.persons.identity import Identity
from lokalnet.youth.files import noticing

OPENED, FOUND_NOTHING = "override.opened", "override.found-nothing"
HOUR = timedelta(hours=1)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Asked:
    """A CPR number, or a case number of the own organisation."""

    who: str = field(repr=False)
    reason: str = field(repr=False)


def ask(seat: Seat, asked: Asked) -> UUID | None:
    """The file that is open now, or None where nothing was found, which is as much of an act.

    Raises NotAllowed, BrokenRule.
    """
    decision = seat.actor.require(Purpose.EARLY_HELP, Fields.OVERRIDE)
    if len(asked.reason.strip()) < overriding.SHORTEST:
        raise overriding.too_short()
    person_id, number = _meant(seat, asked.who)
    _check_often(seat)
    found = rows("select file_id, person_id from file_to_open(%s, %s)", person_id, number)
    if not found:
        events.record(seat.actor, FOUND_NOTHING, decision=decision, purpose=Purpose.EARLY_HELP,
                      subject_kind="organisation", subject=seat.actor.organisation_id)
        return None
    file_id, person_id = found[0]
    if not knowing.knows(person_id, knowing.FILE):  # else it is open already: the same page is asked for twice
        override_id = overriding.begin(seat.actor, person_id, asked.reason)
        noticing.tell_of_override(seat, override_id)
    opened: UUID = file_id
    return opened


def _meant(seat: Seat, who: str) -> tuple[UUID, str]:
    """The person, by what looks like a CPR number, or else the case number."""
    text = " ".join(who.split())
    if not text:
        raise BrokenRule("who", _("Write a CPR number or a case number."))
    if sum(each.isdigit() for each in text) < 10:
        return NOBODY, text
    number = cpr.parse(text, field="who", today=now().astimezone(COPENHAGEN).date())
    return identity.found(seat.actor, Identity("", number.number)) or NOBODY, ""


def _check_often(seat: Seat) -> None:
    """So many in an hour and no more; two at once wait for each other. Raises BrokenRule."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 4100234))", [str(seat.actor.member_id)])
    most = settings.LOKALNET_EMERGENCY_PER_HOUR
    done = Event.objects.filter(member_id=seat.actor.member_id, kind__in=(OPENED, FOUND_NOTHING),
                                at__gt=now() - HOUR).count()
    if done >= most:
        raise BrokenRule("who", ngettext("Emergency access can be asked for %(number)d time in an hour. Ring a "
                                         "colleague who works on the file.",
                                         "Emergency access can be asked for %(number)d times in an hour. Ring a "
                                         "colleague who works on the file.", most) % {"number": most})
