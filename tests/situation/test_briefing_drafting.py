"""The draft is there from Monday at six in Copenhagen, whatever the clocks and the worker did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Event, Partnership
from lokalnet.analysis.seasons import WEEK as ONE_WEEK
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.situation.briefing import drafting, freezing
from lokalnet.situation.models import Briefing, BriefingState
from tests.situation.briefings import MONDAY_AT_SIX, WEEK
from tests.world import World

pytestmark = pytest.mark.django_db
SCOPES = 4  # the whole partnership and its three municipalities


def drafts(at: datetime, slug: str = "test") -> set[date]:
    """The weeks of the partnership that have a draft once the worker looked at this moment."""
    set_actor(None)
    drafting.draft_missing(at=at)
    with as_role(MIGRATION):
        return set(Briefing.objects.filter(partnership__slug=slug).values_list("week", flat=True))


def test_it_is_made_at_six_and_not_before(world: World) -> None:
    before = drafts(MONDAY_AT_SIX - timedelta(seconds=1))
    assert before == {WEEK - ONE_WEEK}  # the last one that was due
    assert drafts(MONDAY_AT_SIX) == before | {WEEK}


@pytest.mark.parametrize(("monday", "utc"), [
    (date(2026, 3, 23), 5), (date(2026, 3, 30), 4),  # clocks go forward on Sunday the 29th
    (date(2026, 10, 19), 4), (date(2026, 10, 26), 5)])  # and back on Sunday the 25th
def test_six_is_six_on_the_wall_on_both_sides_of_both_changes(world: World, monday: date, utc: int) -> None:
    at = datetime(monday.year, monday.month, monday.day, utc, tzinfo=UTC)
    assert max(drafts(at - timedelta(seconds=1))) == monday - 2 * ONE_WEEK
    assert max(drafts(at)) == monday - ONE_WEEK


def test_the_week_of_a_change_of_clocks_is_a_whole_week(world: World) -> None:
    """Its 167 or 169 hours: a report of the last hour before midnight on Sunday is in it, the next one is not."""
    for sunday in (datetime(2026, 3, 29, 23, 30, tzinfo=COPENHAGEN), datetime(2026, 10, 25, 23, 30, tzinfo=COPENHAGEN)):
        for at in (sunday, sunday + timedelta(hours=1)):
            world.report(world.anna, key=at.isoformat(), occurred_at=at.astimezone(UTC), visibility="partnership")
        monday = sunday.date() - timedelta(days=6)
        drafts(datetime(monday.year, monday.month, monday.day, 6, tzinfo=COPENHAGEN) + ONE_WEEK)
        with as_role(MIGRATION):
            made = Briefing.objects.get(week=monday, municipality=None, partnership=world.partnership)
        assert freezing.frozen(made).whole.told == 1


@pytest.mark.parametrize("late", [timedelta(minutes=11), timedelta(hours=5), timedelta(days=6, hours=23)])
def test_a_worker_that_slept_over_it_makes_it_when_it_wakes(world: World, late: timedelta) -> None:
    assert max(drafts(MONDAY_AT_SIX + late)) == WEEK


def test_weeks_that_were_slept_over_are_all_made(world: World) -> None:
    first = drafts(MONDAY_AT_SIX)
    assert first == {WEEK}
    assert drafts(MONDAY_AT_SIX + 3 * ONE_WEEK) == {WEEK + number * ONE_WEEK for number in range(4)}


def test_after_months_of_sleep_only_the_newest_four_are_made(world: World) -> None:
    drafts(MONDAY_AT_SIX)
    assert len(drafts(MONDAY_AT_SIX + 20 * ONE_WEEK)) == 1 + drafting.MOST_MISSED


def test_looking_twice_makes_nothing_new(world: World) -> None:
    set_actor(None)
    assert drafting.draft_missing(at=MONDAY_AT_SIX) == SCOPES * 2  # of both partnerships
    assert drafting.draft_missing(at=MONDAY_AT_SIX + timedelta(minutes=5)) == 0
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="briefing.drafted").count() == SCOPES * 2


def test_an_exercise_has_no_briefing(world: World) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(exercise_of=world.elsewhere)
    assert drafts(MONDAY_AT_SIX) == set()


def test_a_partnership_elsewhere_has_its_own_monday(world: World) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(timezone="Europe/London")
    assert max(drafts(MONDAY_AT_SIX)) == WEEK - ONE_WEEK
    assert max(drafts(MONDAY_AT_SIX + timedelta(hours=1))) == WEEK


def test_whoever_acts_cannot_use_the_workers_door(world: World) -> None:
    world.actor(world.adam)
    with pytest.raises(ProgrammingError, match="own right"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select draft_briefing(gen_random_uuid(), %s, null, %s, '{}', 'x', now())",
                       [world.partnership.id, WEEK])


@pytest.mark.parametrize("member", ["anna", "bo", "clara", "viggo", "dorte", "lars"])
def test_who_may_not_edit_gets_no_counts_from_the_database(world: World, member: str) -> None:
    world.report(world.anna, key="one", visibility="partnership")
    world.actor(getattr(world, member))
    for question in ("briefing_counts(%s, 'partnership', '-infinity', 'infinity')",
                     "briefing_tellers(%s, 'partnership', null, current_date)",
                     "briefing_measures(%s, 'partnership', null, current_date)",
                     "briefing_promises(%s, current_date)", "briefing_categories(%s)"):
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {question}", [world.partnership.id])
            assert cursor.fetchone() == (0,), question


def test_the_police_get_no_count_of_what_only_the_municipalities_share(world: World) -> None:
    world.report(world.anna, key="one", visibility="municipalities")
    with as_role(MIGRATION):
        world.lars.roles = ["coordinator"]
        world.lars.save()
    for member, audience, number in (("lars", "municipalities", 0), ("lars", "partnership", 0),
                                     ("berit", "municipalities", 1), ("berit", "partnership", 0)):
        world.actor(getattr(world, member))
        with connection.cursor() as cursor:
            cursor.execute("select coalesce(sum(number), 0) from briefing_counts(%s, %s, '-infinity', 'infinity') "
                           "where area_id is null", [world.partnership.id, audience])
            assert cursor.fetchone() == (number,), (member, audience)


def test_no_briefing_goes_back_to_another_week(world: World) -> None:
    drafts(MONDAY_AT_SIX)
    world.actor(world.adam)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Briefing.objects.filter(state=BriefingState.DRAFT).update(week=WEEK - ONE_WEEK)
