"""Logging in: the lock-out, the second factor, the password, the sessions."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import give_password, log_in, mailed_link
from tests.world import PASSWORD, World


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_tests() -> None:
    cache.clear()


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def with_second_factor(client: Client, email: str) -> tuple[str, list[str]]:
    """Log in and turn it on; the secret and the recovery codes."""
    log_in(client, email)
    asked = client.get("/konto/to-faktor/app/til/")
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    answer = client.post("/konto/to-faktor/app/til/", {"code": code(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\w+)</code>", answer.content.decode())


def test_eight_wrong_passwords_lock_the_account_also_for_the_right_one(world: World) -> None:
    email = give_password(world.anna)
    answers = [log_in(Client(), email, "forkert").status_code for _ in range(8)]
    assert answers[:7] == [200] * 7 and answers[7] == 429
    locked = log_in(Client(), email)
    assert locked.status_code == 429
    assert "account/locked_out.html" in [template.name for template in locked.templates]
    assert log_in(Client(), give_password(world.bo)).status_code == 302


def test_other_letters_are_the_same_account(world: World) -> None:
    email = give_password(world.anna)
    for number in range(8):
        log_in(Client(), email.upper() if number % 2 else f" {email} ", "forkert")
    assert log_in(Client(), email).status_code == 429


def test_an_unknown_address_is_answered_like_a_wrong_password(world: World) -> None:
    email = give_password(world.anna)
    known, unknown = log_in(Client(), email, "forkert"), log_in(Client(), "ingen@x.example", "forkert")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_second_factor_secrets_are_stored_encrypted(world: World, client: Client) -> None:
    secret, codes = with_second_factor(client, give_password(world.anna))
    assert len(codes) == 10
    with as_role(MIGRATION):
        rows = {row.type: str(row.data) for row in Authenticator.objects.filter(user_id=world.anna.user_id)}
    assert set(rows) == {"totp", "recovery_codes"}
    assert secret not in rows["totp"] and "gAAAA" in rows["totp"]
    assert not any(each in rows["recovery_codes"] for each in codes)


def test_with_a_second_factor_the_password_alone_is_not_enough(world: World, client: Client) -> None:
    email = give_password(world.anna)
    _secret, codes = with_second_factor(client, email)
    other = Client()
    assert log_in(other, email)["Location"].startswith("/konto/to-faktor/kode/")
    assert other.get("/mine-opslag/").status_code == 302
    assert other.get("/konto/to-faktor/kode/").status_code == 200
    assert other.post("/konto/to-faktor/kode/", {"code": "000000"}).status_code == 200
    assert other.post("/konto/to-faktor/kode/", {"code": codes[0]}).status_code == 302
    assert other.get("/mine-opslag/").status_code == 200


def test_where_it_is_required_nothing_opens_without_it(world: World, client: Client, settings) -> None:
    settings.LOKALNET_TWO_FACTOR_REQUIRED = True
    log_in(client, give_password(world.anna))
    for page in ("/mine-opslag/", "/medlemskab/", "/"):
        assert client.get(page)["Location"] == "/konto/to-faktor/app/til/"
    with_second_factor(client, give_password(world.anna))
    assert client.get("/mine-opslag/").status_code == 200


def test_a_forgotten_password_is_chosen_anew_by_mail(world: World, client: Client) -> None:
    email = give_password(world.anna)
    assert client.post("/konto/adgangskode/glemt/", {"email": email})["Location"] == "/konto/adgangskode/glemt/sendt/"
    assert "anna" not in mail.outbox[-1].subject.lower()
    page = client.get(mailed_link(), follow=True)
    target = page.redirect_chain[-1][0]
    assert client.post(target, {"password1": "kort", "password2": "kort"}).status_code == 200
    new = "en anden lang adgangskode"
    assert client.post(target, {"password1": new, "password2": new}).status_code == 302
    again = Client()
    assert log_in(again, email, new).status_code == 302
    assert client.get(mailed_link(), follow=True).context["token_fail"]
    asked = again.get("/konto/to-faktor/app/til/")
    assert b"data:image/svg" in again.post(asked["Location"], {"password": new}, follow=True).content


def test_nobody_learns_who_has_a_login(world: World, client: Client) -> None:
    answer = client.post("/konto/adgangskode/glemt/", {"email": "ingen@x.example"})
    assert answer["Location"] == "/konto/adgangskode/glemt/sendt/" and mail.outbox == []


def test_a_new_password_ends_the_other_sessions(world: World, closed: list[str]) -> None:
    email = give_password(world.anna)
    one, two = Client(), Client()
    log_in(one, email)
    log_in(two, email)
    new = "en anden lang adgangskode"
    one.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert one.get("/mine-opslag/").status_code == 200 and two.get("/mine-opslag/").status_code == 302
    assert str(world.anna.id) in closed


def test_one_logs_out_elsewhere_and_streams_close(world: World, closed: list[str]) -> None:
    email = give_password(world.anna)
    one, two = Client(), Client()
    log_in(one, email)
    log_in(two, email)
    other = two.session.session_key
    assert one.post("/konto/sessioner/").status_code == 302
    assert two.get("/mine-opslag/").status_code == 302 and other in closed
    mine = one.session.session_key
    one.post("/konto/log-ud/")
    assert mine in closed and one.get("/mine-opslag/").status_code == 302


def test_nobody_signs_up(world: World, client: Client) -> None:
    for page in ("/konto/signup/", "/accounts/signup/", "/konto/email/"):
        assert client.get(page).status_code == 404


PAGES = ["/konto/log-ud/", "/konto/adgangskode/", "/konto/to-faktor/", "/konto/to-faktor/app/til/",
         "/konto/to-faktor/app/fra/", "/konto/to-faktor/reservekoder/", "/konto/to-faktor/reservekoder/nye/",
         "/konto/to-faktor/bekraeft/", "/konto/bekraeft/", "/konto/sessioner/", "/konto/lukket/"]
OUTSIDE = ["/konto/log-ind/", "/konto/adgangskode/glemt/", "/konto/adgangskode/glemt/sendt/",
           "/konto/adgangskode/skiftet/"]


def test_every_account_page_is_ours_with_one_heading_and_nothing_inline(world: World, client: Client) -> None:
    with_second_factor(client, give_password(world.anna))
    without = Client()
    log_in(without, give_password(world.bo))
    pages = [client.get(page, follow=True) for page in PAGES] + [Client().get(page) for page in OUTSIDE]
    asked = without.get("/konto/to-faktor/app/til/")
    pages.append(without.post(asked["Location"], {"password": PASSWORD}, follow=True))
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert text.count("<h1>") == 1 and 'href="#main"' in text
        assert "<style" not in text and "style=" not in text and "<script>" not in text and "onload" not in text
        assert not any((template.name or "").startswith("allauth/") for template in page.templates)
    assert 'src="data:image/svg+xml' in pages[-1].content.decode()
    assert client.get("/konto/to-faktor/reservekoder/hent/")["Content-Type"].startswith("text/plain")
