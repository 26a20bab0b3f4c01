"""A key is shown once, does what its scope says, and stops at once."""

import re

import pytest
from django.test import Client

from lokalnet.access import keys
from lokalnet.access.acting import NotAllowed, actor_of
from lokalnet.access.keys import BadKey
from lokalnet.access.models import Key, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of, events
from tests.world import World

SAID = {"label": "Driftssystem", "scopes": ["observations:read"], "expires_on": ""}


def only_key() -> Key:
    with as_role(MIGRATION):
        return Key.objects.select_related("member").get()


def works(token: str) -> bool:
    status = Client().get("/api/v1/observations", headers={"Authorization": f"Bearer {token}"}).status_code
    assert status in (200, 401)
    return status == 200


def test_it_is_shown_once_and_only_its_hash_is_kept(world: World) -> None:
    adam = browser_of(world.adam)
    found = re.search(r"lokalnet_[\w-]{43}", adam.post("/administration/noegler/", SAID).content.decode())
    assert found
    assert "lokalnet_" not in adam.get("/administration/noegler/").content.decode()
    key = only_key()
    assert len(bytes(key.hash)) == 32 and key.responsible_id == world.adam.id
    assert key.member.user_id is None and key.member.roles == ["system"]
    assert works(found[0])
    assert events("key.made")[-1].detail == {"scopes": ["observations:read"]}


def test_a_revoked_key_stops_at_once(world: World, closed: list[str]) -> None:
    token = keys.make(world.actor(world.adam), label="x", scopes=["observations"])
    key = only_key()
    assert browser_of(world.adam).post(f"/administration/noegler/{key.id}/tilbagekald/").status_code == 302
    assert not works(token) and str(key.member_id) in closed
    keys.revoke(world.actor(world.adam), key.id)
    assert len(events("key.revoked")) == 1


def test_a_key_expires(world: World) -> None:
    assert browser_of(world.adam).post("/administration/noegler/", SAID | {"expires_on": "2020-01-01"}
                                       ).status_code == 422
    token = keys.make(world.actor(world.adam), label="x", scopes=["observations"])
    with as_role(MIGRATION):
        Key.objects.update(expires_at="2020-01-01T00:00Z")
    assert not works(token)


def test_another_organisations_key_is_not_there(world: World) -> None:
    keys.make(world.actor(world.adam), label="x", scopes=["observations"])
    with as_role(MIGRATION):
        Member.objects.filter(pk=world.clara.pk).update(roles=["administrator"])
    clara = browser_of(world.clara)
    assert clara.post(f"/administration/noegler/{only_key().id}/tilbagekald/").status_code == 404
    assert only_key().revoked_at is None
    assert "<td>" not in clara.get("/administration/noegler/").content.decode()


def test_only_administrators_make_keys(world: World) -> None:
    assert browser_of(world.anna).get("/administration/noegler/").status_code == 403
    with pytest.raises(NotAllowed):
        keys.make(world.actor(world.anna), label="x", scopes=["observations"])


def test_a_key_opens_no_page(world: World) -> None:
    token = keys.make(world.actor(world.adam), label="x", scopes=["observations"])
    for page in ("/administration/", "/administration/noegler/", "/mine-opslag/", "/log/"):
        answer = Client().get(page, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 302 and answer["Location"].startswith("/konto/log-ind/")


def test_the_command_makes_a_key_for_an_organisation(world: World) -> None:
    token = keys.make_from_command(organisation="Testpolitiet", scopes=["observations"], label="Import")
    again = keys.make_from_command(organisation="Testpolitiet", scopes=["observations"], label="Import")
    assert re.fullmatch(r"lokalnet_[\w-]{43}", token) and token != again and works(token)
    with as_role(MIGRATION):
        first = Key.objects.order_by("made_at").first()
    assert first is not None
    actor = actor_of(first.member_id)
    assert actor is not None and actor.organisation_name == "Testpolitiet" and actor.scopes == ("observations",)


@pytest.mark.parametrize(("organisation", "scopes", "said"), [
    ("Politiet", ["observations"], "organisation: .*Testpolitiet"),
    ("Testpolitiet", ["everything"], "scope: .*observations:read"), ("Testpolitiet", [], "scope: ")])
def test_the_command_names_the_field_and_what_is_legal(world: World, organisation, scopes, said) -> None:
    with pytest.raises(BadKey, match=said):
        keys.make_from_command(organisation=organisation, scopes=scopes, label="x")
