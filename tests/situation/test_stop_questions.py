"""Once a year, of an area with signals: what would have to be true for us to stop?"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import Outdated
from lokalnet.foundation.times import now
from lokalnet.interface import due
from lokalnet.places.models import Area
from lokalnet.situation.models import StopQuestion
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.signals import stopping
from tests.days import today
from tests.doors.people import browser
from tests.situation.signalling import frame, neighbourhood, read, signal
from tests.world import World

pytestmark = pytest.mark.django_db
WORDS = "Når vi i to måneder har hørt om højst en handel om ugen."


def begun(world: World, days: int, **said: object) -> Area:
    """A neighbourhood whose signal began so many days ago."""
    area = neighbourhood()
    signal(world, first_day=today() - timedelta(days=days), last_day=today() - timedelta(days=days), **said)
    return area


def answered(world: World, area: Area, days: int) -> None:
    with as_role(MIGRATION):
        StopQuestion.objects.create(partnership=world.partnership, area=area, year=2026, words=WORDS,
                                    member=world.berit, organisation=world.ballerup, at=now() - timedelta(days=days))


def waits(world: World, name: str = "berit") -> bool:
    return any(each.waits for each in stopping.asked(frame(world, getattr(world, name))))


@pytest.mark.parametrize(("days", "asked"), [(80, False), (100, True), (360, True)])
def test_it_is_asked_three_months_after_the_first_signal(world: World, days: int, asked: bool) -> None:
    begun(world, days)
    assert waits(world) is asked


@pytest.mark.parametrize(("days", "asked"), [(300, False), (370, True)])
def test_it_is_asked_again_a_year_after_the_answer(world: World, days: int, asked: bool) -> None:
    answered(world, begun(world, 200), days)
    assert waits(world) is asked


def test_an_area_without_a_signal_in_the_last_year_is_not_asked(world: World) -> None:
    begun(world, 400)
    assert stopping.asked(frame(world, world.berit)) == []
    assert "No area had a signal in the last year" in read(world.berit, "/usaedvanligt/stop/").content.decode()


def test_an_area_whose_signals_a_reader_does_not_get_is_not_shown_to_them(world: World) -> None:
    answered(world, begun(world, 200, audience="municipalities"), 10)
    assert stopping.asked(frame(world, world.bo)) == []
    assert WORDS not in read(world.bo, "/usaedvanligt/stop/").content.decode()
    assert WORDS in read(world.anna, "/usaedvanligt/stop/").content.decode()


def test_the_answer_stands_on_the_areas_page_with_the_organisation_and_no_name(world: World) -> None:
    area = begun(world, 200)
    answered(world, area, 10)
    there = read(world.bo, f"/omraade/{area.id}/").content.decode()
    assert WORDS in there and "Ballerup Kommune" in there and "Berit" not in there


def test_what_goes_on_stands_on_the_areas_page_and_nothing_of_an_area_elsewhere(world: World) -> None:
    area, elsewhere = neighbourhood(), neighbourhood((12.5, 55.74), "Høje Gladsaxe")
    about = signal(world)
    assert str(about.id) in read(world.bo, f"/omraade/{area.id}/").content.decode()
    assert str(about.id) not in read(world.bo, f"/omraade/{elsewhere.id}/").content.decode()


def test_a_coordinator_has_it_in_the_day_until_it_is_answered(world: World) -> None:
    area = begun(world, 120)
    assert in_day(world, world.berit) == 1 and in_day(world, world.anna) == in_day(world, world.lars) == 0
    stopping.answer(frame(world, world.berit), area.id, WORDS, key=uuid4(), edition=0)
    assert in_day(world, world.berit) == 0


def test_it_is_answered_by_those_who_judge_and_logged(world: World) -> None:
    area = begun(world, 120)
    with pytest.raises(NotAllowed):
        stopping.answer(frame(world, world.anna), area.id, WORDS, key=uuid4(), edition=0)
    stopping.answer(frame(world, world.lars), area.id, WORDS, key=uuid4(), edition=0)
    with as_role(MIGRATION):
        assert Event.objects.get(kind="stop-question.answered").subject == area.id


def test_an_area_that_is_not_asked_of_takes_no_answer(world: World) -> None:
    area = neighbourhood()
    with pytest.raises(Http404):
        stopping.answer(frame(world, world.berit), area.id, WORDS, key=uuid4(), edition=0)


@pytest.mark.parametrize("words", ["", "Når Mads Nielsen er flyttet.", "x" * 2001])
def test_words_are_needed_and_the_guard_reads_them(world: World, words: str) -> None:
    area = begun(world, 120)
    with pytest.raises(BadReport) as problem:
        stopping.answer(frame(world, world.berit), area.id, words, key=uuid4(), edition=0)
    assert problem.value.field == "words"


def test_a_double_click_answers_once_and_two_notice_each_other(world: World) -> None:
    area, key = begun(world, 120), uuid4()
    sent = {"area": str(area.id), "words": WORDS, "key": str(key), "edition": "0"}
    client = browser(world.berit)
    for _click in range(2):
        assert client.post("/usaedvanligt/stop/", sent).status_code == 302
    with pytest.raises(Outdated):
        stopping.answer(frame(world, world.lars), area.id, "Noget andet", key=uuid4(), edition=0)
    with as_role(MIGRATION):
        assert StopQuestion.objects.count() == 1


def test_the_database_refuses_who_does_not_judge(world: World) -> None:
    area = begun(world, 120)
    for member in (world.anna, world.viggo, world.clara):
        world.actor(member)
        with pytest.raises(DatabaseError), transaction.atomic():
            StopQuestion(id=uuid4(), partnership=world.partnership, area=area, year=2026, words=WORDS, member=member,
                         organisation_id=member.organisation_id).save(force_insert=True)


def in_day(world: World, member) -> int:  # type: ignore[no-untyped-def]
    return sum(task.url.startswith("/usaedvanligt/stop/") for task in due.for_frame(frame(world, member)))
