"""Search before writing says what the worker may know, and never whether anybody else holds something."""

import pytest

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.persons import cpr
from lokalnet.persons.identity import Identity
from lokalnet.youth.concerns import searching
from lokalnet.youth.concerns.searching import Found
from lokalnet.youth.models import File
from tests.days import today
from tests.youth.concerns import NAME, begun, born, sent, who, with_file
from tests.youth.people import Room

pytestmark = pytest.mark.django_db

NOTHING = Found(None, "", ())
BY_NAME = Identity(NAME.upper(), "", born())


def search(room: Room, name: str, about: Identity) -> Found:
    return searching.search(room.world.actor(getattr(room, name)), about)


def test_whoever_works_on_the_file_gets_a_link_to_it(room: Room) -> None:
    with_file(room, room.tove)
    with as_role(MIGRATION):
        file = File.objects.get()
    assert search(room, "karl", who()) == search(room, "karl", BY_NAME) == Found(file.id, file.number, ())


@pytest.mark.parametrize("name", ["sanne", "petra", "signe"])
def test_for_everybody_else_it_is_as_if_there_were_nothing(room: Room, name: str) -> None:
    with_file(room, room.tove)
    sent(room, room.karl, who(nth=1))
    for about in (who(), who(nth=1), who(nth=2), BY_NAME):
        assert search(room, name, about) == NOTHING


def test_ones_own_worries_are_found_as_drafts_and_as_sent(room: Room) -> None:
    begun(room, room.tove, who("En anden", nth=3, years=16))
    draft, told = begun(room, room.tove), sent(room, room.tove)
    assert {each.id for each in search(room, "tove", who()).own} == {draft, told}
    assert {each.id for each in search(room, "tove", BY_NAME).own} == {draft, told}
    assert search(room, "tove", who("Ukendt", nth=5)) == NOTHING


def test_the_log_says_that_somebody_searched_and_not_for_whom(room: Room) -> None:
    search(room, "tove", who())
    with as_role(MIGRATION):
        event = Event.objects.get(kind="concern.searched")
    assert event.detail == {"criterion": "cpr"} and event.subject == room.tove.organisation_id
    assert NAME not in str(vars(event)) and who().cpr not in str(vars(event))


def test_who_may_not_tell_of_a_worry_does_not_search(room: Room) -> None:
    with pytest.raises(NotAllowed):
        search(room, "gorm", who())


@pytest.mark.parametrize(("typed", "field"), [
    ({"number": "", "name": "", "born": None}, "cpr"), ({"number": "12", "name": "", "born": None}, "cpr"),
    ({"number": "", "name": NAME, "born": None}, "born"), ({"number": "", "name": NAME, "born": born(8)}, "born"),
    ({"number": who(years=9).cpr, "name": "", "born": None}, "cpr"),
    ({"number": "", "name": NAME, "born": today().replace(year=today().year + 1)}, "born")])
def test_it_wants_a_number_or_a_name_with_a_birth_date_and_nobody_under_ten(typed, field: str) -> None:
    with pytest.raises(BrokenRule) as problem:
        searching.wanted(**typed, today=today())
    assert problem.value.field == field


def test_a_number_alone_is_enough(room: Room) -> None:
    assert searching.wanted(number=who().cpr, name="", born=None, today=today()).born == born()
    assert cpr.age(born(), today()) == 14
