"""A conflict is opened by two organisations, and by nobody else."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import translation

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import looking, opening, tree
from lokalnet.situation.conflicts.opening import Proposed
from lokalnet.situation.models import Measure
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.situation.conflicting import KNOWN, TITLE, days_go_by, leader, opened, proposed, seen_by, template
from tests.situation.measuring import propose
from tests.situation.telling import frame
from tests.world import World


def test_until_a_second_party_confirms_it_waits(world: World) -> None:
    conflict = seen_by(world, world.berit, proposed(world))
    assert (conflict.state, conflict.is_open, conflict.parties) == ("waiting", False, ["Testpolitiet"])
    with translation.override("en"):
        assert conflict.state_name == "Waits for one more party"


def test_a_municipality_confirms_what_the_police_proposed_and_it_is_open_for_fourteen_days(world: World) -> None:
    conflict = seen_by(world, world.berit, opened(world))
    assert conflict.is_open and conflict.parties == ["Testpolitiet", "Ballerup Kommune"]
    assert conflict.measure.ends_on == conflict.today + timedelta(days=14)


def test_two_municipalities_can_open_one_too(world: World) -> None:
    made = proposed(world, world.adam)
    opening.confirm(seen_by(world, world.berit, made))
    assert seen_by(world, world.lars, made).parties == ["Gladsaxe Kommune", "Ballerup Kommune"]


def test_the_own_organisation_cannot_be_the_second_party(world: World) -> None:
    made = proposed(world, world.adam)
    with pytest.raises(NotPossible):
        opening.confirm(seen_by(world, world.adam, made))
    assert seen_by(world, world.adam, made).waits


@pytest.mark.parametrize("name", ["anna", "bo"])
def test_who_neither_coordinates_nor_leads_opens_nothing(world: World, name: str) -> None:
    made = proposed(world)
    with pytest.raises(NotAllowed):
        opening.confirm(seen_by(world, getattr(world, name), made))
    with pytest.raises(NotAllowed):
        proposed(world, getattr(world, name))


def test_a_stranger_does_not_know_of_it(world: World) -> None:
    made = opened(world)
    with pytest.raises(Http404):
        seen_by(world, world.clara, made)
    with pytest.raises(NotAllowed):
        seen_by(world, world.viggo, made)


def test_a_proposal_that_nobody_confirms_lapses_after_three_days(world: World) -> None:
    made = proposed(world)
    days_go_by(made, 3)
    assert seen_by(world, world.berit, made).waits
    days_go_by(made, 1)
    conflict = seen_by(world, world.berit, made)
    assert not conflict.waits and not conflict.over
    with pytest.raises(NotPossible):
        opening.confirm(conflict)


def test_a_second_click_on_proposing_and_on_confirming_changes_nothing(world: World) -> None:
    client, area = browser_of(world.lars), str(next(iter(frame(world, world.lars).areas)))
    said = {"title": TITLE, "known": KNOWN, "areas": [area], "key": "6f6b6f0a-0000-4000-8000-000000000001"}
    address, again = [client.post("/konflikter/ny/", said)["Location"] for _twice in range(2)]
    assert address == again
    template(world)
    for _twice in range(2):
        assert browser_of(world.berit).post(f"{address}bekraeft/").status_code == 302
    made, = looking.of_partnership(frame(world, world.berit))
    assert made.is_open and len(tree.used(made).lines) == 5


@pytest.mark.parametrize(("field", "said"), [
    ("title", {"title": "Mads Nielsen laver uro"}), ("title", {"title": " "}), ("known", {"known": ""}),
    ("known", {"known": "Ring til Mads Nielsen, 010190-1234"}), ("areas", {"areas": ()})])
def test_what_is_wrong_is_named_by_its_field(world: World, field: str, said: dict[str, object]) -> None:
    here = frame(world, world.lars)
    content = {"title": TITLE, "known": KNOWN, "areas": (next(iter(here.areas)),)} | said
    with pytest.raises(BadReport) as problem:
        opening.propose(here, Proposed(**content))  # type: ignore[arg-type]
    assert problem.value.field == field
    assert not looking.of_partnership(here)


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    area = str(next(iter(frame(world, world.lars).areas)))
    answer = browser_of(world.lars).post("/konflikter/ny/", {
        "title": "Mads Nielsen laver uro", "known": "Det, jeg skrev, og som er langt", "areas": [area]})
    assert answer.status_code == 422
    assert "Det, jeg skrev, og som er langt" in answer.content.decode()


def test_its_proposer_takes_a_proposal_back_with_a_reason_and_others_cannot(world: World) -> None:
    made = proposed(world)
    with pytest.raises(BadReport):
        opening.withdraw(seen_by(world, world.lars, made), " ")
    with pytest.raises((NotAllowed, NotPossible)):
        opening.withdraw(seen_by(world, world.berit, made), "Det passer ikke os.")
    opening.withdraw(seen_by(world, world.lars, made), "Det var en misforståelse.")
    with as_role(MIGRATION):
        assert Measure.objects.get(id=made).state == "dropped"


def test_a_third_organisation_takes_part_and_then_decides_along(world: World) -> None:
    lone, made = leader(world), opened(world)
    with pytest.raises(NotPossible):
        opening.stand_down(seen_by(world, lone, made), "Roligt.", "Intet mere.")
    opening.join(seen_by(world, lone, made))
    opening.stand_down(seen_by(world, lone, made), "Roligt.", "Intet mere.")
    assert seen_by(world, world.lars, made).over


def test_the_ordinary_page_of_a_measure_leads_to_the_conflicts_own(world: World) -> None:
    made = opened(world)
    for path in (f"/indsats/{made}/", f"/indsats/{made}/ret/"):
        assert browser_of(world.berit).get(path)["Location"] == f"/konflikt/{made}/"
    assert browser_of(world.berit).post(f"/indsats/{made}/trin/", {"step": "done", "note": "Slut"})[
        "Location"] == f"/konflikt/{made}/"
    assert seen_by(world, world.berit, made).is_open


def test_a_measure_is_no_conflict(world: World) -> None:
    with pytest.raises(Http404):
        seen_by(world, world.adam, propose(world, world.adam).id)


def test_the_overview_says_that_one_is_open_to_those_who_may_see_it(world: World) -> None:
    made = opened(world)
    for member in (world.anna, world.bo, world.berit):
        assert f"/konflikt/{made}/" in browser_of(member).get("/overblik/").content.decode()
    for member in (world.viggo, world.clara):
        said = browser_of(member).get("/overblik/").content.decode()
        assert str(made) not in said and TITLE not in said
    days_go_by(made, 15)
    assert str(made) not in browser_of(world.anna).get("/overblik/").content.decode()
