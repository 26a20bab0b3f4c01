"""A message is agreed when two organisations agreed to exactly these words, and never quotes what is refuted."""

import pytest
from django.http import Http404

from lokalnet.access import founding
from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import log, saying
from lokalnet.situation.conflicts.writing import ChangedMeanwhile
from lokalnet.situation.models import Message
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.situation.conflicting import opened, seen_by
from tests.world import World

WORDS, OTHERS = "Skolen holder åbent i morgen. Politiet er i området.", "Skolen holder åbent. Voksne står ved porten."
SEEN, WHY = "Patruljen bliver i området.", "Gadeteamet ser det selv."


@pytest.fixture
def made(world: World):
    return opened(world)


def only(world: World, member, conflict_id) -> saying.Shown:
    conflict = seen_by(world, member, conflict_id)
    message, = saying.messages(conflict, log.entries(conflict))
    return message


def draft(world: World, member, conflict_id, words: str = WORDS, builds_on: str = "") -> None:
    saying.draft(seen_by(world, member, conflict_id), audience="schools", words=words, builds_on=builds_on)


def agree(world: World, member, conflict_id, number: int = 1) -> None:
    saying.agree(seen_by(world, member, conflict_id), only(world, member, conflict_id).id, number=number)


def entry(world: World, conflict_id) -> log.Entry:
    """Written by Bo, about which the others have not said anything yet."""
    log.add(seen_by(world, world.bo, conflict_id), SEEN)
    return log.entries(seen_by(world, world.bo, conflict_id))[0]


def refute(world: World, conflict_id) -> None:
    conflict = seen_by(world, world.berit, conflict_id)
    found = log.entries(conflict)[0]
    log.hold(conflict, found.id, standing="refuted", reason=WHY, newest=found.newest)


def test_whoever_may_agree_agrees_by_writing_and_one_more_makes_it_agreed(world: World, made) -> None:
    draft(world, world.berit, made)
    assert (only(world, world.lars, made).state, only(world, world.lars, made).agreed_by) == (
        "draft", ("Ballerup Kommune",))
    agree(world, world.lars, made)
    message = only(world, world.anna, made)
    assert (message.state, message.agreed_by) == ("agreed", ("Ballerup Kommune", "Testpolitiet"))


def test_what_a_street_worker_drafts_needs_two_organisations(world: World, made) -> None:
    draft(world, world.anna, made)
    assert only(world, world.berit, made).agreed_by == ()
    agree(world, world.berit, made)
    assert only(world, world.berit, made).state == "draft"
    agree(world, world.lars, made)
    assert only(world, world.berit, made).state == "agreed"


def test_two_of_one_organisation_are_one(world: World, made) -> None:
    with as_role(MIGRATION):
        other = founding.member(world.ballerup, "Ulla", "ulla@ballerup.example", Role.LEADER)
    draft(world, world.berit, made)
    agree(world, other, made)
    assert only(world, other, made).agreed_by == ("Ballerup Kommune",)


def test_who_neither_coordinates_nor_leads_agrees_to_nothing(world: World, made) -> None:
    draft(world, world.berit, made)
    for member in (world.anna, world.bo):
        with pytest.raises(NotAllowed):
            agree(world, member, made)


def test_an_edit_takes_the_agreement_of_the_others_away(world: World, made) -> None:
    draft(world, world.berit, made)
    agree(world, world.lars, made)
    saying.edit(seen_by(world, world.lars, made), only(world, world.lars, made).id, number=1, words=OTHERS,
                builds_on="")
    message = only(world, world.berit, made)
    assert (message.words, message.state, message.agreed_by) == (OTHERS, "draft", ("Testpolitiet",))
    assert [former.words for former in message.former] == [WORDS]
    agree(world, world.berit, made, number=2)
    assert only(world, world.berit, made).state == "agreed"


def test_nobody_agrees_to_words_that_they_have_not_seen(world: World, made) -> None:
    draft(world, world.berit, made)
    message = only(world, world.berit, made)
    saying.edit(seen_by(world, world.berit, made), message.id, number=1, words=OTHERS, builds_on="")
    with pytest.raises(ChangedMeanwhile):
        agree(world, world.lars, made, number=1)
    assert only(world, world.lars, made).agreed_by == ("Ballerup Kommune",)


def test_of_two_who_edit_at_once_the_second_notices_and_keeps_the_own_words(world: World, made) -> None:
    draft(world, world.berit, made)
    message = only(world, world.berit, made)
    saying.edit(seen_by(world, world.lars, made), message.id, number=1, words=OTHERS, builds_on="")
    answer = browser_of(world.berit).post(f"/konflikt/{made}/beskeder/{message.id}/ret/", {
        "number": "1", "words": "Mine egne ord", "builds_on": ""})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Mine egne ord" in said and OTHERS in said
    assert only(world, world.berit, made).number == 2


def test_double_clicks_change_nothing(world: World, made) -> None:
    berit, lars = browser_of(world.berit), browser_of(world.lars)
    said = {"audience": "schools", "words": WORDS, "builds_on": "", "key": "6f6b6f0a-0000-4000-8000-000000000003"}
    for _twice in range(2):
        assert berit.post(f"/konflikt/{made}/beskeder/", said).status_code == 302
    at = f"/konflikt/{made}/beskeder/{only(world, world.berit, made).id}/"
    for _twice in range(2):
        assert lars.post(f"{at}aftal/", {"number": "1"}).status_code == 302
    for _twice in range(2):
        assert berit.post(f"{at}ret/", {"number": "1", "words": OTHERS, "builds_on": ""}).status_code == 302
    assert only(world, world.berit, made).number == 2
    for _twice in range(2):
        assert berit.post(f"{at}traek-tilbage/", {"reason": "Det er ikke sket."}).status_code == 302
    assert only(world, world.berit, made).withdrawn == "Det er ikke sket."


def test_only_agreed_words_are_handed_out_to_be_copied(world: World, made) -> None:
    draft(world, world.berit, made)
    at = f"/konflikt/{made}/beskeder/{only(world, world.berit, made).id}/tekst/"
    client = browser_of(world.anna)
    assert client.get(at).status_code == 409
    agree(world, world.lars, made)
    answer = client.get(at)
    assert (answer.status_code, answer.content.decode()) == (200, WORDS + "\n")
    saying.withdraw(seen_by(world, world.lars, made), only(world, world.lars, made).id, "Det er ikke sket.")
    assert client.get(at).status_code == 409


def test_nothing_can_be_built_on_what_is_refuted(world: World, made) -> None:
    base = entry(world, made)
    refute(world, made)
    with pytest.raises(NotPossible):
        draft(world, world.berit, made, builds_on=str(base.id))
    with as_role(MIGRATION):
        assert not Message.objects.exists()
    said = browser_of(world.berit).get(f"/konflikt/{made}/").content.decode()
    assert f'value="{base.id}"' not in said and f"builds_on={base.id}" not in said


def test_a_message_says_so_when_what_it_builds_on_is_refuted_afterwards(world: World, made) -> None:
    draft(world, world.berit, made, builds_on=str(entry(world, made).id))
    agree(world, world.lars, made)
    assert only(world, world.anna, made).usable
    refute(world, made)
    message = only(world, world.anna, made)
    assert (message.state, message.agreed, message.usable) == ("refuted", True, False)
    with pytest.raises(NotPossible):
        saying.words_to_copy(seen_by(world, world.anna, made), message)
    saying.edit(seen_by(world, world.berit, made), message.id, number=1, words=OTHERS, builds_on="")
    agree(world, world.lars, made, number=2)
    assert only(world, world.anna, made).usable


def test_nobody_agrees_to_what_builds_on_something_refuted(world: World, made) -> None:
    draft(world, world.berit, made, builds_on=str(entry(world, made).id))
    refute(world, made)
    with pytest.raises(NotPossible):
        agree(world, world.lars, made)


def test_a_withdrawn_message_stays_with_its_reason_and_is_not_changed(world: World, made) -> None:
    draft(world, world.berit, made)
    id_ = only(world, world.berit, made).id
    with pytest.raises(BadReport):
        saying.withdraw(seen_by(world, world.lars, made), id_, "")
    with pytest.raises(NotAllowed):
        saying.withdraw(seen_by(world, world.anna, made), id_, "Nej")
    saying.withdraw(seen_by(world, world.lars, made), id_, "Skolen har selv skrevet.")
    message = only(world, world.anna, made)
    assert (message.words, message.withdrawn, message.withdrawn_by) == (WORDS, "Skolen har selv skrevet.",
                                                                         "Testpolitiet")
    for act in (lambda: agree(world, world.lars, made),
                lambda: saying.edit(seen_by(world, world.lars, made), id_, number=1, words=OTHERS, builds_on="")):
        with pytest.raises(NotPossible):
            act()


@pytest.mark.parametrize(("said", "field"), [
    ({"words": "Mads Nielsen er anholdt"}, "words"), ({"words": ""}, "words"), ({"audience": "everybody"}, "audience")])
def test_a_message_names_nobody_and_is_for_somebody(world: World, made, said: dict[str, str], field: str) -> None:
    with pytest.raises(BadReport) as problem:
        saying.draft(seen_by(world, world.berit, made), **{"audience": "press", "words": WORDS, "builds_on": ""} | said)
    assert problem.value.field == field


def test_a_message_or_an_entry_of_another_conflict_is_not_there(world: World, made) -> None:
    draft(world, world.berit, made)
    id_, base, other = only(world, world.berit, made).id, entry(world, made), opened(world)
    with pytest.raises(Http404):
        saying.agree(seen_by(world, world.lars, other), id_, number=1)
    with pytest.raises(NotPossible):
        draft(world, world.berit, other, builds_on=str(base.id))
