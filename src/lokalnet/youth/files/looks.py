"""Who has looked at a file: the organisation, the day and what for. Never who it was (design 3.9)."""

from dataclasses import dataclass
from datetime import datetime

from lokalnet.access import wording
from lokalnet.foundation.asking import rows
from lokalnet.youth.files.entering import Stay


@dataclass(frozen=True)
class Look:
    at: datetime
    organisation: str
    purpose: str
    wrong: bool


def of_file(stay: Stay) -> list[Look]:
    """The newest first."""
    found = rows("select at, organisation_id, purpose, wrong from looks_at(%s)", stay.file.person_id)
    return [Look(at, stay.seat.organisations.get(organisation, ""), wording.purpose(purpose), wrong)
            for at, organisation, purpose, wrong in found]
