"""The log: nothing is overwritten, nobody confirms the own words, and what was refuted stays visible as refuted."""

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import log
from lokalnet.situation.conflicts.writing import ChangedMeanwhile
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.situation.conflicting import opened, proposed, seen_by
from tests.world import World

RUMOUR, WHY = "Der siges, at skolen lukker i morgen.", "Skolen har sagt, at den holder åbent."


@pytest.fixture
def rumour(world: World):
    """In a conflict that is open, written by Anna: the conflict's id."""
    made = opened(world)
    log.add(seen_by(world, world.anna, made), RUMOUR)
    return made


def only(world: World, member, conflict_id) -> log.Entry:
    entry, = log.entries(seen_by(world, member, conflict_id))
    return entry


def hold(world: World, member, conflict_id, standing: str, reason: str = WHY, newest: str | None = None) -> None:
    entry = only(world, member, conflict_id)
    log.hold(seen_by(world, member, conflict_id), entry.id, standing=standing, reason=reason,
             newest=entry.newest if newest is None else newest)


def test_what_is_written_is_unconfirmed(world: World, rumour) -> None:
    entry = only(world, world.bo, rumour)
    assert (entry.words, entry.standing, entry.who) == (RUMOUR, "unconfirmed", "Gladsaxe Kommune")


def test_a_refuted_rumour_stays_and_says_who_refuted_it_and_why(world: World, rumour) -> None:
    hold(world, world.bo, rumour, "refuted")
    entry = only(world, world.anna, rumour)
    assert (entry.words, entry.standing) == (RUMOUR, "refuted")
    assert [(held.standing, held.reason, held.who) for held in entry.held] == [("refuted", WHY, "Testpolitiet")]


def test_each_change_is_one_more_row_with_a_reason(world: World, rumour) -> None:
    hold(world, world.bo, rumour, "confirmed", "Skolen har skrevet det ud.")
    hold(world, world.berit, rumour, "refuted", WHY)
    hold(world, world.bo, rumour, "unconfirmed", "Skolen svarer ikke nu.")
    entry = only(world, world.anna, rumour)
    assert [held.standing for held in entry.held] == ["confirmed", "refuted", "unconfirmed"]
    assert entry.standing == "unconfirmed"


def test_nobody_confirms_the_own_words_and_may_refute_them(world: World, rumour) -> None:
    with pytest.raises(NotPossible):
        hold(world, world.anna, rumour, "confirmed")
    assert "confirmed" not in dict(only(world, world.anna, rumour).choices)
    hold(world, world.anna, rumour, "refuted")
    assert only(world, world.bo, rumour).standing == "refuted"


def test_of_two_who_judge_at_once_the_second_notices(world: World, rumour) -> None:
    hold(world, world.bo, rumour, "confirmed", "Set selv.")
    with pytest.raises(ChangedMeanwhile):
        hold(world, world.berit, rumour, "refuted", newest="")
    assert only(world, world.anna, rumour).standing == "confirmed"


def test_whoever_was_too_late_keeps_what_was_typed_beside_what_the_other_said(world: World, rumour) -> None:
    entry = only(world, world.anna, rumour)
    hold(world, world.bo, rumour, "confirmed", "Set selv.")
    answer = browser_of(world.berit).post(f"/konflikt/{rumour}/log/{entry.id}/", {
        "standing": "refuted", "reason": WHY, "newest": ""})
    said = answer.content.decode()
    assert answer.status_code == 422 and WHY in said and "Set selv." in said


def test_a_double_click_judges_once(world: World, rumour) -> None:
    entry, client = only(world, world.anna, rumour), browser_of(world.bo)
    for _twice in range(2):
        assert client.post(f"/konflikt/{rumour}/log/{entry.id}/", {
            "standing": "refuted", "reason": WHY, "newest": ""}).status_code == 302
    assert len(only(world, world.anna, rumour).held) == 1


def test_a_double_click_writes_once_and_the_same_words_later_are_new(world: World) -> None:
    made, client = opened(world), browser_of(world.anna)
    for key in ("1", "1", "2"):
        client.post(f"/konflikt/{made}/log/", {"words": RUMOUR, "key": f"6f6b6f0a-0000-4000-8000-00000000000{key}"})
    assert len(log.entries(seen_by(world, world.bo, made))) == 2
    client.post(f"/konflikt/{made}/log/", {"words": "Andet", "key": "6f6b6f0a-0000-4000-8000-000000000001"})
    assert len(log.entries(seen_by(world, world.bo, made))) == 3


@pytest.mark.parametrize(("standing", "reason", "field"), [
    ("refuted", " ", "reason"), ("refuted", "Mads Nielsen siger det", "reason"), ("sure", WHY, "standing")])
def test_a_judgement_has_a_reason_without_names(world: World, rumour, standing: str, reason: str, field: str) -> None:
    with pytest.raises(BadReport) as problem:
        hold(world, world.bo, rumour, standing, reason)
    assert problem.value.field == field


@pytest.mark.parametrize("words", ["", "Ring til Mads Nielsen, 010190-1234", "x" * 2001])
def test_no_name_or_number_and_nothing_endless_is_written(world: World, words: str) -> None:
    with pytest.raises(BadReport):
        log.add(seen_by(world, world.anna, opened(world)), words)


def test_an_entry_of_another_conflict_is_not_there(world: World, rumour) -> None:
    entry, other = only(world, world.bo, rumour), opened(world)
    with pytest.raises(Http404):
        log.hold(seen_by(world, world.bo, other), entry.id, standing="refuted", reason=WHY, newest="")


def test_nothing_is_written_while_it_waits_and_by_nobody_without_the_right(world: World) -> None:
    made = proposed(world)
    with pytest.raises(NotPossible):
        log.add(seen_by(world, world.anna, made), RUMOUR)
    with pytest.raises(NotAllowed):
        log.add(seen_by(world, world.viggo, made), RUMOUR)


def test_what_is_said_more_than_once_is_not_said_again(world: World, rumour) -> None:
    hold(world, world.bo, rumour, "refuted")
    with pytest.raises(NotPossible):
        hold(world, world.berit, rumour, "refuted", "Jeg er enig.")
