"""A draft is its author's alone, is saved again and again, and goes with its key."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import keys
from lokalnet.persons.cpr import TooYoung
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import drafting, expiring, leaving
from lokalnet.youth.concerns.drafting import ChangedMeanwhile
from lokalnet.youth.concerns.worries import Worry
from lokalnet.youth.models import Concern, ConcernText
from tests.youth.concerns import WORDS, begun, born, sent, who, written
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


def test_what_was_saved_is_there_when_it_is_opened_again(room: Room) -> None:
    concern_id, edition = written(room, room.tove, acute=True)
    found = drafting.draft(room.world.actor(room.tove), concern_id)
    assert (found.worry, found.edition) == (Worry(who(), WORDS, acute=True), edition) == (found.worry, 2)


def test_nothing_that_was_written_stands_in_the_database_in_the_open(room: Room) -> None:
    written(room, room.tove)
    with as_role(MIGRATION):
        sealed = bytes(ConcernText.objects.get().sealed)
    assert not any(word.encode() in sealed for word in (who().name, who().cpr, WORDS.facts, WORDS.why))


@pytest.mark.parametrize("name", ["sanne", "karl", "gorm", "signe"])
def test_nobody_else_opens_it_saves_it_or_throws_it_away(room: Room, name: str) -> None:
    concern_id, edition = written(room, room.tove)
    actor = room.world.actor(getattr(room, name))
    for subject in (concern_id, uuid4()):
        with pytest.raises((Http404, NotAllowed)):
            drafting.draft(actor, subject)
        with pytest.raises((Http404, NotAllowed)):
            drafting.save(actor, subject, Worry(who(), WORDS), edition=edition)
    if name != "gorm":
        drafting.throw_away(actor, concern_id)
    with as_role(MIGRATION):
        assert Concern.objects.filter(id=concern_id).exists()


def test_two_windows_notice_each_other_and_the_same_words_are_no_change(room: Room) -> None:
    concern_id, edition = written(room, room.tove)
    actor = room.world.actor(room.tove)
    assert drafting.save(actor, concern_id, Worry(who(), WORDS), edition=1) == edition
    with pytest.raises(ChangedMeanwhile) as problem:
        drafting.save(actor, concern_id, Worry(who(), replace(WORDS, tried="Jeg har ringet")), edition=1)
    assert problem.value.edition == edition


def test_a_double_click_begins_one(room: Room) -> None:
    actor, wanted = room.world.actor(room.tove), uuid4()
    assert {drafting.begin(actor, who(), "Bange", concern_id=wanted) for _ in range(2)} == {wanted}


def test_an_id_that_is_taken_is_not_told_apart(room: Room) -> None:
    taken = begun(room, room.sanne)
    actor = room.world.actor(room.tove)
    made = drafting.begin(actor, who(), "Bange", concern_id=taken)
    assert made != taken and drafting.draft(actor, made).worry.words.why == "Bange"
    room.world.actor(room.sanne)
    assert drafting.draft(room.world.actor(room.sanne), taken).worry.words.why == WORDS.why


def test_a_child_under_ten_is_not_kept_and_a_half_typed_number_is(room: Room) -> None:
    concern_id = begun(room, room.tove)
    actor = room.world.actor(room.tove)
    with pytest.raises(TooYoung):
        drafting.save(actor, concern_id, Worry(replace(who(years=9), cpr=""), WORDS), edition=1)
    with pytest.raises(TooYoung):
        drafting.save(actor, concern_id, Worry(Identity("Barn", who(years=9).cpr), WORDS), edition=1)
    assert drafting.save(actor, concern_id, Worry(Identity("Emil", "0102"), WORDS), edition=1) == 2


def test_a_protected_address_is_not_kept(room: Room) -> None:
    concern_id = begun(room, room.tove)
    actor = room.world.actor(room.tove)
    about = Identity("Emil", "", born(), address="Hemmelig Vej 1", protected=True)
    drafting.save(actor, concern_id, Worry(about, WORDS), edition=1)
    assert drafting.draft(actor, concern_id).worry.who.address == ""


def test_what_is_thrown_away_is_gone_with_its_key(room: Room, django_capture_on_commit_callbacks) -> None:
    concern_id = begun(room, room.tove)
    actor = room.world.actor(room.tove)
    with django_capture_on_commit_callbacks(execute=True):
        drafting.throw_away(actor, concern_id)
        drafting.throw_away(actor, concern_id)
    with pytest.raises(keys.KeyGone):
        keys.fetch(concern_id)
    with as_role(MIGRATION):
        assert not Concern.objects.exists() and not ConcernText.objects.exists()
        assert Event.objects.filter(kind="concern.thrown-away").count() == 1


def test_what_nobody_sent_goes_after_two_weeks_with_its_key(room: Room, django_capture_on_commit_callbacks) -> None:
    old, new = begun(room, room.tove), begun(room, room.tove, who(nth=1))
    with as_role(MIGRATION):
        Concern.objects.filter(id=old).update(changed_at=now().replace(year=2020))
    with as_role("lokalnet_retention"), django_capture_on_commit_callbacks(execute=True):
        assert expiring.let_go() == 1
    with pytest.raises(keys.KeyGone):
        keys.fetch(old)
    assert keys.fetch(new) and drafting.draft(room.world.actor(room.tove), new)


def test_a_key_that_a_crash_left_behind_goes_and_no_other(room: Room, django_capture_on_commit_callbacks) -> None:
    told, draft = sent(room, room.tove), begun(room, room.tove, who(nth=1))
    with as_role(MIGRATION):
        person_id = Concern.objects.get(id=told).person_id
    assert keys.fetch(told)  # nothing was committed, so nothing was destroyed
    with as_role("lokalnet_retention"), django_capture_on_commit_callbacks(execute=True):
        assert expiring.let_go() == 1
    with pytest.raises(keys.KeyGone):
        keys.fetch(told)
    assert keys.fetch(draft) and keys.fetch(person_id)
    with as_role("lokalnet_retention"):
        assert expiring.let_go() == 0


def test_drafts_of_who_leaves_go_to_a_colleague_who_may_tell_of_a_worry(room: Room) -> None:
    concern_id = begun(room, room.tove)
    room.world.actor(room.world.adam)
    assert leaving.open_for(room.tove.id)
    with pytest.raises(leaving.BadChange):
        leaving.hand_over(room.tove.id, room.gorm.id)
    with pytest.raises(leaving.BadChange):
        leaving.hand_over(room.tove.id, room.signe.id)
    leaving.hand_over(room.tove.id, room.sanne.id)
    assert leaving.open_for(room.tove.id) == []
    assert drafting.draft(room.world.actor(room.sanne), concern_id).worry.words.why == WORDS.why


def test_only_an_administrator_hands_over(room: Room) -> None:
    begun(room, room.tove)
    room.world.actor(room.sanne)
    assert leaving.open_for(room.tove.id) == []
    with pytest.raises(leaving.BadChange):
        leaving.hand_over(room.tove.id, room.sanne.id)
