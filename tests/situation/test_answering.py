"""Whoever reports gets an answer within three working days; who owes it sees it."""

from datetime import UTC, date, datetime

import pytest

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Organisation
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import answering
from lokalnet.situation.models import Exact
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.world import World


def frame(world: World, member: object) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)  # type: ignore[arg-type]


@pytest.mark.parametrize(("reported", "until"), [
    (datetime(2026, 11, 23, 12, tzinfo=UTC), date(2026, 11, 26)),   # Monday: Thursday
    (datetime(2026, 11, 26, 12, tzinfo=UTC), date(2026, 12, 1)),    # Thursday: over the week-end
    (datetime(2026, 11, 28, 12, tzinfo=UTC), date(2026, 12, 2)),    # Saturday
    (datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 9)),       # before Easter 2026
    (datetime(2026, 12, 23, 12, tzinfo=UTC), date(2026, 12, 29)),   # Christmas: Thu is a working day by law
    (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), date(2026, 11, 27)),  # half past midnight on Tuesday in Copenhagen
])
def test_three_working_days_with_danish_holidays(world: World, reported: datetime, until: date) -> None:
    assert answering.deadline(reported, frame(world, world.berit)) == until


def test_the_municipality_answers_its_housing_association(world: World) -> None:
    with as_role(MIGRATION):
        Organisation.objects.filter(id=world.housing.id).update(shown_as="Ballerup Kommune")
    made = world.report(world.viggo, key="v", text="Kælderen står åben", visibility="municipalities")
    assert [due.sight.id for due in answering.due_for(frame(world, world.berit))] == [made]
    assert answering.due_for(frame(world, world.adam)) == []  # Gladsaxe's coordinator
    client = browser_of(world.berit)
    answer = client.post(f"/haendelse/{made}/svar/", {"answer": "taken", "note": "Driften låser den i dag"})
    assert answer.status_code == 302
    assert answering.due_for(frame(world, world.berit)) == []
    assert "Driften låser den i dag" in browser_of(world.viggo).get("/mine/").content.decode()


def test_whoever_reported_is_told_that_an_answer_came_until_they_looked(world: World) -> None:
    made = world.report(world.anna, key="a", text="Uro")
    answering.answer(frame(world, world.adam), made, "outcome", "Vi har talt med dem")
    client = browser_of(world.anna)
    assert "1 svar er kommet" in client.get("/overblik/").content.decode()
    assert "Vi har talt med dem" in client.get("/mine/").content.decode()
    assert "svar er kommet" not in client.get("/overblik/").content.decode()
    assert "svar er kommet" not in browser_of(world.bo).get("/overblik/").content.decode()


def test_an_own_street_worker_is_answered_and_a_coordinator_does_not_wait(world: World) -> None:
    made = world.report(world.anna, key="a", text="Uro")
    world.report(world.adam, key="b", text="Uro")
    assert [due.sight.id for due in answering.due_for(frame(world, world.adam))] == [made]


def test_what_only_its_sender_sees_is_nobody_elses_work(world: World) -> None:
    with as_role(MIGRATION):
        Organisation.objects.filter(id=world.housing.id).update(shown_as="Ballerup Kommune")
    world.report(world.viggo, key="v", visibility="organisation")
    assert answering.due_for(frame(world, world.berit)) == []


def test_late_answers_stand_first_and_say_so(world: World) -> None:
    early = world.report(world.anna, key="a")
    late = world.report(world.anna, key="b")
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id=late).update(reported_at=datetime.now(UTC) - answering.LOOKED_BACK / 2)
    found = answering.due_for(frame(world, world.adam))
    assert [(due.sight.id, due.late) for due in found] == [(late, True), (early, False)]


@pytest.mark.parametrize("answer", ["outcome", "no-more"])
def test_what_came_of_it_and_why_no_more_need_words(world: World, answer: str) -> None:
    made = world.report(world.anna, key="a")
    with pytest.raises(BadReport):
        answering.answer(frame(world, world.adam), made, answer, " ")


def test_a_reporter_does_not_answer_and_a_street_worker_may_not(world: World) -> None:
    made = world.report(world.adam, key="a")
    for member in (world.adam, world.anna):
        with pytest.raises(NotAllowed):
            answering.answer(frame(world, member), made, "seen", "")


def test_answers_are_not_for_coarse_readers(world: World) -> None:
    made = world.report(world.anna, key="a", text="Uro", visibility="partnership")
    answering.answer(frame(world, world.adam), made, "outcome", "Gadeplan går forbi hver aften")
    assert "Gadeplan går forbi" not in browser_of(world.bo).get(f"/haendelse/{made}/").content.decode()
    assert "Gadeplan går forbi" in browser_of(world.anna).get("/mine/").content.decode()
