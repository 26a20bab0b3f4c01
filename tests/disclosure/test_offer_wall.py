"""The wall stands twice: what the server's checks let through passes the database, and nobody writes past either."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lokalnet.access.models import Organisation
from lokalnet.disclosure import checking
from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import offering, wanting
from lokalnet.disclosure.gate.snapshots import Section
from lokalnet.disclosure.gate.wanting import Refused, Wish
from lokalnet.disclosure.models import Copy, Ground, Offer, OfferSource
from lokalnet.disclosure.purposes import Purpose
from lokalnet.foundation.laying import sqlstate
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from tests.days import today
from tests.disclosure.gating import Gate, sql

pytestmark = pytest.mark.django_db
# What the database cannot see: it is said in words, or it is about the person.
WORDS = {"necessity-missing", "informed-missing", "informed-unknown", "age-unknown", "age-too-young",
         "age-not-covered", "stage-missing", "investigation", "investigation-barred"}
DAYS = st.integers(-1, 95)


def row(gate: Gate, **changed: Any) -> Offer:
    lawful = {"partnership": gate.world.partnership, "giver": gate.world.gladsaxe, "giver_member": gate.room.sanne,
              "receiver": gate.world.police, "ground": gate.ground(), "purpose": "ssp", "stage": "at-meeting",
              "fields": ["identity"], "informed": "yes", "copy_until": today() + timedelta(days=30), "sealed": b"x",
              "snapshot": b"x", "expires_at": now() + timedelta(days=14)}
    return Offer(id=uuid4(), **lawful | changed)


def refused(made: Offer) -> str:
    """What the database says to the row; empty where it takes it."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except DatabaseError as problem:
        return sqlstate(problem)
    return ""


@pytest.mark.parametrize("flaw", [
    {"fields": []}, {"fields": ["shoe-size"]}, {"purpose": "investigation"}, {"purpose": "move"},
    {"copy_until": today() + timedelta(days=91)}, {"copy_until": today() - timedelta(days=1)},
    {"expires_at": now() + timedelta(days=40)}])
def test_an_unlawful_row_cannot_be_written_by_anybody(gate: Gate, flaw: dict[str, Any]) -> None:
    gate.seat(gate.room.sanne)
    assert refused(row(gate)) == ""
    assert refused(row(gate, **flaw)) == "LN002"
    with as_role(MIGRATION):
        assert refused(row(gate, **flaw)) == "LN002"


@pytest.mark.parametrize("to", ["housing", "outside", "psychiatry"])
def test_not_to_an_organisation_that_the_ground_does_not_name(gate: Gate, to: str) -> None:
    gate.seat(gate.room.sanne)
    receiver = getattr(gate.room, to, None) or getattr(gate.world, to)
    assert refused(row(gate, receiver=receiver)) == "LN002"


def test_not_in_anothers_name_not_taken_from_the_start_and_not_without_the_person(gate: Gate) -> None:
    gate.seat(gate.room.sanne)
    for flaw in ({"giver": gate.world.ballerup}, {"giver_member": gate.room.karl}, {"state": "accepted"},
                 {"snapshot": None}, {"answered_at": now()}):
        assert refused(row(gate, **flaw)) in ("42501", "LN002")
    gate.seat(gate.room.tove)
    assert refused(row(gate, giver_member=gate.room.tove)) == "42501"
    gate.seat(gate.room.karl)
    made = row(gate, giver_member=gate.room.karl)
    assert refused(made) == ""  # about nobody: it shows nothing of anybody
    with pytest.raises(DatabaseError), transaction.atomic():
        OfferSource(offer_id=made.id, giver=gate.world.gladsaxe, person_id=gate.file.person_id).save(force_insert=True)


def test_no_state_is_changed_and_no_copy_made_but_by_the_functions_that_check(gate: Gate) -> None:
    offer_id = gate.offered()
    gate.seat(gate.room.petra)
    for statement in ("update disclosure_offer set state = 'accepted'", "delete from disclosure_offer",
                      "update disclosure_offer set copy_until = today() + 80", "delete from disclosure_copy",
                      "update disclosure_copy set state = 'open'", "update persons_access set until = null",
                      "insert into disclosure_copy_text (copy_id, person_id, sealed) "
                      "values (gen_random_uuid(), gen_random_uuid(), 'x')"):
        with pytest.raises(DatabaseError, match="permission denied"):
            sql(statement)
    assert gate.offer(offer_id).state == "offered"


def test_the_functions_refuse_whoever_is_not_meant(gate: Gate) -> None:
    offer_id, copy_id = gate.taken()
    waiting = gate.offered()
    person = gate.copy(copy_id).person_id
    for member in (gate.room.tove, gate.room.karl, gate.room.signe, gate.room.freja, gate.world.viggo, gate.world.lars):
        gate.world.actor(member)
        assert sql("select accept_offer(%s, %s, %s, 'x')", waiting, uuid4(), person) == [(False,)]
        assert sql("select decline_offer(%s, 'x')", waiting) == [(False,)]
        assert sql("select take_back_offer(%s, 'x')", offer_id) == [("",)]
        assert sql("select answer_recall(%s, 'deleted', null, null)", offer_id) == [(False,)]
        assert sql("select hand_over_copies(%s, %s)", gate.room.petra.id, member.id) == [(0,)]
        assert sql("select offer_fate(%s)", offer_id) == [("",)]
        assert sql("select copies_in_hand(%s)", gate.room.petra.id) == [(0,)]
    with as_role(MIGRATION):
        assert Copy.objects.get().state == "open"


def test_a_copy_is_laid_under_a_new_person_of_the_receivers_alone(gate: Gate) -> None:
    _, copy_id = gate.taken()
    waiting = gate.offered()
    gate.seat(gate.room.petra)
    for person in (gate.file.person_id, gate.copy(copy_id).person_id, uuid4()):
        assert sql("select accept_offer(%s, %s, %s, 'x')", waiting, uuid4(), person) == [(False,)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.sampled_from(("rpl-115-2-ssp", "rpl-115-1-1", "bl-132", "rpl-115-3-ssp-to", "bl-exchange")),
       to=st.sampled_from(("police", "ballerup", "psychiatry", "housing", "outside", "gladsaxe")),
       purpose=st.sampled_from((*Purpose.values, "investigation", "")),
       fields=st.lists(st.sampled_from((*Shared.values, "shoe-size")), unique=True, max_size=4), days=DAYS,
       necessity=st.sampled_from(("Fordi klubben skal tage imod ham", "Fordi")),
       told=st.sampled_from((("parents",), ())))
def test_what_passes_the_checks_passes_the_database_and_the_other_way_round(
        gate: Gate, code: str, to: str, purpose: str, fields: list[str], days: int, necessity: str,
        told: tuple[str, ...]) -> None:
    receiver: Organisation = getattr(gate.room, to, None) or getattr(gate.world, to)
    ground = gate.ground(code)
    seat = gate.stay().seat
    wish = gate.wish(receiver=receiver.id, ground=ground.id, purpose=purpose, fields=tuple(fields),
                     necessity=necessity, informed=told, expires_on=today() + timedelta(days=days))
    with transaction.atomic():
        try:
            wanting.check(seat, gate.file.person_id, wish)
            rules: set[str] = set()
        except Refused as problem:
            rules = {each.rule for each in problem.refusals}
        taken = not refused(row(gate, receiver=receiver, ground=ground, purpose=purpose, fields=fields,
                                copy_until=wish.expires_on))
        transaction.set_rollback(True)
    if days == 0:  # midnight may pass between the two: the database lets the last day be today
        rules -= {"expiry-over"}
    assert taken == (not rules - WORDS), rules


def test_a_ground_that_was_replaced_in_the_last_moment_is_said_at_its_field(
        gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = wanting.check(gate.stay().seat, gate.file.person_id, gate.wish())
    with as_role(MIGRATION):
        Ground.objects.filter(id=gate.ground().id).update(state="superseded")
    monkeypatch.setattr(wanting, "check", lambda *_, **__: allowed)
    stay, wish = gate.stay(), Wish(None, None, "ssp", "at-meeting", ("identity",), "")
    with pytest.raises(Refused) as problem:
        offering.offer(stay.seat, person_id=gate.file.person_id, wish=wish, form=uuid4(),
                       snapshot=(Section(Shared.IDENTITY),))
    assert [each.field for each in problem.value.refusals] == ["ground"]


def test_the_checks_are_those_of_the_law(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the pure rules refuse, the gate refuses: it does not check a copy of them."""
    monkeypatch.setattr(checking, "refusals", lambda *_, **__: (checking.Refusal("stage", "planted", "Nej"),))
    with pytest.raises(Refused) as problem:
        gate.offered()
    assert [each.rule for each in problem.value.refusals] == ["planted"]


def test_nobody_offers_about_somebody_of_another_organisation(gate: Gate) -> None:
    gate.offered()
    with pytest.raises(Http404):
        wanting.check(gate.seat(gate.room.signe), gate.file.person_id, gate.wish())
