"""Who writes and reads the signs of an area: proved by SQL, past every page."""

from datetime import date, timedelta

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, transaction

from lokalnet.access import founding
from lokalnet.access.models import Party
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.models import Area
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import quarters
from tests.days import today
from tests.doors.people import give_roles
from tests.situation.assessing import ask, club, insert, neighbourhood, sql, stands, this_quarter

WORDS = "select words from situation_assessment order by words"
REFUSED = "row-level security"


def test_police_and_municipalities_read_all_and_housing_and_clubs_their_own(world) -> None:
    where, carla = neighbourhood(), club(world)
    for member, words in ((world.bo, "a"), (world.anna, "b"), (world.viggo, "c"), (carla, "d")):
        stands(world, member, where, words=words)
    read = {}
    for member in (world.bo, world.anna, world.berit, world.viggo, carla):
        world.actor(member)
        read[member.name] = "".join(row[0] for row in ask(WORDS))
    assert read == {"Bo": "abcd", "Anna": "abcd", "Berit": "abcd", "Viggo": "c", "Carla": "d"}


def test_outside_the_partnership_nothing_is_read(world) -> None:
    stands(world, world.anna, neighbourhood())
    world.actor(world.clara)
    assert ask(WORDS) == []


def test_who_has_left_the_partnership_reads_no_words_of_others(world) -> None:
    where = neighbourhood()
    stands(world, world.anna, where)
    stands(world, world.bo, where, words="politiets")
    with as_role(MIGRATION):
        Party.objects.filter(organisation=world.police).update(valid_to=today() - timedelta(days=1))
    world.actor(world.bo)
    assert ask(WORDS) == [("politiets",)]


def test_without_the_right_nothing_is_read_or_written(world) -> None:
    where = neighbourhood()
    stands(world, world.berit, where)
    world.actor(world.dorte)
    assert ask(WORDS) == []
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        insert(world, world.dorte, where)


def test_only_the_own_organisation_writes_and_in_the_own_name(world) -> None:
    where = neighbourhood()
    world.actor(world.viggo)
    assert insert(world, world.viggo, where) == 1
    for other in ({"organisation_id": world.gladsaxe.id, "member_id": world.viggo.id},
                  {"organisation_id": world.housing.id, "member_id": world.anna.id},
                  {"partnership_id": world.elsewhere.id}):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            insert(world, world.viggo, where, sign="territory", **other)


def test_nobody_changes_the_words_of_another_organisation(world) -> None:
    stands(world, world.viggo, neighbourhood())
    change = "update situation_assessment set words = 'rettet', edition = edition + 1, member_id = %s"
    for member in (world.anna, world.bo, world.berit, world.clara):
        world.actor(member)
        assert sql(change, member.id) == 0
    world.actor(world.viggo)
    assert sql(change, world.viggo.id) == 1


@pytest.mark.parametrize("statement", [
    "delete from situation_assessment", "update situation_assessment set area_id = area_id",
    "update situation_assessment set quarter = quarter", "update situation_assessment set organisation_id = %s",
    "update situation_assessment set sign = 'dealing'", "delete from situation_assessment_version",
    "update situation_assessment_version set words = ''",
    "insert into situation_assessment_version select * from situation_assessment_version"])
def test_what_was_said_of_which_area_stays_and_nothing_is_deleted(world, statement) -> None:
    stands(world, world.anna, neighbourhood())
    world.actor(world.anna)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sql(statement, *([world.gladsaxe.id] if "%s" in statement else []))


def test_a_quarter_closes_fourteen_days_after_it_ended(world) -> None:
    for quarter in (Quarter(2026, 4), Quarter(2027, 1), Quarter(2024, 1)):
        last = quarters.closes(quarter)
        said = ask("select assessment_open(%s, %s), assessment_open(%s, %s), assessment_open(%s, %s)", quarter.first,
                   quarter.first - timedelta(days=1), quarter.first, last, quarter.first, last + timedelta(days=1))
        assert said == [(False, True, False)]
    assert quarters.closes(Quarter(2026, 4)) == date(2027, 1, 14)


def test_a_closed_quarter_is_neither_written_nor_changed(world) -> None:
    where, long_ago = neighbourhood(), this_quarter().before.before
    stands(world, world.anna, where, quarter=long_ago)
    world.actor(world.anna)
    for quarter in (long_ago, this_quarter().after):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            insert(world, world.anna, where, quarter=quarter.first, sign="territory")
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        sql("update situation_assessment set words = 'bagefter', edition = 2")


def test_a_whole_municipality_is_not_assessed(world) -> None:
    whole = Area.objects.get(kind="municipality", name="Gladsaxe")
    world.actor(world.anna)
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        insert(world, world.anna, whole)


@pytest.mark.parametrize("other", [
    {"quarter": date(2026, 11, 1)}, {"sign": "danger"}, {"seen": "often"}, {"certainty": ""},
    {"certainty": "very"}, {"sources": []}, {"sources": ["naboen"]}, {"seen": "cannot-say", "certainty": "low"}])
def test_only_the_fixed_words_are_taken_and_no_more_sureness_than_there_is(world, other) -> None:
    where = neighbourhood()
    with as_role(MIGRATION), pytest.raises((IntegrityError, DataError)), transaction.atomic():
        insert(world, world.anna, where, **other)


def test_a_sign_is_there_once_for_each_organisation_area_and_quarter(world) -> None:
    where = neighbourhood()
    world.actor(world.anna)
    insert(world, world.anna, where)
    with pytest.raises(IntegrityError, match="assessment_once"), transaction.atomic():
        insert(world, world.anna, where)
    assert insert(world, world.anna, neighbourhood("anden")) == 1


def test_earlier_words_are_kept_by_the_database_and_read_by_the_own_organisation_alone(world) -> None:
    stands(world, world.viggo, neighbourhood(), words="først")
    world.actor(world.viggo)
    for number, words in ((2, "så"), (3, "til sidst")):
        sql("update situation_assessment set words = %s, edition = %s", words, number)
    history = "select words, edition, member_id from situation_assessment_version order by edition"
    assert ask(history) == [("først", 1, world.viggo.id), ("så", 2, world.viggo.id)]
    for member in (world.anna, world.bo, world.clara):
        world.actor(member)
        assert ask(history) == []


def test_words_cannot_be_written_over_without_a_trace(world) -> None:
    stands(world, world.anna, neighbourhood())
    world.actor(world.anna)
    with pytest.raises(IntegrityError, match="an edition goes up"), transaction.atomic():
        sql("update situation_assessment set words = 'i stilhed'")


def test_an_organisation_in_two_partnerships_shows_each_only_its_own(world) -> None:
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.police)
    where = neighbourhood()
    stands(world, world.bo, where, words="der", partnership=world.elsewhere)
    world.actor(world.clara)
    assert ask(WORDS) == [("der",)]
    world.actor(world.anna)
    assert ask(WORDS) == []


def test_every_role_of_a_municipality_outside_gives_no_way_in(world) -> None:
    from lokalnet.access.rights import MUNICIPALITY, roles_for

    stands(world, world.anna, where := neighbourhood())
    give_roles(world.clara, roles_for(MUNICIPALITY))
    world.actor(world.clara)
    assert ask(WORDS) == []
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        insert(world, world.clara, where)
