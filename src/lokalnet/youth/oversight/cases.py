"""The case that an officer looks for. Without one nothing is shown; each look is an entry in the log with its number.

It is kept in the session, so that no case number stands in an address, and it ends by itself after two hours.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lokalnet.access import events
from lokalnet.access.acting import Actor
from lokalnet.access.rights import Decision, Fields, Purpose
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.youth.oversight import numbers

KEPT_AS = "oversight-case"
OPEN_FOR = timedelta(hours=2)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Case:
    """Both days are included. `file_number` and the ids where the case is about one file."""

    number: str
    since: date
    until: date
    file_number: str = ""
    file_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def begins(self) -> datetime:
        return midnight(self.since)

    @property
    def ends(self) -> datetime:
        return midnight(self.until + timedelta(days=1))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)


def may(actor: Actor) -> Decision:
    """Raises NotAllowed."""
    return actor.require(Purpose.DATA_PROTECTION, Fields.PERSON_LOG)


def open_for(actor: Actor, session: MutableMapping[str, Any], *, number: str, since: date, until: date,
             file_number: str) -> None:
    """Raises BrokenRule for a number that no file of the own organisation has."""
    may(actor)
    if until - since > LONGEST:
        raise BrokenRule("until", _("A year at most is shown at a time."))
    about = numbers.file_of(file_number) if file_number else None
    if file_number and about is None:
        raise BrokenRule("file_number", _("No file of your organisation has this number."))
    session[KEPT_AS] = {"member": str(actor.member_id), "number": number, "since": since.isoformat(),
                        "until": until.isoformat(), "file": file_number.strip(),
                        "about": [str(each) for each in about or ()], "opened": now().isoformat()}


def of(actor: Actor, session: MutableMapping[str, Any]) -> Case | None:
    """The actor's own case that is open; None where there is none, or it is another membership's."""
    kept = session.get(KEPT_AS)
    if not kept or kept["member"] != str(actor.member_id) or (
            datetime.fromisoformat(kept["opened"]) + OPEN_FOR < now()):
        return None
    return Case(kept["number"], date.fromisoformat(kept["since"]), date.fromisoformat(kept["until"]), kept["file"],
                *(UUID(each) for each in kept["about"]))


def close(session: MutableMapping[str, Any]) -> None:
    session.pop(KEPT_AS, None)


def looked(actor: Actor, case: Case, part: str, *, shown: int, person_id: UUID | None = None) -> None:
    """The entry about a look; the page fails with it."""
    about = person_id or case.person_id
    events.record(actor, "person-log.read", decision=may(actor), purpose=Purpose.DATA_PROTECTION,
                  subject_kind="person" if about else "organisation", subject=about or actor.organisation_id,
                  case_number=case.number, part=part, since=case.since.isoformat(), until=case.until.isoformat(),
                  entries=shown)
