"""Who has looked at a file: the organisation, the day and what for. Never who it was (design 3.9)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from lokalnet.access import wording
from lokalnet.foundation.asking import rows
from lokalnet.persons import overriding
from lokalnet.youth.files.entering import Stay


@dataclass(frozen=True)
class Look:
    on: date
    organisation: str
    purpose: str
    wrong: bool


@dataclass(frozen=True)
class Emergency:
    """Emergency access to the file, and the reason that was given."""

    at: datetime
    reason: str = field(repr=False)
    wrong: bool


def of_file(stay: Stay) -> list[Look]:
    """The newest first."""
    found = rows("select looked_on, organisation_id, purpose, wrong from looks_at(%s)", stay.file.person_id)
    return [Look(on, stay.seat.organisations.get(organisation, ""), wording.purpose(purpose), wrong)
            for on, organisation, purpose, wrong in found]


def emergencies(stay: Stay) -> list[Emergency]:
    """The newest first, for those who work on the file."""
    opener = stay.sealer()
    found = rows("select id, sealed, opened_at, wrong from overrides_of(%s)", stay.file.person_id)
    return [Emergency(at, opener.opened(overriding.TABLE, id_, sealed).get("reason", ""), wrong)
            for id_, sealed, at, wrong in found]
