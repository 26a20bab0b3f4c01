"""From last week: what is taken up again stands in the next week's briefing, and in the one after only if it is said
again there. Measures that were decided stand there with their state of now.
"""

import uuid

import pytest
from django.http import Http404

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.briefing import carrying, deciding
from lokalnet.situation.models import Briefing, DecisionKind, Measure
from tests.situation.meetings import approved, drafted, follow, frame, measure, nothing
from tests.world import World

pytestmark = pytest.mark.django_db


def left(world: World, briefing: Briefing) -> list[tuple[str, str, str]]:
    """As the police read it."""
    found = carrying.left(frame(world, world.lars), briefing)
    return [(each.outcome.kind.value, each.about, each.outcome.words or (
        each.outcome.measure.title if each.outcome.measure else "")) for each in found]


def test_the_first_briefing_has_nothing_from_last_week(world: World) -> None:
    assert left(world, approved(world)) == []


def test_what_is_taken_up_again_and_what_became_a_measure_stand_in_the_next_weeks(world: World) -> None:
    first = approved(world)
    follow(world, first, "Lampen")
    measure(world, first, slug="new")
    nothing(world, first, slug="good")
    second = approved(world, weeks=1)
    kinds = [(kind, words) for kind, _about, words in left(world, second)]
    assert kinds == [("follow", "Lampen"), ("measure", "Lys på stien")]


def test_a_coordinator_has_them_in_the_draft_already(world: World) -> None:
    follow(world, approved(world), "Lampen")
    draft = drafted(world, weeks=1)
    found = carrying.left(frame(world, world.berit), draft)
    assert [each.outcome.words for each in found] == ["Lampen"]


def test_what_was_said_to_be_nothing_after_all_is_not_taken_up(world: World) -> None:
    first = approved(world)
    follow(world, first, "Lampen")
    nothing(world, first)
    assert left(world, approved(world, weeks=1)) == []


def test_a_measure_stays_decided_when_something_else_is_decided_after_it(world: World) -> None:
    first = approved(world)
    measure(world, first)
    measure(world, first, title="Lås på kælderen")
    nothing(world, first)
    titles = [words for _kind, _about, words in left(world, approved(world, weeks=1))]
    assert titles == ["Lys på stien", "Lås på kælderen"]


def test_the_week_after_has_it_only_if_it_is_followed_again(world: World) -> None:
    first = approved(world)
    again, once = follow(world, first, "Lampen"), follow(world, first, "Noget godt", slug="good")
    second = approved(world, weeks=1)
    follow(world, second, "Lampen, stadig", slug=f"followed.{again}")
    nothing(world, second, slug=f"followed.{once}")
    third = approved(world, weeks=2)
    [(kind, about, words)] = left(world, third)
    assert (kind, words) == ("follow", "Lampen, stadig")
    assert about == carrying.about(frame(world, world.lars), "happened")
    assert left(world, approved(world, weeks=3)) == []


def test_a_week_without_a_meeting_loses_nothing(world: World) -> None:
    follow(world, approved(world), "Lampen")
    drafted(world, weeks=1)
    assert [words for _kind, _about, words in left(world, approved(world, weeks=2))] == ["Lampen"]


def test_a_measure_has_its_state_of_now_and_one_that_was_narrowed_no_title(world: World) -> None:
    measure(world, approved(world))
    second = approved(world, weeks=1)
    with as_role(MIGRATION):
        Measure.objects.update(state="agreed")
    [row] = carrying.left(frame(world, world.lars), second)
    assert row.outcome.measure and row.outcome.measure.standing == "agreed"
    with as_role(MIGRATION):
        Measure.objects.update(visibility="municipalities")
    [row] = carrying.left(frame(world, world.lars), second)
    assert row.outcome.lost
    [row] = carrying.left(frame(world, world.berit), second)
    assert not row.outcome.lost


def test_what_is_taken_up_from_one_place_is_not_from_anothers(world: World) -> None:
    follow(world, approved(world, municipality="Ballerup"), "Skolerne")
    for municipality, words in (("Ballerup", ["Skolerne"]), ("Gladsaxe", []), (None, [])):
        briefing = approved(world, weeks=1, municipality=municipality)
        found = carrying.left(frame(world, world.berit), briefing)
        assert [each.outcome.words for each in found] == words


def test_only_what_last_week_left_can_be_decided_about_as_such(world: World) -> None:
    first = approved(world)
    key = follow(world, first, "Lampen")
    with pytest.raises(Http404):
        deciding.decide(frame(world, world.berit), first.id, f"followed.{key}", DecisionKind.NOTHING, words="",
                        key=uuid.uuid4())
