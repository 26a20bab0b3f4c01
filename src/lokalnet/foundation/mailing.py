"""Mail by SMTP that remembers when its server was last reached, and when it last was not."""

from smtplib import SMTPException

from django.core.mail.backends.smtp import EmailBackend

from lokalnet.foundation.remembering import remember

REACHED, UNREACHED = "mail-reached", "mail-unreached"


class RememberingBackend(EmailBackend):
    def open(self) -> bool | None:
        try:
            opened = super().open()
        except (OSError, SMTPException):
            remember(UNREACHED)
            raise
        if opened:
            remember(REACHED)
        return opened
