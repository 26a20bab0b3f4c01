"""What a meeting decides: by whom, once, in words that name nobody; and what holds when something is decided anew."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.briefing import deciding, freezing
from lokalnet.situation.briefing.deciding import UsedKey
from lokalnet.situation.models import DecisionKind, Measure, Step
from lokalnet.situation.refusing import BadReport
from tests.access.people import events
from tests.situation import meetings
from tests.situation.measuring import set_past, today
from tests.situation.meetings import approved, drafted, follow, frame, measure, nothing, rows
from tests.world import World

pytestmark = pytest.mark.django_db


def decide(world: World, member, briefing, slug: str = "happened", words: str = "Vi ser an.") -> None:
    deciding.decide(frame(world, member), briefing.id, slug, DecisionKind.NOTHING, words=words, key=uuid.uuid4())


@pytest.mark.parametrize("name", ["anna", "bo", "lars", "viggo", "dorte"])
def test_whoever_is_no_coordinator_decides_nothing(world: World, name: str) -> None:
    briefing = approved(world)
    with pytest.raises(NotAllowed):
        decide(world, getattr(world, name), briefing)
    assert rows(briefing) == []


def test_a_coordinator_of_any_party_decides_and_it_is_logged(world: World) -> None:
    briefing = approved(world)
    decide(world, world.berit, briefing)
    [row], [event] = rows(briefing), events("briefing.decided")
    assert (row.kind, row.words, row.organisation_id, row.member_id) == (
        "nothing", "Vi ser an.", world.ballerup.id, world.berit.id)
    assert (event.subject, event.detail["item"], event.detail["decided"]) == (briefing.id, "happened", "nothing")


def test_a_draft_is_not_decided_from_and_neither_is_one_that_was_replaced(world: World) -> None:
    draft = drafted(world)
    with pytest.raises(NotPossible):
        decide(world, world.berit, draft)
    first = freezing.approve(frame(world, world.adam), draft.id, digest=draft.digest)
    second = freezing.begin_edition(frame(world, world.adam), first.id)
    freezing.approve(frame(world, world.adam), second.id, digest=second.digest)
    with pytest.raises(NotPossible):
        decide(world, world.berit, first)
    decide(world, world.berit, second)


@pytest.mark.parametrize("slug", ["", "weather", "happened.x", f"happened.{uuid.UUID(int=1)}",
                                  f"followed.{uuid.UUID(int=1)}", "good.good"])
def test_only_a_point_of_the_briefing_is_decided_about(world: World, slug: str) -> None:
    briefing = approved(world)
    with pytest.raises(Http404):
        decide(world, world.berit, briefing, slug)


def test_a_place_of_the_briefing_is_a_point(world: World) -> None:
    briefing = approved(world)
    part = next(each for each in freezing.frozen(briefing).parts if str(each.area) == "Ballerup")
    assert part.area
    decide(world, world.berit, briefing, f"happened.{part.area.id}")
    assert [row.item for row in rows(briefing)] == [f"happened.{part.area.id}"]


@pytest.mark.parametrize("words", ["", " \n", "Ring til 22 33 44 55", "Mads Nielsen ser på det", "x" * 501])
def test_words_are_checked_as_all_words_are(world: World, words: str) -> None:
    briefing = approved(world)
    with pytest.raises(BadReport) as problem:
        follow(world, briefing, words)
    assert problem.value.field == "words" and problem.value.rule
    assert rows(briefing) == []


def test_nothing_now_needs_no_words(world: World) -> None:
    briefing = approved(world)
    nothing(world, briefing)
    assert [row.words for row in rows(briefing)] == [""]


def test_a_double_click_decides_once(world: World) -> None:
    briefing, key = approved(world), uuid.uuid4()
    for _ in range(2):
        follow(world, briefing, key=key)
    assert [row.id for row in rows(briefing)] == [key] and len(events("briefing.decided")) == 1


def test_a_double_click_proposes_one_measure(world: World) -> None:
    briefing, key = approved(world), uuid.uuid4()
    for _ in range(2):
        measure(world, briefing, key=key)
    with as_role(MIGRATION):
        [made] = Measure.objects.all()
        assert [step.kind for step in Step.objects.filter(measure=made)] == ["proposed"]
    [row] = rows(briefing)
    assert (row.kind, row.measure_id, made.title, made.visibility) == (
        "measure", made.id, "Lys på stien", "partnership")


def test_something_else_from_the_same_page_is_neither_lost_nor_taken_for_the_first(world: World) -> None:
    briefing, key = approved(world), uuid.uuid4()
    follow(world, briefing, "Lampen", key=key)
    with pytest.raises(UsedKey):
        follow(world, briefing, "Kælderen", key=key)
    with pytest.raises(UsedKey):
        follow(world, briefing, "Lampen", slug="good", key=key)
    with pytest.raises(UsedKey):
        measure(world, briefing, key=key)
    assert [row.words for row in rows(briefing)] == ["Lampen"]


def test_a_measure_that_is_refused_leaves_no_decision(world: World) -> None:
    briefing = approved(world)
    with pytest.raises(BadReport) as problem:
        measure(world, briefing, title="Mads Nielsen skal have lys")
    assert problem.value.field == "title"
    with as_role(MIGRATION):
        assert rows(briefing) == [] and not Measure.objects.exists()


def test_the_newest_decision_of_a_point_holds_and_those_before_stay(world: World) -> None:
    briefing = approved(world)
    follow(world, briefing, "Lampen")
    nothing(world, briefing)
    follow(world, briefing, "Noget godt", slug="good")
    found = deciding.decided(frame(world, world.bo), briefing)
    assert (found["happened"].newest.kind, [each.words for each in found["happened"].earlier]) == (
        DecisionKind.NOTHING, ["Lampen"])
    assert found["good"].newest.words == "Noget godt" and found["good"].earlier == ()
    assert found["happened"].newest.who == "Ballerup Kommune"


def test_what_was_decided_from_an_edition_holds_when_it_is_replaced(world: World) -> None:
    first = approved(world)
    follow(world, first, "Lampen")
    second = freezing.begin_edition(frame(world, world.adam), first.id)
    second = freezing.approve(frame(world, world.adam), second.id, digest=second.digest)
    assert deciding.decided(frame(world, world.bo), second)["happened"].newest.words == "Lampen"


def test_a_measure_is_said_as_it_stands_now(world: World) -> None:
    briefing = approved(world)
    measure(world, briefing, due_on=today() + timedelta(days=3), owner_id=world.berit.id)
    said = deciding.decided(frame(world, world.bo), briefing)["happened"].newest.measure
    assert said and (said.title, said.standing, said.overdue, said.owner) == (
        "Lys på stien", "proposed", False, "Berit")
    with as_role(MIGRATION):
        made = Measure.objects.get()
    set_past(made, title="Lys på torvet", due_on=today() - timedelta(days=1))
    said = deciding.decided(frame(world, world.bo), briefing)["happened"].newest.measure
    assert said and (said.title, said.overdue) == ("Lys på torvet", True)


@pytest.mark.parametrize("how", ["narrowed", "gone"])
def test_of_a_measure_that_is_narrowed_or_gone_only_that_is_said(world: World, how: str) -> None:
    briefing = approved(world)
    measure(world, briefing)
    with as_role(MIGRATION), connection.cursor() as cursor:
        if how == "narrowed":
            Measure.objects.update(visibility="municipalities")
        else:
            cursor.execute("delete from situation_measure")
    newest = deciding.decided(frame(world, world.bo), briefing)["happened"].newest
    assert newest.lost and newest.measure is None and newest.words == ""
    assert deciding.decided(frame(world, world.berit), briefing)["happened"].newest.lost == (how == "gone")


def test_of_a_municipalitys_briefing_the_police_decide_nothing(world: World) -> None:
    with as_role(MIGRATION):
        type(world.lars).objects.filter(id=world.lars.id).update(roles=["coordinator"])
    briefing = approved(world, municipality="Ballerup")
    with pytest.raises(Http404):
        decide(world, world.lars, briefing)
    decide(world, world.lars, approved(world, weeks=1))
    meetings.measure(world, briefing, visibility="municipalities")
    assert [row.kind for row in rows(briefing)] == ["measure"]
