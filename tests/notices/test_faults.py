"""A mail server that is away, slow or says no: nothing is lost, nothing is sent twice, and nobody else waits for it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from lokalnet.notices import kinds, posting, sending
from lokalnet.notices.kinds import Kind
from tests.access.people import browser_of
from tests.notices.kit import (
    A_TUESDAY,
    COUNTED,
    DAY,
    HOUR,
    MINUTE,
    Clock,
    Postbox,
    a_report,
    address_of,
    happens,
    mails_of,
    notices_of,
    send,
    text_of,
    wants,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world: World) -> World:
    """Anna and Adam are told of one report."""
    report = a_report(world)
    for member in (world.anna, world.adam):
        happens(member, report, world, at=A_TUESDAY)
    return world


@pytest.fixture
def silent(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """A server that takes the content and then hangs up without a word."""
    listens = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_PORT = listens.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listens.accept()
                with connection, suppress(OSError, StopIteration):
                    connection.sendall(b"220 here\r\n")
                    lines = connection.makefile("rb")
                    while next(lines)[:4].upper() != b"DATA":
                        connection.sendall(b"250 yes\r\n")
                    connection.sendall(b"354 go on\r\n")
                    while next(lines) != b".\r\n":
                        pass
                    lines.close()

    threading.Thread(target=serve, daemon=True).start()
    yield
    listens.close()


@pytest.mark.parametrize("moment", ["rcpt", "data"])
def test_an_address_refused_for_good_is_not_tried_again_and_the_others_get_theirs(told: World, postbox: Postbox,
                                                                                 moment: str) -> None:
    postbox.answers[address_of(told.anna)] = (moment, 550)
    for minute in range(30):
        send(A_TUESDAY + minute * MINUTE)
    assert [(each.state, each.trouble) for each in mails_of(told.anna)] == [("refused", "smtp-550")]
    assert len(postbox.to(told.adam)) == 1
    assert notices_of(told.anna)[0].opened_at is None


def test_the_member_sees_that_it_was_refused_until_one_arrives(told: World, postbox: Postbox) -> None:
    page = "/beskeder/indstillinger/"
    assert "alert-warning" not in browser_of(told.anna).get(page).content.decode()
    postbox.answers[address_of(told.anna)] = ("rcpt", 550)
    send(A_TUESDAY)
    assert "alert-warning" in browser_of(told.anna).get(page).content.decode()
    postbox.answers.clear()
    happens(told.anna, a_report(told), told, at=A_TUESDAY + DAY)
    assert send(A_TUESDAY + DAY) == 1
    assert "alert-warning" not in browser_of(told.anna).get(page).content.decode()


@pytest.mark.parametrize("moment", ["rcpt", "data"])
def test_a_no_for_now_is_tried_again_with_growing_pauses(told: World, postbox: Postbox, moment: str) -> None:
    postbox.answers[address_of(told.anna)] = (moment, 451)
    wants(told.anna, quiet_from=0, quiet_until=0)
    clock, tried = Clock(), []
    for _ in clock.play(5 * HOUR):
        before = sum(each.tries for each in mails_of(told.anna))
        send(clock)
        if sum(each.tries for each in mails_of(told.anna)) > before:
            tried.append((clock.at - A_TUESDAY) // MINUTE)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 127, 255]
    postbox.answers.clear()
    (waits,) = mails_of(told.anna)
    assert (waits.state, waits.handed_at) == ("waiting", None)
    assert send(waits.next_try_at) == 1
    assert [(each.state, each.trouble) for each in mails_of(told.anna)] == [("sent", "")]
    assert [text_of(mail).count(f"1 {COUNTED}") for mail in postbox.to(told.anna)] == [1]


def test_pauses_grow_to_a_day_and_it_is_never_given_up(told: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = posting.SMTP, "127.0.0.1", 1
    wants(told.anna, quiet_from=0, quiet_until=0)
    clock, pauses = Clock(), []
    for _ in range(14):
        send(clock)
        (waits,) = mails_of(told.anna)
        pauses.append(waits.next_try_at - clock.at)
        clock.at = waits.next_try_at
    assert pauses == sorted(pauses)
    assert pauses[0] == MINUTE and pauses[-1] == pauses[-2] == DAY
    assert (waits.state, waits.trouble) == ("waiting", "no-server")


def test_a_retry_does_not_wake_anybody(told: World, postbox: Postbox) -> None:
    postbox.answers[address_of(told.anna)] = ("rcpt", 451)
    send(A_TUESDAY.replace(hour=19, minute=59))
    postbox.answers.clear()
    clock = Clock(A_TUESDAY.replace(hour=20))
    for _ in clock.play(11 * HOUR, step=10 * MINUTE):
        send(clock)
    assert postbox.to(told.anna) == []
    send(clock)
    assert len(postbox.to(told.anna)) == 1


def test_a_retry_counts_what_has_come_meanwhile(told: World, postbox: Postbox) -> None:
    postbox.answers[address_of(told.anna)] = ("data", 451)
    send(A_TUESDAY)
    postbox.answers.clear()
    happens(told.anna, a_report(told), told, at=A_TUESDAY)
    send(A_TUESDAY + HOUR)
    assert [f"2 {COUNTED}" in text_of(mail) for mail in postbox.to(told.anna)] == [True]


def test_a_server_that_hangs_up_after_the_content_may_have_taken_it(told: World, postbox: Postbox, silent,
                                                                    settings) -> None:  # type: ignore[no-untyped-def]
    send(A_TUESDAY)
    assert [(each.state, each.trouble) for each in mails_of(told.anna)] == [("uncertain", "no-answer")]
    for minute in range(9 * 60):
        assert send(A_TUESDAY + minute * MINUTE) == 0
    assert len(mails_of(told.anna)) == 1


def test_our_own_trouble_with_the_server_is_held_against_nobody(told: World, postbox: Postbox, settings) -> None:  # type: ignore[no-untyped-def]
    """A wrong password is not the recipient's fault: all wait, and all get theirs when it is mended."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "lokalnet", "forkert"
    send(A_TUESDAY)
    assert [each.state for each in (*mails_of(told.anna), *mails_of(told.adam))] == ["waiting", "waiting"]
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    assert send(A_TUESDAY + HOUR) == 2


def test_one_whose_notices_cannot_be_put_in_words_holds_up_nobody(told: World, postbox: Postbox) -> None:
    def broken(seat, notice):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError

    kinds.register(Kind("broken", broken, str))
    happens(told.anna, a_report(told), told, at=A_TUESDAY - HOUR, kind="broken")
    assert send(A_TUESDAY) == 1
    assert len(postbox.to(told.adam)) == 1


def test_a_round_ends_when_there_is_no_server_to_talk_to(world: World, settings, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = posting.SMTP, "127.0.0.1", 1
    monkeypatch.setattr(sending, "ENOUGH", 2)
    report = a_report(world, visibility="partnership")
    people = (world.anna, world.adam, world.bo, world.lars)
    for member in people:
        happens(member, report, world, at=A_TUESDAY)
    send(A_TUESDAY)
    assert sum(len(mails_of(member)) for member in people) == 2
    send(A_TUESDAY + MINUTE)
    assert sum(len(mails_of(member)) for member in people) >= 3


def test_without_a_mail_server_mail_lies_in_files_with_the_same_states(told: World, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = (
        "django.core.mail.backends.filebased.EmailBackend", str(tmp_path))
    assert send(A_TUESDAY) == 2
    assert len(list(tmp_path.iterdir())) == 2
    (message,) = mails_of(told.anna)
    assert message.state == "sent" and message.handed_at == message.sent_at == A_TUESDAY
