"""Members choose the areas that they follow: their own, among those of their partnership, and nobody else's."""

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access.acting import actor_of
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from tests.doors.people import browser, give_roles
from tests.situation.telling import area
from tests.world import World


def follow(member: Member, where: Area) -> None:
    """Past the page, as whoever is the actor."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into access_member_area (member_id, area_id) values (%s, %s)", [member.id, where.id])


def let_go(member: Member) -> int:
    with connection.cursor() as cursor:
        cursor.execute("delete from access_member_area where member_id = %s", [member.id])
        return int(cursor.rowcount)


def followed(member: Member) -> set[str]:
    found = actor_of(member.id)
    assert found is not None
    return {Area.objects.get(id=id_).name for id_ in found.area_ids}


def test_areas_are_chosen_and_let_go_on_the_page(world: World) -> None:
    client = browser(world.anna)
    gladsaxe, herlev = (Area.objects.get(name=name) for name in ("Gladsaxe", "Herlev"))
    assert client.post("/mine-omraader/", {"areas": [gladsaxe.id, herlev.id]}).status_code == 302
    assert followed(world.anna) == {"Gladsaxe", "Herlev"}
    page = client.get("/mine-omraader/").content.decode()
    assert page.count(" checked") == 2
    assert client.post("/mine-omraader/", {"areas": [herlev.id]}).status_code == 302
    assert followed(world.anna) == {"Herlev"}
    assert client.post("/mine-omraader/", {}).status_code == 302
    assert followed(world.anna) == set()


def test_a_choice_leaves_a_trace_and_the_same_choice_again_none(world: World) -> None:
    client, herlev = browser(world.anna), Area.objects.get(name="Herlev")
    for _ in range(2):
        client.post("/mine-omraader/", {"areas": [herlev.id]})
    with as_role(MIGRATION):
        found = Event.objects.filter(kind="own-areas.changed", member=world.anna)
        assert [event.detail for event in found] == [{"areas": [str(herlev.id)]}]


@pytest.mark.parametrize("wrong", ["sludder", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_area_of_the_partnership_is_refused(world: World, wrong: str) -> None:
    answer = browser(world.anna).post("/mine-omraader/", {"areas": [wrong]})
    assert answer.status_code == 422
    assert followed(world.anna) == set()


def test_an_area_far_away_is_refused_by_page_and_database(world: World) -> None:
    far = area("neighbourhood", "langt væk", (8.0, 56.0, 8.1, 56.1))
    assert browser(world.anna).post("/mine-omraader/", {"areas": [far.id]}).status_code == 422
    world.actor(world.anna)
    with pytest.raises(DatabaseError):
        follow(world.anna, far)


def test_the_database_lets_members_choose_for_themselves_alone(world: World) -> None:
    herlev = Area.objects.get(name="Herlev")
    world.actor(world.anna)
    follow(world.anna, herlev)
    for other in (world.adam, world.bo, world.clara):
        with pytest.raises(DatabaseError):
            follow(other, herlev)
    world.actor(world.adam)
    follow(world.adam, herlev)
    world.actor(world.anna)
    assert let_go(world.adam) == 0
    assert let_go(world.anna) == 1


def test_who_has_nothing_to_do_with_reports_follows_no_area(world: World) -> None:
    give_roles(world.anna, [Role.DATA_PROTECTION_OFFICER])
    assert browser(world.anna).get("/mine-omraader/").status_code == 403
    world.actor(world.anna)
    with pytest.raises(DatabaseError):
        follow(world.anna, Area.objects.get(name="Herlev"))
