"""The contact tree: kept ready before anything happens, rung through when it does."""

import pytest
from django.http import Http404

from lokalnet.access.acting import NotAllowed
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.acting import NotPossible
from lokalnet.situation.conflicts import opening, tree
from lokalnet.situation.conflicts.tree import Entered
from lokalnet.situation.conflicts.writing import ChangedMeanwhile
from lokalnet.situation.models import TreeCall, TreeRow
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of
from tests.situation.conflicting import opened, proposed, seen_by, template
from tests.situation.telling import frame
from tests.world import World

ORDER = ["Vagthavende", "Koordinator på vagt", "Skoleleder på vagt", "Klubleder på vagt", "SSP-leder"]


@pytest.fixture
def open_one(world: World):
    template(world)
    return opened(world)


def ring(world: World, conflict_id, function: str, outcome: str, by=None) -> None:
    conflict = seen_by(world, by or world.berit, conflict_id)
    line = next(each for each in tree.used(conflict).lines if each.function == function)
    tree.ring(conflict, line.id, outcome)


def next_of(world: World, conflict_id) -> str:
    found = tree.used(seen_by(world, world.berit, conflict_id)).next
    return found.function if found else ""


def test_the_template_is_read_by_all_who_work_with_measures_and_kept_by_those_who_lead(world: World) -> None:
    template(world)
    lines = tree.shown(tree.template(frame(world, world.anna)))
    assert [line.function for line in lines] == ORDER
    assert [line.depth for line in lines] == [0, 1, 2, 2, 1]
    assert [line.rung_by for line in lines][:3] == ["", "Vagthavende", "Koordinator på vagt"]
    with pytest.raises(NotAllowed):
        tree.add(frame(world, world.anna), Entered(world.gladsaxe.id, "Gadeplan", "44 77 30 05", None, 1))
    assert tree.template(frame(world, world.clara)) == []
    tree.add(frame(world, world.lars), Entered(world.housing.id, "Ejendomskontoret", "44 77 30 06", None, 9))


def test_no_name_stands_in_it_and_each_row_can_be_rung(world: World) -> None:
    for function, phone, field in (("Mads Nielsen", "44 77 30 00", "function"), ("Vagthavende", "", "phone"),
                                   ("", "44 77 30 00", "function")):
        with pytest.raises(BadReport) as problem:
            tree.add(frame(world, world.berit), Entered(world.ballerup.id, function, phone, None, 1))
        assert problem.value.field == field


def test_nobody_is_rung_by_somebody_whom_they_ring(world: World) -> None:
    template(world)
    here = frame(world, world.berit)
    rows = {row.function: row for row in tree.template(here)}
    top, last = rows["Vagthavende"], rows["Skoleleder på vagt"]
    with pytest.raises(NotPossible):
        tree.change(here, top, Entered(top.organisation_id, top.function, top.phone, last.id, 1), edition=1)


def test_two_who_change_a_row_at_once_notice_each_other(world: World) -> None:
    template(world)
    berit, lars = frame(world, world.berit), frame(world, world.lars)
    row = tree.template(lars)[0]
    said = Entered(row.organisation_id, "Vagthavende, nat", row.phone, row.parent_id, 1)
    tree.change(frame(world, world.lars), row, said, edition=1)
    with pytest.raises(ChangedMeanwhile):
        tree.change(frame(world, world.berit), row, said, edition=1)
    assert berit.actor != lars.actor


def test_what_a_taken_out_row_rang_is_rung_by_whoever_opens_it(world: World) -> None:
    template(world)
    here = frame(world, world.berit)
    tree.remove(here, next(row for row in tree.template(here) if row.function == "Koordinator på vagt"))
    lines = {line.function: line.depth for line in tree.shown(tree.template(here))}
    assert lines == {"Vagthavende": 0, "SSP-leder": 1, "Skoleleder på vagt": 0, "Klubleder på vagt": 0}


def test_opening_copies_the_template_and_later_changes_of_it_stay_out(world: World, open_one) -> None:
    tree.add(frame(world, world.berit), Entered(world.ballerup.id, "Ny vagt", "44 77 30 09", None, 9))
    used = tree.used(seen_by(world, world.anna, open_one))
    assert [line.function for line in used.lines] == ORDER and used.left == 5
    assert used.lines[0].link == "tel:+4544773000"


def test_a_proposal_has_no_tree_yet(world: World) -> None:
    template(world)
    assert tree.used(seen_by(world, world.berit, proposed(world))).lines == ()


def test_the_next_to_ring_follows_the_tree(world: World, open_one) -> None:
    assert next_of(world, open_one) == "Vagthavende"
    ring(world, open_one, "Vagthavende", "reached")
    assert next_of(world, open_one) == "Koordinator på vagt"
    ring(world, open_one, "Koordinator på vagt", "reached")
    assert next_of(world, open_one) == "Skoleleder på vagt"


def test_one_who_does_not_answer_stops_no_branch_and_is_tried_again_last(world: World, open_one) -> None:
    ring(world, open_one, "Vagthavende", "not-reached")
    for function in ORDER[1:]:
        assert next_of(world, open_one) == function
        ring(world, open_one, function, "reached")
    assert next_of(world, open_one) == "Vagthavende"
    ring(world, open_one, "Vagthavende", "skipped")
    assert next_of(world, open_one) == ""
    assert tree.used(seen_by(world, world.berit, open_one)).left == 0


def test_each_call_is_kept_with_time_and_organisation_and_the_newest_counts(world: World, open_one) -> None:
    ring(world, open_one, "Vagthavende", "not-reached", world.bo)
    ring(world, open_one, "Vagthavende", "reached", world.anna)
    line = tree.used(seen_by(world, world.berit, open_one)).lines[0]
    assert (line.outcome, line.tried) == ("reached", 2)
    assert "Gladsaxe Kommune" in line.last and "Anna" not in line.last


def test_a_double_click_is_one_call(world: World, open_one) -> None:
    line = tree.used(seen_by(world, world.berit, open_one)).lines[0]
    said = {"outcome": "reached", "key": "6f6b6f0a-0000-4000-8000-000000000002"}
    client = browser_of(world.anna)
    for _twice in range(2):
        assert client.post(f"/konflikt/{open_one}/ring/{line.id}/", said).status_code == 302
    with as_role(MIGRATION):
        assert TreeCall.objects.count() == 1


def test_one_more_can_be_added_while_it_is_open_and_nothing_is_changed(world: World, open_one) -> None:
    conflict = seen_by(world, world.berit, open_one)
    above = tree.used(conflict).lines[0].id
    tree.add_to(conflict, Entered(world.housing.id, "Ejendomskontoret", "44 77 30 06", above, 3))
    assert "Ejendomskontoret" in [line.function for line in tree.used(conflict).lines]
    assert "Ejendomskontoret" not in [row.function for row in tree.template(frame(world, world.berit))]
    with pytest.raises(NotAllowed):
        tree.add_to(seen_by(world, world.anna, open_one), Entered(world.gladsaxe.id, "Gadeplan", "114", None, 3))
    assert not TreeRow.objects.filter(measure_id=open_one).update(phone="112")


def test_a_row_of_another_tree_is_not_there(world: World, open_one) -> None:
    row = tree.template(frame(world, world.berit))[0]
    with pytest.raises(Http404):
        tree.ring(seen_by(world, world.berit, open_one), row.id, "reached")
    other = proposed(world, world.adam)
    opening.confirm(seen_by(world, world.lars, other))
    line = tree.used(seen_by(world, world.lars, other)).lines[0]
    with pytest.raises(Http404):
        tree.ring(seen_by(world, world.lars, open_one), line.id, "reached")
