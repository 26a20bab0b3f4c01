"""Danish civil registration numbers (CPR), and how old who has one is.

Since 2007 numbers are given out that fail the old check (modulus 11), so it is not asked. A replacement number, for
who has none yet, has 60 added to its day. The century follows from the seventh digit (python-stdnum has the table).
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from stdnum.dk import cpr as standard
from stdnum.exceptions import InvalidComponent

from lokalnet.foundation.rules import BrokenRule

YOUNGEST = 10
REPLACEMENT = 60


class BadNumber(BrokenRule):
    """What was entered is no CPR number."""


class TooYoung(BrokenRule):
    """Nobody under YOUNGEST is entered."""


@dataclass(frozen=True)
class Cpr:
    """Kept out of every representation, so that no error report holds it."""

    number: str = field(repr=False)
    born: date = field(repr=False)

    @property
    def shown(self) -> str:
        return str(standard.format(self.number))


def parse(text: str, *, field: str, today: date) -> Cpr:
    """With or without hyphen and spaces. Raises BadNumber."""
    number = str(standard.compact(text))
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        raise BadNumber(field, _("A CPR number has ten digits, such as DDMMYY-1234."))
    born = _born(number, field)
    if born > today:
        raise BadNumber(field, _("This CPR number has a birth date that has not come yet."))
    return Cpr(number, born)


def _born(number: str, field: str) -> date:
    day = int(number[:2])
    if day > REPLACEMENT:
        number = f"{day - REPLACEMENT:02}{number[2:]}"
    try:
        born: date = standard.get_birth_date(number)
    except InvalidComponent:
        raise BadNumber(field, _("The first six digits of a CPR number are a birth date, and this is none.")) from None
    return born


def age(born: date, on: date) -> int:
    """In whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def check_age(born: date, on: date, field: str) -> None:
    """Raises TooYoung."""
    if age(born, on) < YOUNGEST:
        raise TooYoung(field, _("Nobody under %(years)d is entered in Lokalnet.") % {"years": YOUNGEST})
