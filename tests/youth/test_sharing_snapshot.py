"""What is not ticked is not there: of every choice of fields, only what belongs to them is in the snapshot."""

from datetime import timedelta
from itertools import chain, combinations
from uuid import uuid4

import pytest
from django.http import Http404

from lokalnet.disclosure.fields import Shared
from lokalnet.disclosure.gate import snapshots
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.persons import visiting
from lokalnet.persons.identity import Identity
from lokalnet.youth import forums
from lokalnet.youth.files import contacts, placing, sealed, writing
from lokalnet.youth.files.contacts import Reach
from lokalnet.youth.files.entering import Stay
from lokalnet.youth.files.placing import Choice
from lokalnet.youth.files.writing import Said
from lokalnet.youth.models import Concern, ConcernState, ConcernText, NoteKind
from lokalnet.youth.sharing.snapshot import snapshot
from tests.days import today
from tests.persons.numbers import nobodys
from tests.youth.opened import born, opened, stay
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
# A text of its own for everything that a file holds, by the field that it belongs to.
NOTES = {NoteKind.FACT: Shared.CONCERN_FACTS, NoteKind.ASSESSMENT: Shared.ASSESSMENT,
         NoteKind.STRENGTH: Shared.STRENGTHS, NoteKind.OWN_VIEW: Shared.OWN_VIEW,
         NoteKind.PARENTS_VIEW: Shared.OWN_VIEW, NoteKind.AGREEMENT: Shared.AGREEMENTS}
WORRY = {"facts": Shared.CONCERN_FACTS, "source": Shared.CONCERN_FACTS, "assessment": Shared.ASSESSMENT,
         "strengths": Shared.STRENGTHS, "youth_says": Shared.OWN_VIEW, "parents_say": Shared.OWN_VIEW}
NEVER = ("mærke-tried", "mærke-acute", "mærke-who", "mærke-mark", "mærke-reason")
NUMBER = nobodys(born())
MARKED: dict[str, Shared] = (
    {f"mærke-note-{kind.value}": field for kind, field in NOTES.items()}
    | {f"mærke-worry-{part}": field for part, field in WORRY.items()}
    | {"Emil Mærkesen": Shared.IDENTITY, NUMBER: Shared.IDENTITY, "Mærkevej 1": Shared.CONTACT,
       "mærke-telefon": Shared.CONTACT, "mærke-mor": Shared.CONTACT, "mærke-kilde": Shared.CONCERN_FACTS,
       "mærke-rettet": Shared.CONCERN_FACTS})
EVERY = [set(chosen) for chosen in chain.from_iterable(combinations(Shared, n) for n in range(len(Shared) + 1))]


def full(room: Room, *, protected: bool = False) -> Stay:
    who = Identity("Emil Mærkesen", NUMBER, born(), "Mærkevej 1", protected, "mærke-telefon")
    here = stay(room, room.sanne, made := opened(room.world, room.sanne, who=who))
    for kind in NOTES:
        writing.write(here, note := uuid4(), Said(kind.value, f"mærke-note-{kind.value}", "mærke-kilde"))
        if kind == NoteKind.FACT:
            writing.write(here, uuid4(), Said("", "mærke-rettet", "mærke-kilde", corrects=note))
    contacts.add(here, uuid4(), Reach("mærke-mor", "mor", "mærke-telefon"))
    with as_role(MIGRATION):
        forums.install(room.world.gladsaxe)
    forum = forums.of_organisation(here.seat)[0]
    placing.decide(here, uuid4(), Choice(forum.id, "mærke-reason", today() + timedelta(30)))
    with as_role(MIGRATION):
        concern = Concern.objects.create(controller_id=room.sanne.organisation_id, author=room.tove,
                                         person_id=made.person_id, state=ConcernState.SENT,
                                         sent_at=here.visit.entered_at)
        text = ConcernText(concern=concern, controller_id=room.sanne.organisation_id, author=room.tove,
                           person_id=made.person_id)
        text.sealed = sealed.of(made.person_id, room.sanne.organisation_id).sealed(
            text, **{part: f"mærke-worry-{part}" for part in WORRY}, tried="mærke-tried", acute_words="mærke-acute",
            who_name="mærke-who", who_address="mærke-who")
        text.save(force_insert=True)
    return here


def test_of_every_choice_only_what_was_chosen_is_there(room: Room) -> None:
    here = full(room)
    for chosen in EVERY:
        said = str(snapshots.said(snapshot(here.seat, here.file, {each.value for each in chosen}, today=today())))
        said = said.encode().decode("unicode_escape").encode().decode("unicode_escape")
        for text, field in MARKED.items():
            assert (text in said) == (field in chosen), (text, chosen)
        assert not any(text in said for text in NEVER)


def test_a_protected_address_never_leaves_even_where_one_is_written(room: Room) -> None:
    here = full(room, protected=True)
    said = str(snapshots.said(snapshot(here.seat, here.file, set(Shared.values), today=today())))
    assert "rkevej" not in said and "rke-telefon" in said


def test_what_is_no_field_is_left_out_and_what_is_empty_says_so(room: Room) -> None:
    here = stay(room, room.sanne, opened(room.world, room.sanne))
    made = snapshot(here.seat, here.file, ("shoe-size", "strengths", "sealed"), today=today())
    assert [(part.field, part.lines) for part in made] == [(Shared.STRENGTHS, ())]


def test_a_snapshot_comes_out_of_its_seal_as_it_went_in(room: Room) -> None:
    here = full(room)
    made = snapshot(here.seat, here.file, set(Shared.values), today=today())
    assert snapshots.from_said(snapshots.said(made)) == made
    who = snapshots.identity_of(made)
    assert (who.name, who.cpr, who.born, who.address) == ("Emil Mærkesen", NUMBER, born(), "")


def test_without_a_visit_there_is_nothing_to_take(room: Room) -> None:
    here = full(room)
    visiting.leave(here.seat.actor, here.file.person_id, thing="file", subject=here.file.id)
    with pytest.raises(Http404):
        snapshot(here.seat, here.file, ("identity",), today=today())


def test_no_error_report_shows_what_it_holds(room: Room) -> None:
    here = full(room)
    assert "rke" not in repr(snapshot(here.seat, here.file, set(Shared.values), today=today()))
