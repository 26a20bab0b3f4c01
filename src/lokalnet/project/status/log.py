"""The event log: is it sealed, do its heads stand outside the database, were they told, and does it verify?"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.access import auditing, sealing
from lokalnet.foundation.remembering import remembered
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.project import jobs
from lokalnet.project.status.facts import Fact, State, age, by_age, rising, seconds

UNSEALED_LOOK, UNSEALED_WRONG = timedelta(minutes=3), timedelta(minutes=15)
TOLD_LOOK, TOLD_WRONG = 2, 4  # days
VERIFIED_LOOK, VERIFIED_WRONG = timedelta(days=2), timedelta(days=7)


def inside(at: datetime) -> Iterator[Fact]:
    yield _unsealed(at)
    yield _behind()


def outside(at: datetime) -> Iterator[Fact]:
    yield _head(at)
    yield _told(at.astimezone(COPENHAGEN).date())
    yield _verified(at)


def _unsealed(at: datetime) -> Fact:
    with connection.cursor() as cursor:
        cursor.execute("select waiting, oldest from unsealed_log()")
        waiting, oldest = cursor.fetchone()
    said = _("Every entry of the log is sealed.")
    if waiting:
        said = ngettext("%(number)d entry waits for its seal, for %(age)s.",
                        "%(number)d entries wait for their seal, the oldest for %(age)s.", waiting) % {
                            "number": waiting, "age": age(oldest, at)}
    return Fact("log.unsealed", by_age(oldest, at, look=UNSEALED_LOOK, wrong=UNSEALED_WRONG), said,
                _("Sealed each minute: worth a look after 3 minutes, wrong after 15."),
                {"waiting": waiting, "oldest_seconds": seconds(oldest, at)})


def _behind() -> Fact:
    """The file is read first, so that a seal made meanwhile cannot make it look ahead."""
    head = sealing.outside_head()
    outside = head.number if head else 0
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from access_seal")
        inside: int = cursor.fetchone()[0]
    state, said = State.FINE, _("The head outside the database and the log end at the same entry.")
    if outside > inside:
        state, said = State.WRONG, _("The head outside the database stands further than the log: entries are missing. "
                                     "Run ./run audit verify.")
    elif outside < inside:
        state, said = State.LOOK, _("The head outside the database is behind the log.")
    return Fact("log.behind", state, said, _("Worth a look when the file is behind (the next seal brings it up), wrong "
                                             "when the log is."), {"outside": outside, "inside": inside})


def _head(at: datetime) -> Fact:
    """Not judged by its age: where nobody acts, there is nothing to seal."""
    written, head = sealing.outside_head_written_at(), sealing.outside_head()
    if head is None or written is None:
        return Fact("log.head", State.LOOK, _("No head of the log stands outside the database."),
                    _("Each seal writes one; without it nothing vouches for the end of the log."))
    return Fact("log.head", State.FINE, _("The last head outside the database is of entry %(number)d, %(age)s old.") % {
        "number": head.number, "age": age(written, at)}, _("There must be one."),
        {"number": head.number, "age_seconds": seconds(written, at)})


def _told(today: date) -> Fact:
    day = jobs.last_day(jobs.HEAD_TOLD)
    rule = _("Told each day: worth a look after 2 days, wrong after 4.")
    if day is None:
        return Fact("log.told", State.LOOK, _("The data protection officers were never told where the log stands. Is "
                                              "there one who can log in?"), rule, {"day": None})
    return Fact("log.told", rising((today - day).days, look=TOLD_LOOK, wrong=TOLD_WRONG),
                _("The data protection officers were last told where the log stands on %(day)s.") % {
                    "day": date_format(day)}, rule, {"day": day.isoformat()})


def _verified(at: datetime) -> Fact:
    rule = _("Verified each night by a timer: worth a look after 2 days, wrong after 7, and when it does not verify.")
    memory = remembered(auditing.VERIFIED)
    if memory is None:
        return Fact("log.verified", State.LOOK, _("The log was never verified here: ./run audit verify."), rule)
    values = {"intact": memory.said.get("intact"), "age_seconds": seconds(memory.at, at)}
    words = {"age": age(memory.at, at)}
    if not memory.said.get("intact"):
        return Fact("log.verified", State.WRONG, _("The log did not verify, %(age)s ago: ./run audit verify names the "
                                                   "first broken entry.") % words, rule, values)
    return Fact("log.verified", by_age(memory.at, at, look=VERIFIED_LOOK, wrong=VERIFIED_WRONG),
                _("The log verified, %(age)s ago.") % words, rule, values)
