"""A signal among one's notices: as it stands now, for who may read it, without a figure; a mail only counts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice, Preferences
from tests.days import today
from tests.doors.people import give_roles
from tests.situation.looks import MUNICIPAL, candidate, keep, signals, told
from tests.situation.telling import frame
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def said(world: World, member: Member) -> kinds.Said | None:
    with as_role(MIGRATION):
        notice = Notice.objects.get(member=member, kind="signal")
    return kinds.said(frame(world, member), notice)


def test_it_says_of_what_and_where_and_no_figure(world: World) -> None:
    keep(world, candidate(world))
    found = said(world, world.lars)
    assert found is not None
    assert (found.title, found.about) == ("Something unusual: Drug dealing", "Ballerup")
    assert found.url.startswith(f"/usaedvanligt/{signals(world)[0].id}/")


def test_one_that_is_over_is_no_news(world: World) -> None:
    keep(world, candidate(world))
    keep(world, day=14)
    assert said(world, world.lars) is None


def test_one_that_goes_on_as_another_leads_there(world: World) -> None:
    keep(world, candidate(world), audience=MUNICIPAL)
    keep(world, candidate(world), day=1)
    found = said(world, world.berit)
    assert found is not None and str(signals(world)[1].id) in found.url


def test_who_lost_the_right_is_told_nothing(world: World) -> None:
    keep(world, candidate(world))
    give_roles(world.berit, [Role.ADMINISTRATOR])
    assert said(world, world.berit) is None


def test_a_mail_only_counts(world: World) -> None:
    assert kinds.counted("signal", 1) == "1 unusual development"
    assert kinds.counted("signal", 2) == "2 unusual developments"


def test_a_stand_in_is_told_for_whoever_is_away(world: World) -> None:
    with as_role(MIGRATION):
        Preferences.objects.create(member=world.berit, away_from=today(), away_until=today() + timedelta(days=3))
        Member.objects.filter(id=world.berit.id).update(stand_in=world.dorte)
    keep(world, candidate(world), audience=MUNICIPAL)
    assert told() == {"Berit": 1, "Dorte": 1, "Adam": 1}
