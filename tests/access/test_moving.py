"""Somebody gets other tasks; the organisation never loses its last administrator."""

import pytest

from lokalnet.access import administration, founding
from lokalnet.access.administration import BadChange, Change, LastAdministrator
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from tests.access.people import browser_of, events, fresh
from tests.world import World

SAID = {"name": "Anna", "title": "Gademedarbejder", "roles": ["coordinator"], "stand_in": "", "areas": []}


def test_roles_title_areas_and_stand_in_change_and_streams_start_anew(world: World, closed: list[str]) -> None:
    area = Area.objects.get(code="0159")
    answer = browser_of(world.adam).post(f"/administration/medlem/{world.anna.id}/", SAID | {
        "areas": [str(area.id)], "stand_in": str(world.adam.id)})
    assert answer.status_code == 302
    anna = fresh(world.anna)
    assert (anna.roles, anna.title, anna.stand_in_id) == (["coordinator"], "Gademedarbejder", world.adam.id)
    assert closed == [str(world.anna.id)]
    entry = events("member.changed")[-1]
    assert entry.detail["changed"] == ["title", "roles", "areas", "stand_in"]
    assert "Gademedarbejder" not in str(entry.detail)


def test_saving_what_stands_there_already_is_no_act(world: World, closed: list[str]) -> None:
    browser_of(world.adam).post(f"/administration/medlem/{world.anna.id}/",
                                SAID | {"title": "", "roles": ["street-worker"]})
    assert closed == [] and events("member.changed") == []


def test_the_last_administrator_stays_one(world: World) -> None:
    answer = browser_of(world.adam).post(f"/administration/medlem/{world.adam.id}/", SAID | {"name": "Adam"})
    assert answer.status_code == 422 and Role.ADMINISTRATOR in fresh(world.adam).roles
    with pytest.raises(LastAdministrator):
        administration.change(world.actor(world.adam), world.adam.id, Change("Adam", "", ("coordinator",), (), None))


def test_with_a_second_administrator_the_first_may_step_back(world: World) -> None:
    with as_role(MIGRATION):
        founding.member(world.gladsaxe, "Asta", "asta@gladsaxe.example", Role.ADMINISTRATOR)
    administration.change(world.actor(world.adam), world.adam.id, Change("Adam", "", ("coordinator",), (), None))
    assert fresh(world.adam).roles == ["coordinator"]


@pytest.mark.parametrize("roles", [(), ("local-officer",), ("system",), ("king",)])
def test_a_role_must_mean_something_here(world: World, roles: tuple[str, ...]) -> None:
    with pytest.raises(BadChange):
        administration.change(world.actor(world.adam), world.anna.id, Change("Anna", "", roles, (), None))
    assert browser_of(world.adam).post(f"/administration/medlem/{world.anna.id}/",
                                       SAID | {"roles": list(roles)}).status_code == 422


def test_the_stand_in_is_a_colleague(world: World) -> None:
    for wrong in (world.bo.id, world.anna.id):
        with pytest.raises(BadChange):
            administration.change(world.actor(world.adam), world.anna.id,
                                  Change("Anna", "", ("street-worker",), (), wrong))


def test_nobody_gives_themselves_a_role(world: World) -> None:
    """Least of all the one that oversees the log of what they do."""
    for roles in (("administrator", "coordinator", "dpo"), ("administrator", "analyst")):
        with pytest.raises(BadChange):
            administration.change(world.actor(world.adam), world.adam.id, Change("Adam", "", roles, (), None))
    administration.change(world.actor(world.adam), world.adam.id, Change("Adam", "", ("administrator",), (), None))
    assert fresh(world.adam).roles == ["administrator"]
