"""A conflict is reviewed each day, prolonged with a reason, and stood down by a decision or by itself."""

from datetime import timedelta

import pytest
from django.utils import translation

from lokalnet.access.acting import NotAllowed
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import log, opening, reviews, saying, tree
from lokalnet.situation.measures import ending
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.situation.conflicting import days_go_by, leader, opened, seen_by, template
from tests.world import World


def review(world: World, conflict_id, member=None, **said: str) -> None:
    reviews.hold(seen_by(world, member or world.berit, conflict_id),
                 **({"changed": "Roligt i nat.", "choice": "hold", "who": "Gadeteamet går samme runde."} | said))


def due(world: World, conflict_id) -> tuple[bool, int]:
    found = reviews.reviews(seen_by(world, world.berit, conflict_id))
    return found.due, found.missed


def test_the_first_review_is_due_the_day_after_and_one_each_day_from_then(world: World) -> None:
    made = opened(world)
    assert due(world, made) == (False, 0)
    days_go_by(made, 1)
    assert due(world, made) == (True, 0)
    review(world, made)
    assert due(world, made) == (False, 0)
    days_go_by(made, 3)
    assert due(world, made) == (True, 2)


def test_a_day_has_one_review_and_the_second_who_holds_one_hears_so(world: World) -> None:
    made = opened(world)
    review(world, made)
    review(world, made)  # the second click
    with pytest.raises(NotPossible):
        review(world, made, world.lars, changed="Uro ved stationen.")
    held = reviews.reviews(seen_by(world, world.lars, made)).held
    assert [(each.changed, each.who) for each in held] == [("Roligt i nat.", "Ballerup Kommune")]


def test_a_refused_review_keeps_what_was_typed(world: World) -> None:
    made = opened(world)
    answer = browser_of(world.berit).post(f"/konflikt/{made}/gennemgang/", {
        "changed": "Det, jeg skrev", "choice": "hold", "who": "Mads Nielsen"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Det, jeg skrev" in said
    assert "form-error-message" in said.split('id="review"')[1].split("</section>")[0]


def test_those_who_do_not_lead_hold_no_review(world: World) -> None:
    with pytest.raises(NotAllowed):
        review(world, opened(world), world.anna)


def test_a_proposal_to_stand_down_stands_at_the_top(world: World) -> None:
    made = opened(world)
    review(world, made, choice="stand-down")
    assert reviews.reviews(seen_by(world, world.lars, made)).proposes_standing_down
    assert seen_by(world, world.lars, made).is_open


def test_it_is_open_to_the_end_of_day_fourteen_and_over_on_the_next_before_the_job_ran(world: World) -> None:
    made = opened(world)
    days_go_by(made, 14)
    assert seen_by(world, world.berit, made).is_open
    days_go_by(made, 1)
    conflict = seen_by(world, world.berit, made)
    assert conflict.over and not conflict.is_open and conflict.measure.state == "agreed"
    with translation.override("en"):
        assert conflict.state_name == "Over"
    assert reviews.reviews(conflict).due is False


def test_the_job_writes_down_that_it_stood_down_by_itself(world: World) -> None:
    made = opened(world)
    days_go_by(made, 15)
    assert ending.end_measures() >= 1
    conflict = seen_by(world, world.berit, made)
    assert conflict.measure.state == "ended" and conflict.over
    assert conflict.ending and conflict.ending.member_id is None
    assert ending.end_measures() == 0


@pytest.mark.parametrize("by_decision", [True, False])
def test_afterwards_everything_is_read_and_nothing_is_done(world: World, by_decision: bool) -> None:
    template(world)
    made = opened(world)
    log.add(seen_by(world, world.anna, made), "Roligt ved skolen.")
    saying.draft(seen_by(world, world.berit, made), audience="press", words="Vi er til stede.", builds_on="")
    if by_decision:
        opening.stand_down(seen_by(world, world.berit, made), "Roligt i fire døgn.", "Uroen stoppede.")
    else:
        days_go_by(made, 15)
    conflict = seen_by(world, world.lars, made)
    line, message = tree.used(conflict).lines[0], saying.messages(conflict, [])[0]
    for act in (lambda: log.add(conflict, "Mere"), lambda: tree.ring(conflict, line.id, "reached"),
                lambda: saying.draft(conflict, audience="press", words="Mere", builds_on=""),
                lambda: saying.agree(conflict, message.id, number=1),
                lambda: saying.withdraw(conflict, message.id, "Nej"),
                lambda: reviews.hold(conflict, changed="Mere", choice="hold", who=""),
                lambda: opening.prolong(conflict, conflict.today + timedelta(days=3), "Mere"),
                lambda: opening.stand_down(conflict, "Mere", "Mere")):
        with pytest.raises(NotPossible):
            act()
    page = browser_of(world.bo).get(f"/konflikt/{made}/").content.decode()
    assert "Roligt ved skolen." in page and "Vi er til stede." in page and "Vagthavende" in page
    assert f'action="/konflikt/{made}/' not in page


def test_it_is_stood_down_with_a_reason_and_an_outcome_by_those_who_take_part(world: World) -> None:
    made = opened(world)
    for reason, outcome, field in ((" ", "Uroen stoppede.", "reason"), ("Roligt.", "", "outcome"),
                                   ("Roligt.", "Mads Nielsen er flyttet", "outcome")):
        with pytest.raises(BadReport) as problem:
            opening.stand_down(seen_by(world, world.berit, made), reason, outcome)
        assert problem.value.field == field
    assert seen_by(world, world.berit, made).is_open
    with pytest.raises(NotAllowed):
        opening.stand_down(seen_by(world, world.anna, made), "Roligt.", "Uroen stoppede.")
    with pytest.raises(NotPossible):
        opening.stand_down(seen_by(world, leader(world), made), "Roligt.", "Uroen stoppede.")
    opening.stand_down(seen_by(world, world.lars, made), "Roligt.", "Uroen stoppede.")
    conflict = seen_by(world, world.berit, made)
    assert (conflict.measure.outcome, opening.reason_for_standing_down(conflict)) == ("Uroen stoppede.", "Roligt.")


def test_it_is_prolonged_with_a_reason_by_fourteen_days_at_most(world: World) -> None:
    made = opened(world)
    last = seen_by(world, world.lars, made).measure.ends_on
    for until, reason in ((last, "Uro"), (last + timedelta(days=15), "Uro"), (None, "Uro"), (last, " ")):
        with pytest.raises(BadReport):
            opening.prolong(seen_by(world, world.lars, made), until, reason)
    with pytest.raises(NotPossible):
        opening.prolong(seen_by(world, leader(world), made), last + timedelta(days=1), "Uro")
    opening.prolong(seen_by(world, world.lars, made), last + timedelta(days=14), "Der er uro endnu.")
    assert seen_by(world, world.berit, made).measure.ends_on == last + timedelta(days=14)
    days_go_by(made, 20)
    assert seen_by(world, world.berit, made).is_open
