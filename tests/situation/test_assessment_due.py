"""Which areas wait for the own organisation's words: one task, when the quarter nears its end."""

from datetime import date

import pytest
from django.utils import translation

from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.interface import due
from lokalnet.interface.due import Part
from lokalnet.places.models import Area
from lokalnet.situation.areas.figures import Quarter
from lokalnet.situation.assessments import quarters
from lokalnet.situation.assessments.due import due_for
from tests.situation.assessing import neighbourhood, stands
from tests.situation.telling import frame

FOURTH = Quarter(2026, 4)
IN_DECEMBER = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def on(monkeypatch):
    return lambda day: monkeypatch.setattr(quarters, "today", lambda: day)


def areas_of(member: Member, *areas: Area) -> None:
    with as_role(MIGRATION):
        member.areas.set(areas)


@pytest.mark.parametrize(("day", "quarter", "until"), [
    (date(2026, 12, 10), None, None), (date(2026, 12, 11), "4", date(2027, 1, 14)),
    (date(2026, 12, 31), "4", date(2027, 1, 14)), (date(2027, 1, 14), "4", date(2027, 1, 14)),
    (date(2027, 1, 15), None, None), (date(2027, 3, 11), "1", date(2027, 4, 14))])
def test_it_is_due_from_three_weeks_before_the_end_until_it_closes(world, on, day, quarter, until) -> None:
    areas_of(world.anna, neighbourhood())
    on(day)
    tasks = due_for(frame(world, world.anna))
    assert [(task.title, task.until) for task in tasks] == (
        [(f"Area assessment for Q{quarter}: 1 area is missing", until)] if quarter else [])


def test_it_is_one_task_and_leads_to_the_list(world, on) -> None:
    areas_of(world.anna, *(neighbourhood(code) for code in "abc"))
    on(IN_DECEMBER)
    task, = due_for(frame(world, world.anna))
    assert task.title == "Area assessment for Q4: 3 areas are missing" and task.part == Part.MINE
    assert task.url == "/vurderinger/?kvartal=2026-4" and task.about == "Sted a, Sted b, Sted c"


def test_what_a_colleague_has_written_is_not_missing_and_what_others_wrote_is(world, on) -> None:
    first, second, third = (neighbourhood(code) for code in "abc")
    areas_of(world.anna, first, second, third)
    on(IN_DECEMBER)
    stands(world, world.adam, first, quarter=FOURTH)
    stands(world, world.bo, second, quarter=FOURTH)
    stands(world, world.anna, third, quarter=FOURTH.before)
    task, = due_for(frame(world, world.anna))
    assert task.about == "Sted b, Sted c"
    for area in (second, third):
        stands(world, world.anna, area, quarter=FOURTH)
    assert due_for(frame(world, world.anna)) == []


def test_a_member_with_a_municipality_has_the_areas_that_lie_in_it(world, on) -> None:
    neighbourhood("ballerup"), neighbourhood("herlev", (12.43, 55.72, 12.44, 55.74))
    areas_of(world.anna, Area.objects.get(kind="municipality", name="Ballerup"))
    on(IN_DECEMBER)
    task, = due_for(frame(world, world.anna))
    assert task.about == "Sted ballerup"


def test_a_coordinator_without_areas_looks_after_all_and_others_after_none(world, on) -> None:
    for code in "abcd":
        neighbourhood(code)
    on(IN_DECEMBER)
    task, = due_for(frame(world, world.berit))
    assert "4 areas are missing" in task.title and task.about == "Sted a, Sted b, Sted c …"
    assert due_for(frame(world, world.anna)) == due_for(frame(world, world.dorte)) == []


def test_my_day_asks_for_it(world, on) -> None:
    areas_of(world.viggo, neighbourhood())
    on(IN_DECEMBER)
    assert any("Area assessment" in task.title for task in due.for_frame(frame(world, world.viggo)))
