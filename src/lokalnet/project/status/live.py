"""The live picture: does its news get numbers, and how many watch?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalnet.foundation import live
from lokalnet.project.status.facts import Fact, State, age, by_age, seconds

UNNUMBERED_LOOK, UNNUMBERED_WRONG = timedelta(minutes=3), timedelta(minutes=15)


def inside(at: datetime) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("select waiting, oldest from unnumbered_news()")
        waiting, oldest = cursor.fetchone()
    said = _("All news of the live picture has its number.")
    if waiting:
        said = ngettext("%(number)d piece of news has no number yet, for %(age)s: nobody sees it come.",
                        "%(number)d pieces of news have no number yet, the oldest for %(age)s: nobody sees them come.",
                        waiting) % {"number": waiting, "age": age(oldest, at)}
    yield Fact("news.unnumbered", by_age(oldest, at, look=UNNUMBERED_LOOK, wrong=UNNUMBERED_WRONG), said,
               _("Numbered at once, and by the worker each minute: worth a look after 3 minutes, wrong after 15."),
               {"waiting": waiting, "oldest_seconds": seconds(oldest, at)})


def outside(_at: datetime) -> Iterator[Fact]:
    """Known only to a process that serves them, so the command says nothing of it."""
    number = live.open_here()
    if number is not None:
        yield Fact("streams.open", State.TOLD, ngettext(
            "%(number)d live stream is open in the process that made this page.",
            "%(number)d live streams are open in the process that made this page.", number) % {"number": number},
            values={"open": number})
