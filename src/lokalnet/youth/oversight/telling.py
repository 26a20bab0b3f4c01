"""What waits for an officer: told once a day, as a number; names are seen on the page alone, for a case."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext

from lokalnet.access.acting import Actor, act_as
from lokalnet.access.models import Partnership
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation import jobs
from lokalnet.foundation.asking import rows
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.interface.due import Part, Task
from lokalnet.notices import telling
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from lokalnet.persons import opening
from lokalnet.youth.oversight import unusual

KIND = "unusual-reading"
JOB, QUEUE = "lokalnet.unusual_reading", "person"


def ask_about_officers() -> bool:
    """A run for each officer; nothing of what they oversee stands in the queue."""
    if opening.is_open():
        for (member_id,) in rows("select officers_at_work()"):
            jobs.later(JOB, str(member_id))
    return True


@jobs.job(JOB, queue=QUEUE)
def tell_officer(subject: str) -> None:
    """On the officer's own behalf: is there something of yesterday or today that nobody has looked at?"""
    with transaction.atomic():
        actor = act_as(UUID(subject))
        if actor is None or not _oversees(actor):
            return
        since = now().astimezone(COPENHAGEN).date() - timedelta(days=1)
        table = Partnership.objects.filter(id__in=actor.partnership_ids, exercise_of=None).order_by("name").first()
        if table is not None and unusual.number_waiting(actor, since=since):
            telling.tell(actor.member_id, partnership_id=table.id, kind=KIND, subject=actor.organisation_id)


def render(seat: Seat, notice: Notice) -> Said | None:
    """None where all of it has been looked at."""
    number = unusual.number_waiting(seat.actor) if _oversees(seat.actor) else 0
    return Said(_waiting(number), address(seat, "oversight"), number=number) if number else None


def counted(number: int) -> str:
    return ngettext("%(number)d thing to look at in the log of look-ups",
                    "%(number)d things to look at in the log of look-ups", number) % {"number": number}


def due_for(seat: Seat) -> Iterator[Task]:
    if seat.partnership.exercise_of_id is None and _oversees(seat.actor) and (
            number := unusual.number_waiting(seat.actor)):
        yield Task(Part.MINE, _waiting(number), address(seat, "oversight"))


def _waiting(number: int) -> str:
    return ngettext("%(number)d unusual look-up to look at", "%(number)d unusual look-ups to look at",
                    number) % {"number": number}


def _oversees(actor: Actor) -> bool:
    return opening.is_open() and bool(actor.may(Purpose.DATA_PROTECTION, Fields.PERSON_LOG))
