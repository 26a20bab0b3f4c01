"""The mail that carries a link: nothing of the question, of a place, or of who or what it is about.

The address is used once and kept nowhere.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


class MailNotSent(Exception):
    """The mail server did not take it; the message says what to do instead."""


def send(to: str, url: str, expires_at: datetime) -> None:
    """In the installation's language: the partner's is not known. Raises MailNotSent."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A question for you")
        body = render_to_string("situation/mail/question.txt", {"url": url, "expires_at": expires_at})
    try:
        send_mail(subject, body, None, [to])
    except OSError as problem:  # smtplib's errors are OSErrors too
        raise MailNotSent(_("The mail could not be sent. The link below works all the same: copy it and send it "
                            "yourself.")) from problem
