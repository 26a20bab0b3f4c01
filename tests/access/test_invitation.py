"""An invitation is a link that works once, for one address, for two weeks."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from lokalnet.access import administration, joining
from lokalnet.access.acting import NotAllowed
from lokalnet.access.joining import Invited
from lokalnet.access.models import Invitation, Member, User
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from tests.access.people import browser_of, events, mailed_link
from tests.world import World

NEW = {"name": "Erik", "email": "Erik@gladsaxe.example", "roles": ["street-worker"]}
PASSWORDS = {"password": "en god og lang sætning", "again": "en god og lang sætning"}


def invited(world: World, **changed: object) -> str:
    answer = browser_of(world.adam).post("/administration/", NEW | changed)
    assert answer.status_code == 302
    return mailed_link()


def test_the_invited_chooses_a_password_and_is_in(world: World) -> None:
    link = invited(world)
    client = Client()
    assert b"Erik" in client.get(link).content
    answer = client.post(link, PASSWORDS)
    assert answer.status_code == 302
    page = client.get("/medlemskab/")
    assert page.status_code == 200 and b"Gladsaxe Kommune" in page.content
    assert page.context["actor"].roles == ("street-worker",)
    assert [row.kind for row in events("member.joined")] == ["member.joined"]


def test_the_mail_names_nobody_in_its_subject_and_the_database_keeps_no_token(world: World) -> None:
    link = invited(world)
    assert "Erik" not in mail.outbox[-1].subject and "Gladsaxe" not in mail.outbox[-1].subject
    assert mail.outbox[-1].to == ["erik@gladsaxe.example"]
    token = link.split("/")[-2]
    with as_role(MIGRATION):
        row = Invitation.objects.get()
    assert len(token) == 43 and token.encode() not in bytes(row.token_hash) and len(bytes(row.token_hash)) == 32


def test_a_bad_password_is_refused_and_the_invitation_stays_open(world: World) -> None:
    link = invited(world)
    for bad in ({"password": "kort", "again": "kort"}, {"password": PASSWORDS["password"], "again": "noget andet"},
                {"password": "erik@gladsaxe.example", "again": "erik@gladsaxe.example"}):
        assert Client().post(link, bad).status_code == 422
    assert Client().get(link).status_code == 200


def test_it_works_once(world: World) -> None:
    link = invited(world)
    Client().post(link, PASSWORDS)
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password": "en helt anden sætning", "again": "en helt anden sætning"}
                         ).status_code == 404


def test_a_double_click_makes_one_member_and_both_answers_are_in(world: World) -> None:
    link = invited(world)
    first, second = Client(), Client()
    assert first.post(link, PASSWORDS).status_code == second.post(link, PASSWORDS).status_code == 302
    assert second.get("/mine-opslag/").status_code == 200
    with as_role(MIGRATION):
        assert Member.objects.filter(name="Erik").count() == 1
        assert User.objects.filter(email="erik@gladsaxe.example").count() == 1


@pytest.mark.parametrize("how", ["expired", "withdrawn", "unknown"])
def test_a_closed_invitation_is_one_friendly_404(world: World, how: str) -> None:
    link = invited(world)
    with as_role(MIGRATION):
        if how == "expired":
            Invitation.objects.update(expires_at=now() - timedelta(days=1))
        if how == "withdrawn":
            Invitation.objects.update(withdrawn_at=now())
    if how == "unknown":
        link = "/invitation/" + "x" * 43 + "/"
    answers = [Client().get(link), Client().post(link, PASSWORDS)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "access/invitation_closed.html" in [template.name for template in answers[0].templates]


def test_somebody_with_a_login_logs_in_and_accepts_as_themselves(world: World) -> None:
    link = invited(world, email="berit@ballerup.example", name="Berit")
    page = Client().get(link)
    assert page.status_code == 200 and b'type="password"' not in page.content
    assert Client().post(link, PASSWORDS).status_code == 200
    berit = browser_of(world.berit)
    assert berit.get(link).status_code == 200
    assert berit.post(link).status_code == 302
    assert berit.post(link).status_code == 302
    assert berit.get("/medlemskab/").context["actor"].organisation_name == "Gladsaxe Kommune"


def test_nobody_accepts_for_somebody_else(world: World) -> None:
    link = invited(world)
    bo = browser_of(world.bo)
    assert bo.post(link).status_code == 200
    with as_role(MIGRATION):
        assert Invitation.objects.get().accepted_at is None
        assert Member.objects.filter(user_id=world.bo.user_id).count() == 1


def test_the_administrator_withdraws(world: World) -> None:
    link = invited(world)
    with as_role(MIGRATION):
        made = Invitation.objects.get()
    address = f"/administration/invitation/{made.id}/traek-tilbage/"
    adam = browser_of(world.adam)
    assert browser_of(world.anna).post(address).status_code == 403
    assert adam.post(address).status_code == 302
    assert adam.post(address).status_code == 404
    assert Client().get(link).status_code == 404
    assert len(events("invitation.withdrawn")) == 1


def test_inviting_again_replaces_the_first_invitation(world: World) -> None:
    first, second = invited(world), invited(world)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_roles_must_fit_the_kind_of_organisation(world: World) -> None:
    adam = browser_of(world.adam)
    answer = adam.post("/administration/", NEW | {"roles": ["local-officer"]})
    assert answer.status_code == 422 and b"Erik" in answer.content
    with pytest.raises(administration.BadChange):
        joining.invite(world.actor(world.adam), Invited("Erik", "e@x.example", ("local-officer",)), link=str)
    with pytest.raises(NotAllowed):
        joining.invite(world.actor(world.anna), Invited("Erik", "e@x.example", ("street-worker",)), link=str)
    assert mail.outbox == []


def test_somebody_who_works_here_is_not_invited(world: World) -> None:
    answer = browser_of(world.adam).post("/administration/", NEW | {"email": "ANNA@gladsaxe.example"})
    assert answer.status_code == 422 and mail.outbox == []


def test_when_the_mail_cannot_be_sent_nobody_is_invited(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(joining, "send_mail", away)
    assert browser_of(world.adam).post("/administration/", NEW).status_code == 422
    with as_role(MIGRATION):
        assert not Invitation.objects.exists()
    assert events("member.invited") == []
