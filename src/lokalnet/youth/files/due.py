"""What waits in the files that a member works on: by case number, with the day. There is no list of young people.

The database says which file, what, and until when (`due_of_files`), without a visit: no word of what stands in a file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lokalnet.access import events
from lokalnet.access.rights import Fields, Purpose
from lokalnet.access.seats import Seat, address
from lokalnet.foundation.asking import rows
from lokalnet.interface.due import Part, Task
from lokalnet.persons import opening

WORDS: dict[str, Any] = {
    "concern": gettext_lazy("Decide what comes of a new worry"),
    "inform": gettext_lazy("Inform the young person and the parents"),
    "placing": gettext_lazy("Decide again where it is taken up"),
    "mark": gettext_lazy("A mark ends: read it, or make a new one"),
    "delete": gettext_lazy("Close the file, or say why it is kept"),
}
LEADS_TO: dict[str, str] = {"inform": "file_informing", "placing": "file_placing"}


@dataclass(frozen=True)
class Open:
    """One thing to do in one file."""

    file_id: UUID
    number: str
    what: str
    words: str
    until: date
    url: str


def listed(seat: Seat) -> list[Open]:
    """The earliest day first."""
    found = rows("select file_id, number, what, until from due_of_files() order by until, number, what")
    return [Open(file_id, number, what, str(WORDS[what]), until,
                 address(seat, LEADS_TO.get(what, "file"), file_id)) for file_id, number, what, until in found]


def read(seat: Seat) -> list[Open]:
    """For the page of them. Raises NotAllowed."""
    decision = seat.actor.require(Purpose.EARLY_HELP, Fields.PERSON_FILE)
    events.record(seat.actor, "files.due-read", decision=decision, purpose=Purpose.EARLY_HELP,
                  subject_kind="organisation", subject=seat.actor.organisation_id)
    return listed(seat)


def due_for(seat: Seat) -> Iterable[Task]:
    """For my day."""
    if (not opening.is_open() or seat.partnership.exercise_of_id
            or not seat.actor.may(Purpose.EARLY_HELP, Fields.PERSON_FILE)):
        return []
    return [Task(Part.WAITING if each.what == "concern" else Part.MINE, each.words, each.url, each.until,
                 _("File %(number)s") % {"number": each.number}) for each in listed(seat)]


