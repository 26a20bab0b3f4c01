"""Which step of a measure follows which, and who may take it: the database says so, whatever a page offers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access import founding
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Measure, MeasurePartner, Step, StepKind
from tests.situation.measuring import now_is, partners, propose, set_past, step, today
from tests.world import World

NOTES = {"done": "Lamperne virker.", "dropped": "Ejeren gør det selv.", "prolonged": "Vi venter på el.",
         "reopened": "Det er gået ud igen.", "commented": "Godt."}


def details(kind: str) -> dict[str, str]:
    days = {"prolonged": 120, "reopened": 30}.get(kind)
    return {"until": (today() + timedelta(days=days)).isoformat()} if days else {}


def can(world: World, member: object, measure: Measure, kind: str) -> bool:
    """By doing it, and taking it back."""
    try:
        with transaction.atomic():
            step(world, member, measure, kind, NOTES.get(kind, ""), **details(kind))  # type: ignore[arg-type]
            raise _Done
    except _Done:
        return True
    except DatabaseError:
        return False


class _Done(Exception):
    """It could be done."""


@pytest.fixture
def ulla(world: World):
    """Coordinates in Gladsaxe, where Anna works."""
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Ulla", "ulla@gladsaxe.example", Role.COORDINATOR)


@pytest.fixture
def pia(world: World):
    """Works on the streets of Gladsaxe, as Anna does."""
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Pia", "pia@gladsaxe.example", Role.STREET_WORKER)


WAY = {"proposed": (), "agreed": ("agreed",), "under-way": ("agreed", "started"),
       "done": ("agreed", "started", "done"), "dropped": ("dropped",)}
FOLLOWS = {
    "proposed": {"agreed", "dropped", "prolonged", "changed", "asked", "commented"},
    "agreed": {"started", "done", "dropped", "prolonged", "changed", "asked", "commented"},
    "under-way": {"done", "dropped", "prolonged", "changed", "asked", "commented"},
    "done": {"reopened", "commented"}, "dropped": {"reopened", "commented"},
    "ended": {"done", "dropped", "reopened", "commented"},
}


@pytest.mark.parametrize("state", list(FOLLOWS))
def test_only_the_steps_that_make_sense_now_can_be_taken(world: World, ulla, state: str) -> None:
    measure = propose(world, ulla)
    for kind in WAY.get(state, ("agreed",)):
        step(world, ulla, measure, kind, NOTES.get(kind, ""))
    if state == "ended":
        set_past(measure, ends_on=today() - timedelta(days=1))
    else:
        assert now_is(measure).state == state
    taken = set()
    for kind in StepKind.values:
        more = {"organisation": str(world.police.id)} if kind in ("asked", "unasked") else details(kind)
        try:
            with transaction.atomic():
                step(world, ulla, measure, kind, NOTES.get(kind, ""), **more)
                taken.add(kind)
                raise _Done
        except (_Done, DatabaseError):
            pass
    assert taken - {"unasked"} == FOLLOWS[state]


def test_a_measure_begins_as_proposed_by_whoever_made_it(world: World) -> None:
    measure = propose(world, world.anna)
    assert list(Step.objects.filter(measure=measure).values_list("kind", "member_id")) == [("proposed", world.anna.id)]
    assert now_is(measure).state == "proposed"


@pytest.mark.parametrize("said", [{"state": "agreed"}, {"state": "done"}, {"outcome": "Det gik godt"},
                                  {"ended_on": today()}, {"edition": 3}])
def test_nobody_makes_a_measure_that_is_agreed_already(world: World, ulla, said: dict) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        propose(world, ulla, **said)


@pytest.mark.parametrize("days", [-1, 91])
def test_a_measure_ends_within_ninety_days(world: World, days: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        propose(world, world.anna, ends_on=today() + timedelta(days=days))


def test_state_outcome_and_last_day_are_nobodys_to_write(world: World, ulla) -> None:
    propose(world, ulla)
    for change in ("state = 'agreed'", "outcome = 'fint'", "ends_on = ends_on + 200",
                   "organisation_id = organisation_id", "changed_at = now()", "kind = 'conflict'"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(f"update situation_measure set {change}")


def test_a_coordinator_or_leader_of_its_organisation_agrees_and_nobody_else(world: World, ulla, pia) -> None:
    measure = propose(world, world.anna)
    agree = {name: can(world, member, measure, "agreed") for name, member in (
        ("anna", world.anna), ("pia", pia), ("ulla", ulla), ("berit", world.berit), ("lars", world.lars),
        ("bo", world.bo), ("viggo", world.viggo), ("clara", world.clara), ("dorte", world.dorte))}
    assert [name for name, could in agree.items() if could] == ["ulla"]


def test_the_owner_starts_prolongs_and_ends_the_own_but_agrees_and_drops_nothing(world: World, ulla, pia) -> None:
    measure = propose(world, world.anna, owner=pia)
    assert not can(world, pia, measure, "agreed") and not can(world, pia, measure, "dropped")
    step(world, ulla, measure, "agreed")
    assert all(can(world, pia, measure, kind) for kind in ("started", "done", "prolonged", "changed"))
    assert not can(world, world.anna, measure, "started")  # she proposed it, and does not own it
    assert not can(world, pia, measure, "dropped")


def test_who_proposed_takes_it_back_until_it_is_agreed(world: World, ulla, pia) -> None:
    measure = propose(world, world.anna)
    assert can(world, world.anna, measure, "dropped") and not can(world, pia, measure, "dropped")
    step(world, ulla, measure, "agreed")
    assert not can(world, world.anna, measure, "dropped")


@pytest.mark.parametrize("kind", ["done", "dropped", "prolonged", "commented"])
def test_what_needs_words_is_not_done_without(world: World, ulla, kind: str) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "agreed")
    with pytest.raises(DatabaseError, match="no-words"), transaction.atomic():
        step(world, ulla, measure, kind, "  ", **details(kind))


def test_what_came_of_it_stands_as_the_outcome(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "agreed")
    step(world, ulla, measure, "done", "Der er lys på hele stien.")
    assert (now_is(measure).state, now_is(measure).outcome) == ("done", "Der er lys på hele stien.")


def test_the_step_that_ends_it_says_the_day_and_taken_up_again_it_has_none(world: World, ulla) -> None:
    done, dropped = propose(world, ulla), propose(world, ulla)
    step(world, ulla, done, "agreed")
    assert now_is(done).ended_on is None
    step(world, ulla, done, "done", "Der er lys på hele stien.")
    step(world, ulla, dropped, "dropped", "Ejeren gør det selv.")
    assert now_is(done).ended_on == now_is(dropped).ended_on == today()
    assert now_is(dropped).outcome == "Ejeren gør det selv."
    step(world, ulla, dropped, "reopened", "Jo", until=(today() + timedelta(days=14)).isoformat())
    assert (now_is(dropped).ended_on, now_is(dropped).outcome) == (None, "")


@pytest.mark.parametrize("kind", ["ended", "done", "dropped"])
def test_what_was_over_by_itself_ended_on_its_last_day_whatever_is_said_later(world: World, ulla, kind: str) -> None:
    measure = propose(world, ulla)
    set_past(measure, ends_on=today() - timedelta(days=3))
    if kind == "ended":
        with as_role(MIGRATION):
            Step(measure=measure, organisation_id=measure.organisation_id, kind="ended").save(force_insert=True)
    else:
        step(world, ulla, measure, kind, "Ejeren gør det selv.")
    assert now_is(measure).ended_on == today() - timedelta(days=3)


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (90, True), (91, False)])
def test_it_is_prolonged_by_ninety_days_at_a_time(world: World, ulla, days: int, taken: bool) -> None:
    measure = propose(world, ulla, ends_on=today() + timedelta(days=10))
    until = today() + timedelta(days=10 + days)
    if taken:
        step(world, ulla, measure, "prolonged", "Vi venter.", until=until.isoformat())
        assert now_is(measure).ends_on == until
    else:
        with pytest.raises(DatabaseError, match="bad-day"), transaction.atomic():
            step(world, ulla, measure, "prolonged", "Vi venter.", until=until.isoformat())


def test_the_second_of_two_clicks_changes_nothing(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "agreed")
    with pytest.raises(DatabaseError, match="not-now"), transaction.atomic():
        step(world, ulla, measure, "agreed")
    assert Step.objects.filter(measure=measure, kind="agreed").count() == 1


def test_taken_up_again_it_is_where_it_was(world: World, ulla) -> None:
    never, agreed = propose(world, ulla), propose(world, ulla)
    step(world, ulla, agreed, "agreed")
    for measure, state in ((never, "proposed"), (agreed, "under-way")):
        step(world, ulla, measure, "dropped", "Nej")
        step(world, ulla, measure, "reopened", "Jo", until=(today() + timedelta(days=14)).isoformat())
        assert (now_is(measure).state, now_is(measure).ends_on) == (state, today() + timedelta(days=14))


def test_nobody_takes_a_step_in_anothers_name(world: World, ulla) -> None:
    measure = propose(world, world.anna)
    world.actor(world.bo)
    for member, organisation in ((ulla.id, world.gladsaxe.id), (world.bo.id, world.gladsaxe.id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Step(measure=measure, organisation_id=organisation, member_id=member, kind="commented",
                 note="x").save(force_insert=True)


def test_steps_can_be_neither_changed_nor_deleted(world: World, ulla) -> None:
    step(world, ulla, propose(world, ulla), "agreed")
    for change in (lambda: Step.objects.update(kind="done"), lambda: Step.objects.all().delete(),
                   lambda: Measure.objects.all().delete(), lambda: MeasurePartner.objects.update(state="joined")):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_a_partner_that_was_asked_answers_for_itself(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, ulla, measure, "asked", organisation=str(world.police.id))
    assert partners(measure) == {"Testpolitiet": "asked"}
    step(world, world.bo, measure, "joined")
    step(world, world.lars, measure, "joined")
    assert partners(measure) == {"Testpolitiet": "joined"}
    step(world, world.lars, measure, "declined")
    assert partners(measure) == {"Testpolitiet": "declined"}


def test_an_organisation_that_sees_it_joins_unasked_and_the_own_one_cannot(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, world.berit, measure, "joined")
    assert partners(measure) == {"Ballerup Kommune": "joined"}
    assert not can(world, ulla, measure, "joined") and not can(world, world.bo, measure, "declined")


@pytest.mark.parametrize(("visibility", "refused"), [
    ("organisation", {"ballerup", "police", "housing", "outside", "gladsaxe"}),
    ("municipalities", {"police", "housing", "outside", "gladsaxe"}),
    ("partnership", {"housing", "outside", "gladsaxe"})])
def test_only_whoever_sees_it_anyway_is_asked_to_join(world: World, ulla, visibility: str, refused: set) -> None:
    measure = propose(world, ulla, visibility=visibility)
    found = set()
    for name in ("ballerup", "police", "housing", "outside", "gladsaxe"):
        try:
            with transaction.atomic():
                step(world, ulla, measure, "asked", organisation=str(getattr(world, name).id))
        except DatabaseError:
            found.add(name)
    assert found == refused


def test_it_cannot_be_narrowed_past_those_who_take_part(world: World, ulla) -> None:
    measure = propose(world, ulla)
    step(world, world.bo, measure, "joined")
    world.actor(ulla)
    with pytest.raises(DatabaseError, match="partner-sees-nothing"), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(visibility="municipalities")
    step(world, world.bo, measure, "declined")
    world.actor(ulla)
    Measure.objects.filter(id=measure.id).update(visibility="municipalities")
    assert now_is(measure).visibility == "municipalities"


def test_a_conflict_is_agreed_by_another_organisation_and_ends_in_fourteen_days(world: World, ulla) -> None:
    conflict = propose(world, ulla, kind="conflict")
    assert not can(world, ulla, conflict, "agreed") and not can(world, world.bo, conflict, "agreed")
    step(world, world.lars, conflict, "agreed")
    assert (now_is(conflict).state, now_is(conflict).ends_on) == ("agreed", today() + timedelta(days=14))
    assert partners(conflict) == {"Testpolitiet": "joined"}
    assert can(world, world.lars, conflict, "dropped") and can(world, ulla, conflict, "dropped")
    assert not can(world, world.berit, conflict, "dropped")


def test_a_conflict_is_opened_by_whoever_may_and_prolonged_by_fourteen_days(world: World, ulla) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        propose(world, world.anna, kind="conflict")
    conflict = propose(world, ulla, kind="conflict", ends_on=today() + timedelta(days=14))
    for days, taken in ((15, False), (14, True)):
        until = (today() + timedelta(days=14 + days)).isoformat()
        if taken:
            step(world, ulla, conflict, "prolonged", "Endnu urolig", until=until)
        else:
            with pytest.raises(DatabaseError, match="bad-day"), transaction.atomic():
                step(world, ulla, conflict, "prolonged", "Endnu urolig", until=until)
