"""The door from the place room: one way, by hand, with nothing in it."""

import re

import pytest

from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.doors.people import browser
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings) -> None:
    settings.LOKALNET_DEMO = True


def page(world: World, member: Member) -> str:
    made = world.report(world.anna, key="door", text="Drenge på torvet", visibility="municipalities")
    return browser(member).get(f"/haendelse/{made}/").content.decode()


def test_the_page_of_an_observation_leads_to_a_worry_with_neither_id_nor_words(world: World) -> None:
    [link] = re.findall(r'<p class="door">.*?</p>', page(world, world.anna))
    assert re.findall(r'href="([^"]*)"', link) == ["/bekymring/"] and 'rel="noreferrer"' in link


def test_who_may_not_tell_of_a_worry_sees_no_door(world: World) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=world.berit.id).update(roles=[Role.ANALYST.value])
    assert 'class="door"' not in page(world, world.berit)


def test_while_the_room_is_closed_there_is_no_door(world: World, settings) -> None:
    settings.LOKALNET_DEMO = False
    assert 'class="door"' not in page(world, world.anna)
