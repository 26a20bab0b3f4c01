"""Which quarter a page is about, what it is called, and until when it can be written."""

import re
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation.areas.figures import Quarter

WRITTEN_AFTER = timedelta(days=14)  # the database says the same (sql/assessments.sql)
LOOKED_BACK = 20  # as long as they are kept
_CODE = re.compile(r"(20\d\d)-([1-4])")


def today() -> date:
    """As the database has it, which decides what is closed."""
    return now().astimezone(COPENHAGEN).date()


def of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def code(quarter: Quarter) -> str:
    """As it stands in an address: «2026-4»."""
    return f"{quarter.year}-{quarter.number}"


def name(quarter: Quarter) -> str:
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}


def asked(text: str) -> Quarter:
    """The quarter of an address. What is none, or has not begun, falls back to this one."""
    this = of(today())
    found = _CODE.fullmatch(text)
    wanted = Quarter(int(found[1]), int(found[2])) if found else this
    return min(wanted, this)


def closes(quarter: Quarter) -> date:
    """The last day on which it can be written."""
    return quarter.after.first + WRITTEN_AFTER - timedelta(days=1)


def is_open(quarter: Quarter) -> bool:
    return quarter.first <= today() <= closes(quarter)


def last_day(quarter: Quarter) -> str:
    return date_format(closes(quarter), "DATE_FORMAT")


def neighbours(quarter: Quarter) -> tuple[Quarter | None, Quarter | None]:
    """The quarter before and the one after, as far as there may be something to see."""
    this = of(today())
    oldest = Quarter(this.year - LOOKED_BACK // 4, this.number)
    return (quarter.before if quarter > oldest else None), (quarter.after if quarter < this else None)
