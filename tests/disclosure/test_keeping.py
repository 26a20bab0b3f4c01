"""A ground is changed by one data protection officer and approved by another; what it said before is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils.translation import override

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member, Partnership, Party
from lokalnet.access.rights import Role
from lokalnet.access.seats import seat_of
from lokalnet.access.words import BadWords
from lokalnet.disclosure.grounds import BadGround
from lokalnet.disclosure.law import deciding, due, installing, proposing, reading
from lokalnet.disclosure.law.proposing import ChangedMeanwhile
from lokalnet.disclosure.law.rows import ground_of
from lokalnet.disclosure.models import Confirmation, Ground, GroundState
from lokalnet.disclosure.shipped import danish_law
from lokalnet.foundation.roles import MIGRATION, as_role
from tests.access.people import events
from tests.days import today
from tests.disclosure.officers import UNVERIFIED, WHY, Law

SAID = "Vi har læst lovteksten og står inde for brugen"


def usable(law: Law) -> dict[str, tuple[str, ...]]:
    return {each.ground.code: each.ground.fields for each in reading.usable(law.seat(law.sanne))}


# Installing


def test_a_partnership_begins_with_the_danish_grounds(law: Law) -> None:
    with as_role(MIGRATION):
        rows = Ground.objects.filter(partnership=law.world.partnership).order_by("code")
        assert [ground_of(row) for row in rows] == sorted(danish_law(), key=lambda ground: ground.code)


def test_installing_again_changes_nothing_that_was_kept(law: Law) -> None:
    changed = law.proposed(law.gorm)
    deciding.approve(law.seat(law.dorte), changed)
    installing.install_as_owner(law.world.partnership)
    assert law.in_force().id == changed.id
    with as_role(MIGRATION):
        assert Ground.objects.count() == len(danish_law()) + 1


# Four eyes


def test_a_proposal_counts_for_nothing_until_another_officer_approves(law: Law) -> None:
    change = law.proposed(law.gorm)
    assert (change.state, change.version, change.verified) == ("proposed", 2, False)
    assert len(usable(law)["rpl-115-3-ssp-to"]) == 6
    deciding.approve(law.seat(law.dorte), change)
    assert law.in_force().id == change.id
    assert "rpl-115-3-ssp-to" not in usable(law)  # not verified by anybody yet
    deciding.confirm(law.seat(law.gorm), law.in_force(), SAID)
    assert usable(law)["rpl-115-3-ssp-to"] == ("identity",)


def test_what_it_said_before_is_kept(law: Law) -> None:
    before = law.in_force()
    change = law.proposed(law.gorm)
    deciding.approve(law.seat(law.dorte), change)
    kept = law.row(before.id)
    assert kept.state == GroundState.SUPERSEDED and ground_of(kept) == ground_of(before)


def test_nobody_approves_their_own(law: Law) -> None:
    change = law.proposed(law.gorm)
    assert not deciding.may_decide(law.seat(law.gorm), change)
    with pytest.raises(NotAllowed):
        deciding.approve(law.seat(law.gorm), change)
    with pytest.raises(NotAllowed):
        deciding.decline(law.seat(law.gorm), change, "Alligevel ikke")
    assert law.row(change.id).state == GroundState.PROPOSED


def test_nor_as_a_member_of_another_organisation(law: Law) -> None:
    change = law.proposed(law.gorm)
    with as_role(MIGRATION):
        twice = Member.objects.create(user_id=law.gorm.user_id, organisation=law.world.herlev, name="Gorm",
                                      roles=[Role.DATA_PROTECTION_OFFICER.value])
    with pytest.raises(NotAllowed):
        deciding.approve(law.seat(twice), change)


def test_a_decline_has_a_reason_and_leaves_what_was(law: Law) -> None:
    change = law.proposed(law.gorm)
    with pytest.raises(BadGround):
        deciding.decline(law.seat(law.dorte), change, "  ")
    deciding.decline(law.seat(law.dorte), change, "Adressen bruges ved hjemkomst")
    declined = law.row(change.id)
    assert (declined.state, declined.decline_reason) == ("declined", "Adressen bruges ved hjemkomst")
    assert law.in_force().version == 1


def test_deciding_twice_is_harmless_and_two_who_differ_notice(law: Law) -> None:
    change = law.proposed(law.gorm)
    deciding.approve(law.seat(law.dorte), change)
    deciding.approve(law.seat(law.dorte), law.row(change.id))
    with pytest.raises(ChangedMeanwhile):
        deciding.decline(law.seat(law.dorte), change, "Nej")
    assert len(events("ground.approved")) == 1


@pytest.mark.parametrize("name", ["sanne", "anna"])
def test_who_is_no_data_protection_officer_keeps_nothing(law: Law, name: str) -> None:
    member = law.sanne if name == "sanne" else law.world.anna
    change, open_one = law.proposed(law.gorm), law.in_force(UNVERIFIED)
    here = law.seat(member)
    for act in (lambda: deciding.approve(here, change), lambda: deciding.decline(here, change, "Nej"),
                lambda: deciding.confirm(here, open_one, SAID),
                lambda: proposing.propose_change(here, law.in_force("bl-132"), ground_of(open_one), why=WHY)):
        with pytest.raises(NotAllowed):
            act()


# Proposing


def test_the_same_sent_twice_is_proposed_once(law: Law) -> None:
    assert law.proposed(law.gorm).id == law.proposed(law.gorm).id
    assert len(events("ground.proposed")) == 1


def test_a_second_proposal_for_the_same_ground_waits_for_the_first(law: Law) -> None:
    law.proposed(law.gorm)
    with pytest.raises(ChangedMeanwhile):
        law.proposed(law.dorte, fields=("identity", "strengths"))


def test_a_change_of_what_is_replaced_already_is_noticed(law: Law) -> None:
    old = law.in_force()
    change = law.proposed(law.gorm)
    deciding.approve(law.seat(law.dorte), change)
    with pytest.raises(ChangedMeanwhile):
        proposing.propose_change(law.seat(law.gorm), law.row(old.id), replace(ground_of(old), fields=("contact",)),
                                 why=WHY)


@pytest.mark.parametrize(("changed", "field"), [
    ({}, "why"), ({"gives": ("housing",)}, "gives"), ({"receives": ()}, "receives"),
    ({"purposes": ("investigation",)}, "purposes"), ({"fields": ("ethnicity",)}, "fields"),
    ({"text_da": " "}, "text_da"),
    ({"age_from": 18, "age_to": 12}, "age_to"), ({"valid_from": today() + timedelta(days=1)}, "valid_from")])
def test_a_proposal_that_breaks_a_rule_says_where(law: Law, changed: dict[str, object], field: str) -> None:
    row = law.in_force()
    with pytest.raises(BadGround) as problem:
        proposing.propose_change(law.seat(law.gorm), row, replace(ground_of(row), **changed), why=WHY)  # type: ignore[arg-type]
    assert problem.value.field == field


def test_a_reason_is_needed_and_names_nobody(law: Law) -> None:
    row = law.in_force()
    wanted = replace(ground_of(row), fields=("identity",))
    with pytest.raises(BadGround):
        proposing.propose_change(law.seat(law.gorm), row, wanted, why=" ")
    with pytest.raises(BadWords):
        proposing.propose_change(law.seat(law.gorm), row, wanted, why="Ring til mig på 20 30 40 50 om det")


def test_a_new_ground_goes_the_same_way(law: Law) -> None:
    wanted = replace(ground_of(law.in_force()), paragraph="Sundhedsloven § 1", title_da="Ny", verified=True)
    made = law.row(proposing.propose_new(law.seat(law.gorm), wanted, why=WHY))
    assert (made.code, made.version, made.verified, made.state) == ("sundhedsloven-1-ny", 1, False, "proposed")
    assert proposing.propose_new(law.seat(law.gorm), wanted, why=WHY) == made.id
    with pytest.raises(BadGround) as problem:
        proposing.propose_new(law.seat(law.dorte), wanted, why=WHY)
    assert problem.value.field == "title_da"
    deciding.approve(law.seat(law.dorte), made)
    assert law.in_force("sundhedsloven-1-ny").id == made.id


# Confirming


def test_an_unverified_ground_works_after_a_confirmation_in_writing(law: Law) -> None:
    assert UNVERIFIED not in usable(law)
    deciding.confirm(law.seat(law.dorte), law.in_force(UNVERIFIED), SAID)
    assert UNVERIFIED in usable(law)
    with as_role(MIGRATION):
        kept = Confirmation.objects.get()
    assert (kept.member_id, kept.organisation_id, kept.words) == (law.dorte.id, law.world.ballerup.id, SAID)


def test_confirming_twice_is_harmless_and_needs_words(law: Law) -> None:
    with pytest.raises(BadGround):
        deciding.confirm(law.seat(law.dorte), law.in_force(UNVERIFIED), "ok")
    for _ in range(2):
        deciding.confirm(law.seat(law.dorte), law.in_force(UNVERIFIED), SAID)
    assert len(events("ground.confirmed")) == 1


def test_a_confirmation_is_of_one_version(law: Law) -> None:
    deciding.confirm(law.seat(law.dorte), law.in_force(UNVERIFIED), SAID)
    change = law.proposed(law.gorm, UNVERIFIED)
    deciding.approve(law.seat(law.dorte), change)
    assert UNVERIFIED not in usable(law)


def test_what_is_verified_takes_no_confirmation(law: Law) -> None:
    with pytest.raises(ChangedMeanwhile):
        deciding.confirm(law.seat(law.dorte), law.in_force(), SAID)


# Reading


def test_the_list_is_by_purpose_and_says_how_each_stands(law: Law) -> None:
    law.proposed(law.gorm)
    with override("en"):
        listed = reading.listed(law.seat(law.sanne))
    assert [len(each.grounds) for each in listed] == [5, 4, 6, 1]
    ssp = {each.ground.code: each for each in listed[0].grounds}
    assert ssp[UNVERIFIED].unconfirmed and ssp[UNVERIFIED].said == "Awaits confirmation in writing"
    assert ssp["rpl-115-1-1"].usable and ssp["rpl-115-3-ssp-to"].change is not None


def test_the_history_says_who_changed_what_and_why_by_organisation(law: Law) -> None:
    change = law.proposed(law.gorm)
    deciding.approve(law.seat(law.dorte), change)
    deciding.confirm(law.seat(law.dorte), law.in_force(), SAID)
    with override("en"):
        newest, first = reading.history(law.seat(law.world.bo), law.in_force())
    assert (newest.by, newest.decided, newest.why) == ("Gladsaxe Kommune", "Ballerup Kommune", WHY)
    assert [change.label for change in newest.changes] == ["What may be shared"]
    assert [said for _, _, said in newest.confirmations] == [SAID]
    assert (first.by, first.what, first.changes) == ("Came with Lokalnet", "Replaced", ())


def test_a_ground_whose_last_day_is_over_may_not_be_used(law: Law) -> None:
    with as_role(MIGRATION):
        Ground.objects.filter(code="bl-132").update(valid_to=today() - timedelta(days=1))
    assert "bl-132" not in usable(law)


def test_another_partnerships_grounds_do_not_exist(law: Law) -> None:
    with as_role(MIGRATION):
        installing.install(law.world.elsewhere)
        theirs = Ground.objects.filter(partnership=law.world.elsewhere).first()
    assert theirs is not None
    with pytest.raises(Http404):
        reading.one(law.seat(law.dorte), theirs.id)


# My day


def titles(law: Law, member: Member) -> list[str]:
    with override("en"):
        return [task.title for task in due.due_for(law.seat(member))]


def test_an_officer_sees_what_awaits_approval_and_confirmation(law: Law) -> None:
    awaits = ["A legal ground awaits your confirmation in writing: "
              "Barnets lov (paragraffen er ikke fundet; før: serviceloven § 49 a)"]
    law.proposed(law.gorm)
    assert titles(law, law.gorm) == awaits  # one's own proposal is for somebody else
    assert titles(law, law.dorte) == ["A legal ground awaits your approval: Retsplejeloven § 115, stk. 3, jf. stk. 1, "
                                      "nr. 1", *awaits]
    assert titles(law, law.sanne) == []
    deciding.confirm(law.seat(law.gorm), law.in_force(UNVERIFIED), SAID)
    assert titles(law, law.gorm) == []


def test_nothing_is_due_in_a_closed_room_or_an_exercise(law: Law, settings) -> None:
    settings.LOKALNET_DEMO = False
    assert titles(law, law.dorte) == []
    settings.LOKALNET_DEMO = True
    with as_role(MIGRATION):
        exercise = Partnership.objects.create(slug="oevelse", name="Øvelse", valid_from=today(), west=12, south=55,
                                              east=13, north=56, exercise_of=law.world.partnership)
        Party.objects.create(partnership=exercise, organisation=law.world.ballerup, valid_from=today())
        installing.install(exercise)
    assert due.due_for(seat_of(law.world.actor(law.dorte), exercise.id)) == []
    assert titles(law, law.dorte) != []
