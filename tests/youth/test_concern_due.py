"""My day and the bell: what waits and since when, answers, drafts that were left; by days, never by names."""

from datetime import timedelta

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.youth.concerns import due
from lokalnet.youth.models import Concern, Outcome, Step
from tests.days import today
from tests.doors.people import browser
from tests.youth.concerns import FACTS, NAME, begun, decided, seat, sent, who
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


def test_a_worry_that_waits_is_due_by_its_first_look_with_its_age(room: Room) -> None:
    ordinary, acute = sent(room, room.tove), sent(room, room.tove, who(nth=1), acute=True)
    with as_role(MIGRATION):
        Concern.objects.filter(id=ordinary).update(sent_at=now() - timedelta(days=3))
    tasks = {task.url: task for task in due.due_for(seat(room, room.sanne))}
    first, second = tasks[f"/afklaring/{ordinary}/"], tasks[f"/afklaring/{acute}/"]
    assert first.until == today() + timedelta(days=4) and "3" in first.about and first.part == Part.WAITING
    assert second.until == today() + timedelta(days=1)
    assert not any(word in f"{task.title}{task.about}" for task in tasks.values() for word in (NAME, FACTS))


def test_once_it_was_looked_at_it_has_no_last_day(room: Room) -> None:
    concern_id = sent(room, room.tove)
    for step in (Step.CONTACT, Step.FIRST):
        decided(room, room.sanne, concern_id, step)
    [task] = due.due_for(seat(room, room.sanne))
    assert task.until is None


@pytest.mark.parametrize("name", ["karl", "signe", "petra", "gorm", "freja"])
def test_nobody_else_has_it_in_their_day(room: Room, name: str) -> None:
    sent(room, room.tove)
    assert list(due.due_for(seat(room, getattr(room, name)))) == []


def test_an_answer_waits_to_be_read_and_then_no_more(room: Room) -> None:
    concern_id = sent(room, room.tove)
    decided(room, room.sanne, concern_id, Step.CONTACT, Outcome.ADVICE)
    [task] = due.due_for(seat(room, room.tove))
    assert task.url == f"/bekymring/{concern_id}/"
    browser(room.tove).get(task.url)
    assert list(due.due_for(seat(room, room.tove))) == []


def test_a_draft_is_reminded_of_after_two_days_with_the_day_on_which_it_goes(room: Room) -> None:
    concern_id = begun(room, room.tove)
    assert list(due.due_for(seat(room, room.tove))) == []
    with as_role(MIGRATION):
        Concern.objects.update(made_at=now() - timedelta(days=3), changed_at=now() - timedelta(days=3))
    [task] = due.due_for(seat(room, room.tove))
    assert (task.url, task.until) == (f"/bekymring/{concern_id}/", today() + timedelta(days=11))


def test_in_a_closed_room_nothing_is_due(room: Room, settings) -> None:
    sent(room, room.tove)
    settings.LOKALNET_DEMO = False
    assert list(due.due_for(seat(room, room.sanne))) == []


def said(room: Room, name: str) -> list[str]:
    """The titles of what somebody is told."""
    there = seat(room, getattr(room, name))
    shown = [kinds.said(there, notice) for notice in Notice.objects.all()]
    return [each.title for each in shown if each]


def test_notices_name_nobody_and_end_with_what_they_tell_of(room: Room) -> None:
    concern_id = sent(room, room.tove)
    assert len(said(room, "sanne")) == 1 and NAME not in said(room, "sanne")[0]
    decided(room, room.sanne, concern_id, Step.CONTACT, Outcome.ADVICE)
    assert said(room, "sanne") == [] and len(said(room, "tove")) == 1


def test_a_teachers_day_begins_in_my_day_and_leads_to_a_worry(room: Room) -> None:
    client = browser(room.tove)
    assert client.get("/")["Location"] == "/min-dag/"
    page = client.get("/min-dag/").content.decode()
    assert 'href="/bekymring/"' in page[page.index("<main"):] and "/overblik/" not in page[page.index("<main"):]


@pytest.mark.parametrize("name", ["tove", "sanne", "karl", "petra", "freja"])
def test_raising_a_worry_is_a_button_in_the_menu_of_all_who_may(room: Room, name: str) -> None:
    page = browser(getattr(room, name)).get("/min-dag/")
    assert page.status_code == 200 and any(
        item.url == "/bekymring/" and item.prominent for item in page.context["menu_kept"])
