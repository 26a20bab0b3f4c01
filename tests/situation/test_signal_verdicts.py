"""What a signal turned out to be: who says it, who reads it, and that two notice each other."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import Outdated
from lokalnet.interface import due
from lokalnet.situation.models import Signal, SignalVerdict
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.signals import judging
from tests.doors.people import browser
from tests.situation.signalling import frame, neighbourhood, page, signal, verdict
from tests.world import World

pytestmark = pytest.mark.django_db
WORDS = "Vi talte med klubben: der var fest."


def judge(world: World, member, about: Signal, turned_out: str = "known-event", words: str = WORDS, **more):  # type: ignore[no-untyped-def]
    judging.judge(frame(world, member), about, turned_out, words, **({"key": uuid4(), "edition": 0} | more))


def stored() -> list[tuple[str, str]]:
    with as_role(MIGRATION):
        return list(SignalVerdict.objects.order_by("at").values_list("turned_out", "words"))


def test_each_organisation_says_it_for_itself_and_all_read_it_without_a_name(world: World) -> None:
    about = signal(world)
    judge(world, world.berit, about)
    judge(world, world.lars, about, "unclear", "Vi kan ikke afgøre det.")
    for member in (world.anna, world.bo):
        answer = page(member, about).content.decode()
        said = answer[answer.index('id="dom"'):]
        assert "Ballerup Kommune" in said and "Testpolitiet" in said and WORDS in said
        assert "Berit" not in said and "Lars" not in said


def test_the_newest_of_an_organisation_holds_and_what_it_said_before_can_be_read(world: World) -> None:
    about = signal(world)
    judge(world, world.berit, about, "real", "Først troede vi det.")
    judge(world, world.berit, about, "artefact", "Det var os selv.", edition=1)
    said, = judging.said_of(frame(world, world.bo), [about])[about.id]
    assert (said.turned_out, [each.turned_out for each in said.before]) == ("artefact", ["real"])


@pytest.mark.parametrize("name", ["anna", "bo", "viggo", "dorte"])
def test_nobody_else_says_it(world: World, name: str) -> None:
    about, member = signal(world), getattr(world, name)
    with pytest.raises(NotAllowed):
        judge(world, member, about)
    assert browser(member).post(f"/usaedvanligt/{about.id}/", {"turned_out": "real"}).status_code == 403


@pytest.mark.parametrize("name", ["anna", "clara"])
def test_the_database_refuses_what_is_no_member_s_to_say(world: World, name: str) -> None:
    about, member = signal(world), getattr(world, name)
    world.actor(member)
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalVerdict(id=uuid4(), signal=about, turned_out="real", words=WORDS, member=member,
                      organisation_id=member.organisation_id).save(force_insert=True)


@pytest.mark.parametrize(("said", "field"), [
    ({"words": ""}, "words"), ({"words": "Det var Mads Nielsen på 3. sal."}, "words"), ({"words": "x" * 2001}, "words"),
    ({"turned_out": "hotspot"}, "turned_out")])
def test_a_reason_is_needed_and_the_guard_reads_it(world: World, said: dict[str, str], field: str) -> None:
    with pytest.raises(BadReport) as problem:
        judge(world, world.berit, signal(world), **said)  # type: ignore[arg-type]
    assert problem.value.field == field and stored() == []


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    about = signal(world)
    answer = browser(world.berit).post(f"/usaedvanligt/{about.id}/", {
        "turned_out": "real", "words": "Det var Mads Nielsen.", "key": str(uuid4()), "edition": "0"})
    assert answer.status_code == 422 and "Det var Mads Nielsen." in answer.content.decode() and stored() == []


def test_a_double_click_says_it_once(world: World) -> None:
    about, key = signal(world), uuid4()
    sent = {"turned_out": "real", "words": WORDS, "key": str(key), "edition": "0"}
    client = browser(world.berit)
    for _click in range(2):
        assert client.post(f"/usaedvanligt/{about.id}/", sent).status_code == 302
    assert stored() == [("real", WORDS)]
    with as_role(MIGRATION):
        assert Event.objects.filter(kind="signal.judged", subject=about.id).count() == 1


def test_two_colleagues_notice_each_other(world: World) -> None:
    about = signal(world)
    judge(world, world.berit, about, "real")
    with pytest.raises(Outdated, match="Vi talte med klubben"):
        judge(world, world.berit, about, "artefact", "Noget andet")
    answer = browser(world.berit).post(f"/usaedvanligt/{about.id}/", {
        "turned_out": "artefact", "words": "Noget andet", "key": str(uuid4()), "edition": "0"})
    again = answer.content.decode()
    assert answer.status_code == 422 and "Noget andet" in again and 'name="edition" value="1"' in again


def test_a_coordinator_is_asked_of_an_unusual_one_until_the_organisation_has_said(world: World) -> None:
    neighbourhood()
    about = signal(world)
    signal(world, word="maybe", theme="damage")
    signal(world, state="closed", theme="unrest")
    assert asked_of(world, world.berit) == [f"/usaedvanligt/{about.id}/"]
    assert asked_of(world, world.anna) == asked_of(world, world.bo) == []
    verdict(world, world.lars, about, "unclear")
    assert len(asked_of(world, world.berit)) == 1
    judge(world, world.berit, about)
    assert asked_of(world, world.berit) == []


def asked_of(world: World, member) -> list[str]:  # type: ignore[no-untyped-def]
    return [task.url for task in due.for_frame(frame(world, member)) if task.url.startswith("/usaedvanligt/")]
