"""Who a file is about, put right: a name that was misheard, a number that came later."""

from dataclasses import dataclass, field
from datetime import date

from lokalnet.persons import identity
from lokalnet.persons.identity import Identity
from lokalnet.youth.files.entering import Stay


@dataclass(frozen=True)
class Entered:
    """As it was typed."""

    name: str = field(repr=False)
    cpr: str = field(repr=False)
    born: date | None = field(repr=False)
    address: str = field(repr=False)
    protected: bool = field(repr=False)
    phone: str = field(repr=False)


def now(stay: Stay) -> tuple[Identity, int]:
    """Who it is, and the edition of that. Raises Http404 without a visit."""
    row = identity.row_of(stay.file.person_id)
    return identity.opened(row, stay.sealer().key), row.edition


def correct(stay: Stay, entered: Entered, *, edition: int) -> None:
    """Raises NotAllowed, BrokenRule, Outdated."""
    stay.require_assigned()
    who = identity.checked(name=entered.name, number=entered.cpr, born=entered.born, address=entered.address,
                           protected=entered.protected, phone=entered.phone, today=stay.today)
    identity.correct(stay.seat.actor, stay.file.person_id, who, edition=edition)
    stay.record("identity")
