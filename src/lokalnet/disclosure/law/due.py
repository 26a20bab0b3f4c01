"""What of the law waits for a data protection officer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lokalnet.access.seats import Seat, address
from lokalnet.disclosure.law import deciding, reading
from lokalnet.disclosure.models import Ground, GroundState
from lokalnet.interface.due import Part, Task
from lokalnet.persons import opening


def due_for(seat: Seat) -> list[Task]:
    if not reading.keeps(seat) or seat.partnership.exercise_of_id is not None or not opening.is_open():
        return []
    return [*_approvals(seat), *_confirmations(seat)]


def _approvals(seat: Seat) -> Iterator[Task]:
    for row in Ground.objects.filter(partnership=seat.partnership, state=GroundState.PROPOSED).order_by("proposed_at"):
        if deciding.may_decide(seat, row):
            yield Task(Part.WAITING, _("A legal ground awaits your approval: %(paragraph)s")
                       % {"paragraph": row.paragraph}, address(seat, "ground", row.id), about=row.title_da)


def _confirmations(seat: Seat) -> Iterator[Task]:
    for each in reading.current(seat):
        if each.unconfirmed:
            yield Task(Part.WAITING, _("A legal ground awaits your confirmation in writing: %(paragraph)s")
                       % {"paragraph": each.ground.paragraph}, address(seat, "ground", each.id),
                       about=each.ground.title)
