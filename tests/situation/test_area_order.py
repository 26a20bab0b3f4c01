"""Kinds of areas stand in one order wherever they are listed: municipality, neighbourhood, parish."""

import pytest

from lokalnet.access import own_areas
from lokalnet.situation.filtering import areas_by_kind
from tests.doors.people import browser
from tests.situation.telling import area, frame
from tests.world import World

ORDER = ["Kommune", "Kvarter", "Sogn"]


@pytest.fixture(autouse=True)
def all_kinds(world: World) -> None:
    area("parish", "sogn")
    area("neighbourhood", "blok")


def test_in_what_is_chosen_from_and_in_what_one_follows(world: World) -> None:
    assert [kind for kind, _rows in areas_by_kind(frame(world, world.anna))] == ORDER
    assert [kind for kind, _rows in own_areas.by_kind(world.actor(world.anna))] == ORDER


def test_on_the_page_of_areas(world: World) -> None:
    assert [str(kind) for kind, _rows in browser(world.anna).get("/omraader/").context["kinds"]] == ORDER
