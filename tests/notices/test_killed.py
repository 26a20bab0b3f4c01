"""A worker killed in the middle of a mail sends nothing twice and loses nothing, at whatever moment it was.

With real processes, real transactions and a mail server that stops at a moment of the protocol. What is killed before
the content begins to leave is sent anew; what is killed after it may have arrived, is not sent again by itself, and is
told of in the next mail.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from lokalnet.project import logins
from tests.database.test_log_tampering import WORKER, django_in
from tests.notices import kit
from tests.world import build

NAME = f"notices_killed_{WORKER}"
WORK = f"""
from lokalnet.project.commands import set_up
set_up("{logins.APP}")
from tests.notices import kit
kit.install()
from lokalnet.notices import sending
{{before}}
print(sending.send_due())
"""
# The content leaves in two halves, and the worker is killed between them.
HALF = """
import smtplib, time
whole = smtplib.SMTP.send
def half(self, content):
    if len(content) < 500:
        return whole(self, content)
    whole(self, content[:len(content) // 2])
    print("half", flush=True)
    time.sleep(60)
smtplib.SMTP.send = half
"""


class Server:
    """A mail server that says nothing more once a moment is reached, until it may go on."""

    def __init__(self, moment: str) -> None:
        self.moment, self.reached, self.go_on = moment, threading.Event(), threading.Event()
        self.taken: list[bytes] = []
        self.listens = socket.create_server(("127.0.0.1", 0))
        self.port = self.listens.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listens.accept()
                with connection, suppress(OSError):
                    self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        self._at("greeting")
        connection.sendall(b"220 here\r\n")
        for line in lines:
            verb = line[:4].upper()
            if verb == b"RCPT":
                self._at("rcpt")
            if verb == b"DATA":
                self._at("data")
                connection.sendall(b"354 go on\r\n")
                self._take(lines)
                self._at("dot")
            connection.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")

    def _take(self, lines) -> None:  # type: ignore[no-untyped-def]
        content = b""
        for line in lines:
            if line == b".\r\n":
                self.taken.append(content)
                return
            content += line

    def _at(self, moment: str) -> None:
        if moment == self.moment:
            self.reached.set()
            self.go_on.wait(60)


@dataclass
class Installation:
    """A database with committed rows; Anna is told of the first of two reports."""

    second: UUID
    socket: str
    environment: dict[str, str]

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(host=self.socket, user="postgres", dbname=NAME) as connection:
            yield connection

    def ask(self, query: str) -> list[tuple]:  # type: ignore[type-arg]
        with self.admin() as admin:
            return admin.execute(query).fetchall()

    def state(self) -> str:
        return str(self.ask("select state from notices_message order by made_at desc, id limit 1")[0][0])

    def worker(self, port: int, before: str = "") -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", WORK.format(before=before)], stdout=subprocess.PIPE, text=True,
            env=self.environment | {"LOKALNET_MAIL_URL": f"smtp://127.0.0.1:{port}"})

    def worked(self) -> kit.Postbox:
        """One round of a worker that nobody kills; what came of it."""
        box = kit.Postbox()
        with kit.served(box) as port:
            worker = self.worker(port)
            worker.communicate(timeout=60)
            assert worker.returncode == 0
        return box

    def kill(self, worker: "subprocess.Popen[str]") -> None:
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate(timeout=20)
        assert worker.returncode == -signal.SIGKILL

    def nobody_works(self) -> None:
        """The server has noticed: its session, and with it the lock, is gone."""
        until(lambda: self.ask(f"select from pg_stat_activity where datname = '{NAME}' and usename = '{logins.APP}'")
              == [])


def until(holds) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@pytest.fixture
def installation(bed, django_db_blocker) -> Iterator[Installation]:  # type: ignore[no-untyped-def]
    environment = os.environ | {"LOKALNET_DATABASE_URL": bed.clone(NAME), "PYTHONPATH": "src:."}
    with django_db_blocker.unblock(), django_in(NAME):
        second = found()
    yield Installation(second, str(bed.socket), environment)
    bed.drop(NAME)


def found() -> UUID:
    with transaction.atomic():
        world = build()
        first, second = kit.a_report(world), kit.a_report(world)
        kit.wants(world.anna, quiet_from=0, quiet_until=0, most_a_day=24)
        kit.tell(world.anna.id, partnership_id=world.partnership.id, kind="test", subject=first)
    return second


@pytest.mark.parametrize("moment", ["greeting", "rcpt"])
def test_killed_before_it_was_handed_it_is_sent_anew(installation: Installation, moment: str) -> None:
    server = Server(moment)
    worker = installation.worker(server.port)
    assert server.reached.wait(30)
    installation.kill(worker)
    installation.nobody_works()
    assert installation.state() == "waiting"
    assert [kit.text_of(mail).count("1 nye hændelser") for mail in installation.worked().mails] == [1]
    assert installation.state() == "sent"
    assert server.taken == []
    assert installation.worked().mails == []


def goes_along_with_the_next(installation: Installation) -> None:
    """Not again by itself; it stays in the bell, and a mail that goes for another reason tells of it too."""
    installation.nobody_works()
    assert installation.state() == "handed"
    assert installation.worked().mails == []
    assert installation.state() == "uncertain"
    assert installation.ask("select opened_at from notices_notice") == [(None,)]
    with installation.admin() as admin:  # it was two hours ago, and something else happens
        admin.execute("update notices_message set handed_at = handed_at - interval '2 hours'")
        admin.execute("select notices_tell(member_id, partnership_id, 'test', %s, null, null) from notices_notice",
                      [installation.second])
    assert [kit.text_of(mail).count("2 nye hændelser") for mail in installation.worked().mails] == [1]
    assert installation.worked().mails == []


def test_killed_when_the_server_was_asked_to_take_it_it_is_not_sent_again(installation: Installation) -> None:
    server = Server("data")
    worker = installation.worker(server.port)
    assert server.reached.wait(30)
    installation.kill(worker)
    goes_along_with_the_next(installation)
    assert server.taken == []


def test_killed_with_half_of_it_gone_it_is_not_sent_again(installation: Installation) -> None:
    server = Server("never")
    worker = installation.worker(server.port, before=HALF)
    assert worker.stdout is not None and worker.stdout.readline() == "half\n"
    installation.kill(worker)
    goes_along_with_the_next(installation)
    assert server.taken == []


def test_killed_before_the_server_said_that_it_took_it_it_is_not_sent_again(installation: Installation) -> None:
    server = Server("dot")
    worker = installation.worker(server.port)
    assert server.reached.wait(30)
    installation.kill(worker)
    assert len(server.taken) == 1
    goes_along_with_the_next(installation)


def test_killed_before_it_was_noted_that_it_was_taken_it_is_not_sent_again(installation: Installation) -> None:
    server = Server("dot")
    worker = installation.worker(server.port)
    assert server.reached.wait(30)
    with installation.admin() as admin:
        admin.execute("select from notices_message for update")
        server.go_on.set()
        until(lambda: installation.ask("select from pg_stat_activity where wait_event_type = 'Lock' "
                                       f"and datname = '{NAME}'"))
        installation.kill(worker)
    assert len(server.taken) == 1
    goes_along_with_the_next(installation)


def test_two_workers_at_once_send_one_mail(installation: Installation) -> None:
    server = Server("rcpt")
    first = installation.worker(server.port)
    assert server.reached.wait(30)
    assert installation.worked().mails == []
    server.go_on.set()
    first.communicate(timeout=30)
    assert len(server.taken) == 1
    assert installation.worked().mails == []
    assert installation.state() == "sent"
