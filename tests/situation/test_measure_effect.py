"""Before and after of a measure: counted by hand, and only for whoever may see what is unusual."""

from datetime import timedelta

import pytest

from lokalnet.analysis.effects.comparing import Change
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.measures.effects import counting
from lokalnet.situation.measures.effects.effect import Effect, effect
from lokalnet.situation.measures.effects.places import Zone
from lokalnet.situation.models import Measure, Step, Theme
from tests.situation.effecting import FAR, HERE, NEAR, Weeks, begun, link, place, signal, week
from tests.situation.measuring import propose, set_past
from tests.situation.telling import area, frame
from tests.world import World


@pytest.fixture
def weeks(world: World) -> Weeks:
    return Weeks(world)


def read(world: World, member, measure: Measure) -> Effect:
    found = effect(frame(world, member), Measure.objects.get(id=measure.id))
    assert found is not None
    return found


def test_each_week_and_place_is_counted_as_by_hand(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 3 if number > 8 else 1)
        weeks.tell(week(number), NEAR, 2)
        weeks.tell(week(number), FAR, 5)
    weeks.store()
    found = read(world, world.berit, begun(world, world.berit, place(), weeks_ago=8))
    assert found.times is not None
    assert (found.times.before[0], found.times.before[-1]) == (week(29), week(9))  # the first week of all is cut off
    assert found.times.after == tuple(week(number) for number in range(8, 0, -1))
    assert found.read is not None
    told = found.read.told
    assert [series.sums for series in (told.here, told.around, told.elsewhere)] == [(63, 8), (42, 16), (105, 40)]
    assert told.here.after == (1,) * 8
    assert told.reporters.sums == (21, 8)
    assert found.read.change == Change.FEWER
    assert found.read.found.ratio.ratio == pytest.approx((8 / 63) / (40 / 105))


def test_one_reporter_one_cell_and_one_day_count_once(world: World, weeks: Weeks) -> None:
    weeks.tell(week(20), FAR)
    weeks.tell(week(5), HERE, 4, day=2)
    weeks.tell(week(5), HERE, 1, day=2, by=world.bo)
    weeks.tell(week(5), HERE, 1, day=3)
    weeks.store()
    found = read(world, world.berit, begun(world, world.berit, place(), weeks_ago=8))
    assert counting.of(found.counted.everything, Zone.HERE, [week(5)]) == (3,)


def test_it_is_too_early_until_four_whole_weeks_have_passed(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE)
    weeks.store()
    where = place()
    early = read(world, world.berit, begun(world, world.berit, where, weeks_ago=3))
    assert early.read is None
    assert early.times is not None
    assert (early.times.too_early, early.times.readable) == (True, week(3) + timedelta(weeks=4))
    assert read(world, world.berit, begun(world, world.berit, where, weeks_ago=4)).read is not None


def test_fewer_than_eight_whole_weeks_before_say_nothing(world: World, weeks: Weeks) -> None:
    for number in range(16, 0, -1):  # the first of them is cut off: nobody knows since which day was told
        weeks.tell(week(number), HERE)
    weeks.store()
    where = place()
    assert read(world, world.berit, begun(world, world.berit, where, weeks_ago=8)).read is None
    assert read(world, world.berit, begun(world, world.berit, where, weeks_ago=7)).read is not None


def test_a_measure_that_is_over_is_read_until_its_end(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE)
    weeks.store()
    measure = begun(world, world.berit, place(), weeks_ago=8)
    set_past(measure, state="done", ended_on=week(3))
    found = read(world, world.berit, measure)
    assert found.times is not None
    assert (found.times.after[-1], found.times.over) == (week(4), True)


def test_a_municipality_reads_what_municipalities_share_and_the_police_see_no_such_measure(
        world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 1, visibility="municipalities")
        weeks.tell(week(number), HERE, 1, visibility="partnership", by=world.bo)
    weeks.store()
    where = place()
    ours = begun(world, world.berit, where, weeks_ago=8, visibility="municipalities")
    shared = begun(world, world.berit, where, weeks_ago=8)
    assert read(world, world.berit, ours).read.told.here.sums == (42, 16)
    for member in (world.berit, world.bo):
        assert read(world, member, shared).read.told.here.sums == (21, 8)
    here = frame(world, world.bo)
    assert not Measure.objects.filter(id=ours.id).exists()
    assert effect(here, ours) is None  # were it shown to them by a mistake elsewhere


def test_a_measure_of_the_police_alone_is_read_by_what_all_partners_get(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 1, visibility="municipalities")
        weeks.tell(week(number), HERE, 1)
    weeks.store()
    measure = begun(world, world.lars, place(), weeks_ago=8, visibility="organisation")
    assert read(world, world.lars, measure).read.told.here.sums == (21, 8)


def test_it_is_about_the_groups_of_its_observations_or_else_all(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE)
        weeks.tell(week(number), HERE, category="vandalism")
    weeks.store()
    measure = begun(world, world.berit, place(), weeks_ago=8)
    found = read(world, world.berit, measure)
    assert (len(found.themes), found.read.told.here.sums) == (4, (21, 8))  # one reporter, one cell, one day
    link(world, measure, "vandalism")
    found = read(world, world.berit, measure)
    assert (found.themes, found.read.told.here.sums) == ((Theme.DAMAGE,), (21, 8))


def test_a_change_that_hangs_on_those_who_were_sent_is_none(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 3)
        weeks.tell(week(number), FAR, 5)
        if number <= 8:
            weeks.tell(week(number), HERE, 7, by=world.bo, flagged=True)
    weeks.store()
    found = read(world, world.berit, begun(world, world.berit, place(), weeks_ago=8)).read
    assert found is not None
    assert (found.found.change, found.without, found.change) == (Change.MORE, Change.UNCLEAR, Change.UNCLEAR)


def test_more_people_telling_everywhere_is_no_more_here(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        for member in (world.anna, world.bo)[:1 if number > 8 else 2]:
            weeks.tell(week(number), HERE, 3, by=member)
            weeks.tell(week(number), FAR, 7, by=member)
    weeks.store()
    found = read(world, world.berit, begun(world, world.berit, place(), weeks_ago=8)).read
    assert found is not None
    assert found.found.alone.more
    assert found.found.ratio.ratio == pytest.approx(1)
    assert found.found.by_effort.ratio == pytest.approx(1)
    assert found.change == Change.UNCLEAR


def test_what_came_of_a_signal_has_its_before_before_the_signal(world: World, weeks: Weeks) -> None:
    for number in range(40, 0, -1):
        weeks.tell(week(number), HERE, 1 if number > 12 else 6)
    weeks.store()
    measure = begun(world, world.berit, place(), weeks_ago=8)
    signal(world, measure, first_day=week(12) + timedelta(days=2))
    found = read(world, world.berit, measure)
    assert found.times is not None
    assert found.times.before[-1] == week(13)
    assert found.read.told.here.before == (1,) * 26


def test_the_places_of_other_measures_meanwhile_are_no_comparison(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE)
        weeks.tell(week(number), FAR, 3)
    weeks.store()
    measure = begun(world, world.berit, place(), weeks_ago=8)
    begun(world, world.berit, area("neighbourhood", "fjern", (FAR[0] - .004, FAR[1] - .002, FAR[0] + .004,
                                                             FAR[1] + .002)), weeks_ago=8)
    found = read(world, world.berit, measure)
    assert found.counted.left_out == 1
    assert found.read.told.elsewhere.sums == (0, 0)
    assert found.read.found.against is None


def test_before_it_begins_it_is_told_what_would_be_seen(world: World, weeks: Weeks) -> None:
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 3)
    weeks.store()
    found = read(world, world.berit, propose(world, world.berit, areas=[place().id]))
    assert (found.times, found.read) == (None, None)
    assert found.smallest is not None
    assert (found.smallest.usual, found.smallest.weeks_before) == (3.0, 26)
    assert found.smallest.detectable.fewer == pytest.approx(0.5, abs=0.02)


def test_what_was_dropped_before_anybody_started_it_has_no_after(world: World, weeks: Weeks) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    with as_role(MIGRATION):
        Step.objects.filter(measure=measure, kind="started").delete()
    set_past(measure, state="dropped", ended_on=week(2))
    assert effect(frame(world, world.berit), Measure.objects.get(id=measure.id)) is None
