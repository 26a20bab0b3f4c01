"""Reading is an act. A purpose is chosen on entering and kept for the visit; every page of it leaves an entry.

Without a visit the policies show nothing of a person, so a page that forgets to enter has nothing to show; and `read`
writes the entry in the same transaction as the page, which fails with it.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.http import Http404

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Fields, Purpose
from lokalnet.foundation.asking import answer
from lokalnet.foundation.times import now
from lokalnet.persons.models import Because, Visit

LONGEST = timedelta(hours=2)
WRONG_WITHIN = timedelta(minutes=10)
# What somebody can enter a file for. Triage and copies have one purpose each, and nobody is asked.
CHOICES = (Purpose.EARLY_HELP, Purpose.INFORMING, Purpose.DISCLOSURE)


class NoVisit(Exception):
    """The actor may know the person, and has not said what for. The page asks."""


def enter(actor: Actor, person_id: UUID, purpose: Purpose, *, thing: str, subject: UUID) -> Visit:
    """Begin a visit for the purpose. `thing` and `subject` say in the log what was entered, such as a file.

    Raises Http404 for whoever may not know the person, as for one that does not exist.
    """
    visit_id = uuid4()
    if not answer("select enter_person(%s, %s, %s, %s)", visit_id, person_id, purpose.value, now() + LONGEST):
        raise Http404
    made = Visit.objects.get(id=visit_id)
    decision = actor.may(purpose, _fields(purpose, made))
    events.record(actor, f"{thing}.entered", decision=decision, purpose=purpose, subject_kind=thing, subject=subject,
                  ways=list(made.because))
    return made


def _fields(purpose: Purpose, visit: Visit) -> Fields:
    if purpose == Purpose.TRIAGE:
        return Fields.CONCERNS_TRIAGED
    if visit.because == [Because.COPY]:
        return Fields.COPIES
    return Fields.OVERRIDE if visit.because == [Because.OVERRIDE] else Fields.PERSON_FILE


def current(actor: Actor, person_id: UUID) -> Visit | None:
    """The actor's own visit that is going on."""
    return Visit.objects.filter(member_id=actor.member_id, person_id=person_id, left_at=None,
                                ends_at__gt=now()).order_by("-entered_at").first()


def read(actor: Actor, person_id: UUID, *, thing: str, subject: UUID) -> Visit:
    """The entry about a page of the visit, or no page. Raises NoVisit."""
    visit = current(actor, person_id)
    if visit is None:
        raise NoVisit
    purpose = Purpose(visit.purpose)
    events.record(actor, f"{thing}.read", decision=actor.may(purpose, _fields(purpose, visit)), purpose=purpose,
                  subject_kind=thing, subject=subject)
    return visit


def leave(actor: Actor, person_id: UUID, *, thing: str, subject: UUID) -> None:
    """End the visit. Whoever has none leaves nothing behind."""
    if answer("select leave_person(%s, false)", person_id):
        events.record(actor, f"{thing}.left", subject_kind=thing, subject=subject)


def was_wrong(actor: Actor, person_id: UUID, *, thing: str, subject: UUID) -> bool:
    """It was the wrong one: within ten minutes it is no alarm, and is told apart. False where it is too late."""
    visit = current(actor, person_id)
    in_time = visit is not None and visit.entered_at > now() - WRONG_WITHIN
    if answer("select leave_person(%s, true)", person_id):
        events.record(actor, f"{thing}.left-as-wrong", subject_kind=thing, subject=subject, in_time=in_time)
    return in_time
