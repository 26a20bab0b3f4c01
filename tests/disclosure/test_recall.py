"""What was shared can be taken back: what waits is gone, and a copy is locked at once until its holder answers."""

from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.models import Member
from lokalnet.disclosure.gate import answering, copies, looking, overseeing, taking_back
from lokalnet.disclosure.gate.copies import Locked
from lokalnet.disclosure.models import CopyText
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.notices.models import Notice
from lokalnet.persons import keys
from tests.disclosure.gating import Gate, sql

pytestmark = pytest.mark.django_db
WHY, GROUND = "Delt ved en fejl", "Notatpligten i offentlighedslovens § 13"


def told(kind: str) -> set[Member]:
    with as_role(MIGRATION):
        return {each.member for each in Notice.objects.filter(kind=kind).select_related("member")}


def recalled(gate: Gate) -> tuple:  # type: ignore[type-arg]
    offer_id, copy_id = gate.taken()
    taking_back.take_back(gate.stay().seat, offer_id, WHY)
    return offer_id, copy_id


def test_what_was_not_taken_yet_is_gone_and_needs_no_answer(gate: Gate) -> None:
    offer_id = gate.offered()
    assert taking_back.take_back(gate.stay().seat, offer_id, WHY) == "withdrawn"
    made = gate.offer(offer_id)
    assert (made.state, made.snapshot, made.answer_due_on) == ("withdrawn", None, None)
    assert looking.waiting(gate.seat(gate.room.petra)) == [] and gate.events("offer.withdrawn")


def test_a_copy_that_is_being_read_is_locked_at_once(gate: Gate) -> None:
    offer_id, copy_id = gate.taken()
    copies.read(gate.seat(gate.room.petra), copy_id)
    assert taking_back.take_back(gate.stay().seat, offer_id, WHY) == "recalled"
    seat = gate.seat(gate.room.petra)
    with pytest.raises(Locked):
        copies.read(seat, copy_id)
    assert sql("select count(*) from disclosure_copy_text") == sql("select count(*) from persons_person") == [(0,)]
    assert told("offer-recalled") == {gate.room.petra}
    assert overseeing.received(seat, offer_id).reason == WHY


def test_it_needs_a_reason_and_a_second_time_changes_nothing(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    seat = gate.stay().seat
    with pytest.raises(BrokenRule):
        taking_back.take_back(seat, offer_id, "Fejl")
    taking_back.take_back(seat, offer_id, WHY)
    assert taking_back.take_back(seat, offer_id, "En anden grund") == "recalled"
    assert overseeing.given(seat, offer_id).reason == WHY and len(gate.events("offer.recalled")) == 1


@pytest.mark.parametrize("who", ["karl", "tove", "petra", "signe", "gorm"])
def test_only_who_works_on_the_file_takes_back(gate: Gate, who: str) -> None:
    offer_id, _ = gate.taken()
    with pytest.raises(Exception) as problem:
        taking_back.take_back(gate.seat(getattr(gate.room, who)), offer_id, WHY)
    assert problem.typename in ("Http404", "NotAllowed")
    assert gate.offer(offer_id).state == "accepted"


def test_a_copy_that_is_said_to_be_deleted_is_gone_with_its_key(
        gate: Gate, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    offer_id, copy_id = recalled(gate)
    person = gate.copy(copy_id).person_id
    with django_capture_on_commit_callbacks(execute=True):
        taking_back.deleted(gate.seat(gate.room.petra), offer_id)
        assert keys.fetch(person)  # while the transaction could still be undone
    with pytest.raises(keys.KeyGone):
        keys.fetch(person)
    assert gate.copy(copy_id).state == "gone"
    with as_role(MIGRATION):
        assert not CopyText.objects.exists()
    seen = overseeing.given(gate.seat(gate.room.sanne), offer_id)
    assert seen.offer.recall_answer == "deleted" and told("recall-answered") == {gate.room.sanne}
    assert not told("recall-kept")


def test_a_copy_that_is_kept_needs_a_ground_which_the_giver_and_both_officers_get_to_know(gate: Gate) -> None:
    offer_id, copy_id = recalled(gate)
    with pytest.raises(BrokenRule):
        taking_back.kept(gate.seat(gate.room.petra), offer_id, "Vi beholder den")
    taking_back.kept(gate.seat(gate.room.petra), offer_id, GROUND)
    seen = overseeing.given(gate.seat(gate.room.sanne), offer_id)
    assert (seen.kept, seen.reason) == (GROUND, WHY)
    assert copies.read(gate.seat(gate.room.petra), copy_id).kept_because == GROUND
    assert told("recall-kept") == {gate.room.gorm}  # the police of the test have no officer
    assert overseeing.given(gate.seat(gate.room.gorm), offer_id).kept == GROUND


def test_only_the_holder_answers_and_only_once(gate: Gate) -> None:
    offer_id, _ = recalled(gate)
    for member in (gate.room.sanne, gate.world.bo, gate.room.signe):
        for act in (taking_back.deleted, lambda seat, id_: taking_back.kept(seat, id_, GROUND)):
            with pytest.raises(Http404):
                act(gate.seat(member), offer_id)
    taking_back.kept(gate.seat(gate.room.petra), offer_id, GROUND)
    with pytest.raises(Http404):
        taking_back.deleted(gate.seat(gate.room.petra), offer_id)


def test_what_was_taken_back_cannot_be_taken_again(gate: Gate) -> None:
    offer_id, _ = recalled(gate)
    with pytest.raises(answering.TooLate):
        answering.accept(gate.seat(gate.world.bo), offer_id)


def test_a_breach_reported_by_either_side_goes_to_the_officers_of_both(gate: Gate) -> None:
    offer_id = gate.offered(receiver=gate.world.ballerup.id, ground=gate.ground("bl-132").id, purpose="move",
                            stage="moving", fields=("identity",))
    answering.accept(gate.seat(gate.room.signe), offer_id)
    for member in (gate.room.sanne, gate.room.signe):
        taking_back.report_breach(gate.seat(member), offer_id)
        assert told("disclosure-breach") == {gate.room.gorm, gate.world.dorte}
    with pytest.raises(Http404):
        taking_back.report_breach(gate.seat(gate.room.karl), offer_id)
    with pytest.raises(Http404):
        taking_back.report_breach(gate.seat(gate.room.sanne), uuid4())
    assert len(gate.events("disclosure.breach")) == 2
