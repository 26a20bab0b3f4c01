"""A measure ends by itself: pages say so at once, the hourly job writes it down once, and it asks for an outcome."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lokalnet.access import founding, handover
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface import due
from lokalnet.interface.due import Part, Task
from lokalnet.project import jobs, logins
from lokalnet.situation.measures import due as measures_due
from lokalnet.situation.measures import ending
from lokalnet.situation.models import Measure, Step
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.protection import retention
from tests.access.people import browser_of
from tests.situation.measuring import now_is, propose, set_past, step, today
from tests.situation.telling import area
from tests.world import VESTEGNEN, World

YESTERDAY = timedelta(days=1)


@pytest.fixture
def ulla(world: World):
    """Coordinates in Gladsaxe, where Anna works."""
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Ulla", "ulla@gladsaxe.example", Role.COORDINATOR)


def running(world: World, ulla, **said) -> Measure:
    measure = propose(world, ulla, **said)
    step(world, ulla, measure, "agreed")
    return measure


def tasks(world: World, member) -> list[tuple[Part, str]]:
    found = measures_due.due_for(frame_of(world.actor(member), world.partnership.id))
    return [(task.part, task.title) for task in found]


def test_a_page_says_that_it_is_over_before_the_job_has_run(world: World, ulla) -> None:
    measure = running(world, ulla)
    set_past(measure, ends_on=today() - YESTERDAY)
    page = browser_of(ulla).get(f"/indsats/{measure.id}/").content.decode()
    assert now_is(measure).state == "agreed" and "Udløbet" in page and 'value="started"' not in page


def test_on_its_last_day_it_is_not_over(world: World, ulla) -> None:
    measure = running(world, ulla, ends_on=today())
    assert ending.end_measures() == 0
    assert "Udløbet" not in browser_of(ulla).get(f"/indsats/{measure.id}/").content.decode()


def test_the_job_writes_it_down_once(world: World, ulla) -> None:
    over, other = running(world, ulla), running(world, ulla)
    set_past(over, ends_on=today() - YESTERDAY)
    jobs.end_measures()
    assert (now_is(over).state, now_is(other).state) == ("ended", "agreed")
    assert ending.end_measures() == 0
    with as_role(MIGRATION):
        assert [(row.measure_id, row.member_id) for row in Step.objects.filter(kind="ended")] == [(over.id, None)]


def test_nobody_ends_a_measure_by_hand(world: World, ulla) -> None:
    measure = running(world, ulla)
    answer = browser_of(ulla).post(f"/indsats/{measure.id}/trin/", {"step": "ended"})
    assert answer.status_code == 302 and now_is(measure).state == "agreed"


def test_what_ended_asks_its_owner_for_an_outcome_until_there_is_one(world: World, ulla) -> None:
    measure = running(world, ulla, owner=ulla)
    set_past(measure, ends_on=today() - YESTERDAY)
    for _written_down in (False, True):
        assert tasks(world, ulla) == [(Part.MINE, "Skriv, hvad der kom ud af »Lys på stien«")]
        ending.end_measures()
    step(world, ulla, measure, "done", "Det hjalp.")
    assert tasks(world, ulla) == []


def test_my_day_has_what_is_mine_what_waits_and_what_is_new(world: World, ulla) -> None:
    place = area("neighbourhood", "g1")
    with as_role(MIGRATION):
        world.berit.areas.add(place)
    mine = propose(world, ulla, title="Min", owner=world.anna, due_on=today())
    step(world, ulla, mine, "asked", organisation=str(world.ballerup.id))
    propose(world, ulla, title="Ny her", areas=[place.id])
    assert tasks(world, world.anna) == [(Part.MINE, "Min")]
    assert set(tasks(world, ulla)) == {(Part.WAITING, "Er »Min« aftalt?"), (Part.WAITING, "Er »Ny her« aftalt?")}
    assert tasks(world, world.berit) == [(Part.WAITING, "Deltager vi i »Min«?"), (Part.NEW, "Ny indsats: Ny her")]
    step(world, world.berit, mine, "declined")
    set_past(Measure(id=propose(world, ulla, title="x", areas=[place.id]).id), made_at=now() - timedelta(days=8))
    assert tasks(world, world.berit) == [(Part.NEW, "Ny indsats: Ny her")]
    assert tasks(world, world.viggo) == [] and tasks(world, world.dorte) == []


def test_my_day_has_the_last_day_and_where_it_leads(world: World, ulla) -> None:
    measure = propose(world, ulla, owner=ulla)
    here = frame_of(world.actor(ulla), world.partnership.id)
    found = [task for task in due.for_frame(here) if isinstance(task, Task) and task.part == Part.MINE]
    assert [(task.until, task.url) for task in found] == [(measure.ends_on, f"/indsats/{measure.id}/")]


def test_my_day_asks_the_same_few_questions_whatever_there_is(world: World, ulla) -> None:
    with as_role(MIGRATION):
        ulla.areas.add(area("neighbourhood", "g1"))
    numbers = []
    for size in (0, 40):
        for number in range(size):
            propose(world, ulla, title=f"Nr. {number}", owner=ulla)
        here = frame_of(world.actor(ulla), world.partnership.id)
        with CaptureQueriesContext(connection) as asked:
            found = list(measures_due.due_for(here))
        numbers.append(len(asked))
    assert len(found) <= 4 * measures_due.MOST and numbers[1] - numbers[0] <= 2  # names of areas and organisations
    assert numbers[1] <= 8


def test_whoever_leaves_hands_measures_over_and_the_administrator_sees_none_of_them(world: World) -> None:
    with as_role(MIGRATION):
        pure = founding.member(world.gladsaxe, "Else", "else@gladsaxe.example", Role.ADMINISTRATOR)
        colleague = founding.member(world.gladsaxe, "Pia", "pia@gladsaxe.example", Role.STREET_WORKER)
    measure = propose(world, world.anna, owner=world.anna, title="Hemmelig titel")
    client = browser_of(pure)
    page = client.get(f"/administration/medlem/{world.anna.id}/").content.decode()
    assert "1 indsats" in page and "Hemmelig titel" not in page
    world.actor(pure)
    assert handover.open_for(world.anna.id)
    handover.hand_over(world.anna.id, to=colleague.id)
    assert now_is(measure).owner_id == colleague.id
    world.actor(world.berit)
    assert handover.open_for(colleague.id) == []  # of another organisation one learns nothing
    handover.hand_over(colleague.id, to=world.berit.id)
    assert now_is(measure).owner_id == colleague.id


def test_an_owner_who_left_is_said_to_be_former_and_the_measure_to_be_without_one(world: World, ulla) -> None:
    measure = propose(world, ulla, owner=world.anna)
    with as_role(MIGRATION):
        type(world.anna).objects.filter(id=world.anna.id).update(ended_at=now() - timedelta(hours=1))
    client = browser_of(ulla)
    assert "Anna (tidligere)" in client.get(f"/indsats/{measure.id}/").content.decode()
    assert [card.unowned for card in client.get("/indsatser/?whose=unowned").context["cards"]] == [True]


# --- retention -----------------------------------------------------------------------------------------------------


def gone(what: str) -> int:
    with as_role(logins.RETENTION):
        return {line.what: line.number for line in retention.let_go(now())}[what]


def over_since(world: World, ulla, days: int) -> Measure:
    measure = running(world, ulla)
    step(world, world.berit, measure, "commented", "Set på gåturen.")
    step(world, ulla, measure, "done", "Det hjalp.")
    set_past(measure, changed_at=now() - timedelta(days=days))
    return measure


def test_what_was_said_on_the_way_goes_after_a_year_and_the_outcome_stays(world: World, ulla) -> None:
    old, new = over_since(world, ulla, 366), over_since(world, ulla, 300)
    open_one = running(world, ulla)
    step(world, ulla, open_one, "commented", "Stadig i gang")
    set_past(open_one, changed_at=now() - timedelta(days=400))
    assert gone("words on steps of measures") == 2
    with as_role(MIGRATION):
        said = dict(Step.objects.exclude(note="").values_list("measure_id", "note").order_by("at"))
    assert set(said) == {new.id, open_one.id}
    assert now_is(old).outcome == "Det hjalp."


def test_a_measure_goes_five_years_after_it_was_over(world: World, ulla) -> None:
    old, new = over_since(world, ulla, 5 * 365 + 3), over_since(world, ulla, 5 * 365 - 3)
    running(world, ulla)
    assert gone("measures") == 1
    with as_role(MIGRATION):
        assert not Measure.objects.filter(id=old.id).exists() and Measure.objects.filter(id=new.id).exists()
        assert not Step.objects.filter(measure_id=old.id).exists()


def test_the_login_that_removes_cannot_remove_an_open_measure(world: World, ulla) -> None:
    running(world, ulla)
    with as_role(logins.RETENTION), connection.cursor() as cursor:
        cursor.execute("delete from situation_measure")
        assert cursor.rowcount == 0


def test_an_exercises_measures_go_with_the_exercise(world: World, ulla) -> None:
    measure = propose(world, ulla)
    with as_role(MIGRATION):
        drill = founding.partnership("oevelse", "Øvelse", bounds=VESTEGNEN, valid_from=today() - timedelta(days=30))
        type(drill).objects.filter(id=drill.id).update(exercise_of=world.partnership,
                                                       valid_to=today() - timedelta(days=10))
    set_past(measure, partnership_id=drill.id)
    assert gone("measures of exercises") == 1
