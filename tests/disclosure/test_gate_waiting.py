"""What of the gate waits for a member: on my day, in the bell, and when somebody leaves. No name, no case number."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from lokalnet.access import handover
from lokalnet.access.models import Member
from lokalnet.disclosure.gate import answering, due, taking_back
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.interface.due import Part, Task
from lokalnet.notices import kinds
from lokalnet.notices.kinds import Said
from lokalnet.notices.models import Notice
from tests.days import today
from tests.disclosure.gating import Gate

pytestmark = pytest.mark.django_db


def tasks(gate: Gate, member: Member) -> list[Task]:
    with override("en"):
        return due.due_for(gate.seat(member))


def said(gate: Gate, member: Member, kind: str) -> list[Said | None]:
    with as_role(MIGRATION):
        rows = list(Notice.objects.filter(member=member, kind=kind))
    return [kinds.said(gate.seat(member), row) for row in rows]


def test_an_offer_waits_for_everybody_who_may_take_it_until_it_is_taken(gate: Gate) -> None:
    offer_id = gate.offered()
    for member in (gate.room.petra, gate.world.bo):
        found = tasks(gate, member)
        assert [(each.part, each.about) for each in found] == [(Part.WAITING, "Gladsaxe Kommune")]
        assert found[0].until == today() + timedelta(days=14) and str(offer_id) in found[0].url
    answering.accept(gate.seat(gate.room.petra), offer_id)
    assert tasks(gate, gate.world.bo) == tasks(gate, gate.room.petra) == []


def test_a_recall_waits_for_the_holder_alone_until_it_is_answered(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    taking_back.take_back(gate.stay().seat, offer_id, "Delt ved en fejl")
    assert [each.until for each in tasks(gate, gate.room.petra)] == [today() + timedelta(days=14)]
    assert tasks(gate, gate.world.bo) == []
    taking_back.deleted(gate.seat(gate.room.petra), offer_id)
    assert tasks(gate, gate.room.petra) == []


def test_a_copy_is_told_of_in_its_last_week(gate: Gate) -> None:
    gate.taken(expires_on=today() + timedelta(days=8))
    assert tasks(gate, gate.room.petra) == []
    gate.taken(expires_on=today() + timedelta(days=7))
    assert [each.part for each in tasks(gate, gate.room.petra)] == [Part.MINE]


@pytest.mark.parametrize("who", ["sanne", "karl", "tove", "signe", "freja", "gorm"])
def test_nothing_waits_for_whoever_it_was_not_offered_to(gate: Gate, who: str) -> None:
    gate.offered()
    assert tasks(gate, getattr(gate.room, who)) == []


def test_while_the_room_is_closed_nothing_waits_and_no_notice_says_anything(gate: Gate, settings) -> None:  # type: ignore[no-untyped-def]
    gate.offered()
    settings.LOKALNET_DEMO = False
    assert tasks(gate, gate.room.petra) == [] and said(gate, gate.room.petra, "offer") == [None]


def test_no_notice_holds_a_name_or_a_number_and_it_says_nothing_once_it_is_over(gate: Gate) -> None:
    offer_id = gate.offered()
    shown = said(gate, gate.room.petra, "offer")
    assert shown[0] is not None and str(offer_id) in shown[0].url
    assert "Emil" not in str(shown) and gate.file.number not in str(shown)
    taking_back.take_back(gate.stay().seat, offer_id, "Delt ved en fejl")
    assert said(gate, gate.room.petra, "offer") == [None]


def test_the_giver_and_the_officers_are_told_in_words_that_fit_what_happened(gate: Gate) -> None:
    offer_id, _ = gate.taken()
    assert said(gate, gate.room.sanne, "offer-answered")[0] is not None
    taking_back.take_back(gate.stay().seat, offer_id, "Delt ved en fejl")
    assert said(gate, gate.room.petra, "offer-recalled")[0] is not None
    taking_back.kept(gate.seat(gate.room.petra), offer_id, "Notatpligten i offentlighedslovens § 13")
    assert said(gate, gate.room.petra, "offer-recalled") == [None]
    assert said(gate, gate.room.sanne, "recall-answered")[0] is not None
    assert said(gate, gate.room.gorm, "recall-kept")[0] is not None
    taking_back.report_breach(gate.seat(gate.room.sanne), offer_id)
    assert said(gate, gate.room.gorm, "disclosure-breach")[0] is not None
    for kind in ("offer", "offer-answered", "offer-recalled", "recall-answered", "recall-kept", "disclosure-breach"):
        assert kinds.counted(kind, 2)


def test_an_administrator_learns_how_many_copies_there_are_and_cannot_read_one(gate: Gate) -> None:
    gate.taken()
    gate.seat(gate.room.petra)
    assert len([each for each in handover.open_for(gate.room.petra.id) if each]) == 1
