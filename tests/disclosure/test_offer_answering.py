"""Only the receiver's own transaction makes a copy: once, under its own key and regime, and never after it is over."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member
from lokalnet.disclosure.gate import answering, looking, overseeing, taking_back
from lokalnet.disclosure.gate.answering import TooLate
from lokalnet.disclosure.models import Copy
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.notices.models import Notice
from lokalnet.persons import keys
from lokalnet.persons.models import Lookup, Person
from tests.disclosure.gating import NECESSITY, Gate, sql, sql_as_owner

pytestmark = pytest.mark.django_db


def test_before_it_is_taken_one_sees_who_gives_what_for_which_purpose_and_why(gate: Gate) -> None:
    offer_id = gate.offered()
    seen = overseeing.received(gate.seat(gate.room.petra), offer_id)
    assert seen.offer.giver == "Gladsaxe Kommune" and seen.words is not None
    assert seen.words.necessity == NECESSITY and len(seen.offer.fields) == 2
    assert [each.id for each in looking.waiting(gate.seat(gate.room.petra))] == [offer_id]
    assert gate.events("offer.read")


def test_who_takes_it_gets_a_person_of_the_receivers_own_under_a_key_of_its_own(gate: Gate) -> None:
    offer_id, copy_id = gate.taken()
    made, offer = gate.copy(copy_id), gate.offer(offer_id)
    assert (made.controller_id, made.holder_id, made.regime) == (gate.world.police.id, gate.room.petra.id, "led")
    assert made.bars == ["investigation"] and made.person_id != gate.file.person_id
    assert made.expires_on == offer.copy_until
    assert (offer.state, offer.snapshot, offer.answered_by_id) == ("accepted", None, gate.room.petra.id)
    assert len({keys.fetch(each).secret for each in (made.person_id, gate.file.person_id, offer_id)}) == 3


def test_a_municipality_holds_it_under_the_general_regulation(gate: Gate) -> None:
    _, copy_id = gate.taken(gate.room.signe, receiver=gate.world.ballerup.id, purpose="move", stage="moving",
                            ground=gate.ground("bl-132").id, fields=("identity",))
    assert gate.copy(copy_id).regime == "gdpr"


def test_a_copy_is_not_found_by_looking_up_its_number(gate: Gate) -> None:
    _, copy_id = gate.taken()
    with as_role(MIGRATION):
        assert not Lookup.objects.filter(person_id=gate.copy(copy_id).person_id).exists()


def test_two_who_take_it_make_one_copy(gate: Gate) -> None:
    offer_id = gate.offered()
    answering.accept(gate.seat(gate.room.petra), offer_id)
    with pytest.raises(TooLate, match=r"\w"):
        answering.accept(gate.seat(gate.world.bo), offer_id)
    with as_role(MIGRATION):
        assert Copy.objects.count() == 1 and Person.objects.filter(controller=gate.world.police).count() == 1


def test_who_lost_the_race_in_the_last_moment_leaves_no_person_and_no_key(gate: Gate,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    offer_id, made = gate.offered(), []
    seat = gate.seat(gate.room.petra)
    waiting = looking.found(offer_id)
    taking_back.take_back(gate.stay().seat, offer_id, "Sendt ved en fejl")
    monkeypatch.setattr(looking, "found", lambda _: waiting)
    original = keys.make
    monkeypatch.setattr(keys, "make", lambda key_id: made.append(key_id) or original(key_id))
    seat = gate.seat(gate.room.petra)
    with pytest.raises(TooLate):
        answering.accept(seat, offer_id)
    assert len(made) == 1
    with pytest.raises(keys.KeyGone):
        keys.fetch(made[0])
    with as_role(MIGRATION):
        assert not Copy.objects.exists() and not Person.objects.filter(id=made[0]).exists()


def test_the_giver_is_told_and_sees_that_it_was_taken(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    seen = overseeing.given(gate.seat(gate.room.sanne), offer_id)
    assert seen.offer.state == "accepted" and seen.mine and seen.takes_back
    with as_role(MIGRATION):
        assert Notice.objects.filter(kind="offer-answered", member=gate.room.sanne).exists()


def test_who_declines_says_why_and_the_giver_reads_it(gate: Gate) -> None:
    offer_id = gate.offered()
    with pytest.raises(BrokenRule):
        answering.decline(gate.seat(gate.room.petra), offer_id, "Nej")
    answering.decline(gate.seat(gate.room.petra), offer_id, "Vi kender ham ikke")
    made = gate.offer(offer_id)
    assert (made.state, made.snapshot) == ("declined", None)
    assert overseeing.given(gate.seat(gate.room.sanne), offer_id).reason == "Vi kender ham ikke"
    with pytest.raises(TooLate):
        answering.accept(gate.seat(gate.room.petra), offer_id)


@pytest.mark.parametrize("how", ["withdrawn", "expired", "expired-by-day"])
def test_who_comes_too_late_is_told_so_and_nothing_was_copied(gate: Gate, how: str) -> None:
    offer_id = gate.offered()
    if how == "withdrawn":
        taking_back.take_back(gate.stay().seat, offer_id, "Sendt ved en fejl")
    elif how == "expired":
        sql_as_owner("update disclosure_offer set expires_at = %s where id = %s", now() - timedelta(minutes=1),
                     offer_id)
    else:
        sql_as_owner("update disclosure_offer set state = 'expired', snapshot = null where id = %s", offer_id)
    for act in (answering.accept, overseeing.received):
        with pytest.raises(TooLate, match=r"\w"):
            act(gate.seat(gate.room.petra), offer_id)  # type: ignore[operator]
    with as_role(MIGRATION):
        assert not Copy.objects.exists()


@pytest.mark.parametrize("who", ["tove", "karl", "freja", "signe", "gorm", "clara", "viggo", "anna", "lars"])
def test_everybody_else_meets_nothing_whether_it_is_there_or_not(gate: Gate, who: str) -> None:
    member: Member = getattr(gate.room, who, None) or getattr(gate.world, who)
    offer_id, here = gate.offered(), gate.seat(gate.room.petra)
    for unknown in (offer_id, uuid4()):
        for act in (answering.accept, overseeing.received):
            with pytest.raises((Http404, NotAllowed)):
                act(replace(here, actor=gate.world.actor(member)), unknown)  # type: ignore[operator]
    assert sql("select count(*) from disclosure_offer") == [(0,)]


def test_a_colleague_of_the_giver_who_does_not_work_on_the_file_sees_no_offer(gate: Gate) -> None:
    offer_id = gate.offered()
    with pytest.raises(Http404):
        overseeing.given(gate.seat(gate.room.karl), offer_id)
    with pytest.raises(Http404):
        taking_back.take_back(gate.seat(gate.room.karl), offer_id, "Det er ikke min sag")


def test_the_data_protection_officers_of_both_sides_see_that_it_was_shared_and_not_the_words(gate: Gate) -> None:
    offer_id = gate.offered(receiver=gate.world.ballerup.id, purpose="move", stage="moving",
                            ground=gate.ground("bl-132").id, fields=("identity",))
    for officer in (gate.room.gorm, gate.world.dorte):
        seen = overseeing.given(gate.seat(officer), offer_id)
        assert seen.words is None and not seen.takes_back
