"""The words of a mail: how many of what, and where to read them. No title, no place, no name of anybody or anything.

It leaves the house and lies in mailboxes that are not ours, so whoever reads over a shoulder learns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lokalnet.notices import kinds, stopping
from lokalnet.notices.models import Pace


@dataclass(frozen=True)
class Letter:
    """One mail to be written: `counts` are (kind, number)."""

    id: UUID
    member: UUID
    to: str
    language: str
    pace: Pace
    counts: Sequence[tuple[str, int]]


def written(letter: Letter) -> EmailMultiAlternatives:
    """In the recipient's language."""
    stop = _address("stop_notices", stopping.token_for(letter.member))
    with translation.override(letter.language):
        said = {"lines": [kinds.counted(slug, number) for slug, number in letter.counts],
                "opening": _opening(letter.pace), "title": _subject(letter.pace), "language": letter.language,
                "list": _address("notices"), "settings": _address("notice_settings"), "stop": stop}
        mail = EmailMultiAlternatives(_subject(letter.pace), render_to_string("notices/mail/news.txt", said),
                                      to=[letter.to], headers=_headers(letter, stop))
        mail.attach_alternative(render_to_string("notices/mail/news.html", said), "text/html")
    return mail


def _subject(pace: Pace) -> str:
    """The same words each time: what happened is not for the list of a mailbox."""
    return {Pace.DAILY: _("Today's news in Lokalnet"), Pace.WEEKLY: _("The week's news in Lokalnet")}.get(
        pace, _("News in Lokalnet"))


def _opening(pace: Pace) -> str:
    return {Pace.DAILY: _("Since yesterday there is:"), Pace.WEEKLY: _("Since last week there is:")}.get(
        pace, _("Since you last looked there is:"))


def _headers(letter: Letter, stop: str) -> dict[str, str]:
    """The id is the mail's own: sent anew after a fault it is the same mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return {"Message-ID": f"<{letter.id}@{domain}>", "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _address(route: str, *arguments: str) -> str:
    """A job has no request to take it from."""
    return settings.LOKALNET_ADDRESS + reverse(route, args=arguments)
