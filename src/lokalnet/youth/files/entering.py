"""Into a file for a purpose, through its pages, and out again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lokalnet.access import events, wording
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.foundation.times import now
from lokalnet.persons import overriding, visiting
from lokalnet.persons.models import Because, Override, Visit
from lokalnet.persons.visiting import NoVisit
from lokalnet.youth.files import sealed
from lokalnet.youth.files.sealed import Sealer
from lokalnet.youth.models import File

THING = "file"


@dataclass(frozen=True)
class Stay:
    """A member at a file, on a visit that is going on. What is done in a file is done from one."""

    seat: Seat
    file: File
    visit: Visit

    @property
    def assigned(self) -> bool:
        """Works on the file; whoever came by emergency access reads and writes notes, and decides nothing."""
        return Because.ASSIGNED in self.visit.because

    @property
    def decides(self) -> bool:
        """Who decides where it is taken up, and who works on it."""
        actor = self.seat.actor
        return self.assigned and (self.file.owner_id == actor.member_id
                                  or bool(actor.may(Purpose.TRIAGE, Fields.FILE_DECISIONS)))

    @property
    def purpose(self) -> str:
        return wording.purpose(self.visit.purpose)

    @property
    def wrong_until(self) -> datetime:
        return self.visit.entered_at + visiting.WRONG_WITHIN

    @property
    def may_be_wrong(self) -> bool:
        return now() < self.wrong_until

    @property
    def today(self) -> date:
        return today(self.seat)

    def require_assigned(self) -> None:
        """Raises NotAllowed."""
        if not self.assigned:
            raise NotAllowed("by emergency access one reads, and writes notes")

    def sealer(self) -> Sealer:
        return sealed.of(self.file.person_id, self.file.controller_id)

    def record(self, act: str) -> None:
        """That something was done in the file, and what kind of thing; no word of it."""
        events.record(self.seat.actor, "file.written", purpose=self.visit.purpose, subject_kind=THING,
                      subject=self.file.id, act=act,
                      decision=self.seat.actor.may(Purpose.EARLY_HELP, Fields.PERSON_FILE))


def today(seat: Seat) -> date:
    return now().astimezone(seat.zone).date()


def choices(seat: Seat) -> list[Purpose]:
    """What the actor can enter a file for."""
    return [purpose for purpose in visiting.CHOICES if seat.actor.may(purpose, Fields.PERSON_FILE)]


def inside(file: File, path: str) -> str:
    """The path, where it is one of the file's pages; else nothing."""
    return path if path.startswith(reverse("file", args=[file.id])) else ""


def enter(seat: Seat, file: File, purpose: str) -> Stay:
    """Raises BrokenRule where no purpose was chosen."""
    if purpose not in choices(seat):
        raise BrokenRule("purpose", _("Choose what you open the file for."))
    visit = visiting.enter(seat.actor, file.person_id, Purpose(purpose), thing=THING, subject=file.id)
    return Stay(seat, file, visit)


def going_on(seat: Seat, file: File) -> Stay:
    """For what is done in the file. Raises NoVisit."""
    visit = visiting.current(seat.actor, file.person_id)
    if visit is None:
        raise NoVisit
    return Stay(seat, file, visit)


def read(seat: Seat, file: File) -> Stay:
    """For a page of the file: the entry in the log is written with it, or there is no page. Raises NoVisit."""
    return Stay(seat, file, visiting.read(seat.actor, file.person_id, thing=THING, subject=file.id))


def leave(seat: Seat, file: File) -> None:
    visiting.leave(seat.actor, file.person_id, thing=THING, subject=file.id)


def was_wrong(seat: Seat, file: File) -> bool:
    """The wrong file: emergency access to it ends too. False where it was said too late to be told apart."""
    override = Override.objects.filter(member_id=seat.actor.member_id, person_id=file.person_id,
                                       ends_at__gt=now()).order_by("-opened_at").first()
    in_time = visiting.was_wrong(seat.actor, file.person_id, thing=THING, subject=file.id)
    if override and not override.wrong:
        in_time = overriding.was_wrong(seat.actor, override.id) or in_time
    return in_time


def changed(file: File, *, edition: int, **columns: object) -> None:
    """Columns of the file, for who works on it. Raises Outdated."""
    if not File.objects.filter(id=file.id, edition=edition).update(edition=edition + 1, **columns):
        raise Outdated(_("Somebody else has changed this meanwhile. See what stands there now, and change that."),
                       file.edition)


