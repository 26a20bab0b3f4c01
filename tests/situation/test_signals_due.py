"""Where a look is due: soon after something new, and once a night; asked by the worker, who acts for nobody."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Partnership
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation import acting, exercises
from lokalnet.situation.models import ActKind, Exact, Look
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.reporting import number_changes
from lokalnet.situation.signals import due
from tests.days import today
from tests.world import World

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def is_due(world: World, at: datetime) -> bool:
    set_actor(None)
    number_changes()
    return world.partnership.id in due.partnerships(at)


def looked(world: World, at: datetime) -> None:
    """A look that knew of everything until then."""
    number_changes()
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select coalesce(max(number), 0) from situation_change")
        Look.objects.update_or_create(
            partnership=world.partnership, audience="partnership", theme="drugs", day=at.astimezone(COPENHAGEN).date(),
            defaults={"looked_at": at, "upto": cursor.fetchone()[0], "word": "quiet", "counted": 0, "reporters": 0,
                      "organisations": 0})


def told(world: World, key: str, at: datetime) -> UUID:
    """A report that came in at that moment."""
    made: UUID = world.report(world.anna, key=key)
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id=made).update(reported_at=at)
    return made


@pytest.fixture
def noon(world: World) -> datetime:
    """Of today; there was a look a minute ago."""
    at = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(hours=11)
    looked(world, at - MINUTE)
    return at


def test_where_nobody_has_looked_yet(world: World) -> None:
    assert is_due(world, now())


def test_nothing_new_is_no_reason(world: World, noon: datetime) -> None:
    assert not is_due(world, noon) and not is_due(world, noon + timedelta(hours=10))


def test_news_waits_two_minutes_for_what_comes_with_it(world: World, noon: datetime) -> None:
    told(world, "one", noon)
    assert not is_due(world, noon + MINUTE) and is_due(world, noon + 2 * MINUTE)


def test_while_more_comes_it_waits_and_ten_minutes_at_the_longest(world: World, noon: datetime) -> None:
    for minute in range(11):
        told(world, str(minute), noon + minute * MINUTE)
        assert is_due(world, noon + minute * MINUTE) == (minute == 10)


def test_what_is_done_about_a_report_is_news_too(world: World, noon: datetime) -> None:
    about = told(world, "one", noon - timedelta(hours=1))
    looked(world, noon)
    assert not is_due(world, noon + timedelta(hours=1))
    act = acting.do(frame_of(world.actor(world.berit), world.partnership.id), about, ActKind.SEEN_TOO)
    with as_role(MIGRATION):
        type(act).objects.filter(id=act.id).update(at=noon + MINUTE)
    assert not is_due(world, noon + 2 * MINUTE) and is_due(world, noon + 3 * MINUTE)


def test_once_it_was_looked_at_it_is_no_news(world: World, noon: datetime) -> None:
    told(world, "one", noon)
    looked(world, noon + 2 * MINUTE)
    assert not is_due(world, noon + 30 * MINUTE)


def test_once_a_night_from_two_oclock_on(world: World) -> None:
    two = datetime.combine(today(), datetime.min.time(), COPENHAGEN) + timedelta(hours=2)
    looked(world, two - timedelta(hours=5))
    assert not is_due(world, two - MINUTE) and is_due(world, two) and is_due(world, two + timedelta(hours=20))
    looked(world, two + MINUTE)
    assert not is_due(world, two + 2 * MINUTE) and not is_due(world, two + timedelta(hours=23))


def test_never_in_an_exercise(world: World) -> None:
    exercises.begin(frame_of(world.actor(world.berit), world.partnership.id), world.partnership, name="Øvelse", days=3)
    set_actor(None)
    with as_role(MIGRATION):
        exercise = Partnership.objects.get(exercise_of=world.partnership)
    assert exercise.id not in due.partnerships(now())


def test_whoever_acts_is_told_nothing(world: World) -> None:
    world.actor(world.berit)
    assert due.partnerships(now()) == []
