"""Whom to ring: everybody who tells what happened looks it up, and each organisation keeps its own numbers."""

import pytest
from django.db import DatabaseError, transaction

from lokalnet.access.models import Event
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation import guard
from lokalnet.situation.directory import directory, telephones
from lokalnet.situation.models import Contact
from tests.doors.people import browser, give_roles
from tests.situation.telling import area, frame


def contact(world, name: str, organisation=None, **said) -> Contact:
    with as_role(MIGRATION):
        return Contact.objects.create(**{"partnership": world.partnership, "phone": "44 77 30 00", "name": name,
                                         "organisation": organisation or world.gladsaxe} | said)


def names(world, member, area_id=None) -> list[str]:
    return [each.name for listed in directory.listed(frame(world, member), area_id) for each in listed.telephones]


@pytest.mark.parametrize(("written", "kept", "rings"), [
    ("44773000", "44 77 30 00", "tel:+4544773000"), ("+45 44 77 30 00", "44 77 30 00", "tel:+4544773000"),
    ("0045-4477 3000", "44 77 30 00", "tel:+4544773000"), ("114", "114", "tel:114"), ("1 1 2", "112", "tel:112"),
    ("116 111", "116111", "tel:116111")])
def test_a_number_is_kept_as_it_is_written_here_and_rings_from_anywhere(written, kept, rings) -> None:
    assert telephones.tidy(written) == kept
    assert telephones.link(kept) == rings


@pytest.mark.parametrize("written", [
    "4477300", "447730000", "14773000", "+46 44773000", "11", "ring til mig", "44773o00", "٤٤٧٧٣٠٠٠", "4477300,0",
    "tel:112", "javascript:1", "112/114"])
def test_what_cannot_be_rung_is_refused(written) -> None:
    with pytest.raises(telephones.BadTelephone):
        telephones.tidy(written)


def test_caretakers_and_street_workers_see_all_telephones_and_strangers_none(world) -> None:
    contact(world, "Gadeplan")
    contact(world, "Vagten", world.police)
    contact(world, "Nabovagt", world.outside, partnership=world.elsewhere)
    for member in (world.anna, world.viggo, world.bo):
        assert names(world, member) == ["Vagten", "Gadeplan"]
    assert names(world, world.clara) == ["Nabovagt"]


def test_emergency_comes_first_and_then_who_watches(world) -> None:
    contact(world, "Gadeplan")
    client = browser(world.viggo)
    client.cookies["django_language"] = "en"
    page = client.get("/telefoner/").content.decode()
    order = [page.index(part) for part in ('href="tel:112"', 'href="tel:114"', "Nobody has written a watch",
                                           "Gladsaxe Kommune", 'href="tel:+4544773000"')]
    assert order == sorted(order)
    assert "/telefoner/ny/" not in page


def test_an_area_has_its_own_telephones_those_around_it_and_those_for_all(world) -> None:
    block = area("neighbourhood", "g", (12.35, 55.72, 12.37, 55.74))
    ballerup, herlev = (Area.objects.get(kind="municipality", name=name) for name in ("Ballerup", "Herlev"))
    for name, where in (("alle", None), ("blok", block), ("ballerup", ballerup), ("herlev", herlev)):
        contact(world, name, area=where)
    assert set(names(world, world.anna)) == {"alle", "blok", "ballerup", "herlev"}
    assert set(names(world, world.anna, block.id)) == {"alle", "blok", "ballerup"}
    assert set(names(world, world.anna, ballerup.id)) == {"alle", "blok", "ballerup"}
    assert set(names(world, world.anna, herlev.id)) == {"alle", "herlev"}
    chosen = browser(world.anna).get(f"/telefoner/?area={herlev.id}").content.decode()
    assert ">herlev<" in chosen and ">blok<" not in chosen
    assert browser(world.anna).get("/telefoner/?area=sludder").status_code == 200


def test_an_empty_directory_says_what_to_do(world) -> None:
    client = browser(world.adam)
    client.cookies["django_language"] = "en"
    page = client.get("/telefoner/").content.decode()
    assert "No organisation has given a telephone yet." in page and "/telefoner/ny/" in page


def test_the_own_telephones_are_kept_through_the_pages(world) -> None:
    client = browser(world.adam)
    said = {"name": "Gadeplan", "phone": "+4544773000", "hours": "alle dage", "about": "", "area": "", "position": "1"}
    assert client.post("/telefoner/ny/", said).status_code == 302
    with as_role(MIGRATION):
        made = Contact.objects.get()
    assert (made.phone, made.organisation_id, made.partnership_id) == (
        "44 77 30 00", world.gladsaxe.id, world.partnership.id)
    address = f"/telefoner/{made.id}/"
    refused = client.post(address, said | {"phone": "ved ikke"})
    assert refused.status_code == 422 and b"ved ikke" in refused.content and b"alle dage" in refused.content
    assert client.post(address, said | {"name": "Gadeplan, vagt"}).status_code == 302
    assert "Gadeplan, vagt" in client.get("/telefoner/").content.decode()
    assert client.post(address, {"act": "remove"}).status_code == 302
    assert client.get(address).status_code == 404
    with as_role(MIGRATION):
        assert [event.detail["act"] for event in Event.objects.filter(kind="contact.changed").order_by("at")] == [
            "added", "changed", "removed"]


@pytest.mark.parametrize("field", ["name", "hours", "about"])
def test_a_civil_registration_number_is_refused_in_every_field(world, field) -> None:
    said = {"name": "Gadeplan", "phone": "114", "position": "1"} | {field: "010190-1234"}
    answer = browser(world.adam).post("/telefoner/ny/", said)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}


@pytest.mark.parametrize(("field", "words"), [
    ("about", "Spørg efter Mads Nielsen"), ("hours", "ring 20304050"), ("about", "a.b@c.example"),
    ("about", "Beboeren i nr. 4, 2. th"), ("name", "Vagten, AB 12 345")])
def test_the_free_texts_stand_under_the_rules_of_reports(world, field, words) -> None:
    said = {"name": "Gadeplan", "phone": "114", "position": "1"} | {field: words}
    answer = browser(world.adam).post("/telefoner/ny/", said)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    with pytest.raises(guard.RefusedText):
        directory.add(frame(world, world.adam), directory.Entered(
            said["name"], "114", said.get("hours", ""), said.get("about", ""), None, 1))


def test_a_colleague_who_answers_may_be_named_and_nobody_in_what_it_is_about(world) -> None:
    said = {"name": "Gadeplan, Mette Holm", "phone": "114", "position": "1", "about": "Støj på 2. sal og uro"}
    assert browser(world.adam).post("/telefoner/ny/", said).status_code == 302


def test_nobody_keeps_the_telephones_of_others(world) -> None:
    """Not by the page, and not past it either."""
    made = contact(world, "Herlevs vagt", world.herlev)
    client = browser(world.adam)
    assert client.get(f"/telefoner/{made.id}/").status_code == 404
    assert client.post(f"/telefoner/{made.id}/", {"act": "remove"}).status_code == 404
    world.actor(world.adam)
    assert Contact.objects.filter(id=made.id).update(name="Gladsaxe") == 0
    assert Contact.objects.filter(id=made.id).delete()[0] == 0
    for member in (world.anna, world.viggo, world.clara):
        world.actor(member)
        with pytest.raises(DatabaseError), transaction.atomic():
            Contact(partnership=world.partnership, organisation_id=member.organisation_id, name="x",
                    phone="114").save(force_insert=True)


def test_an_administrator_who_tells_nothing_keeps_the_own_telephones_and_sees_no_others(world) -> None:
    """A housing company's administrator need not be a caretaker."""
    give_roles(world.viggo, [Role.ADMINISTRATOR])
    contact(world, "Kontoret", world.housing)
    contact(world, "Gadeplan")
    assert names(world, world.viggo) == ["Kontoret"]
    assert browser(world.viggo).get("/telefoner/").status_code == 200
