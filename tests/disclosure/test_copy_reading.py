"""A copy is read by who took it, on a visit, with an entry in the log; it is what was shown, and gone on its day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.access.administration import BadChange
from lokalnet.access.models import Member
from lokalnet.access.rights import Purpose, Role
from lokalnet.disclosure.gate import copies, leaving
from lokalnet.disclosure.gate.copies import Locked
from lokalnet.disclosure.models import CopyText
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import visiting
from lokalnet.youth.sharing.snapshot import snapshot
from tests.days import today
from tests.disclosure.gating import FACT, NECESSITY, Gate, sql, sql_as_owner

pytestmark = pytest.mark.django_db


def test_what_is_read_is_what_the_same_code_showed_the_giver(gate: Gate) -> None:
    stay = gate.stay()
    shown = snapshot(stay.seat, stay.file, gate.wish().fields, today=today())
    _, copy_id = gate.taken()
    opened = copies.read(gate.seat(gate.room.petra), copy_id)
    assert opened.snapshot == shown and opened.words.necessity == NECESSITY
    assert any(line.text == FACT for part in shown for line in part.lines)
    assert opened.bars and opened.regime


def test_each_reading_is_an_entry_in_the_log_and_without_a_visit_there_are_no_words(gate: Gate) -> None:
    _, copy_id = gate.taken()
    seat = gate.seat(gate.room.petra)
    assert sql("select count(*) from disclosure_copy_text") == [(0,)]
    copies.read(seat, copy_id)
    copies.read(seat, copy_id)
    assert sql("select count(*) from disclosure_copy_text") == [(1,)]
    assert [(each.subject, each.purpose) for each in gate.events("copy.read")] == [(copy_id, "disclosure")] * 2
    assert len(gate.events("copy.entered")) == 1


@pytest.mark.parametrize("who", ["sanne", "signe", "freja", "gorm", "tove", "bo", "berit", "lars", "clara"])
def test_a_copy_of_one_does_not_exist_for_another(gate: Gate, who: str) -> None:
    member: Member = getattr(gate.room, who, None) or getattr(gate.world, who)
    _, copy_id = gate.taken()
    if who == "clara":
        gate.world.actor(member)
    else:
        for unknown in (copy_id, uuid4()):
            with pytest.raises((Http404, NotAllowed)):
                copies.read(gate.seat(member), unknown)
    assert sql("select count(*) from disclosure_copy") == [(0,)]
    assert sql("select count(*) from disclosure_copy_text") == [(0,)]


def test_a_visit_to_one_copy_opens_no_other(gate: Gate) -> None:
    _, first = gate.taken()
    _, second = gate.taken()
    copies.read(gate.seat(gate.room.petra), first)
    with as_role(MIGRATION):
        assert CopyText.objects.count() == 2
    gate.seat(gate.room.petra)
    assert sql("select copy_id from disclosure_copy_text") == [(first,)]
    assert second != first


def test_who_loses_the_right_loses_the_copy_at_once(gate: Gate) -> None:
    _, copy_id = gate.taken()
    copies.read(gate.seat(gate.room.petra), copy_id)
    sql_as_owner("update access_member set roles = %s where id = %s", [Role.ANALYST.value], gate.room.petra.id)
    with pytest.raises(NotAllowed):
        copies.read(gate.seat(gate.room.petra), copy_id)
    assert sql("select count(*) from disclosure_copy") == sql("select count(*) from disclosure_copy_text") == [(0,)]


def test_after_its_day_a_copy_is_closed_before_anything_is_cleaned_up(gate: Gate) -> None:
    _, copy_id = gate.taken()
    seat = gate.seat(gate.room.petra)
    copies.read(seat, copy_id)
    sql_as_owner("update persons_access set until = now() - interval '1 second' where because = 'copy'")
    sql_as_owner("update disclosure_copy set expires_on = today() - 1")
    seat = gate.seat(gate.room.petra)
    with pytest.raises(Locked):
        copies.read(seat, copy_id)
    assert sql("select count(*) from disclosure_copy_text") == [(0,)] and copies.held(seat) == []


def test_a_copy_that_ends_within_a_week_is_marked(gate: Gate) -> None:
    gate.taken(expires_on=today() + timedelta(days=7))
    gate.taken(expires_on=today() + timedelta(days=8))
    assert [each.soon for each in copies.held(gate.seat(gate.room.petra))] == [True, False]


def test_copies_of_who_leaves_go_to_a_colleague_who_may_hold_them(gate: Gate) -> None:
    _, copy_id = gate.taken()
    petra, bo = gate.room.petra, gate.world.bo
    copies.read(gate.seat(petra), copy_id)
    assert len(leaving.open_for(petra.id)) == 1
    leaving.hand_over(petra.id, bo.id)
    assert leaving.open_for(petra.id) == [] and sql("select count(*) from disclosure_copy") == [(0,)]
    assert sql("select count(*) from disclosure_copy_text") == [(0,)]
    assert copies.read(gate.seat(bo), copy_id).id == copy_id


def test_copies_cannot_be_given_to_a_colleague_without_the_right_or_to_another_organisation(gate: Gate) -> None:
    gate.taken()
    gate.seat(gate.room.petra)
    for other in (gate.world.lars, gate.room.signe):
        with pytest.raises(BadChange):
            leaving.hand_over(gate.room.petra.id, other.id)
    assert len(copies.held(gate.seat(gate.room.petra))) == 1


def test_a_copy_is_no_file_and_opens_by_no_other_purpose(gate: Gate) -> None:
    _, copy_id = gate.taken()
    person = gate.copy(copy_id).person_id
    actor = gate.world.actor(gate.room.petra)
    for purpose in (Purpose.EARLY_HELP, Purpose.INFORMING, Purpose.TRIAGE):
        with pytest.raises(Http404):
            visiting.enter(actor, person, purpose, thing="copy", subject=copy_id)
