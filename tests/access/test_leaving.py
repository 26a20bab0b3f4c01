"""Nobody leaves with something open; access ends at once."""

import pytest
from django.contrib.sessions.models import Session

from lokalnet.access import administration, founding, keys
from lokalnet.access.administration import NeedsHandover, NotYourself
from lokalnet.access.models import Key, Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import browser_of, events, fresh, give_password, log_in
from tests.world import World


@pytest.fixture
def asta(world: World) -> Member:
    """A second administrator of Gladsaxe, who answers for a key. Anna stands in for her."""
    with as_role(MIGRATION):
        made = founding.member(world.gladsaxe, "Asta", "asta@gladsaxe.example", Role.ADMINISTRATOR)
        made.stand_in = world.anna
        made.save()
    keys.make(world.actor(made), label="Driftssystem", scopes=["observations:write"])
    return made


def test_what_is_open_is_listed_and_needs_a_colleague(world: World, asta: Member) -> None:
    adam = browser_of(world.adam)
    page = adam.get(f"/administration/medlem/{asta.id}/")
    assert "Driftssystem" in page.content.decode()
    assert page.context["leave"]["hand_to"].value() == world.anna.id
    refused = adam.post(f"/administration/medlem/{asta.id}/afslut/", {"hand_to": ""})
    assert refused.status_code == 422 and fresh(asta).ended_at is None
    with pytest.raises(NeedsHandover):
        administration.end(world.actor(world.adam), asta.id, hand_to=None)


def test_what_is_open_goes_to_the_colleague(world: World, asta: Member, closed: list[str]) -> None:
    adam = browser_of(world.adam)
    answer = adam.post(f"/administration/medlem/{asta.id}/afslut/", {"hand_to": str(world.anna.id)})
    assert answer.status_code == 302
    with as_role(MIGRATION):
        assert Key.objects.get().responsible_id == world.anna.id
    assert fresh(asta).ended_at is not None and str(asta.id) in closed
    ended = events("member.ended")[-1]
    assert ended.detail["handed"] == ["key"] and ended.subject == asta.id


def test_a_colleague_elsewhere_takes_nothing_over(world: World, asta: Member) -> None:
    answer = browser_of(world.adam).post(f"/administration/medlem/{asta.id}/afslut/", {"hand_to": str(world.bo.id)})
    assert answer.status_code == 422 and fresh(asta).ended_at is None
    with pytest.raises(administration.BadChange):
        administration.end(world.actor(world.adam), asta.id, hand_to=world.bo.id)


def test_access_ends_with_the_next_click_and_the_sessions_are_gone(world: World, client) -> None:
    log_in(client, give_password(world.anna))
    assert client.get("/mine-opslag/").status_code == 200
    with as_role(MIGRATION):
        before = Session.objects.count()
    administration.end(world.actor(world.adam), world.anna.id, hand_to=None)
    with as_role(MIGRATION):
        assert Session.objects.count() == before - 1
    assert client.get("/mine-opslag/").status_code == 302


def test_who_works_elsewhere_too_keeps_the_session(world: World) -> None:
    with as_role(MIGRATION):
        other = Member.objects.create(user_id=world.anna.user_id, organisation=world.ballerup, name="Anna",
                                      roles=[Role.COORDINATOR.value])
    anna = browser_of(world.anna)
    anna.get("/mine-opslag/")
    administration.end(world.actor(world.adam), world.anna.id, hand_to=None)
    assert anna.get("/mine-opslag/").context["actor"].member_id == other.id


def test_administrators_do_not_end_themselves(world: World, asta: Member) -> None:
    answer = browser_of(world.adam).post(f"/administration/medlem/{world.adam.id}/afslut/",
                                         {"hand_to": str(asta.id)})
    assert answer.status_code == 422 and fresh(world.adam).ended_at is None
    with pytest.raises(NotYourself):
        administration.end(world.actor(world.adam), world.adam.id, hand_to=asta.id)


def test_who_had_the_leaver_as_stand_in_has_none_now(world: World, asta: Member) -> None:
    administration.end(world.actor(world.adam), world.anna.id, hand_to=None)
    assert fresh(asta).stand_in_id is None
