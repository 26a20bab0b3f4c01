"""What is done in a file: each thing says who, why and until when, and what was wrong is followed by what is right."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule, Outdated
from lokalnet.persons import identity
from lokalnet.youth import forums
from lokalnet.youth.files import (
    colleagues,
    concerns,
    contacts,
    identifying,
    informing,
    keeping,
    looks,
    marking,
    placing,
    reading,
    writing,
)
from lokalnet.youth.files.concerns import Decided
from lokalnet.youth.files.contacts import Reach
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.identifying import Entered
from lokalnet.youth.files.informing import Told
from lokalnet.youth.files.placing import Choice
from lokalnet.youth.files.sheets import Sheet
from lokalnet.youth.files.writing import Said
from lokalnet.youth.models import About, File, Forum, Informing, NoteKind, Reply
from tests.days import today
from tests.persons.numbers import nobodys
from tests.youth.opened import EMIL, Opened, born, opened, stay, way, worry
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=60)


@pytest.fixture
def made(room: Room) -> Opened:
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    return opened(room.world, room.sanne)


@pytest.fixture
def here(room: Room, made: Opened) -> Stay:
    return stay(room, room.sanne, made)


def sheet(here: Stay) -> Sheet:
    return reading.sheet(File.objects.get(id=here.file.id), today=today())


def again(here: Stay) -> Stay:
    return Stay(here.seat, File.objects.get(id=here.file.id), here.visit)


@contextmanager
def broken(field: str) -> Iterator[None]:
    with pytest.raises(BrokenRule) as problem:
        yield
    assert problem.value.field == field


def forum(position: int) -> UUID:
    found: UUID = Forum.objects.get(position=position).id
    return found


def place(here: Stay, position: int = 1, **other: object) -> None:
    there = placing.current(here)
    said = {"forum_id": forum(position), "reason": "Skolen og klubben skal tale sammen", "expires_on": SOON,
            "instead_of": there.id if there else None} | other
    placing.decide(here, uuid4(), Choice(**said))  # type: ignore[arg-type]


def test_a_fact_says_where_it_comes_from_and_stands_apart_from_what_is_thought_of_it(here: Stay) -> None:
    with broken("source"):
        writing.write(here, uuid4(), Said("fact", "Han var ude til klokken to"))
    writing.write(here, uuid4(), Said("fact", "Han var ude til klokken to", "Hans mor"))
    writing.write(here, uuid4(), Said("assessment", "Han savner nogen at være sammen med", "Hans mor"))
    fact, thought = sheet(here).of_kind(NoteKind.FACT), sheet(here).of_kind(NoteKind.ASSESSMENT)
    assert [(each.text, each.source) for each in (*fact, *thought)] == [
        ("Han var ude til klokken to", "Hans mor"), ("Han savner nogen at være sammen med", "")]


def test_strengths_stand_first(here: Stay) -> None:
    assert next(kind for kind, _ in sheet(here).sections) == NoteKind.STRENGTH


def test_what_was_wrong_stands_and_is_followed_by_what_is_right(room: Room, here: Stay) -> None:
    wrong, first = uuid4(), uuid4()
    writing.write(here, wrong, Said("fact", "Han slog først", "En nabo"))
    writing.write(here, first, Said("fact", "Han stod ved siden af", "Vagten", corrects=wrong))
    writing.write(here, uuid4(), Said("fact", "Han gik imellem", "Vagten", corrects=first))
    note, = sheet(here).notes
    assert note.text == "Han slog først"
    assert {each.text for each in note.corrections} == {"Han stod ved siden af", "Han gik imellem"}


def test_a_form_that_is_sent_twice_is_written_once(here: Stay) -> None:
    note, contact, mark, told = (uuid4() for _ in range(4))
    for _ in range(2):
        writing.write(here, note, Said("strength", "Han kan lave mad"))
        contacts.add(here, contact, Reach("Hans mor", "mor", "44 00 00 00"))
        marking.add(here, mark, "Ring først til mor", ends_on=SOON)
        informing.note(here, told, Told("parents", today(), "På kontoret"))
    found = sheet(here)
    assert [len(each) for each in (found.notes, found.contacts, found.marks, found.informed)] == [1] * 4


def test_a_note_of_another_file_is_not_corrected_from_here(room: Room, here: Stay) -> None:
    other = stay(room, room.karl, opened(room.world, room.karl, number="2026-0002"))
    note = uuid4()
    writing.write(other, note, Said("strength", "Han kan lave mad"))
    room.world.actor(room.sanne)
    with pytest.raises(Http404):
        writing.write(here, uuid4(), Said("strength", "Nej", corrects=note))


def test_two_who_change_a_contact_notice_each_other(here: Stay) -> None:
    contact = uuid4()
    contacts.add(here, contact, Reach("Hans mor", "mor"))
    contacts.change(here, contacts.one(here, contact), Reach("Lene", "mor", "44 00 00 00"), edition=1)
    with pytest.raises(Outdated):
        contacts.change(here, contacts.one(here, contact), Reach("Britta", "mor"), edition=1)
    assert sheet(here).contacts[0].name == "Lene"
    contacts.end(here, contacts.one(here, contact))
    assert sheet(here).contacts == ()


def test_three_marks_at_most_each_until_a_day(here: Stay) -> None:
    for day in (today(), today() + timedelta(days=400)):
        with broken("ends_on"):
            marking.add(here, uuid4(), "Husk det", ends_on=day)
    for _ in range(3):
        marking.add(here, uuid4(), "Husk det", ends_on=SOON)
    with broken("words"):
        marking.add(here, uuid4(), "Husk det", ends_on=SOON)
    marking.end(here, sheet(here).marks[0].id)
    marking.add(here, uuid4(), "Husk noget andet", ends_on=SOON)
    assert len(sheet(here).marks) == 3


def test_where_it_is_taken_up_is_decided_with_a_reason_and_a_day(here: Stay) -> None:
    for field, other in (("reason", {"reason": "Fordi"}), ("expires_on", {"expires_on": today()}),
                         ("expires_on", {"expires_on": today() + timedelta(days=400)}), ("forum", {"forum_id": None})):
        with broken(field):
            place(here, **other)
    place(here)
    place(here, 2)
    found = sheet(here)
    assert found.placed and found.placed.forum == forums.DEFAULT[1] and found.placed.decided_by == "Sanne"
    assert [each.forum for each in found.placings] == [forums.DEFAULT[1], forums.DEFAULT[0]]
    with pytest.raises(Outdated):
        place(here, 3, instead_of=None)


def test_the_page_sends_back_whoever_can_decide_none_with_the_reason(room: Room, here: Stay, made: Opened) -> None:
    way(made.person_id, room.karl)
    for fora, theirs in (([], here), (forums.of_organisation(here.seat), stay(room, room.karl, made))):
        assert placing.why_not_here(theirs, fora)
    assert not placing.why_not_here(here, forums.of_organisation(here.seat))


@pytest.mark.parametrize("about", [About.VICTIM, About.WITNESS])
def test_a_victim_or_witness_is_taken_up_nowhere(here: Stay, about: About) -> None:
    place(here)
    keeping.is_about(here, about, "Han blev selv slået", edition=1)
    assert sheet(here).placed is None
    with broken("forum"):
        place(again(here))


def test_while_it_awaits_the_board_nothing_is_decided_beside_it(room: Room, here: Stay, made: Opened) -> None:
    concern = worry(made, room.tove)
    room.world.actor(room.sanne)
    keeping.await_board(here, today(), "Politiet har sendt sagen til nævnet", edition=1)
    with broken("forum"):
        place(again(here))
    with broken("outcome"):
        concerns.decide(again(here), concerns.one(here, concern), Decided("advice", "Ja", "Tak"))
    keeping.await_board(again(here), None, "Nævnet har afgjort sagen", edition=2)
    place(again(here))
    assert [each.text.split(".")[0] for each in sheet(here).notes] and sheet(here).placed


def test_the_day_of_deletion_is_moved_with_a_reason_that_stands_in_the_file(here: Stay) -> None:
    with broken("reason"):
        keeping.keep_until(here, SOON, " ", edition=1)
    for day in (today(), today() + timedelta(days=731)):
        with broken("day"):
            keeping.keep_until(here, day, "Hjælpen går videre", edition=1)
    keeping.keep_until(here, SOON, "Hjælpen går videre", edition=1)
    assert File.objects.get(id=here.file.id).deletes_on == SOON
    assert "Hjælpen går videre" in sheet(here).notes[0].text
    with pytest.raises(Outdated):
        keeping.keep_until(here, SOON - timedelta(days=1), "En anden grund", edition=1)
    assert len(sheet(here).notes) == 1


def test_informing_waits_only_with_a_reason_and_stays_due(here: Stay) -> None:
    with broken("words"):
        informing.note(here, uuid4(), Told("waits", None, ""))
    with broken("told_on"):
        informing.note(here, uuid4(), Told("youth", today() + timedelta(days=1), ""))
    informing.note(here, uuid4(), Told("waits", None, "Faren må ikke vide det endnu"))
    assert not sheet(here).told
    informing.note(here, uuid4(), Told(Informing.Whom.YOUTH, today(), "Vi talte om det i klubben"))
    assert sheet(here).told


def test_a_worry_that_came_to_the_file_is_decided_here_and_answered_without_saying_that_there_is_one(
        room: Room, here: Stay, made: Opened) -> None:
    concern = worry(made, room.tove)
    room.world.actor(room.sanne)
    assert sheet(here).worries[0].open and sheet(here).worries[0].said["facts"] == "Han stod alene ved hallen"
    for field, decided in (("outcome", Decided("file", "Ja", "Tak")), ("reason", Decided("advice", "", "Tak")),
                           ("answer", Decided("advice", "Ja", ""))):
        with broken(field):
            concerns.decide(here, concerns.one(here, concern), decided)
    concerns.decide(here, concerns.one(here, concern), Decided("elsewhere", "Vi taler med ham", "Tak, vi har set den"))
    decided, = sheet(here).worries
    assert not decided.open and decided.decisions[0].reason == "Vi taler med ham"
    with pytest.raises(Outdated):
        concerns.decide(here, concerns.one(here, concern), Decided("advice", "Ja", "Tak"))
    room.world.actor(room.tove)
    assert [(reply.outcome, reply.reader_id) for reply in Reply.objects.all()] == [("advice", room.tove.id)]


def test_a_colleague_works_on_it_until_a_day_and_is_released(room: Room, here: Stay, made: Opened) -> None:
    with broken("colleague"):
        colleagues.add(here, room.tove.id, until=SOON)
    with broken("until"):
        colleagues.add(here, room.karl.id, until=None)
    colleagues.add(here, room.karl.id, until=SOON)
    assert [(each.name, each.until) for each in reading.colleagues(here.file)] == [
        ("Sanne", None), ("Karl", SOON)]
    assert stay(room, room.karl, made).assigned
    room.world.actor(room.sanne)
    assert colleagues.release(here, room.karl.id) and not colleagues.release(here, room.sanne.id)
    with pytest.raises(Http404):
        stay(room, room.karl, made)


def test_a_file_is_given_to_another_owner(room: Room, here: Stay, made: Opened) -> None:
    colleagues.give(here, room.karl.id)
    assert File.objects.get(id=made.file_id).owner_id == room.karl.id
    theirs = stay(room, room.karl, made)
    assert colleagues.release(theirs, room.sanne.id)
    with pytest.raises(Http404):
        stay(room, room.sanne, made)


def test_who_only_works_on_it_adds_nobody_and_places_nothing(room: Room, made: Opened) -> None:
    way(made.person_id, room.karl)
    theirs = stay(room, room.karl, made)
    for act in (lambda: colleagues.add(theirs, room.sanne.id, until=SOON),
                lambda: colleagues.give(theirs, room.karl.id), lambda: place(theirs)):
        with pytest.raises(NotAllowed):
            act()


def test_who_the_file_is_about_is_put_right_and_found_by_what_is_right(room: Room, here: Stay) -> None:
    number = nobodys(born(15), nth=3)
    with broken("name"):
        identifying.correct(here, Entered("", number, None, "", False, ""), edition=1)
    identifying.correct(here, Entered("Emilian Opdigtet", number, None, "", True, ""), edition=1)
    assert sheet(here).who.name == "Emilian Opdigtet" and sheet(here).who.protected
    assert identity.found(here.seat.actor, identity.Identity("", number)) == here.file.person_id
    with pytest.raises(Outdated):
        identifying.correct(here, Entered("Nogen Anden", number, None, "", False, ""), edition=1)


def test_who_has_looked_is_said_by_organisation_day_and_purpose_and_never_by_name(room: Room, here: Stay) -> None:
    look, = looks.of_file(here)
    assert (look.organisation, look.wrong) == ("Gladsaxe Kommune", False)
    assert "Sanne" not in repr(look)


def test_every_act_is_in_the_log_and_no_word_of_it(room: Room, here: Stay) -> None:
    writing.write(here, uuid4(), Said("strength", "Han kan lave mad"))
    place(here)
    with as_role(MIGRATION):
        rows = list(Event.objects.filter(kind="file.written").order_by("at"))
    assert [(row.detail, row.subject, row.purpose) for row in rows] == [
        ({"act": "note"}, here.file.id, "early-help"), ({"act": "placing"}, here.file.id, "early-help")]


def test_no_error_report_holds_what_stands_in_a_file(here: Stay) -> None:
    writing.write(here, uuid4(), Said("strength", "Han kan lave mad"))
    found = sheet(here)
    assert EMIL not in repr(found.who) and "lave mad" not in repr(found.notes)
