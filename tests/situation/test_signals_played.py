"""The real look at stored rows, on one day after the other: what is a signal, what is none, and one that lasts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lokalnet.access import founding
from lokalnet.access.acting import set_actor
from lokalnet.access.models import Event, Member, Organisation
from lokalnet.foundation.roles import MIGRATION, PLACE, as_role
from lokalnet.situation.models import Look
from lokalnet.situation.signals import looking
from tests.days import today
from tests.situation.looks import signals, steps, told
from tests.situation.partnership_life import burst, by_a_file, joined, people, store, usual
from tests.world import World

pytestmark = pytest.mark.django_db


def look(world: World, day: date) -> None:
    """In the evening of that day, as the worker does."""
    set_actor(None)
    with as_role(PLACE):
        assert looking.look_at(world.partnership, at=datetime.combine(day, time(20), UTC))


@pytest.fixture
def members(world: World) -> list[Member]:
    """A dozen people, and what they told in the last year."""
    made = people(world)
    store(world, usual(made, until=today()))
    return made


def in_a_week(members: list[Member], number: int) -> list:  # type: ignore[type-arg]
    """So many reports at one place in the week that ends today."""
    return burst(members, today() - timedelta(days=6), days=7, number=number)


def newcomers(world: World) -> list[Member]:
    with as_role(MIGRATION):
        organisation: Organisation = founding.organisation("Nye Kommune", "municipality")
        founding.join(world.partnership, organisation)
    return joined(organisation, 3)


def test_twenty_more_in_a_week_from_those_who_always_report_are_unusual(world: World, members: list[Member]) -> None:
    """Else the tests that follow would prove nothing."""
    store(world, in_a_week(members[::2], 20))
    look(world, today())
    assert [each.word for each in signals(world)] == ["unusual"]


def test_a_new_organisation_that_begins_to_report_is_no_signal(world: World, members: list[Member]) -> None:
    store(world, in_a_week(newcomers(world), 20))
    look(world, today())
    assert signals(world) == []


def test_a_new_reporter_is_no_signal(world: World, members: list[Member]) -> None:
    store(world, in_a_week(joined(world.ballerup, 1), 20))
    look(world, today())
    assert signals(world) == []


def test_an_import_is_no_signal(world: World, members: list[Member]) -> None:
    """Three hundred rows of the last days at one place, though those who stand in them have a past."""
    by_a_file(world, store(world, in_a_week(members, 300)))
    look(world, today())
    assert signals(world) == []


def test_all_three_at_once_are_none_either(world: World, members: list[Member]) -> None:
    store(world, in_a_week([*newcomers(world), *joined(world.ballerup, 1)], 24))
    by_a_file(world, store(world, in_a_week(members, 300)))
    look(world, today())
    assert signals(world) == []


def test_a_month_is_played(world: World, members: list[Member]) -> None:
    """Something goes on at Grantoften for a week, and from the second week on elsewhere; each is one signal."""
    start = today() - timedelta(days=30)
    store(world, burst(members[::2], start + timedelta(days=3), days=7, number=26))
    store(world, burst(members[1::2], start + timedelta(days=17), days=7, number=26, east=14, north=10))
    for day in range(31):
        look(world, start + timedelta(days=day))
    first, second = signals(world)
    assert (first.state, second.state) == ("closed", "fading")
    assert steps(first)[:2] == ["opened", "grew"] and steps(first)[-2:] == ["fading", "closed"]
    assert first.last_day <= start + timedelta(days=11)  # a day or two after the last of it
    assert second.opened_at.date() > start + timedelta(days=16)
    assert told(again=True) == {"Berit": 2, "Adam": 2, "Lars": 2}


def test_a_day_has_one_look_at_each_group_for_each_audience(world: World, members: list[Member]) -> None:
    for _ in range(2):
        look(world, today())
    look(world, today() - timedelta(days=1))
    with as_role(MIGRATION):
        assert Look.objects.filter(day=today()).count() == 8
        assert set(Look.objects.values_list("theme", "word")) == {
            ("drugs", "quiet"), ("unrest", "too-little"), ("damage", "too-little"), ("violence", "too-little")}
        assert not Event.objects.filter(kind="signals.looked").exists()


def test_the_same_day_looked_at_again_finds_the_same(world: World, members: list[Member]) -> None:
    store(world, in_a_week(members[::2], 14))
    look(world, today())
    [before] = signals(world)
    look(world, today())
    [after] = signals(world)
    assert (before.per_year, before.cells) == (after.per_year, after.cells) and steps(after) == ["opened"]


def test_that_a_look_made_a_signal_stands_in_the_log(world: World, members: list[Member]) -> None:
    store(world, in_a_week(members[::2], 20))
    look(world, today())
    with as_role(MIGRATION):
        [entry] = Event.objects.filter(kind="signals.looked")
    assert (entry.member_id, entry.subject, entry.detail) == (None, world.partnership.id, {"opened": 1})
