"""Send: it reaches those who may do something, and its author is told »received«, whoever it is about."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from lokalnet.access.models import Event, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.notices.models import Notice
from lokalnet.persons import identity, keys
from lokalnet.persons.models import Person
from lokalnet.youth.concerns import drafting, own, sending
from lokalnet.youth.concerns.worries import Words, Worry
from lokalnet.youth.models import Concern
from tests.youth.concerns import WORDS, seat, sent, who, with_file, written
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


def row(concern_id: UUID) -> Concern:
    with as_role(MIGRATION):
        return Concern.objects.get(id=concern_id)


def told(concern_id: UUID) -> list[str]:
    """Who was told of it, by name."""
    with as_role(MIGRATION):
        members = Notice.objects.filter(subject=concern_id).values_list("member_id", flat=True)
        return sorted(Member.objects.filter(id__in=list(members)).values_list("name", flat=True))


def test_what_is_sent_lies_under_the_persons_key_and_the_drafts_key_is_gone(
        room: Room, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        concern_id = sent(room, room.tove)
    with pytest.raises(keys.KeyGone):
        keys.fetch(concern_id)
    assert row(concern_id).person_id
    reading = own.read(room.world.actor(room.tove), concern_id)
    assert reading.worry.words.facts == WORDS.facts and reading.worry.who.name == who().name


def test_those_who_clarify_are_told_and_nobody_else(room: Room) -> None:
    assert told(sent(room, room.tove)) == ["Adam", "Sanne"]


def test_a_worry_about_somebody_who_is_helped_reaches_those_who_help_and_not_the_list(room: Room) -> None:
    with_file(room, room.tove)
    again = sent(room, room.world.anna)
    assert told(again) == ["Karl"]
    with as_role(MIGRATION):
        assert Person.objects.count() == 1


def test_the_author_of_it_cannot_tell_whether_the_young_person_was_known(
        room: Room, django_capture_on_commit_callbacks) -> None:
    """The same questions to the database, in the same order, and as many keys made and destroyed."""
    with_file(room, room.tove)
    asked, keys_gone = [], []
    for about in (who(), who(nth=1)):
        concern_id, edition = written(room, room.world.anna, about)
        there, before = seat(room, room.world.anna), len(keys.destroyed())
        with django_capture_on_commit_callbacks(execute=True), CaptureQueriesContext(connection) as queries:
            sending.send(there, concern_id, edition=edition)
        asked.append([each["sql"].split()[0] for each in queries.captured_queries])
        keys_gone.append(len(keys.destroyed()) - before)
    known, unknown = asked
    assert len(known) == len(unknown) and keys_gone == [2, 2]


def test_what_the_author_may_see_of_it_does_not_say_where_it_went(room: Room) -> None:
    with_file(room, room.tove)
    sent(room, room.world.anna)
    room.world.actor(room.world.anna)
    with connection.cursor() as cursor:
        for table in ("youth_file", "persons_person", "persons_access", "youth_decision"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table


def test_sent_once_more_it_is_sent_already(room: Room) -> None:
    concern_id, edition = written(room, room.tove)
    for _ in range(2):
        sending.send(seat(room, room.tove), concern_id, edition=edition)
    assert told(concern_id) == ["Adam", "Sanne"]
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="concern.sent").count() == Person.objects.count() == 1


def test_nobody_sends_what_is_somebody_elses_or_not_there(room: Room) -> None:
    concern_id, edition = written(room, room.tove)
    for subject in (concern_id, uuid4()):
        with pytest.raises(Http404):
            sending.send(seat(room, room.sanne), subject, edition=edition)


def test_an_old_window_does_not_send_what_it_does_not_show(room: Room) -> None:
    concern_id, edition = written(room, room.tove)
    with pytest.raises(Outdated):
        sending.send(seat(room, room.tove), concern_id, edition=edition - 1)


@pytest.mark.parametrize(("about", "words", "field"), [
    ({"name": ""}, {}, "name"), ({"cpr": "", "born": None}, {}, "born"), ({}, {"facts": " "}, "facts"),
    ({}, {"source": ""}, "source"), ({"cpr": "123"}, {}, "cpr")])
def test_what_is_missing_is_said_at_its_field_and_nothing_is_sent(room: Room, about, words, field) -> None:
    concern_id, edition = written(room, room.tove)
    worry = Worry(identity.Identity(**(vars(who()) | about)), Words(**(vars(WORDS) | words)))
    edition = drafting.save(room.world.actor(room.tove), concern_id, worry, edition=edition)
    with pytest.raises(BrokenRule) as problem:
        sending.send(seat(room, room.tove), concern_id, edition=edition)
    assert problem.value.field == field and row(concern_id).state == "draft"


def test_a_worry_of_the_police_stays_with_the_police(room: Room) -> None:
    assert told(sent(room, room.world.bo)) == ["Petra"]
