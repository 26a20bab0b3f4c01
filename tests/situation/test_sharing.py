"""Who gets which of a report: the sender's choice, enforced by the database."""

import pytest

from lokalnet.situation import picture
from lokalnet.situation.models import Observation


def test_the_police_do_not_get_what_is_for_the_municipalities(world) -> None:
    made = world.report(world.anna, key="1", text="Uro ved kiosken", visibility="municipalities")
    world.actor(world.bo)
    assert picture.one(made) is None


def test_a_stranger_gets_nothing(world) -> None:
    made = world.report(world.anna, key="1", visibility="public")
    world.actor(world.clara)
    assert picture.one(made) is None
    assert Observation.objects.count() == 0


@pytest.mark.parametrize(("police_sees", "coarse", "text"),
                         [("area", True, ""), ("text", True, "Uro"), ("exact", False, "Uro")])
def test_the_police_get_a_municipal_report_as_coarse_as_it_was_left(world, police_sees, coarse, text) -> None:
    made = world.report(world.anna, key="1", text="Uro", visibility="partnership", police_sees=police_sees)
    world.actor(world.bo)
    seen = picture.one(made)
    assert seen is not None
    assert (seen.coarse, seen.text) == (coarse, text)


def test_another_municipality_gets_it_whole(world) -> None:
    made = world.report(world.anna, key="1", text="Uro", visibility="municipalities")
    world.actor(world.berit)
    seen = picture.one(made)
    assert seen is not None and not seen.coarse and seen.text == "Uro"


def test_the_housing_association_sees_its_own_reports_only(world) -> None:
    world.report(world.anna, key="1", visibility="public")
    own = world.report(world.viggo, key="1", visibility="municipalities")
    world.actor(world.viggo)
    assert [row.id for row in Observation.objects.all()] == [own]
