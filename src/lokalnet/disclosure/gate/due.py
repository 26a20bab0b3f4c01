"""What of the gate waits for a member: what was offered, what was taken back, what ends."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.gate import copies, looking
from lokalnet.interface.due import Part, Task
from lokalnet.persons import opening


def due_for(seat: Seat) -> list[Task]:
    if (not opening.is_open() or seat.partnership.exercise_of_id is not None
            or not seat.actor.may(Purpose.DISCLOSURE, Fields.OFFERS)):
        return []
    return [*_offers(seat), *_recalls(seat), *_copies(seat)]


def _offers(seat: Seat) -> Iterator[Task]:
    for each in looking.waiting(seat):
        yield Task(Part.WAITING, _("Something is offered to you: take it or decline it"),
                   address(seat, "offer", each.id), each.expires_at.astimezone(seat.zone).date(), each.giver)


def _recalls(seat: Seat) -> Iterator[Task]:
    for each in looking.recalled(seat):
        yield Task(Part.WAITING, _("A copy was taken back: say what becomes of it"), address(seat, "offer", each.id),
                   each.answer_due_on, each.giver)


def _copies(seat: Seat) -> Iterator[Task]:
    for each in copies.held(seat):
        if each.soon:
            yield Task(Part.MINE, _("A copy is deleted soon"), address(seat, "copy", each.id), each.expires_on,
                       each.giver)
