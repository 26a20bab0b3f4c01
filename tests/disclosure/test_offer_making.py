"""To share is to offer: what the law does not let through is refused on the server, and the refusal is in the log."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.disclosure.gate import offering
from lokalnet.disclosure.gate.wanting import Refused
from lokalnet.disclosure.models import Offer, OfferSource, Withheld
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.notices.models import Notice
from lokalnet.persons import keys
from tests.days import today
from tests.disclosure.gating import NECESSITY, Gate, sql, sql_as_owner

pytestmark = pytest.mark.django_db


def test_what_is_lawful_is_offered_and_says_in_plain_columns_nothing_of_what_it_is(gate: Gate) -> None:
    made = gate.offer(gate.offered())
    assert (made.state, made.giver_id, made.receiver_id) == ("offered", gate.world.gladsaxe.id, gate.world.police.id)
    assert made.bars == ["investigation"] and made.informed == "yes"
    row = str(vars(made)).encode() + bytes(made.sealed) + bytes(made.snapshot or b"")
    for word in ("Emil", "hallen", NECESSITY):
        assert word.encode() not in row
    told = gate.events("disclosure.offered")
    assert [(each.subject, each.detail["offer"]) for each in told] == [(gate.file.person_id, str(made.id))]


def test_everybody_in_the_receiving_organisation_who_may_take_it_is_told_and_nobody_else(gate: Gate) -> None:
    gate.offered()
    with as_role(MIGRATION):
        told = set(Notice.objects.filter(kind="offer").values_list("member_id", flat=True))
    assert told == {gate.room.petra.id, gate.world.bo.id}


@pytest.mark.parametrize(("flaw", "why"), [
    ({"receiver": None}, ("receiver", "receiver-missing")),
    ({"ground": None}, ("ground", "ground-missing")),
    ({"purpose": ""}, ("purpose", "purpose-missing")),
    ({"purpose": "investigation"}, ("for_investigation", "investigation-barred")),
    ({"purpose": "move"}, ("purpose", "purpose-not-covered")),
    ({"stage": ""}, ("stage", "stage-missing")),
    ({"necessity": "Fordi"}, ("necessity", "necessity-missing")),
    ({"informed": ()}, ("informed", "informed-missing")),
    ({"expires_on": None}, ("expires_on", "expiry-missing")),
    ({"expires_on": today() + timedelta(days=91)}, ("expires_on", "expiry-too-late")),
    ({"expires_on": today()}, ("expires_on", "expiry-over")),
    ({"fields": ()}, ("fields", "fields-missing")),
])
def test_a_flaw_is_refused_at_its_field_and_told_of_in_the_log(gate: Gate, flaw: dict[str, Any],
                                                               why: tuple[str, str]) -> None:
    with pytest.raises(Refused) as problem:
        gate.offered(**flaw)
    assert why in {(each.field, each.rule) for each in problem.value.refusals}
    assert all(each.words for each in problem.value.refusals)
    noted = gate.events("disclosure.refused")
    assert len(noted) == 1 and why[1] in noted[0].detail["rules"] and noted[0].subject == gate.file.person_id
    assert NECESSITY not in str(noted[0].detail)
    with as_role(MIGRATION):
        assert not Offer.objects.exists() and not Notice.objects.filter(kind="offer").exists()


def test_an_organisation_outside_the_law_or_the_partnership_gets_nothing(gate: Gate) -> None:
    for receiver in (gate.world.housing.id, gate.world.outside.id, gate.world.gladsaxe.id, uuid4()):
        with pytest.raises(Refused) as problem:
            gate.offered(receiver=receiver)
        assert "receiver-outside-the-law" in {each.rule for each in problem.value.refusals}


def test_a_ground_for_others_a_proposed_one_and_one_of_another_partnership_are_none(gate: Gate) -> None:
    with as_role(MIGRATION):
        proposed = gate.ground()
        proposed.id, proposed.state = uuid4(), "proposed"
        proposed.save(force_insert=True)
        elsewhere = gate.ground()
        elsewhere.id, elsewhere.partnership = uuid4(), gate.world.elsewhere
        elsewhere.save(force_insert=True)
    for ground, rule in ((gate.ground("rpl-115-1-1").id, "giver-not-covered"), (proposed.id, "ground-not-in-force"),
                         (elsewhere.id, "ground-missing"), (uuid4(), "ground-missing")):
        with pytest.raises(Refused) as problem:
            gate.offered(ground=ground)
        assert rule in {each.rule for each in problem.value.refusals}


def test_a_ground_of_another_law_for_the_giver_is_refused(gate: Gate) -> None:
    sql_as_owner("update disclosure_ground set regime = 'led' where id = %s", gate.ground().id)
    with pytest.raises(Refused) as problem:
        gate.offered()
    assert {each.rule for each in problem.value.refusals} == {"regime-not-covered"}


def test_an_unverified_ground_works_only_when_it_was_confirmed_in_writing(gate: Gate) -> None:
    sql_as_owner("update disclosure_ground set verified = false where id = %s", gate.ground().id)
    with pytest.raises(Refused) as problem:
        gate.offered()
    assert {each.rule for each in problem.value.refusals} == {"ground-unconfirmed"}
    gate.seat(gate.room.gorm)
    sql("insert into disclosure_confirmation (id, ground_id, partnership_id, organisation_id, member_id, words, at) "
        "values (%s, %s, %s, %s, %s, 'Vi har set på det', now())", uuid4(), gate.ground().id,
        gate.world.partnership.id, gate.world.gladsaxe.id, gate.room.gorm.id)
    gate.offered()


def test_the_same_form_sent_twice_is_one_offer_and_one_notice(gate: Gate) -> None:
    form = uuid4()
    first, second = gate.offered(form=form), gate.offered(form=form)
    assert first == second and len(gate.events("disclosure.offered")) == 1
    with as_role(MIGRATION):
        assert Offer.objects.count() == OfferSource.objects.count() == 1
        assert Notice.objects.filter(kind="offer", member=gate.room.petra).count() == 1


def test_a_form_that_was_refused_can_be_sent_again_when_it_is_mended(gate: Gate) -> None:
    form = uuid4()
    with pytest.raises(Refused):
        gate.offered(form=form, necessity="")
    assert gate.offer(gate.offered(form=form)).state == "offered"


def test_what_was_said_in_words_is_noted_and_nothing_is_offered(gate: Gate) -> None:
    stay = gate.stay()
    made = gate.offer(offering.tell(stay.seat, person_id=gate.file.person_id, form=uuid4(),
                                    wish=gate.wish(told="Vagthavende", expires_on=None)))
    assert made.state == "told" and made.snapshot is None and gate.events("disclosure.told")
    with as_role(MIGRATION):
        assert not Notice.objects.filter(kind="offer").exists()


@pytest.mark.parametrize(("flaw", "rule"), [({"told": " "}, "told-missing"), ({"fields": ()}, "fields-missing"),
                                            ({"necessity": ""}, "necessity-missing")])
def test_what_is_said_in_words_goes_through_the_same_checks(gate: Gate, flaw: dict[str, Any], rule: str) -> None:
    with pytest.raises(Refused) as problem:
        offering.tell(gate.stay().seat, person_id=gate.file.person_id, form=uuid4(),
                      wish=gate.wish(**({"told": "Vagthavende"} | flaw)))
    assert rule in {each.rule for each in problem.value.refusals}


def test_not_to_share_is_noted_with_its_reason_once(gate: Gate) -> None:
    form, stay = uuid4(), gate.stay()
    for _ in range(2):
        offering.withhold(stay.seat, person_id=gate.file.person_id, receiver=gate.world.police.id, purpose="ssp",
                          reason="De har ikke brug for det", form=form)
    with as_role(MIGRATION):
        made = Withheld.objects.get()
    assert made.receiver_id == gate.world.police.id and b"brug for" not in bytes(made.sealed)
    assert len(gate.events("disclosure.withheld")) == 1
    with pytest.raises(BrokenRule):
        offering.withhold(stay.seat, person_id=gate.file.person_id, receiver=None, purpose="", reason="Nej",
                          form=uuid4())


def test_who_works_on_no_file_or_is_on_no_visit_offers_nothing(gate: Gate) -> None:
    for member, problem in ((gate.room.tove, NotAllowed), (gate.room.karl, Http404), (gate.room.signe, Http404),
                            (gate.room.gorm, NotAllowed)):
        with pytest.raises(problem):
            offering.offer(gate.seat(member), person_id=gate.file.person_id, wish=gate.wish(), snapshot=(),
                           form=uuid4())


def test_an_offer_has_a_key_of_its_own(gate: Gate) -> None:
    offer_id = gate.offered()
    assert keys.fetch(offer_id).secret != keys.fetch(gate.file.person_id).secret
