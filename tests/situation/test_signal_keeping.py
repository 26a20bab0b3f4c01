"""One signal while it lasts: it opens, grows, fades and closes; what meets becomes one; nobody is told twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.analysis.detection.found import Word
from lokalnet.foundation.roles import MIGRATION, PLACE, as_role
from lokalnet.notices.models import Notice
from lokalnet.places.models import Area
from lokalnet.situation.models import Signal, SignalStep, Theme
from tests.days import today
from tests.situation.looks import MUNICIPAL, WHOLE, candidate, everywhere, keep, seen, signals, steps, told
from tests.world import World

ENTITLED = {"Berit": 1, "Adam": 1, "Lars": 1}  # a coordinator, another, a leader at the police

pytestmark = pytest.mark.django_db


def test_what_is_found_opens_a_signal_with_its_figures_and_its_smallest_area(world: World) -> None:
    assert keep(world, candidate(world)) == ["opened"]
    [signal] = signals(world)
    assert (signal.state, signal.word, signal.observed, signal.reporters, signal.organisations) == (
        "open", "unusual", 9, 4, 3)
    assert (signal.first_day, signal.last_day) == (today() - timedelta(days=2), today())
    with as_role(MIGRATION):
        assert signal.area_id == Area.objects.get(name="Ballerup").id


def test_its_middle_is_the_middle_of_what_was_told_of_it(world: World) -> None:
    """A look's circle reaches further, where nothing was told."""
    found = candidate(world, wide=9)
    told = everywhere([1, 2, 3, 4] * 3, found)
    assert found.center == found.cells[0] != found.cells[-1]
    there = replace(told, told=replace(told.told, x=told.told.x * 0 + found.cells[-1][0],
                                       y=told.told.y * 0 + found.cells[-1][1]))
    assert seen(world, found, sighted=there).middle_of(found) == found.cells[-1]


def test_the_same_again_leaves_no_step(world: World) -> None:
    keep(world, candidate(world))
    assert keep(world, candidate(world), day=1) == []
    assert keep(world, candidate(world, observed=8), day=2) == []


def test_a_report_more_beyond_the_usual_is_growth(world: World) -> None:
    keep(world, candidate(world))
    assert keep(world, candidate(world, observed=11, wide=2), day=1) == ["grew"]
    [signal] = signals(world)
    assert (signal.observed, len(signal.cells)) == (11, 2)


def test_figures_stay_those_of_the_look_that_last_found_more(world: World) -> None:
    """A look at the same a week later finds the same reports in ten days: they were told in three."""
    keep(world, candidate(world))
    keep(world, candidate(world, observed=9, since=9, day=7), day=7)
    assert (signals(world)[0].first_day, signals(world)[0].last_day) == (today() - timedelta(days=2), today())


def test_when_reports_are_taken_back_figures_follow(world: World) -> None:
    keep(world, candidate(world))
    left = everywhere([1, 2, 3, 4, 1], candidate(world))
    assert keep(world, candidate(world, observed=5, word=Word.MAYBE), sighted=left) == ["weaker"]
    assert signals(world)[0].observed == 5


@pytest.mark.parametrize(("before", "after", "kind"), [
    (Word.MAYBE, Word.UNUSUAL, "stronger"), (Word.UNUSUAL, Word.MAYBE, "weaker")])
def test_another_word_is_a_step(world: World, before: Word, after: Word, kind: str) -> None:
    keep(world, candidate(world, word=before))
    assert keep(world, candidate(world, word=after, observed=12), day=1) == [kind]


def test_it_fades_after_three_days_and_closes_after_fourteen(world: World) -> None:
    keep(world, candidate(world))
    came = {day: keep(world, day=day) for day in range(1, 16)}
    assert {day: kinds for day, kinds in came.items() if kinds} == {3: ["fading"], 14: ["closed"]}
    assert signals(world)[0].state == "closed"


def test_found_again_by_a_look_back_without_more_it_is_over_all_the_same(world: World) -> None:
    keep(world, candidate(world))
    came = {day: keep(world, candidate(world, since=2 + day, day=day), day=day) for day in range(1, 27)}
    assert {day: kinds for day, kinds in came.items() if kinds} == {3: ["fading"], 14: ["closed"]}


def test_more_of_what_is_over_is_another_signal(world: World) -> None:
    keep(world, candidate(world))
    keep(world, day=14)
    assert keep(world, candidate(world, since=18, day=16), day=16) == []
    assert keep(world, candidate(world, since=18, day=16, observed=12), day=16) == ["opened"]


def test_found_again_while_it_fades_it_is_back(world: World) -> None:
    keep(world, candidate(world))
    keep(world, day=4)
    assert keep(world, candidate(world, observed=11, since=7, day=5), day=5) == ["back"]
    assert [(each.state, steps(each)) for each in signals(world)] == [("open", ["opened", "fading", "back"])]


def test_what_begins_more_than_a_week_later_is_another(world: World) -> None:
    keep(world, candidate(world))
    keep(world, day=4)
    assert keep(world, candidate(world, day=10, since=2), day=10)[0] == "opened"
    assert len(signals(world)) == 2


@pytest.mark.parametrize(("east", "number"), [(2, 1), (3, 2)])
def test_half_a_kilometre_away_is_the_same_place(world: World, east: int, number: int) -> None:
    keep(world, candidate(world))
    keep(world, candidate(world), candidate(world, east=east))
    assert len(signals(world)) == number


def test_another_group_of_categories_is_another_signal(world: World) -> None:
    keep(world, candidate(world))
    assert keep(world, candidate(world), theme=Theme.UNREST) == ["opened"]


def test_two_that_meet_go_on_as_the_older(world: World) -> None:
    keep(world, candidate(world))
    keep(world, candidate(world), candidate(world, east=4), day=1)
    assert keep(world, candidate(world, wide=5, observed=15), day=2) == ["together", "grew"]
    older, younger = signals(world)
    assert (older.state, younger.state, younger.goes_on_as_id) == ("open", "closed", older.id)
    assert steps(younger) == ["opened", "together"]


def test_of_two_found_at_one_place_the_more_unusual_gives_the_figures(world: World) -> None:
    keep(world, candidate(world))
    keep(world, candidate(world, observed=12), candidate(world, east=1, observed=30), day=1)
    assert [each.observed for each in signals(world)] == [12]


def test_where_too_few_reports_are_left_it_is_too_little_to_go_by(world: World) -> None:
    keep(world, candidate(world))
    left = everywhere([1, 2], candidate(world))
    assert keep(world, sighted=left) == ["weaker"]
    assert (signals(world)[0].word, signals(world)[0].reporters) == ("too-little", 2)
    assert keep(world, sighted=left, day=1) == []


def test_three_reporters_of_one_organisation_are_too_few(world: World) -> None:
    keep(world, candidate(world))
    three = everywhere([1, 2, 3], candidate(world))
    alike = replace(three, told=replace(three.told, organisation=three.told.reporter * 0 + 1))
    assert keep(world, sighted=alike) == ["weaker"]


def test_what_the_partnership_sees_is_not_opened_for_the_municipalities_once_more(world: World) -> None:
    keep(world, candidate(world))
    assert keep(world, candidate(world), audience=MUNICIPAL) == []
    assert keep(world, candidate(world, east=8), audience=MUNICIPAL) == ["opened"]


def test_nor_once_it_is_over_there(world: World) -> None:
    keep(world, candidate(world))
    keep(world, day=14)
    assert keep(world, candidate(world, since=18, day=16, observed=20), day=16, audience=MUNICIPAL) == []


def test_a_municipal_one_goes_on_as_the_partnerships(world: World) -> None:
    keep(world, candidate(world), audience=MUNICIPAL)
    assert keep(world, candidate(world), day=1, audience=WHOLE) == ["opened", "wider"]
    narrow, wide = signals(world)
    assert (narrow.state, narrow.goes_on_as_id, wide.state) == ("closed", wide.id, "open")


# --- who is told ---


def test_those_who_may_judge_it_are_told_once(world: World) -> None:
    for day in range(3):
        keep(world, candidate(world, observed=9 + day), day=day)
    keep(world, day=6)
    keep(world, candidate(world, day=7), day=7)
    assert told(again=True) == ENTITLED


def test_the_database_tells_of_a_signal_once_even_where_the_notices_are_gone(world: World) -> None:
    keep(world, candidate(world))
    with as_role(MIGRATION):
        Notice.objects.all().delete()
    with as_role(PLACE), connection.cursor() as cursor:
        cursor.execute("select tell_signal(%s, '{}', now())", [signals(world)[0].id])
    assert told() == {}


def test_nobody_is_told_of_what_may_be_chance_until_it_is_unusual(world: World) -> None:
    keep(world, candidate(world, word=Word.MAYBE))
    assert told() == {}
    keep(world, candidate(world), day=1)
    assert told() == ENTITLED


def test_the_police_are_not_told_of_what_the_municipalities_see_among_themselves(world: World) -> None:
    keep(world, candidate(world), audience=MUNICIPAL)
    assert told() == {"Berit": 1, "Adam": 1}


def test_who_was_told_of_the_municipal_one_is_not_told_of_the_wider_one(world: World) -> None:
    keep(world, candidate(world), audience=MUNICIPAL)
    keep(world, candidate(world), day=1)
    assert told(again=True) == ENTITLED


def test_who_was_told_of_the_younger_of_two_is_not_told_of_the_older(world: World) -> None:
    keep(world, candidate(world, word=Word.MAYBE))
    keep(world, candidate(world, word=Word.MAYBE), candidate(world, east=4), day=1)
    keep(world, candidate(world, wide=5), day=2)
    assert told(again=True) == ENTITLED


def test_who_has_own_areas_is_told_where_they_hold_it(world: World) -> None:
    with as_role(MIGRATION):
        for member, name in ((world.berit, "Ballerup"), (world.adam, "Gladsaxe")):
            member.areas.add(Area.objects.get(name=name))
    keep(world, candidate(world))
    assert told() == {"Berit": 1, "Lars": 1}


def test_a_second_signal_elsewhere_is_told_for_itself(world: World) -> None:
    keep(world, candidate(world))
    keep(world, candidate(world), candidate(world, east=8), day=1)
    assert told() == dict.fromkeys(ENTITLED, 2)


# --- who may write ---


def test_in_a_members_request_the_detection_writes_nothing(world: World) -> None:
    keep(world, candidate(world))
    world.actor(world.lars)
    with as_role(PLACE), connection.cursor() as cursor:
        cursor.execute("update situation_signal set word = 'maybe'")
        assert cursor.rowcount == 0
        cursor.execute("select count(*) from situation_signal")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError, match="row-level security"), as_role(PLACE):
        SignalStep(signal_id=signals(world)[0].id, kind="grew").save(force_insert=True)


@pytest.mark.parametrize("statement", [
    "insert into situation_signal_step (id, signal_id, at, kind, figures) "
    "select gen_random_uuid(), id, now(), 'grew', '{}' from situation_signal",
    "update situation_signal set word = 'maybe'", "update situation_look set word = 'quiet'",
    "select tell_signal(gen_random_uuid(), '{}', now())"])
def test_the_serving_login_neither_makes_nor_changes_a_signal(world: World, statement: str) -> None:
    keep(world, candidate(world))
    world.actor(world.lars)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def reads(world: World, member: Member) -> int:
    world.actor(member)
    return Signal.objects.count()


def test_who_reads_which(world: World) -> None:
    keep(world, candidate(world))
    keep(world, candidate(world, east=8), audience=MUNICIPAL)
    assert {member.name: reads(world, member) for member in (
        world.anna, world.berit, world.bo, world.lars, world.viggo, world.clara, world.dorte)} == {
            "Anna": 2, "Berit": 2, "Bo": 1, "Lars": 1, "Viggo": 0, "Clara": 0, "Dorte": 0}
    set_actor(None)
    assert Signal.objects.count() == 0
