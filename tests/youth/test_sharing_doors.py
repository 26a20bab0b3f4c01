"""The dialogue through its doors: hand-made forms are refused on the server, and others meet nothing."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lokalnet.access.models import Member
from lokalnet.disclosure.models import Copy, Ground, Offer, Withheld
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.days import today
from tests.disclosure import gating
from tests.disclosure.gating import FACT, NECESSITY, STRENGTH, Gate
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(world: World) -> Gate:
    return gating.gate(world)


def form(gate: Gate, **changed: Any) -> dict[str, Any]:
    return {"token": str(uuid4()), "receiver": str(gate.world.police.id), "ground": str(gate.ground().id),
            "purpose": "ssp", "stage": "at-meeting", "shared": ["identity", "concern-facts"], "necessity": NECESSITY,
            "informed": ["parents"], "way": "copy", "expires_on": today().replace(day=1).isoformat()} | {
                "expires_on": (gate.wish().expires_on or today()).isoformat()} | changed


def here(gate: Gate, *more: str) -> str:
    return "/".join(("", "sag", str(gate.file.file_id), "del", *more, ""))


def offers() -> int:
    with as_role(MIGRATION):
        return Offer.objects.count()


@pytest.fixture
def sanne(gate: Gate) -> Client:
    gate.stay()
    return gate.browser(gate.room.sanne)


def test_a_form_that_is_right_becomes_one_offer_however_often_it_is_sent(gate: Gate, sanne: Client) -> None:
    sent = form(gate)
    first, second = sanne.post(here(gate), sent), sanne.post(here(gate), sent)
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert offers() == 1
    page = sanne.get(first["Location"]).content.decode()
    assert "Testpolitiet" in page and NECESSITY in page and FACT not in page


@pytest.mark.parametrize(("flaw", "field"), [
    ({"receiver": ""}, "receiver"), ({"receiver": "housing"}, "receiver"), ({"purpose": "investigation"}, "purpose"),
    ({"purpose": "ksp"}, "purpose"), ({"ground": str(UUID(int=1))}, "ground"), ({"ground": "x"}, "ground"),
    ({"stage": "whenever"}, "stage"), ({"shared": []}, "shared"), ({"shared": ["shoe-size"]}, "shared"),
    ({"necessity": "Fordi"}, "necessity"), ({"informed": []}, "informed"), ({"informed": ["all"]}, "informed"),
    ({"expires_on": ""}, "expires_on"), ({"expires_on": "2999-01-01"}, "expires_on"), ({"expires_on": "i morgen"},
                                                                                       "expires_on"),
    ({"way": "in-words", "told": ""}, "told")])
def test_a_hand_made_form_is_refused_at_its_field_and_what_was_typed_stays(gate: Gate, sanne: Client,
                                                                           flaw: dict[str, Any], field: str) -> None:
    answer = sanne.post(here(gate), form(gate, **flaw))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    if "necessity" not in flaw:
        assert NECESSITY in answer.content.decode()
    assert offers() == 0
    assert len(gate.events("disclosure.refused")) == 1


def test_a_housing_company_cannot_be_the_receiver_by_hand(gate: Gate, sanne: Client) -> None:
    answer = sanne.post(here(gate), form(gate, receiver=str(gate.world.housing.id)))
    assert answer.status_code == 422 and "receiver" in answer.context["form"].errors and offers() == 0


def test_the_page_offers_only_whom_and_what_the_law_covers(gate: Gate, sanne: Client) -> None:
    page = sanne.get(here(gate)).context["choices"]
    names = {name for _, name in page.receivers}
    assert {"Testpolitiet", "Ballerup Kommune"} <= names and "Testbo" not in names and "Gladsaxe Kommune" not in names
    narrowed = sanne.post(here(gate, "se"), form(gate, receiver=str(gate.world.ballerup.id), purpose="ksp",
                                                 ground=str(gate.ground("rpl-115-2-psp").id)))
    left = narrowed.context["choices"]
    assert str(gate.ground().id) not in dict(left.grounds) and left.chosen.purpose in dict(left.purposes)
    with as_role(MIGRATION):
        assert all("municipality" in Ground.objects.get(id=id_).receives for id_, _ in left.grounds)


def test_a_preset_fills_five_things_and_leaves_the_thinking(gate: Gate, sanne: Client) -> None:
    initial = sanne.get(here(gate) + "?forudvalg=overleveringsmoede").context["form"].initial
    assert all(initial[name] for name in ("receiver", "purpose", "ground", "stage", "expires_on"))
    assert not any(initial.get(name) for name in ("shared", "necessity", "informed", "not_informed_why"))
    assert initial["receiver"] == str(gate.world.police.id)


def test_the_preview_is_what_the_receiver_gets_to_see(gate: Gate, sanne: Client) -> None:
    for live in ({}, {"HX-Request": "true"}):
        page = sanne.post(here(gate, "se"), form(gate), headers=live).content.decode()
        assert FACT in page and STRENGTH not in page
    assert offers() == 0 and not gate.events("disclosure.refused")


def test_not_to_share_asks_why_and_notes_it(gate: Gate, sanne: Client) -> None:
    asked = sanne.post(here(gate, "del-ikke"), form(gate))
    assert asked.status_code == 200 and offers() == 0
    assert asked.context["form"].initial["receiver"] == str(gate.world.police.id)
    key = str(uuid4())
    assert sanne.post(here(gate, "del-ikke"), {"token": key, "reason": "Nej"}).status_code == 422
    sent = {"token": key, "reason": "De har ikke brug for det", "receiver": str(gate.world.police.id)}
    assert sanne.post(here(gate, "del-ikke"), sent).status_code == 302
    with as_role(MIGRATION):
        assert Withheld.objects.count() == 1


def test_the_file_says_with_whom_what_and_until_when(gate: Gate, sanne: Client) -> None:
    sanne.post(here(gate), form(gate))
    page = sanne.get(f"/sag/{gate.file.file_id}/").content.decode()
    assert "Testpolitiet" in page and here(gate) in page


def accepted(gate: Gate, sanne: Client) -> tuple[Client, str, str]:
    """Petra's browser, the offer's address and the copy's."""
    offer = sanne.post(here(gate), form(gate))["Location"].replace("deling", "delt")
    petra = gate.browser(gate.room.petra)
    assert FACT not in petra.get(offer).content.decode()
    return petra, offer, petra.post(offer, {"act": "accept"})["Location"]


def test_a_colleague_elsewhere_takes_it_and_reads_what_the_preview_showed(gate: Gate, sanne: Client) -> None:
    petra, offer, copy = accepted(gate, sanne)
    page = petra.get(copy).content.decode()
    assert FACT in page and STRENGTH not in page and "Emil" in page
    assert petra.post(offer, {"act": "accept"})["Location"] == "/delt/"  # said kindly, and nothing more is made
    with as_role(MIGRATION):
        assert Copy.objects.count() == 1


def test_a_recall_locks_the_copy_that_is_open_in_another_tab(gate: Gate, sanne: Client) -> None:
    petra, offer, copy = accepted(gate, sanne)
    assert petra.get(copy).status_code == 200
    back = offer.replace("delt", "deling") + "traek-tilbage/"
    assert sanne.post(back, {"reason": "x"}).status_code == 422
    assert sanne.post(back, {"reason": "Delt ved en fejl"}).status_code == 302
    answer = petra.get(copy, follow=True)
    assert answer.redirect_chain[-1][0] == offer and FACT not in answer.content.decode()
    assert petra.post(offer, {"act": "kept", "ground": "Nej"}).status_code == 422
    assert petra.post(offer, {"act": "deleted"}).status_code == 302
    assert petra.get(copy, follow=True).status_code == 200 and FACT not in petra.get(copy, follow=True).content.decode()


def test_to_take_what_was_taken_back_says_so_kindly(gate: Gate, sanne: Client) -> None:
    offer = sanne.post(here(gate), form(gate))["Location"].replace("deling", "delt")
    sanne.post(offer.replace("delt", "deling") + "traek-tilbage/", {"reason": "Delt ved en fejl"})
    petra = gate.browser(gate.room.petra)
    for answer in (petra.post(offer, {"act": "accept"}, follow=True), petra.get(offer, follow=True)):
        assert answer.redirect_chain[-1][0] == "/delt/" and answer.status_code == 200
        assert len(list(answer.context["messages"])) == 1


def shown(client: Client, address: str, id_: str) -> str:
    """The page that is none, but for what changes each time: its own address and the token of its forms."""
    answer = client.get(address.replace(address.split("/")[2], id_))
    assert answer.status_code == 404
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(id_, ""))


@pytest.mark.parametrize("who", ["karl", "tove", "signe", "freja", "anna", "viggo", "clara"])
def test_others_meet_the_same_nothing_as_for_what_never_was(gate: Gate, sanne: Client, who: str) -> None:
    _, offer, copy = accepted(gate, sanne)
    member: Member = getattr(gate.room, who, None) or getattr(gate.world, who)
    other = gate.browser(member)
    for address in (offer, copy, offer.replace("delt", "deling"), here(gate)):
        assert shown(other, address, address.split("/")[2]) == shown(other, address, str(uuid4()))


def test_lists_and_my_day_say_no_name(gate: Gate, sanne: Client) -> None:
    petra, _, copy = accepted(gate, sanne)
    sanne.post(here(gate), form(gate))
    for path in (reverse("shared"), reverse("my_day"), reverse("notices")):
        answer = petra.get(path)
        page = answer.content.decode()
        assert answer.status_code == 200 and "Gladsaxe Kommune" in page
        assert "Emil" not in page and gate.file.number not in page
    assert "Gladsaxe Kommune" in petra.get("/delt/").content.decode() and copy in petra.get("/delt/").content.decode()
