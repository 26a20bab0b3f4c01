"""Four decisions, in their order, each by a human with a reason; and whoever told of it always gets an answer."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Purpose
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.notices.models import Notice
from lokalnet.persons import identity, visiting
from lokalnet.persons.models import Access
from lokalnet.youth.concerns import own
from lokalnet.youth.models import About, Concern, File, Outcome, Step
from lokalnet.youth.models import Decision as Row
from lokalnet.youth.triage import deciding, reading, waiting
from lokalnet.youth.triage.deciding import DecidedMeanwhile, Frozen
from tests.days import today
from tests.youth.concerns import FACTS, begun, decided, seat, sent, who, with_file
from tests.youth.people import Room

pytestmark = pytest.mark.django_db


def listed(room: Room, member: Member) -> list[UUID]:
    return [each.id for each in waiting.listed(seat(room, member))]


def test_the_page_is_read_on_a_visit_of_its_own_and_leaves_entries(room: Room) -> None:
    concern_id = sent(room, room.tove)
    page = reading.read(room.world.actor(room.sanne), concern_id)
    assert page.worry.words.facts == FACTS and page.author == "Tove" and page.waits
    reading.read(room.world.actor(room.sanne), concern_id)
    with as_role(MIGRATION):
        kinds = Event.objects.filter(member=room.sanne).order_by("at").values_list("kind", "purpose")
        assert list(kinds) == [("concern.entered", "triage"), ("concern.read", "triage"), ("concern.read", "triage")]


@pytest.mark.parametrize("name", ["tove", "karl", "signe", "petra", "gorm"])
def test_for_anybody_else_it_is_not_there(room: Room, name: str) -> None:
    concern_id = sent(room, room.tove)
    for subject in (concern_id, uuid4()):
        with pytest.raises(Http404):
            reading.read(room.world.actor(getattr(room, name)), subject)
        with pytest.raises(Http404):
            decided(room, getattr(room, name), subject)


def test_a_draft_is_not_clarified(room: Room) -> None:
    concern_id = begun(room, room.sanne)
    with pytest.raises(Http404):
        reading.read(room.world.actor(room.sanne), concern_id)


def test_the_list_says_since_when_and_as_what_its_author_works_and_is_in_the_order_it_came(room: Room) -> None:
    first, second = sent(room, room.tove), sent(room, room.world.anna, who(nth=1), acute=True)
    with as_role(MIGRATION):
        for number, each in enumerate((second, first)):  # the later one is acute, and that does not move it up
            row = Concern.objects.get(id=each)
            Concern.objects.filter(id=each).update(sent_at=row.sent_at - timedelta(days=number))
    found = waiting.listed(seat(room, room.sanne))
    assert [(each.id, each.waited, each.acute, each.author) for each in found] == [
        (first, 1, False, str(found[0].roles[0].label)), (second, 0, True, str(found[1].roles[0].label))]
    assert [each.until for each in found] == [today() + timedelta(days=6), today() + timedelta(days=1)]
    decided(room, room.sanne, first, urgent=True)
    assert [(each.step, each.urgent) for each in waiting.listed(seat(room, room.sanne))] == [
        ("first", True), ("contact", False)]


def test_steps_go_in_their_order_and_none_is_taken_twice(room: Room) -> None:
    concern_id = sent(room, room.tove)
    with pytest.raises(DecidedMeanwhile):
        decided(room, room.sanne, concern_id, Step.FINAL, Outcome.NOTHING)
    decided(room, room.sanne, concern_id)
    decided(room, room.sanne, concern_id)  # a double click
    with pytest.raises(DecidedMeanwhile):
        decided(room, room.world.adam, concern_id)
    page = reading.read(room.world.actor(room.world.adam), concern_id)
    assert [(each.step, each.decider, each.reason) for each in page.decisions] == [
        ("contact", "Sanne", "Det er set på")]


def test_no_step_closes_without_an_answer_and_none_is_taken_without_a_reason(room: Room) -> None:
    concern_id = sent(room, room.tove)
    for said, field in (({"reply": " "}, "reply"), ({"reason": ""}, "reason")):
        with pytest.raises(BrokenRule) as problem:
            decided(room, room.sanne, concern_id, Step.CONTACT, Outcome.ADVICE, **said)
        assert problem.value.field == field
    with as_role(MIGRATION):
        assert not Row.objects.exists()


@pytest.mark.parametrize(("step", "outcome"), [(Step.CONTACT, Outcome.FILE), (Step.FINAL, Outcome.ONWARD)])
def test_only_the_last_step_opens_a_file_and_nothing_comes_after_it(step: Step, outcome: Outcome) -> None:
    assert outcome not in deciding.outcomes(step, may_open=True)
    assert Outcome.FILE not in deciding.outcomes(Step.FINAL, may_open=False)


def test_whoever_told_of_it_is_told_and_reads_the_answer_and_those_who_clarify_let_go(room: Room) -> None:
    concern_id = sent(room, room.tove)
    decided(room, room.sanne, concern_id, Step.CONTACT, Outcome.ADVICE, reply="Ring til hans træner")
    assert listed(room, room.sanne) == []
    with pytest.raises(Http404):
        reading.read(room.world.actor(room.sanne), concern_id)
    with as_role(MIGRATION):
        notice = Notice.objects.get(member=room.tove)
        assert (notice.kind, notice.subject) == ("concern-answered", concern_id)
    actor = room.world.actor(room.tove)
    assert [each.concern_id for each in own.unread_replies(actor)] == [concern_id]
    answered = own.read(actor, concern_id).replies[0]
    assert (answered.words, answered.outcome, answered.is_read) == ("Ring til hans træner", Outcome.ADVICE, False)
    assert own.unread_replies(actor) == [] and own.read(actor, concern_id).replies[0].is_read


def test_an_answer_may_be_given_on_the_way_and_a_double_click_gives_one(room: Room) -> None:
    concern_id = sent(room, room.tove)
    for _ in range(2):
        deciding.reply(seat(room, room.sanne), concern_id, "Vi ser på det i morgen")
    assert [each.words for each in own.read(room.world.actor(room.tove), concern_id).replies] == [
        "Vi ser på det i morgen"]
    assert listed(room, room.sanne) == [concern_id]


def test_the_last_step_opens_a_file_in_the_hands_of_a_colleague(room: Room) -> None:
    with_file(room, room.tove)
    with as_role(MIGRATION):
        file = File.objects.get()
        assert (file.owner_id, file.about, file.deletes_on) == (
            room.karl.id, About.HELPED, today() + timedelta(days=365))
    actor = room.world.actor(room.karl)
    visiting.enter(actor, file.person_id, Purpose.EARLY_HELP, thing="file", subject=file.id)
    assert identity.of(file.person_id).name == who().name
    assert listed(room, room.sanne) == []


@pytest.mark.parametrize(("said", "field"), [
    ({"about": About.HELPED}, "owner"), ({"owner": "tove", "about": About.HELPED}, "owner"),
    ({"owner": "signe", "about": About.HELPED}, "owner"), ({"owner": "karl"}, "about"),
    ({"owner": "karl", "about": About.WITNESS, "deletes_on": today()}, "deletes_on"),
    ({"owner": "karl", "about": About.HELPED, "deletes_on": today() + timedelta(days=800)}, "deletes_on")])
def test_a_file_needs_a_colleague_who_may_and_a_day_on_which_it_is_deleted(room: Room, said, field: str) -> None:
    concern_id = sent(room, room.tove)
    for step in (Step.CONTACT, Step.FIRST, Step.SCREENING):
        decided(room, room.sanne, concern_id, step)
    if "owner" in said:
        said = said | {"owner": getattr(room, said["owner"]).id}
    with pytest.raises(BrokenRule) as problem:
        decided(room, room.sanne, concern_id, Step.FINAL, Outcome.FILE, **said)
    assert problem.value.field == field
    with as_role(MIGRATION):
        assert not File.objects.exists() and Concern.objects.get(id=concern_id).state == "sent"
    assert own.unread_replies(room.world.actor(room.tove)) == []


def test_beside_the_board_no_step_is_taken_and_an_answer_may_be_given(room: Room) -> None:
    """Nobody works on the file any more, so the worry comes to those who clarify."""
    with_file(room, room.tove)
    with as_role(MIGRATION):
        File.objects.update(board_since=today())
        over = now() - timedelta(hours=1)
        Access.objects.filter(because="assigned").update(until=over, since=over.replace(year=2020))
    again = sent(room, room.world.anna)
    assert reading.read(room.world.actor(room.sanne), again).frozen
    assert [each.frozen for each in waiting.listed(seat(room, room.sanne))] == [True]
    with pytest.raises(Frozen):
        decided(room, room.sanne, again)
    deciding.reply(seat(room, room.sanne), again, "Det er set")


def test_a_worry_that_came_to_a_file_is_not_clarified_beside_it(room: Room) -> None:
    with_file(room, room.tove)
    again = sent(room, room.world.anna)
    assert listed(room, room.sanne) == []
    for name in ("sanne", "karl"):
        with pytest.raises(Http404):
            reading.read(room.world.actor(getattr(room, name)), again)
