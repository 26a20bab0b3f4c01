"""A stranger learns nothing; a colleague without the right is told so."""

import uuid

import pytest

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of, fresh
from tests.world import World


@pytest.fixture
def stranger(world: World):
    """Clara is administrator, but elsewhere."""
    with as_role(MIGRATION):
        Member.objects.filter(pk=world.clara.pk).update(roles=["administrator"])
    return browser_of(world.clara)


def test_an_administrator_elsewhere_gets_404_as_for_nobody(world: World, stranger) -> None:
    for member_id in (world.anna.id, uuid.uuid4()):
        assert stranger.get(f"/administration/medlem/{member_id}/").status_code == 404
        assert stranger.post(f"/administration/medlem/{member_id}/afslut/", {"hand_to": ""}).status_code == 404
    assert fresh(world.anna).ended_at is None
    assert b"Anna" not in stranger.get("/administration/").content


def test_a_colleague_without_the_right_gets_403(world: World) -> None:
    anna = browser_of(world.anna)
    for page in ("/administration/", f"/administration/medlem/{world.adam.id}/"):
        assert anna.get(page).status_code == 403
    assert anna.post(f"/administration/medlem/{world.adam.id}/afslut/", {"hand_to": ""}).status_code == 403


def test_the_administrator_sees_members_and_no_systems(world: World) -> None:
    with as_role(MIGRATION):
        Member.objects.create(organisation=world.gladsaxe, name="Importen", roles=["system"])
    page = browser_of(world.adam).get("/administration/").content.decode()
    assert "Anna" in page and "Importen" not in page and "Bo</a>" not in page


def test_the_menu_shows_what_one_may(world: World) -> None:
    def menu(member: Member) -> list[str]:
        shown = browser_of(member).get("/medlemskab/").context
        return [item.url for item in (*shown["menu"], *shown["menu_more"])]

    assert "/administration/" in menu(world.adam) and "/log/" not in menu(world.adam)
    assert "/log/" in menu(world.dorte) and "/administration/" not in menu(world.dorte)
    assert not {"/log/", "/administration/"} & set(menu(world.anna))
