"""What a conflict asks of whom: on my day, and in the fewest questions."""

import pytest
from django.utils import translation

from lokalnet.interface.due import Part, Task
from lokalnet.situation.conflicts import due, log, opening, reviews, saying, tree
from tests.situation.conflicting import TITLE, days_go_by, leader, opened, proposed, seen_by, template
from tests.situation.telling import frame
from tests.world import World


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


def tasks(world: World, member) -> dict[str, Task]:
    """By their title without the conflict's name."""
    return {task.title.removesuffix(f": {TITLE}"): task for task in due.due_for(frame(world, member))}


def test_a_proposal_waits_for_whoever_can_be_the_second_party(world: World) -> None:
    made = proposed(world)
    task = tasks(world, world.berit)["Confirm that conflict readiness opens"]
    assert (task.part, task.url, task.about) == (Part.WAITING, f"/konflikt/{made}/", "proposed by Testpolitiet")
    for member in (world.lars, world.anna, world.viggo, world.clara):
        assert tasks(world, member) == {}


def test_who_does_not_lead_hears_that_one_is_open(world: World) -> None:
    made = opened(world)
    for member in (world.anna, world.bo):
        task = tasks(world, member)["Conflict readiness is open"]
        assert (task.part, task.url) == (Part.NEW, f"/konflikt/{made}/")
    assert tasks(world, world.viggo) == tasks(world, world.clara) == {}


def test_the_days_review_is_due_until_it_is_held(world: World) -> None:
    made = opened(world)
    assert "Hold the day's review" not in tasks(world, world.berit)
    days_go_by(made, 1)
    conflict = seen_by(world, world.berit, made)
    task = tasks(world, world.berit)["Hold the day's review"]
    assert (task.part, task.until, task.url) == (Part.WAITING, conflict.today, f"/konflikt/{made}/#review")
    reviews.hold(conflict, changed="Roligt.", choice="hold", who="")
    assert "Hold the day's review" not in tasks(world, world.lars)


def test_a_message_waits_for_those_who_have_not_agreed(world: World) -> None:
    lone, made = leader(world), opened(world)
    saying.draft(seen_by(world, world.berit, made), audience="schools", words="Skolen er åben.", builds_on="")
    assert "Agree to a message" not in tasks(world, world.berit)
    assert tasks(world, world.lars)["Agree to a message"].about == "Schools and after-school care"
    message, = saying.messages(seen_by(world, world.lars, made), [])
    saying.agree(seen_by(world, world.lars, made), message.id, number=1)
    assert "Agree to a message" not in tasks(world, lone)


def test_a_message_on_something_refuted_is_a_task_for_all_who_lead(world: World) -> None:
    made = opened(world)
    log.add(seen_by(world, world.anna, made), "Skolen lukker.")
    entry, = log.entries(seen_by(world, world.berit, made))
    saying.draft(seen_by(world, world.berit, made), audience="schools", words="Skolen lukker.", builds_on=str(entry.id))
    log.hold(seen_by(world, world.bo, made), entry.id, standing="refuted", reason="Den er åben.", newest="")
    for member in (world.berit, world.lars):
        assert "A message builds on something that is refuted" in tasks(world, member)


def test_the_contact_tree_is_a_task_until_all_are_settled(world: World) -> None:
    template(world)
    made = opened(world)
    assert tasks(world, world.lars)["Ring on in the contact tree"].about == "5 are not reached yet"
    for line in tree.used(seen_by(world, world.lars, made)).lines:
        tree.ring(seen_by(world, world.lars, made), line.id, "reached")
    assert "Ring on in the contact tree" not in tasks(world, world.lars)


def test_that_it_stands_down_by_itself_is_told_three_days_before(world: World) -> None:
    made = opened(world)
    days_go_by(made, 10)
    assert "Stands down by itself" not in tasks(world, world.berit)
    days_go_by(made, 1)
    task = tasks(world, world.berit)["Stands down by itself"]
    assert task.until == seen_by(world, world.berit, made).measure.ends_on
    days_go_by(made, 4)
    assert tasks(world, world.berit) == {}


def test_after_it_stood_down_nothing_is_due(world: World) -> None:
    template(world)
    made = opened(world)
    opening.stand_down(seen_by(world, world.berit, made), "Roligt.", "Uroen stoppede.")
    assert tasks(world, world.berit) == tasks(world, world.anna) == {}


def test_where_there_is_no_conflict_it_is_one_question(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    here = frame(world, world.berit)
    with django_assert_num_queries(1):
        assert due.due_for(here) == []
