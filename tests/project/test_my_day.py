"""My day: what is late first, then what is for now, then the rest by what it is. It is where the day begins."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from lokalnet.access.models import Event
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.interface import due
from lokalnet.interface.due import Part, Task
from lokalnet.project import my_day
from tests.doors.people import browser, give_roles
from tests.world import World

TODAY = date(2026, 11, 23)


def place(tasks: list[Task]) -> list[tuple[str, list[str]]]:
    with translation.override("en"):
        return [(section.heading, [line.title for line in section.lines])
                for section in my_day._sections(tasks, TODAY)]


@pytest.fixture
def only(monkeypatch):
    """What is due is what the test says."""
    def said(*tasks: Task) -> None:
        monkeypatch.setattr(due, "_lists", [lambda _frame: tasks])
    return said


def test_what_is_late_and_what_is_for_now_come_first_whatever_they_are() -> None:
    assert place([
        Task(Part.NEW, "news", "/"), Task(Part.MINE, "mine late", "/", TODAY - timedelta(days=2)),
        Task(Part.WAITING, "answer late", "/", TODAY - timedelta(days=1)), Task(Part.MINE, "mine", "/"),
        Task(Part.WAITING, "answer today", "/", TODAY), Task(Part.NEW, "tomorrow", "/", TODAY + timedelta(days=1)),
        Task(Part.WAITING, "answer", "/", TODAY + timedelta(days=2))]) == [
            ("Overdue", ["mine late", "answer late"]), ("Today and tomorrow", ["answer today", "tomorrow"]),
            ("Waiting for your answer", ["answer"]), ("Your tasks", ["mine"]), ("New for you", ["news"])]


def test_a_section_with_nothing_in_it_is_not_there() -> None:
    assert place([]) == []
    assert place([Task(Part.MINE, "mine", "/")]) == [("Your tasks", ["mine"])]


@pytest.mark.parametrize(("days", "words"), [
    (-3, "3 days overdue"), (-1, "1 day overdue"), (0, "today"), (1, "tomorrow"), (4, "Friday 27 Nov")])
def test_a_last_day_is_said_as_one_would_say_it(days: int, words: str) -> None:
    with translation.override("en"):
        assert my_day._until(TODAY + timedelta(days=days), TODAY) == words


def test_a_long_section_shows_its_first_and_unfolds_the_rest(world: World, only) -> None:
    only(*(Task(Part.MINE, f"Opgave {number}", "/") for number in range(14)))
    page = browser(world.anna).get("/min-dag/")
    section, = page.context["sections"]
    assert (len(section.first), len(section.rest)) == (my_day.SHOWN, 14 - my_day.SHOWN)
    assert all(f"Opgave {number}<" in page.content.decode() for number in range(14))


def test_an_empty_day_says_what_to_do_next_by_what_one_may(world: World, only) -> None:
    only()
    give_roles(world.berit, [Role.DATA_PROTECTION_OFFICER])
    for member, there, absent in ((world.anna, ("/del/", "/overblik/", "/mine-omraader/"), "/log/"),
                                  (world.berit, ("/log/",), "/del/")):
        page = browser(member).get("/min-dag/").content.decode()
        main = page[page.index("<main"):]
        assert all(f'href="{address}"' in main for address in there) and f'href="{absent}"' not in main


@pytest.mark.parametrize(("who", "address"), [
    ("anna", "/min-dag/"), ("bo", "/min-dag/"), ("viggo", "/min-dag/"), ("dorte", "/log/")])
def test_the_day_begins_with_my_day_and_the_officers_with_the_log(world: World, who: str, address: str) -> None:
    assert browser(getattr(world, who)).get("/").headers["Location"] == address


def test_who_can_have_nothing_due_has_no_day_and_begins_elsewhere(world: World) -> None:
    give_roles(world.viggo, [Role.ADMINISTRATOR])
    assert browser(world.viggo).get("/min-dag/").status_code == 403
    assert browser(world.viggo).get("/").headers["Location"] == "/telefoner/"


def test_looking_at_ones_day_leaves_a_trace(world: World) -> None:
    browser(world.anna).get("/min-dag/")
    with as_role(MIGRATION):
        event = Event.objects.get(kind="day.read", member=world.anna)
    assert (event.purpose, event.subject_kind, event.subject) == ("report", "partnership", world.partnership.id)


def test_the_partnership_that_was_chosen_is_the_one_that_is_shown(world: World, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(due, "_lists", [lambda frame: asked.append(frame.partnership.slug) or []])
    client = browser(world.anna)
    client.get("/min-dag/?partnership=test")
    assert asked == ["test"]
    assert client.get("/min-dag/?partnership=andet").status_code == 404


def test_a_task_stands_on_the_page_with_its_day_and_a_quiet_line(world: World, only) -> None:
    only(Task(Part.WAITING, "Svar på <noget>", "/svar/", date(2020, 1, 1), "Gladsaxe"))
    page = browser(world.anna).get("/min-dag/").content.decode()
    assert '<a href="/svar/">Svar på &lt;noget&gt;</a>' in page and '<span class="quiet">Gladsaxe</span>' in page
