"""That somebody was told goes too: ninety days after it was opened, a year if it never was, and with an exercise."""

from datetime import timedelta

import pytest

from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices.models import Message, Notice, State
from lokalnet.project import logins
from lokalnet.situation.protection import retention
from tests.days import today
from tests.notices.kit import a_report, happens, notices_of
from tests.world import World

pytestmark = pytest.mark.django_db


def gone(days: int) -> dict[str, int]:
    """Of what is about notices, after so many days."""
    with as_role(logins.RETENTION):
        lines = retention.let_go(now() + timedelta(days=days))
    return {line.what: line.number for line in lines if "notices" in line.what and line.number}


@pytest.fixture
def notice(world: World) -> Notice:
    happens(world.anna, a_report(world), world, at=now())
    return notices_of(world.anna)[0]


def test_what_was_opened_goes_after_ninety_days(notice: Notice) -> None:
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())
    assert gone(90 - 1) == {}
    assert gone(90 + 1) == {"notices": 1}
    assert gone(90 + 1) == {}


def test_what_was_never_opened_goes_after_a_year(notice: Notice) -> None:
    assert gone(365 - 1) == {}
    assert gone(365 + 1) == {"notices": 1}


def test_a_mail_goes_after_ninety_days_and_leaves_what_it_told_of(world: World, notice: Notice) -> None:
    with as_role(MIGRATION):
        message = Message.objects.create(member=world.anna, state=State.SENT, handed_at=now())
        Notice.objects.update(message=message)
    assert gone(90 - 1) == {}
    assert gone(90 + 1) == {"mails with notices": 1}
    assert notices_of(world.anna)[0].message_id is None


def test_what_was_told_in_an_exercise_goes_with_it(world: World, notice: Notice) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(
            exercise_of=world.elsewhere, valid_to=today())
    assert "notices" not in gone(7)
    assert gone(9)["notices"] == 1
