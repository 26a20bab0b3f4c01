"""Before and after on the measure's page: words first, numbers behind, nothing finer than a cell and a week."""

import re

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Exact, Measure
from tests.access.people import browser_of, events
from tests.situation.effecting import FAR, HERE, NEAR, Weeks, begun, place, signal, week
from tests.situation.measuring import propose
from tests.world import World


@pytest.fixture
def told(world: World) -> None:
    weeks = Weeks(world)
    for number in range(30, 0, -1):
        weeks.tell(week(number), HERE, 4 if number > 8 else 1)
        weeks.tell(week(number), NEAR, 2)
        weeks.tell(week(number), FAR, 5)
    weeks.store()


def page(world: World, member, address: str) -> str:
    client = browser_of(member)
    client.cookies["django_language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def section(world: World, member, measure: Measure) -> str:
    said = page(world, member, f"/indsats/{measure.id}/")
    begin = said.index('id="foer-og-efter"')
    return said[begin:said.index("</section>", begin)]


def test_words_stand_first_and_numbers_behind_them(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    said = page(world, world.berit, f"/indsats/{measure.id}/")
    order = [said.index(each) for each in (
        "Fewer reports than before, beyond what chance gives", "Reports are not crime", "Show the figures",
        "What was counted", "Weighted displacement quotient", "Reports a week")]
    assert order[:4] == sorted(order[:4])
    assert "<svg" in said
    assert events("measure.effect-read")[0].subject == measure.id


def test_no_word_claims_that_the_measure_did_it(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    said = page(world, world.berit, f"/indsats/{measure.id}/").lower()
    assert not re.search(r"\b(worked|effective|because of the measure|thanks to|caused)\b", said)


def test_no_point_and_no_time_stands_in_it(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    for member in (world.berit, world.bo):
        assert not re.search(r"12\.3\d|55\.7\d|\b14[:.]00", section(world, member, measure))


def test_a_measure_of_the_municipalities_is_not_there_for_the_police(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8, visibility="municipalities")
    assert browser_of(world.bo).get(f"/indsats/{measure.id}/").status_code == 404
    assert not events("measure.effect-read")


def test_the_journals_copy_holds_the_words_and_the_numbers(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    copy = page(world, world.berit, f"/indsats/{measure.id}/?journal=text")
    assert "Fewer reports than before, beyond what chance gives." in copy
    assert "Here against elsewhere" in copy


def test_near_the_step_that_agrees_to_it_stands_what_would_be_seen(world: World, told) -> None:
    measure = propose(world, world.berit, areas=[place().id])
    said = page(world, world.berit, f"/indsats/{measure.id}/")
    line = said.index("before 12 weeks can show it")
    assert said.index('id="trin"') < line < said.index("Who may see it?")
    assert "Before and after" not in said


def test_too_early_says_from_when_and_what_would_be_seen_and_shows_no_weeks(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=2)
    said = page(world, world.berit, f"/indsats/{measure.id}/")
    assert "<svg" not in section(world, world.berit, measure)
    assert "Too early: it can be read from" in said
    assert "before 12 weeks can show it" in said


def test_a_measure_without_a_place_says_nothing_of_it(world: World, told) -> None:
    measure = propose(world, world.berit)
    said = page(world, world.berit, f"/indsats/{measure.id}/")
    assert "Before and after" not in said
    assert "can show it" not in said
    assert not events("measure.effect-read")


def test_where_nobody_told_anything_it_asks_for_another_sign(world: World) -> None:
    where = place()
    for measure in (propose(world, world.berit, areas=[where.id]), begun(world, world.berit, where, weeks_ago=2)):
        assert "another sign of success" in page(world, world.berit, f"/indsats/{measure.id}/")
    measure = begun(world, world.berit, where, weeks_ago=8)
    assert "Too little was told before it began" in page(world, world.berit, f"/indsats/{measure.id}/")


def test_that_some_of_a_fall_comes_by_itself_is_said_unless_the_signal_is_cut_off(world: World, told) -> None:
    measure = begun(world, world.berit, place(), weeks_ago=8)
    warning = "may have gone back by itself"
    assert warning in page(world, world.berit, f"/indsats/{measure.id}/")
    signal(world, measure, first_day=week(9))
    said = page(world, world.berit, f"/indsats/{measure.id}/")
    assert warning not in said
    assert "what is unusual goes back by itself" in said


def test_nobody_can_tell_from_it_which_reports_were_told_by_those_who_were_sent(world: World, told) -> None:
    """Whoever gets a report coarsely is not to know (flagging.py): the numbers are the same whether it was or not."""
    measure = begun(world, world.berit, place(), weeks_ago=8)
    before = section(world, world.bo, measure)
    with as_role(MIGRATION):
        some = Exact.objects.filter(occurred_at__date__gte=week(20), occurred_at__date__lt=week(18))
        assert some.update(planned_presence=True) == 22
    assert section(world, world.bo, measure) == before
