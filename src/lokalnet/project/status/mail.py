"""Mail: is there a server, when was it last reached, and what waits to be sent?"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from lokalnet.foundation.remembering import remembered
from lokalnet.project.mailing import REACHED, UNREACHED
from lokalnet.project.status.facts import Fact, State, age, seconds


def outside(at: datetime) -> Iterator[Fact]:
    if not settings.LOKALNET_MAIL_SERVER:
        yield Fact("mail.server", State.LOOK if settings.LOKALNET_DEMO else State.WRONG,
                   _("No mail server is configured: mail is written to files and reaches nobody."),
                   _("LOKALNET_MAIL_URL must name one; in a demonstration it is only worth a look."),
                   {"configured": False})
        return
    yield _reached(at)


def _reached(at: datetime) -> Fact:
    """Judged by what was tried last, not by age: there are days without mail."""
    reached, missed = remembered(REACHED), remembered(UNREACHED)
    rule = _("Wrong when the last attempt to reach it failed.")
    values = {"configured": True, "reached_seconds": seconds(reached.at, at) if reached else None,
              "missed_seconds": seconds(missed.at, at) if missed else None}
    if missed and (reached is None or missed.at > reached.at):
        said = _("The mail server was not reached, %(age)s ago.") % {"age": age(missed.at, at)}
        if reached:
            said += " " + _("It last was %(age)s ago.") % {"age": age(reached.at, at)}
        return Fact("mail.server", State.WRONG, said, rule, values)
    if reached is None:
        return Fact("mail.server", State.FINE, _("A mail server is configured; no mail was sent yet."), rule, values)
    return Fact("mail.server", State.FINE, _("The mail server was reached %(age)s ago.") % {
        "age": age(reached.at, at)}, rule, values)
