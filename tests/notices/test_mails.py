"""Mails, received by a real server and read: how many of what, and nothing of what it is about."""

import re

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices import kinds
from lokalnet.notices.kinds import Kind, Said
from lokalnet.notices.models import Message, Notice
from lokalnet.places.models import Area
from tests.notices.kit import (
    A_TUESDAY,
    ABOUT,
    TITLE,
    Postbox,
    a_report,
    address_of,
    happens,
    html_of,
    mails_of,
    notices_of,
    send,
    speaks,
    text_of,
    wants,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(world: World, postbox: Postbox):  # type: ignore[no-untyped-def]
    """What Anna gets when two of Berit's reports were told, one of them three times."""
    first, second = a_report(world), a_report(world)
    for subject in (first, second, first, first):
        happens(world.anna, subject, world, at=A_TUESDAY)
    assert send(A_TUESDAY) == 1
    (received,) = postbox.mails
    return received


def test_it_goes_to_the_member_and_says_how_many(world: World, mail, postbox: Postbox) -> None:  # type: ignore[no-untyped-def]
    assert postbox.recipients == [address_of(world.anna)] == [mail["To"]]
    assert "- 4 nye hændelser\n" in text_of(mail)
    assert "<li>4 nye hændelser</li>" in html_of(mail)
    (message,) = mails_of(world.anna)
    assert (message.state, message.tries) == ("sent", 0)
    assert all(each.told == each.happened and each.message_id == message.id for each in notices_of(world.anna))


def test_it_says_nothing_of_what_happened_where_or_by_whom(world: World, mail) -> None:  # type: ignore[no-untyped-def]
    everything = mail.as_string() + text_of(mail) + html_of(mail) + mail["Subject"]
    with as_role(MIGRATION):
        places = set(Area.objects.values_list("name", flat=True))
    subjects = {str(id_) for each in notices_of(world.anna) for id_ in (each.id, each.subject)}
    for said in {TITLE, ABOUT, "kiosken", "Grantoften", "Berit", "Anna", "Kommune", "Testpartnerskabet",
                 *places, *subjects}:
        assert said.lower() not in everything.lower().replace(address_of(world.anna), ""), said


def test_its_subject_is_the_same_whatever_happened(world: World, postbox: Postbox) -> None:
    subjects = {}
    for language, pace in (("da", "at-once"), ("da", "daily"), ("da", "weekly"), ("en", "at-once"), ("en", "daily"),
                           ("en", "weekly")):
        member = world.anna if language == "da" else world.berit
        speaks(member, language)
        wants(member, most_a_day=24)
        happens(member, a_report(world), world, at=A_TUESDAY, pace=pace)
        with as_role(MIGRATION):
            Notice.objects.update(message=None)
            Message.objects.all().delete()
        send(A_TUESDAY.replace(day=21))
        subjects[language, pace] = postbox.mails[-1]["Subject"]
    assert len({subject for (language, _), subject in subjects.items() if language == "en"}) == 3
    assert all("Lokalnet" in subject and len(subject) < 40 for subject in subjects.values())
    assert subjects["en", "at-once"] == "News in Lokalnet"


def test_it_is_plain_text_with_simple_html_beside(mail) -> None:  # type: ignore[no-untyped-def]
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    html = html_of(mail)
    assert not re.search(r"<(img|script|style|link|iframe)|style=|src=|onload", html)
    assert re.search(r'<html lang="da">', html)


def test_its_links_lead_to_the_list_the_settings_and_the_stop_and_nowhere_else(mail) -> None:  # type: ignore[no-untyped-def]
    links = set(re.findall(r"https?://[^\s\"<]+", text_of(mail)))
    assert {re.sub(r"stop/.+/", "stop/…/", link) for link in links} == {
        "https://lokalnet.example/beskeder/", "https://lokalnet.example/beskeder/indstillinger/",
        "https://lokalnet.example/beskeder/stop/…/"}
    assert set(re.findall(r'href="([^"]+)"', html_of(mail))) == links


def test_it_says_to_machines_what_it_is(world: World, mail) -> None:  # type: ignore[no-untyped-def]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://lokalnet\.example/beskeder/stop/[\w-]+/>", mail["List-Unsubscribe"].strip())
    assert mail["Message-ID"] == f"<{mails_of(world.anna)[0].id}@localhost>"
    assert not [name for name in mail.keys() if name.lower() in ("cc", "bcc", "list-id", "precedence")]  # noqa: SIM118


def test_it_is_in_the_members_language(world: World, postbox: Postbox) -> None:
    speaks(world.anna, "en")
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    send(A_TUESDAY)
    assert "Read it in Lokalnet" in html_of(postbox.mails[0])
    assert '<html lang="en">' in html_of(postbox.mails[0])


def test_one_mail_tells_of_all_kinds_in_one_order(world: World, postbox: Postbox) -> None:
    kinds.register(Kind("zz", lambda seat, notice: Said("Noget", "/"), lambda number: f"{number} af en anden slags"))
    happens(world.anna, a_report(world), world, at=A_TUESDAY, kind="zz")
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    send(A_TUESDAY)
    (only,) = postbox.mails
    assert text_of(only).index("1 nye hændelser") < text_of(only).index("1 af en anden slags")


def test_nothing_is_sent_when_nothing_is_new(world: World, postbox: Postbox) -> None:
    happens(world.anna, a_report(world), world, at=A_TUESDAY)
    assert [send(A_TUESDAY), send(A_TUESDAY), send(A_TUESDAY.replace(day=20))] == [1, 0, 0]
    assert len(postbox.mails) == 1
