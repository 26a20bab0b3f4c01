"""One click stops the mail, in the mail program or on the page behind the link: without log-in, and nothing else."""

import re
import uuid

import pytest
from django.test import Client

from lokalnet.access.models import Member
from lokalnet.foundation import tokens
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.notices import stopping
from lokalnet.notices.models import Preferences
from tests.access.people import browser_of, events
from tests.notices.kit import A_TUESDAY, DAY, Postbox, a_report, happens, send
from tests.world import World

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(world: World, postbox: Postbox) -> str:
    """The path in the header of a mail that Anna got."""
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    send(A_TUESDAY)
    found = re.search(r"<https://lokalnet\.example(/\S+)>", postbox.mails[0]["List-Unsubscribe"])
    assert found
    return found[1]


def stopped(world: World) -> bool:
    with as_role(MIGRATION):
        return Preferences.objects.filter(member=world.anna, stopped_at__isnull=False).exists()


def test_the_mail_program_stops_it_at_once_without_log_in(world: World, link: str, postbox: Postbox) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, ONE_CLICK).status_code == 200
    assert stopped(world)
    happens(world.anna, a_report(world), world, at=A_TUESDAY + DAY)
    assert send(A_TUESDAY + DAY) == 0
    assert len(postbox.mails) == 1


def test_a_scanner_that_follows_the_link_stops_nothing(world: World, link: str) -> None:
    for method in ("get", "head"):
        assert getattr(Client(), method)(link).status_code == 200
    assert not stopped(world)
    page = Client().get(link).content.decode()
    assert len(re.findall(r'<form method="post" class="actions"><button', page)) == 1


def test_stopping_again_is_harmless_and_shows_how_to_start_again(world: World, link: str) -> None:
    pages = [Client().post(link).content.decode() for _ in range(3)]
    assert all('href="/beskeder/indstillinger/"' in page for page in pages)
    assert len(events("notices.stopped")) == 1
    assert [each.member_id for each in events("notices.stopped")] == [world.anna.id]


def test_it_works_as_well_for_whoever_is_logged_in_as_somebody_else(world: World, link: str) -> None:
    berit = browser_of(world.berit)
    assert berit.post(link).status_code == 200
    assert stopped(world)
    with as_role(MIGRATION):
        assert not Preferences.objects.filter(member=world.berit).exists()
    assert berit.get("/beskeder/").status_code == 200


def test_it_works_before_a_second_factor_is_set_up(world: World, link: str, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LOKALNET_TWO_FACTOR_REQUIRED = True
    assert browser_of(world.anna).post(link).status_code == 200
    assert stopped(world)


def test_who_stopped_it_starts_it_again_on_the_page_of_settings(world: World, link: str) -> None:
    Client().post(link)
    anna = browser_of(world.anna)
    assert 'value="start"' in anna.get("/beskeder/indstillinger/").content.decode()
    assert anna.post("/beskeder/indstillinger/", {"act": "start"}).status_code == 302
    assert anna.post("/beskeder/indstillinger/", {"act": "start"}).status_code == 302
    assert not stopped(world)
    assert 'value="start"' not in anna.get("/beskeder/indstillinger/").content.decode()


def test_a_forged_or_broken_link_stops_nobody(world: World) -> None:
    for token in ("", "x", "not-a-token", "å" * 8, tokens.seal("something-else", str(world.anna.id)),
                  *(tokens.seal(stopping.PURPOSE, content) for content in ("not a member", [1], 7, None))):
        assert Client().post(f"/beskeder/stop/{token}/").status_code == 404
        assert Client().get(f"/beskeder/stop/{token}/").status_code == 404
    assert Client().post(f"/beskeder/stop/{tokens.seal(stopping.PURPOSE, str(uuid.uuid4()))}/").status_code == 200
    with as_role(MIGRATION):
        assert not Preferences.objects.exists()


def test_a_changed_letter_makes_it_nobodys(world: World, link: str) -> None:
    broken = link[:-3] + ("A" if link[-3] != "A" else "B") + link[-2:]
    assert Client().post(broken).status_code == 404
    assert not stopped(world)


def test_the_link_says_and_opens_nothing_else(world: World, link: str) -> None:
    client = Client()
    page = client.get(link).content.decode() + client.post(link).content.decode()
    for said in (world.anna.name, "anna@", world.gladsaxe.name, str(world.anna.id)):
        assert said not in page
    assert client.get("/beskeder/").status_code == 302
    token = link.split("/")[-2]
    assert client.get(f"/svar-link/{token}/").status_code == 404
    assert client.get(f"/invitation/{token}/").content.decode().count("<form method=\"post\"") == 0


def test_a_link_of_somebody_who_left_is_harmless(world: World, link: str) -> None:
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(ended_at=now() - DAY)
    assert Client().post(link).status_code == 200
    assert events("notices.stopped") == []
