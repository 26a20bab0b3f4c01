"""Whoever may not know that a thing exists is answered alike whether it does, in time too.

The margin is one millisecond: an order below what a network tells, and half of the leak that is planted to show that
the test would find one.
"""

import time
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.youth.models import Concern, File
from lokalnet.youth.triage import reading
from tests.doors.people import browser
from tests.timing import Compared, compare
from tests.youth.concerns import sent, with_file
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
MARGIN = 0.001  # seconds


def asked(member: Member, address: str, there: UUID) -> Compared:
    client = browser(member)

    def ask(thing: UUID) -> Callable[[], object]:
        return lambda: client.get(address.format(thing))

    assert client.get(address.format(there)).status_code == client.get(address.format(uuid4())).status_code == 404
    return compare(ask(there), ask(uuid4()), margin=MARGIN)


def file_of(room: Room) -> UUID:
    with_file(room, room.tove)
    with as_role(MIGRATION):
        return File.objects.get().id


@pytest.mark.parametrize("who", ["sanne", "signe"])
def test_a_file_that_one_does_not_work_on_is_answered_like_one_that_is_not_there(room: Room, who: str) -> None:
    found = asked(getattr(room, who), "/sag/{}/", file_of(room))
    assert found.within(MARGIN), found


@pytest.mark.parametrize("address", ["/afklaring/{}/", "/bekymring/{}/"])
def test_so_is_somebody_elses_worry(room: Room, address: str) -> None:
    found = asked(room.signe, address, sent(room, room.tove))
    assert found.within(MARGIN), found


def test_a_planted_leak_of_two_milliseconds_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a careless look-up would be, past the policies: it does a little more where there is something."""
    there, honest = sent(room, room.tove), reading.known

    def careless(concern_id: UUID) -> Concern:
        with as_role(MIGRATION):
            if Concern.objects.filter(id=concern_id).exists():
                time.sleep(0.002)
        return honest(concern_id)

    monkeypatch.setattr(reading, "known", careless)
    found = asked(room.signe, "/afklaring/{}/", there)
    assert not found.within(MARGIN), found
