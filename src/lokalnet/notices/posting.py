"""Give one mail to the mail server, and know how far it came.

`handing` is called, and has committed, right before the mail's content leaves: what is killed before that was certainly
not sent, and what is killed after it may have been.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from lokalnet.foundation.mailing import RememberingBackend

SMTP = "lokalnet.foundation.mailing.RememberingBackend"
ACCEPTED = 250
FOR_GOOD = 500


class Refused(Exception):
    """For good, by the server: the address does not exist, or does not want it."""


class NotNow(Exception):
    """Not sent, and worth trying again. `unreachable` when there was no server to talk to."""

    def __init__(self, trouble: str, *, unreachable: bool = False) -> None:
        super().__init__(trouble)
        self.unreachable = unreachable


class MayHaveArrived(Exception):
    """The server fell silent after the content had begun to leave."""


class _Passage:
    """How far the mail has come."""

    def __init__(self, handing: Callable[[], None]) -> None:
        self._handing = handing
        self.handed = self.accepted = False

    def hand(self) -> None:
        self._handing()
        self.handed = True


class _Backend(RememberingBackend):
    """The service's own, with a word before the content leaves."""

    def __init__(self, passage: _Passage) -> None:
        super().__init__()
        self._passage = passage

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        passage, base = self._passage, super().connection_class

        class Telling(base):  # type: ignore[misc, valid-type]
            def data(self, msg: Any) -> Any:
                passage.hand()
                answer = super().data(msg)
                passage.accepted = answer[0] == ACCEPTED
                return answer

        return Telling


def post(mail: EmailMessage, handing: Callable[[], None]) -> None:
    """Raises Refused, NotNow, MayHaveArrived."""
    passage = _Passage(handing)
    try:
        _pass(mail, passage)
    except smtplib.SMTPRecipientsRefused as problem:
        _answered(next(iter(problem.recipients.values()))[0], problem)
    except smtplib.SMTPDataError as problem:
        _answered(problem.smtp_code, problem)
    except smtplib.SMTPResponseException as problem:  # log-in or sender: our own trouble, and not the recipient's
        raise NotNow(f"smtp-{problem.smtp_code}") from problem
    except OSError as problem:  # smtplib's other errors are OSErrors too
        if not passage.accepted:
            raise (MayHaveArrived() if passage.handed else NotNow("no-server", unreachable=True)) from problem


def _pass(mail: EmailMessage, passage: _Passage) -> None:
    if settings.EMAIL_BACKEND != SMTP:
        passage.hand()
        get_connection().send_messages([mail])
        return
    backend = _Backend(passage)
    try:
        backend.send_messages([mail])
    finally:
        with suppress(OSError):  # after a refused log-in it would stay open
            backend.close()


def _answered(code: int, problem: Exception) -> None:
    if code >= FOR_GOOD:
        raise Refused(f"smtp-{code}") from problem
    raise NotNow(f"smtp-{code}") from problem
