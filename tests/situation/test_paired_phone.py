"""A paired phone sends for its member and sees what it sent. Nothing else, and nothing once it is revoked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.signals import password_reset
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import ProgrammingError, connection, transaction

from lokalnet.access import devices
from lokalnet.access.acting import act_as_device
from lokalnet.access.models import Device
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation.models import Receipt, SavedView
from tests.doors.people import Phone, browser, phone, point_of
from tests.situation.test_outside import body
from tests.world import World

pytestmark = pytest.mark.django_db

POINT = devices.base64.b64encode(point_of(ec.generate_private_key(ec.SECP256R1()))).decode()


def send(client: Any, said: dict[str, Any]) -> Any:
    return client.post("/enhed/send/", json.dumps(said), content_type="application/json")


def told(client: Phone) -> list[Any]:
    found: list[Any] = client.get("/enhed/svar.json").json()["told"]
    return found


def test_it_sends_for_its_member_and_says_which_phone_it_was(world: World) -> None:
    annas = phone(world.anna)
    made = send(annas, body())
    assert made.status_code == 201
    with as_role(MIGRATION):
        receipt = Receipt.objects.get(observation_id=made.json()["observation"])
    assert (receipt.member_id, receipt.device_id) == (world.anna.id, annas.device_id)


def test_it_sees_what_it_sent_and_the_answers_and_no_other_report_of_the_same_member(world: World) -> None:
    annas, other = phone(world.anna), phone(world.anna)
    mine = send(annas, body(text="Fra denne.")).json()["observation"]
    send(other, body(text="Fra en anden."))
    world.report(world.anna, key="side", text="Fra siden.")
    assert [line["observation"] for line in told(annas)] == [mine]
    browser(world.berit)
    assert "Fra denne." not in annas.get("/enhed/svar.json").content.decode(), "its own words stay on the phone"


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"public_key": None}, {"expires_at": now()}])
def test_revoked_asleep_or_over_it_sends_no_more(world: World, change: dict[str, Any]) -> None:
    annas = phone(world.anna)
    assert send(annas, body()).status_code == 201
    with as_role(MIGRATION):
        Device.objects.filter(id=annas.device_id).update(**change)
    for answer in (send(annas, body()), annas.get("/enhed/svar.json"), annas.get("/enhed/saet.json")):
        assert (answer.status_code, answer.json()["error"]) == (401, "unknown")


def test_it_ends_with_its_members_membership(world: World) -> None:
    annas = phone(world.anna)
    with as_role(MIGRATION):
        type(world.anna).objects.filter(id=world.anna.id).update(ended_at=now() - timedelta(minutes=1))
    assert send(annas, body()).status_code == 401


def test_a_signature_is_good_for_one_body_one_address_and_some_minutes(world: World) -> None:
    annas = phone(world.anna)
    sent: dict[str, Any] = {}

    class Listening(Phone):
        def request(self, **request: Any) -> Any:
            sent.update(request)
            return super().request(**request)

    listening = Listening(annas.device_id, annas.key)
    assert send(listening, body()).status_code == 201
    header = sent["HTTP_AUTHORIZATION"]
    client = browser(world.anna)
    other = client.post("/enhed/send/", json.dumps(body(text="En anden.")), content_type="application/json",
                        headers={"Authorization": header})
    assert (other.status_code, other.json()["error"]) == (401, "signature")
    assert client.get("/enhed/svar.json", headers={"Authorization": header}).status_code == 401
    late = Phone(annas.device_id, annas.key, ahead=-3600)
    answer = send(late, body())
    assert (answer.status_code, answer.json()["error"]) == (401, "clock")
    assert abs(answer.json()["now"] / 1000 - now().timestamp()) < 5


def test_another_key_than_the_paired_one_is_nobodys(world: World) -> None:
    annas = phone(world.anna)
    forged = Phone(annas.device_id, ec.generate_private_key(ec.SECP256R1()))
    assert send(forged, body()).json()["error"] == "signature"


@pytest.mark.parametrize("header", ["", "Device", "Device x 1 nonce sig", "Bearer x", "Device " + "x " * 9,
                                    f"Device {Device().id} {'9' * 400} nonce1234 AAAA"])
def test_what_is_no_signature_is_refused(world: World, header: str) -> None:
    answer = browser(world.anna).get("/enhed/svar.json", headers={"Authorization": header})
    assert answer.status_code == 401


def test_the_database_gives_a_phone_nothing_of_others_either(world: World) -> None:
    """By raw SQL, as the login that serves: a forgotten filter in a view opens nothing."""
    annas = phone(world.anna)
    world.report(world.berit, key="berits", text="Ballerups hændelse", visibility="municipalities")
    count = ("select (select count(*) from situation_observation), (select count(*) from situation_observation_text), "
             "actor_may('shared-picture', 'observations-of-partners'), actor_may('measures', 'measures'), "
             "actor_may('report', 'observation-entry')")
    with transaction.atomic(), connection.cursor() as cursor:
        world.actor(world.anna)
        cursor.execute(count)
        assert cursor.fetchone() == (1, 1, True, True, True)
        act_as_device(annas.device_id, world.anna.id)
        cursor.execute(count)
        assert cursor.fetchone() == (0, 0, False, False, True)


def test_it_corrects_what_it_sent_and_is_told_nothing_of_any_other_report(world: World) -> None:
    """Whoever guesses an id is not told whether it is there, in which edition, or whether it says the same."""
    annas = phone(world.anna)
    others = [world.report(member, key="side", text="Ruden er knust.") for member in (world.anna, world.adam)]
    for observation in others:
        for edition in (1, 7):
            answer = send(annas, body(kind="correction", observation=str(observation), edition=edition))
            assert answer.status_code == 422 and answer.json()["errors"]["observation"]
    said = body()
    made = send(annas, said).json()["observation"]
    changed = said | {"kind": "correction", "observation": made, "edition": 1, "text": "Den er sat i."}
    assert send(annas, changed).json()["changed"] == ["text"]


def test_the_database_gives_a_phone_nothing_of_its_members_desk(world: World) -> None:
    """Files and views ask for no right, for they are the member's own."""
    annas = phone(world.anna)
    with as_role(MIGRATION):
        SavedView.objects.create(member=world.anna, partnership=world.partnership, name="Aftenen", query="")
    with transaction.atomic():
        world.actor(world.anna)
        assert SavedView.objects.count() == 1
        act_as_device(annas.device_id, world.anna.id)
        assert SavedView.objects.count() == 0


def test_the_database_lets_no_phone_pair_another_or_prolong_itself(world: World) -> None:
    annas = phone(world.anna)
    with transaction.atomic(), connection.cursor() as cursor:
        act_as_device(annas.device_id, world.anna.id)
        cursor.execute("update access_device set expires_at = now() + interval '10 years'")
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Device.objects.bulk_create([Device(member_id=world.anna.id, label="Tyvens")])


def test_a_phone_sleeps_from_log_out_to_the_same_members_next_log_in(world: World) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    client = browser(world.anna)
    public = devices.base64.b64encode(point_of(key)).decode()
    paired = client.post("/enheder/par/", json.dumps({"label": "Min", "public_key": public}),
                         content_type="application/json").json()["device"]
    annas = Phone(Device(id=paired).id, key)
    assert send(annas, body()).status_code == 201
    client.post("/konto/log-ud/")
    assert send(annas, body()).json()["error"] == "unknown"
    again = json.dumps({"device": paired, "public_key": public})
    assert browser(world.berit).post("/enheder/par/", again, content_type="application/json").status_code == 409
    assert browser(world.anna).post("/enheder/par/", again, content_type="application/json").status_code == 200
    assert send(annas, body()).status_code == 201


@pytest.mark.parametrize("said", [{}, {"label": "", "public_key": "x"}, {"label": "x" * 61, "public_key": "AAAA"},
                                  {"label": "Min", "public_key": "ikke en nøgle"}, {"label": "Min"},
                                  {"label": "a\0b", "public_key": POINT}, {"label": "\ud800", "public_key": POINT}])
def test_a_phone_without_a_name_or_a_key_is_not_paired(world: World, said: dict[str, str]) -> None:
    answer = browser(world.anna).post("/enheder/par/", json.dumps(said), content_type="application/json")
    assert answer.status_code == 422 and answer.json()["errors"]


def test_the_key_of_the_outbox_is_the_members_and_no_others(world: World) -> None:
    keys = [browser(member).get("/ude/saet.json").json()["key"] for member in (world.anna, world.anna, world.berit)]
    assert keys[0] == keys[1] != keys[2]
    assert "key" not in phone(world.anna).get("/enhed/saet.json").json()


def test_log_out_puts_the_phone_to_sleep_that_the_log_in_is_on(world: World) -> None:
    """Also where the phone was awake before that log-in, and only where it is the member's own."""
    annas, berits = phone(world.anna), phone(world.berit)
    client = browser(world.anna)
    for each in (annas, berits):
        client.get("/ude/saet.json", headers={"X-Lokalnet-Device": str(each.device_id)})
    client.post("/konto/log-ud/")
    assert send(annas, body()).json()["error"] == "unknown"
    assert send(berits, body()).status_code == 201


def test_a_new_password_puts_every_phone_to_sleep(world: World) -> None:
    annas, berits = phone(world.anna), phone(world.berit)
    assert world.anna.user is not None
    password_reset.send(type(world.anna.user), request=None, user=world.anna.user)
    assert send(annas, body()).json()["error"] == "unknown"
    assert send(berits, body()).status_code == 201
