"""Mail: is there a server, when was it last reached, and what became of the notices that were to be mailed?"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.foundation.mailing import REACHED, UNREACHED
from lokalnet.foundation.remembering import remembered
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.project.status.facts import Fact, State, age, by_age, of_an_installation, rising, seconds

OVERDUE_LOOK, OVERDUE_WRONG = timedelta(minutes=15), timedelta(hours=2)
LATELY = timedelta(days=7)
REFUSED_WRONG = 10


def outside(at: datetime) -> Iterator[Fact]:
    yield _reached(at) if settings.LOKALNET_MAIL_SERVER else _without_server()


def _without_server() -> Fact:
    return Fact("mail.server", of_an_installation(),
                _("No mail server is configured: mail is written to files and reaches nobody."),
                _("LOKALNET_MAIL_URL must name one; in a demonstration it is only worth a look."),
                {"configured": False})


def _reached(at: datetime) -> Fact:
    """Judged by what was tried last, not by age: there are days without mail."""
    reached, missed = remembered(REACHED), remembered(UNREACHED)
    down = missed is not None and (reached is None or missed.at > reached.at)
    said = _("A mail server is configured; no mail was sent yet.")
    if missed and down:
        said = _("The last attempt to reach the mail server, %(age)s ago, failed.") % {"age": age(missed.at, at)}
    elif reached:
        said = _("The mail server was last reached %(age)s ago.") % {"age": age(reached.at, at)}
    return Fact("mail.server", State.WRONG if down else State.FINE, said,
                _("Wrong when the last attempt to reach it failed."),
                {"configured": True, "reached_seconds": seconds(reached.at, at) if reached else None,
                 "missed_seconds": seconds(missed.at, at) if missed else None})


def inside(at: datetime) -> Iterator[Fact]:
    sent = _numbers(datetime.combine(at.astimezone(COPENHAGEN), time(), COPENHAGEN)).get("sent", 0)
    yield Fact("mail.sent", State.TOLD, ngettext("%(number)d mail with notices went today.",
                                                 "%(number)d mails with notices went today.", sent) % {"number": sent},
               values={"number": sent})
    yield _waiting(at)
    lately = _numbers(at - LATELY)
    yield _refused(lately.get("refused", 0))
    yield _uncertain(lately.get("uncertain", 0))


def _numbers(since: datetime) -> dict[str, int]:
    """Mails made since then, by how far they have come."""
    with connection.cursor() as cursor:
        cursor.execute("select state, number from notices_mail(%s)", [since])
        return dict(cursor.fetchall())


def _waiting(at: datetime) -> Fact:
    """What waits for its hour is not late; what should have been tried is."""
    with connection.cursor() as cursor:
        cursor.execute("select waiting, overdue_since, tried from notices_mail_waiting(%s)", [at])
        waiting, overdue, tried = cursor.fetchone()
    said = _("No mail waits.")
    if waiting:
        said = ngettext("%(number)d mail waits.", "%(number)d mails wait.", waiting) % {"number": waiting}
    if tried:
        said += " " + _("Tried in vain: %(number)d.") % {"number": tried}
    if overdue:
        said += " " + _("The oldest should have gone %(age)s ago.") % {"age": age(overdue, at)}
    state = by_age(overdue, at, look=OVERDUE_LOOK, wrong=OVERDUE_WRONG)
    return Fact("mail.waiting", State.LOOK if tried and state == State.FINE else state, said,
                _("Worth a look when one was tried in vain or is 15 minutes late, wrong when it is 2 hours late."),
                {"waiting": waiting, "tried": tried, "overdue_seconds": seconds(overdue, at)})


def _refused(number: int) -> Fact:
    said = ngettext("%(number)d mail of the last 7 days was refused: an address may be wrong.",
                    "%(number)d mails of the last 7 days were refused: addresses may be wrong.", number)
    return Fact("mail.refused", rising(number, look=1, wrong=REFUSED_WRONG),
                said % {"number": number} if number else _("No mail of the last 7 days was refused."),
                _("Worth a look from 1 on, wrong from 10 on."), {"number": number})


def _uncertain(number: int) -> Fact:
    said = ngettext("%(number)d mail of the last 7 days may not have arrived, and is not sent again by itself.",
                    "%(number)d mails of the last 7 days may not have arrived, and are not sent again by themselves.",
                    number)
    return Fact("mail.uncertain", rising(number, look=1, wrong=REFUSED_WRONG),
                said % {"number": number} if number else _("Of no mail of the last 7 days is it uncertain whether it "
                                                           "arrived."),
                _("Worth a look from 1 on, wrong from 10 on."), {"number": number})
