"""What a mail counts is what its reader may see when it goes, whatever they might when it happened."""

import pytest

from lokalnet.access.models import Member, Party
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices.models import Notice
from lokalnet.situation.models import Observation
from tests.days import today
from tests.doors.people import give_roles
from tests.notices.kit import A_TUESDAY, DAY, HOUR, Postbox, a_report, happens, mails_of, notices_of, send, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def withdrawn(world: World) -> None:
    Observation.objects.update(state="withdrawn")


def narrowed(world: World) -> None:
    Observation.objects.update(visibility="organisation")


def moved_to_another_role(world: World) -> None:
    give_roles(world.anna, [Role.ADMINISTRATOR])


def left_the_organisation(world: World) -> None:
    Member.objects.filter(id=world.anna.id).update(ended_at=now() - DAY)


def organisation_left(world: World) -> None:
    Party.objects.filter(organisation=world.gladsaxe).update(valid_to=today() - DAY)


@pytest.mark.parametrize("change", [withdrawn, narrowed, moved_to_another_role, left_the_organisation,
                                    organisation_left], ids=lambda change: change.__name__)
def test_what_may_no_longer_be_seen_sends_no_mail(world: World, postbox: Postbox, change) -> None:  # type: ignore[no-untyped-def]
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    with as_role(MIGRATION):
        change(world)
    assert [send(A_TUESDAY), send(A_TUESDAY + HOUR)] == [0, 0]
    assert postbox.mails == []


def test_the_others_are_counted_without_it(world: World, postbox: Postbox) -> None:
    stays, goes = a_report(world), a_report(world)
    happens(world.anna, stays, world, at=A_TUESDAY)
    happens(world.anna, goes, world, at=A_TUESDAY)
    with as_role(MIGRATION):
        Observation.objects.filter(id=goes).update(visibility="organisation")
    send(A_TUESDAY)
    assert [text_of(mail).count("1 nye hændelser") for mail in postbox.mails] == [1]


def test_a_mail_with_nothing_left_is_noted_once_as_empty(world: World, postbox: Postbox) -> None:
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    with as_role(MIGRATION):
        narrowed(world)
    for minute in range(3):
        send(A_TUESDAY + minute * HOUR)
    assert [each.state for each in mails_of(world.anna)] == ["empty"]
    assert notices_of(world.anna)[0].hidden_at is not None


def test_what_was_narrowed_while_the_mail_waited_for_the_server_is_not_told(world: World, postbox: Postbox,
                                                                            settings) -> None:  # type: ignore[no-untyped-def]
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send(A_TUESDAY)
    assert [each.state for each in mails_of(world.anna)] == ["waiting"]
    settings.EMAIL_PORT = port
    with as_role(MIGRATION):
        narrowed(world)
    send(A_TUESDAY + HOUR)
    assert postbox.mails == []
    assert [each.state for each in mails_of(world.anna)] == ["empty"]


def test_what_was_opened_while_the_mail_waited_sends_none(world: World, postbox: Postbox, settings) -> None:  # type: ignore[no-untyped-def]
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send(A_TUESDAY)
    settings.EMAIL_PORT = port
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=A_TUESDAY)
    send(A_TUESDAY + HOUR)
    assert postbox.mails == []
    assert [each.state for each in mails_of(world.anna)] == ["empty"]


def test_a_reader_gets_no_more_than_their_organisation_does(world: World, postbox: Postbox) -> None:
    """Bo of the police is told of a report that only municipalities see: there is nothing to count for him."""
    report = a_report(world, visibility="municipalities")
    for member in (world.anna, world.bo):
        happens(member, report, world, at=A_TUESDAY)
    send(A_TUESDAY)
    assert len(postbox.to(world.anna)) == 1
    assert postbox.to(world.bo) == []
