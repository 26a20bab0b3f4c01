"""What the tests of notices share: a kind that shows real reports under real rights, a clock, and people's mail."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member, User
from lokalnet.access.seats import Seat
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.notices import kinds, sending
from lokalnet.notices.kinds import Kind, Said
from lokalnet.notices.models import Message, Notice, Preferences
from lokalnet.notices.telling import tell
from lokalnet.situation.models import Observation
from tests.world import World

TITLE, ABOUT = "Uro ved kiosken på Grantoften", "Ballerup"
COUNTED = "nye hændelser"
A_TUESDAY = datetime(2026, 9, 15, 10, tzinfo=COPENHAGEN)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _render(seat: Seat, notice: Notice) -> Said | None:
    """A report, as far as the policies let the reader see it just now."""
    found = Observation.objects.filter(id=notice.subject).exclude(state="withdrawn").first()
    return Said(TITLE, f"/haendelse/{found.id}/", ABOUT, notice.happened) if found else None


def install() -> None:
    kinds.register(Kind("test", _render, lambda number: f"{number} {COUNTED}"))


@dataclass
class Clock:
    """The time, as the test has it."""

    at: datetime = A_TUESDAY

    def __call__(self) -> datetime:
        return self.at

    def play(self, length: timedelta, *, step: timedelta = MINUTE) -> Iterator[datetime]:
        """The worker's minutes."""
        end = self.at + length
        while self.at < end:
            yield self.at
            self.at += step


def happens(member: Member, subject: UUID, world: World, *, at: datetime, pace: str | None = None,
            kind: str = "test") -> None:
    """Told, at that time: the database's own clock is now."""
    before = {each.id: each.waits_since for each in notices_of(member)}
    tell(member.id, partnership_id=world.partnership.id, kind=kind, subject=subject, pace=pace)  # type: ignore[arg-type]
    with as_role(MIGRATION):
        for each in Notice.objects.filter(subject=subject, opened_at=None):
            if before.get(each.id) != each.waits_since:
                Notice.objects.filter(id=each.id).update(waits_since=at)


def notices_of(member: Member) -> list[Notice]:
    with as_role(MIGRATION):
        return list(Notice.objects.filter(member=member).order_by("made_at", "id"))


def mails_of(member: Member) -> list[Message]:
    with as_role(MIGRATION):
        return list(Message.objects.filter(member=member).order_by("made_at", "id"))


def wants(member: Member, **wishes: object) -> None:
    with as_role(MIGRATION):
        Preferences.objects.update_or_create(member=member, defaults=wishes)


def speaks(member: Member, language: str) -> None:
    with as_role(MIGRATION):
        User.objects.filter(id=member.user_id).update(language=language)


def address_of(member: Member) -> str:
    with as_role(MIGRATION):
        return User.objects.get(id=member.user_id).email


def a_report(world: World, by: Member | None = None, **said: object) -> UUID:
    """One of Berit's in Ballerup, that the municipalities see; Anna among them."""
    return world.report(by or world.berit, key=str(uuid.uuid4()), **said)  # type: ignore[no-any-return]


def send(clock: Clock | datetime) -> int:
    set_actor(None)
    return sending.send_due(clock=clock if isinstance(clock, Clock) else lambda: clock)


@dataclass
class Postbox:
    """A mail server on loopback. `answers` is what it says: address -> (moment, code)."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)

    def _said(self, moment: str, address: str) -> str:
        told, code = self.answers.get(address, ("", 0))
        return f"{code} as the test wants it" if told == moment else ""

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options) -> str:  # type: ignore[no-untyped-def]
        if refused := self._said("rcpt", address):
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:  # type: ignore[no-untyped-def]
        if refused := self._said("data", envelope.rcpt_tos[0]):
            return refused
        self.recipients += envelope.rcpt_tos
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def to(self, member: Member) -> list[EmailMessage]:
        address = address_of(member)
        return [mail for mail, to in zip(self.mails, self.recipients, strict=True) if to == address]


class _Controller(Controller):
    """At a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def served(postbox: Postbox) -> Iterator[int]:
    """Its port."""
    controller = _Controller(postbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n")  # type: ignore[union-attr]


def html_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("html",)).get_content())  # type: ignore[union-attr]


