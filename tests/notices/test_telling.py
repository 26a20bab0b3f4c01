"""However often something happens to a thing, its member has one unopened notice of it; and who is away is covered."""

import uuid
from datetime import timedelta

import pytest

from lokalnet.access import founding
from lokalnet.access.models import Member, Partnership, Party
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.notices.models import Notice, Pace, Preferences
from lokalnet.notices.telling import tell
from tests.world import World

TODAY = now().astimezone(COPENHAGEN).date()
DAY = timedelta(days=1)
THING = uuid.UUID("00000000-0000-4000-8000-00000000aaaa")


def told(world: World, member: Member, **said: object) -> None:
    tell(member.id, **({"partnership_id": world.partnership.id, "kind": "test", "subject": THING} | said))  # type: ignore[arg-type]


def notices(member: Member) -> list[Notice]:
    with as_role(MIGRATION):
        return list(Notice.objects.filter(member=member).order_by("made_at", "id"))


def away(member: Member, stand_in: Member | None, *, first=TODAY, last=TODAY) -> None:  # type: ignore[no-untyped-def]
    with as_role(MIGRATION):
        Member.objects.filter(id=member.id).update(stand_in=stand_in)
        Preferences.objects.update_or_create(member=member, defaults={"away_from": first, "away_until": last})


def test_two_hundred_happenings_are_one_notice(world: World) -> None:
    for number in range(200):
        told(world, world.anna, since=1000 - number)
    (only,) = notices(world.anna)
    assert (only.happened, only.told, only.since) == (200, 0, 801)


def test_what_was_opened_is_told_anew_when_it_happens_again(world: World) -> None:
    told(world, world.anna)
    with as_role(MIGRATION):
        Notice.objects.update(opened_at=now())
    told(world, world.anna)
    assert [each.opened_at is None for each in notices(world.anna)] == [False, True]


def test_another_thing_or_kind_is_another_notice(world: World) -> None:
    told(world, world.anna)
    told(world, world.anna, subject=uuid.uuid4())
    told(world, world.anna, kind="other")
    assert len(notices(world.anna)) == 3


def test_a_later_telling_brings_back_what_was_hidden(world: World) -> None:
    told(world, world.anna)
    with as_role(MIGRATION):
        Notice.objects.update(hidden_at=now())
    told(world, world.anna)
    assert notices(world.anna)[0].hidden_at is None


def test_what_waits_began_to_wait_when_it_first_happened_since_the_last_mail(world: World) -> None:
    told(world, world.anna)
    long_ago = now() - DAY
    with as_role(MIGRATION):
        Notice.objects.update(waits_since=long_ago)
    told(world, world.anna)
    assert notices(world.anna)[0].waits_since == long_ago
    with as_role(MIGRATION):
        Notice.objects.update(told=2)
    told(world, world.anna)
    assert notices(world.anna)[0].waits_since > long_ago


def test_whoever_no_longer_works_here_is_told_nothing(world: World) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(ended_at=now() - DAY)
    told(world, world.anna)
    assert notices(world.anna) == []


def test_nobody_is_told_of_a_table_they_do_not_sit_at(world: World) -> None:
    told(world, world.clara)
    with as_role(MIGRATION):
        Party.objects.filter(organisation=world.gladsaxe).update(valid_to=TODAY - DAY)
    told(world, world.anna)
    assert notices(world.clara) == notices(world.anna) == []


def test_a_connected_system_is_told_nothing(world: World) -> None:
    with as_role(MIGRATION):
        system = founding.system(world.gladsaxe, "System")
    told(world, system)
    assert notices(system) == []


def test_an_exercise_stays_in_the_bell(world: World) -> None:
    with as_role(MIGRATION):
        exercise = Partnership.objects.get(id=world.partnership.id)
        exercise.id, exercise.slug, exercise.exercise_of = uuid.uuid4(), "oevelse", world.partnership
        exercise.save(force_insert=True)
        Party.objects.create(partnership=exercise, organisation=world.gladsaxe, valid_from=TODAY)
    told(world, world.anna, partnership_id=exercise.id, pace=Pace.AT_ONCE)
    assert [each.pace for each in notices(world.anna)] == ["bell"]


# Who is away


def test_the_stand_in_is_told_in_the_name_of_the_one_who_is_away(world: World) -> None:
    away(world.adam, world.anna)
    told(world, world.adam)
    assert [each.on_behalf_of_id for each in notices(world.adam)] == [None]
    assert [each.on_behalf_of_id for each in notices(world.anna)] == [world.adam.id]


@pytest.mark.parametrize(("first", "last", "covered"), [(0, 0, 1), (-3, 0, 1), (0, 3, 1), (1, 3, 0), (-3, -1, 0)])
def test_the_first_and_the_last_day_of_an_absence_belong_to_it(world: World, first: int, last: int,
                                                              covered: int) -> None:
    away(world.adam, world.anna, first=TODAY + first * DAY, last=TODAY + last * DAY)
    told(world, world.adam)
    assert len(notices(world.anna)) == covered
    assert len(notices(world.adam)) == 1


def test_a_chain_of_stand_ins_ends_after_one_step(world: World) -> None:
    away(world.adam, world.anna)
    away(world.anna, world.dorte)
    told(world, world.adam)
    assert len(notices(world.anna)) == 1
    assert notices(world.dorte) == []


def test_two_who_stand_in_for_each_other_are_told_once_each(world: World) -> None:
    away(world.adam, world.anna)
    away(world.anna, world.adam)
    told(world, world.adam)
    assert (len(notices(world.adam)), len(notices(world.anna))) == (1, 1)


def test_a_stand_in_who_no_longer_works_here_is_not_told(world: World) -> None:
    away(world.adam, world.anna)
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(ended_at=now() - DAY)
    told(world, world.adam)
    assert notices(world.anna) == []
    assert len(notices(world.adam)) == 1


def test_absence_and_wishes_go_with_the_membership(world: World) -> None:
    away(world.adam, world.anna)
    with as_role(MIGRATION):
        Member.objects.filter(id=world.adam.id).update(ended_at=now() - DAY)
        assert not Preferences.objects.filter(member=world.adam).exists()
