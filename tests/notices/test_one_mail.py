"""Two hundred things in an hour are one mail, not two hundred; played minute by minute."""

import pytest

from lokalnet.access.acting import set_actor
from lokalnet.access.seats import seat_of
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.notices import bell, posting
from lokalnet.notices.models import Message
from tests.notices.kit import (
    A_TUESDAY,
    DAY,
    HOUR,
    MINUTE,
    Clock,
    Postbox,
    a_report,
    happens,
    mails_of,
    notices_of,
    send,
    text_of,
    wants,
)
from tests.notices.test_telling import away
from tests.world import World

pytestmark = pytest.mark.django_db


def looks(world: World, clock: Clock) -> None:
    """Anna looks at her list, at that time."""
    bell.read(seat_of(world.actor(world.anna), world.partnership.id))
    set_actor(None)
    with as_role(MIGRATION):
        Message.objects.filter(opened_at__gt=clock.at + DAY).update(opened_at=clock.at)


def local_times(world: World) -> list[str]:
    return [f"{each.handed_at.astimezone(COPENHAGEN):%a %H:%M}" for each in mails_of(world.anna) if each.handed_at]


def test_two_hundred_in_an_hour_are_one_mail(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock()
    for _ in clock.play(HOUR):
        for _ in range(4):
            happens(world.anna, report, world, at=clock.at)
        send(clock)
    assert notices_of(world.anna)[0].happened == 240
    assert len(postbox.mails) == 1
    for _ in clock.play(8 * HOUR):
        send(clock)
    assert len(postbox.mails) == 1


def test_also_when_it_is_as_many_different_things(world: World, postbox: Postbox) -> None:
    reports = [a_report(world) for _ in range(40)]
    clock = Clock()
    for number in range(40):
        happens(world.anna, reports[number], world, at=clock.at)
        send(clock)
        clock.at += MINUTE
    assert len(postbox.mails) == 1


def test_looking_in_between_brings_no_second_one_within_the_hour(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock()
    for _ in clock.play(3 * HOUR):
        happens(world.anna, report, world, at=clock.at)
        send(clock)
        if clock.at.minute % 10 == 5:
            looks(world, clock)
    assert local_times(world) == ["Tue 10:00", "Tue 11:00", "Tue 12:00"]


def test_what_came_while_a_mail_stood_is_told_half_a_day_later(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock(A_TUESDAY.replace(hour=7))
    happens(world.anna, report, world, at=clock.at)
    send(clock)
    happens(world.anna, report, world, at=clock.at + MINUTE)
    for _ in clock.play(13 * HOUR, step=10 * MINUTE):
        send(clock)
    assert local_times(world) == ["Tue 07:00", "Tue 19:00"]


def test_a_night_of_news_comes_when_the_quiet_hours_end(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock(A_TUESDAY.replace(hour=21))
    for _ in clock.play(11 * HOUR, step=10 * MINUTE):
        happens(world.anna, report, world, at=clock.at)
        send(clock)
    assert local_times(world) == ["Wed 07:00"]


def test_never_more_than_the_days_most(world: World, postbox: Postbox) -> None:
    wants(world.anna, most_a_day=3)
    report, clock = a_report(world), Clock(A_TUESDAY.replace(hour=8))
    for _ in clock.play(26 * HOUR, step=10 * MINUTE):
        happens(world.anna, report, world, at=clock.at)
        send(clock)
        looks(world, clock)
    assert local_times(world) == ["Tue 08:00", "Tue 09:00", "Tue 10:00", "Wed 07:00", "Wed 08:00", "Wed 09:00"]


def test_once_a_day_is_one_mail_with_all_of_the_day(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock()
    for _ in clock.play(2 * DAY, step=30 * MINUTE):
        happens(world.anna, report, world, at=clock.at, pace="daily")
        send(clock)
    assert local_times(world) == ["Wed 07:00", "Thu 07:00"]
    assert "43 nye hændelser" in text_of(postbox.mails[0])


def test_once_a_week_is_one_mail_on_monday(world: World, postbox: Postbox) -> None:
    report, clock = a_report(world), Clock()
    for _ in clock.play(14 * DAY, step=2 * HOUR):
        happens(world.anna, report, world, at=clock.at, pace="weekly")
        send(clock)
    assert local_times(world) == ["Mon 08:00", "Mon 08:00"]


def test_a_worker_that_slept_over_the_morning_sends_once_when_it_wakes(world: World, postbox: Postbox) -> None:
    happens(world.anna, a_report(world), world, at=A_TUESDAY, pace="daily")
    clock = Clock(A_TUESDAY + 3 * DAY + 2 * HOUR)
    for _ in clock.play(2 * HOUR):
        send(clock)
    assert local_times(world) == ["Fri 12:00"]


def test_what_happens_while_a_mail_goes_is_told_later(world: World, postbox: Postbox, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    report, clock = a_report(world), Clock()
    happens(world.anna, report, world, at=clock.at)
    clock.at += HOUR
    post = posting.post

    def once_more(mail, handing) -> None:  # type: ignore[no-untyped-def]
        happens(world.anna, report, world, at=clock.at)
        post(mail, handing)

    monkeypatch.setattr(posting, "post", once_more)
    send(clock)
    (notice,) = notices_of(world.anna)
    assert (notice.happened, notice.told, notice.waits_since) == (2, 1, clock.at)
    monkeypatch.undo()
    clock.at += 8 * HOUR
    looks(world, clock)
    send(clock)
    assert len(postbox.mails) == 2


def test_how_one_wants_to_hear_of_ones_own_counts_from_the_moment_it_is_chosen(world: World, postbox: Postbox) -> None:
    wants(world.anna, pace="bell")
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    assert send(A_TUESDAY) == 0
    wants(world.anna, pace="at-once")
    assert send(A_TUESDAY + MINUTE) == 1


# Who is away


def test_who_is_away_gets_no_mail_and_the_stand_in_one(world: World, postbox: Postbox) -> None:
    day = A_TUESDAY.date()
    away(world.anna, world.adam)  # today, so that the stand-in is told
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    wants(world.anna, away_from=day, away_until=day)
    for hour in range(9):
        send(A_TUESDAY + hour * HOUR)
    assert [len(postbox.to(world.anna)), len(postbox.to(world.adam))] == [0, 1]
    send(A_TUESDAY + DAY)
    assert len(postbox.to(world.anna)) == 1


def test_what_may_have_arrived_is_told_next_morning_at_the_latest(world: World, postbox: Postbox) -> None:
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    send(A_TUESDAY)
    with as_role(MIGRATION):
        Message.objects.update(state="handed", sent_at=None)
    clock = Clock(A_TUESDAY + 10 * MINUTE)
    for _ in clock.play(3 * DAY, step=10 * MINUTE):
        send(clock)
    assert [each.state for each in mails_of(world.anna)] == ["uncertain", "sent"]
    assert local_times(world) == ["Tue 10:00", "Wed 07:00"]
