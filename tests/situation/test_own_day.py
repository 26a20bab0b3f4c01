"""What the picture has for one's day: answers owed and got, news of one's areas, texts to check. Nobody else's."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import translation

from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part, Task
from lokalnet.places.models import Area
from lokalnet.situation import answering, own_day
from lokalnet.situation.models import Act, Answer, Exact
from tests.doors.people import give_roles
from tests.situation.telling import Telling, frame
from tests.world import World


def due(world: World, member: Member, part: Part) -> list[Task]:
    with translation.override("en"):
        return [task for task in own_day.due_for(frame(world, member)) if task.part == part]


def follow(member: Member, *names: str) -> None:
    with as_role(MIGRATION):
        member.areas.set(Area.objects.filter(name__in=names))


def told(world: World, number: int, where: str, at: datetime, **said: object) -> None:
    telling = Telling(world)
    telling.tell(number, "nuisance", [Area.objects.get(name=where)], at, **said)  # type: ignore[arg-type]
    telling.store()


def test_each_answer_that_is_owed_is_a_task_with_its_deadline(world: World) -> None:
    made = world.report(world.anna, key="one")
    task, = due(world, world.adam, Part.WAITING)
    assert task.url == f"/haendelse/{made}/#answer" and task.title == "Answer: Nuisance, Ballerup"
    assert task.until == answering.deadline(now(), frame(world, world.adam))
    assert due(world, world.anna, Part.WAITING) == due(world, world.berit, Part.WAITING) == []
    answering.answer(frame(world, world.adam), made, Answer.SEEN, "")
    assert due(world, world.adam, Part.WAITING) == []


def test_beyond_twenty_one_task_speaks_for_the_rest(world: World) -> None:
    told(world, 23, "Gladsaxe", now() - timedelta(days=1))
    tasks = due(world, world.adam, Part.WAITING)
    assert len(tasks) == own_day.MOST_OWED + 1
    assert (tasks[-1].title, tasks[-1].url, tasks[-1].until) == ("3 more wait for an answer", "/svar/", None)


def test_an_answer_is_news_to_its_reporter_alone_and_for_a_week(world: World) -> None:
    made = world.report(world.anna, key="one")
    answering.answer(frame(world, world.adam), made, Answer.OUTCOME, "Lampen er skiftet.")
    task, = due(world, world.anna, Part.NEW)
    assert task.title == "Your report was answered: Nuisance, Ballerup" and task.url == "/mine/"
    assert due(world, world.bo, Part.NEW) == due(world, world.adam, Part.NEW) == []
    with as_role(MIGRATION):
        Exact.objects.update(answered_at=now() - timedelta(days=8))
    assert due(world, world.anna, Part.NEW) == []


def test_who_was_answered_and_when_is_written_by_the_act_itself(world: World) -> None:
    """So that no code has to remember it, and an earlier answer that comes later does not put it back."""
    made = world.report(world.anna, key="one")
    answering.answer(frame(world, world.adam), made, Answer.SEEN, "")
    act = Act.objects.get(observation_id=made, kind="answered")
    with as_role(MIGRATION):
        assert Exact.objects.get(observation_id=made).answered_at == act.at
        Act(observation_id=made, organisation_id=world.gladsaxe.id, member=world.adam, kind="answered", answer="seen",
            at=act.at - timedelta(days=1)).save(force_insert=True)
        assert Exact.objects.get(observation_id=made).answered_at == act.at


def test_what_others_told_in_ones_areas_since_yesterday_morning_is_one_task_with_the_number(world: World) -> None:
    follow(world.anna, "Gladsaxe", "Herlev")
    zone = frame(world, world.anna).zone
    yesterday = datetime.combine((now().astimezone(zone) - timedelta(days=1)).date(), time(6), zone)
    told(world, 3, "Gladsaxe", yesterday + timedelta(minutes=1), by=world.adam)
    told(world, 1, "Herlev", yesterday + timedelta(hours=3), by=world.bo)
    told(world, 2, "Ballerup", yesterday + timedelta(hours=3), by=world.adam)
    told(world, 5, "Gladsaxe", yesterday - timedelta(minutes=1), by=world.adam)
    tasks = due(world, world.anna, Part.NEW)
    assert [task.title for task in tasks] == ["3 new observations in Gladsaxe", "1 new observation in Herlev"]
    herlev = Area.objects.get(name="Herlev")
    assert tasks[1].url == f"/overblik/?area={herlev.id}&since={yesterday.date()}"


def test_ones_own_reports_and_those_one_may_not_see_are_no_news(world: World) -> None:
    at = now() - timedelta(hours=1)
    follow(world.anna, "Gladsaxe")
    follow(world.bo, "Gladsaxe")
    told(world, 2, "Gladsaxe", at, by=world.anna, visibility="municipalities")
    assert due(world, world.anna, Part.NEW) == [] and due(world, world.bo, Part.NEW) == []
    told(world, 1, "Gladsaxe", at, by=world.adam, visibility="partnership")
    for member in (world.anna, world.bo):
        assert [task.title for task in due(world, member, Part.NEW)] == ["1 new observation in Gladsaxe"]


def test_who_follows_no_area_has_no_news_of_any(world: World) -> None:
    told(world, 2, "Gladsaxe", now() - timedelta(hours=1), by=world.adam)
    assert due(world, world.anna, Part.NEW) == []


def test_the_months_texts_wait_for_the_data_protection_officer_alone(world: World, monkeypatch) -> None:
    give_roles(world.adam, [Role.DATA_PROTECTION_OFFICER, Role.COORDINATOR])
    made = world.report(world.anna, key="text", text="Uro ved stien")
    last_month = now().replace(day=1) - timedelta(days=3)
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id=made).update(reported_at=last_month)
    task, = due(world, world.adam, Part.MINE)
    assert task.title.startswith("1 text of ") and task.url == "/databeskyttelse/"
    assert due(world, world.anna, Part.MINE) == due(world, world.dorte, Part.MINE) == []


@pytest.mark.parametrize("who", ["anna", "adam", "dorte"])
def test_the_lists_ask_as_often_however_much_there_is(world: World, who: str,
                                                      django_assert_max_num_queries) -> None:
    member = getattr(world, who)
    follow(member, "Gladsaxe", "Herlev", "Ballerup")
    for name in ("Gladsaxe", "Herlev", "Ballerup"):
        told(world, 40, name, now() - timedelta(hours=2))
    here = frame(world, member)
    here.categories, here.organisations, here.areas  # noqa: B018  (asked for once for every page)
    with django_assert_max_num_queries(7):
        list(own_day.due_for(here))
