"""Approved is frozen: nothing of it changes any more, whoever asks and however; a newer edition replaces it."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from lokalnet.access.acting import NotAllowed, set_actor
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import correcting
from lokalnet.situation.briefing import drafting, freezing
from lokalnet.situation.briefing.figures import NotTheSame
from lokalnet.situation.briefing.freezing import CountedMeanwhile, NotADraft
from lokalnet.situation.models import Briefing, BriefingState, BriefingWords
from lokalnet.situation.partnerships import Frame, frame_for
from tests.situation.briefings import MONDAY_AT_SIX
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(world: World) -> World:
    world.report(world.anna, key="one", visibility="partnership")
    set_actor(None)
    drafting.draft_missing(at=MONDAY_AT_SIX)
    return world


def frame(world: World, name: str) -> Frame:
    found = frame_for(world.actor(getattr(world, name)))
    assert found
    return found


def whole(world: World) -> Briefing:
    with as_role(MIGRATION):
        return Briefing.objects.get(partnership=world.partnership, municipality=None, state="draft")


def municipal(world: World) -> Briefing:
    with as_role(MIGRATION):
        return Briefing.objects.filter(partnership=world.partnership, municipality__name="Ballerup").get()


def approved(world: World) -> Briefing:
    draft = whole(world)
    return freezing.approve(frame(world, "adam"), draft.id, digest=draft.digest)


def test_a_coordinator_approves_what_the_page_showed(drafted: World) -> None:
    found = approved(drafted)
    assert (found.state, found.approved_by_id, found.organisation_id) == (
        BriefingState.APPROVED, drafted.adam.id, drafted.gladsaxe.id)
    assert freezing.frozen(found).partnership.da == "Testpartnerskabet"


def test_what_was_counted_anew_meanwhile_is_not_approved(drafted: World) -> None:
    draft = whole(drafted)
    counted = freezing.count_anew(frame(drafted, "berit"), draft.id)
    assert counted.digest != draft.digest
    with pytest.raises(CountedMeanwhile):
        freezing.approve(frame(drafted, "adam"), draft.id, digest=draft.digest)
    assert freezing.approve(frame(drafted, "adam"), draft.id, digest=counted.digest).state == "approved"


def test_a_second_click_says_that_it_is_frozen(drafted: World) -> None:
    found = approved(drafted)
    for again in (lambda: freezing.approve(frame(drafted, "adam"), found.id, digest=found.digest),
                  lambda: freezing.count_anew(frame(drafted, "berit"), found.id)):
        with pytest.raises(NotADraft):
            again()


@pytest.mark.parametrize("change", [
    "figures = '{}'", "digest = 'x'", "counted_at = now()", "approved_at = now() - interval '1 day'",
    "state = 'draft', approved_at = null, organisation_id = null",
    "organisation_id = (select actor_organisation())", "approved_by_id = (select actor_id())"])
def test_no_column_of_an_approved_one_changes_by_sql(drafted: World, change: str) -> None:
    found = approved(drafted)
    drafted.actor(drafted.berit)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update situation_briefing set {change} where id = %s", [found.id])


@pytest.mark.parametrize("role", [MIGRATION, "lokalnet_definer"])
def test_not_even_by_those_who_see_every_row(drafted: World, role: str) -> None:
    found = approved(drafted)
    with pytest.raises(DatabaseError, match="frozen"), as_role(role):
        Briefing.objects.filter(id=found.id).update(figures="{}")


def test_no_words_are_added_to_an_approved_one_or_taken_from_it(drafted: World) -> None:
    draft = whole(drafted)
    actor = drafted.actor(drafted.adam)
    words = BriefingWords(id=uuid.uuid4(), briefing=draft, section="good", words="Det går godt",
                          member_id=actor.member_id, organisation_id=actor.organisation_id)
    words.save(force_insert=True)
    approved(drafted)
    drafted.actor(drafted.adam)
    assert BriefingWords.objects.update(words="Noget andet") == 0
    assert BriefingWords.objects.filter(id=words.id).delete()[0] == 0
    words.id, words.section = uuid.uuid4(), "new"
    with pytest.raises(DatabaseError), transaction.atomic():
        words.save(force_insert=True)


def test_a_new_edition_takes_the_words_along_and_replaces_the_old_one_when_it_is_approved(drafted: World) -> None:
    draft = whole(drafted)
    actor = drafted.actor(drafted.adam)
    BriefingWords(id=uuid.uuid4(), briefing=draft, section="good", words="Det går godt", member_id=actor.member_id,
                  organisation_id=actor.organisation_id).save(force_insert=True)
    first = approved(drafted)
    second = freezing.begin_edition(frame(drafted, "berit"), first.id)
    assert (second.edition, second.state) == (2, BriefingState.DRAFT)
    assert [each.words for each in BriefingWords.objects.filter(briefing=second)] == ["Det går godt"]
    with pytest.raises(NotADraft):
        freezing.begin_edition(frame(drafted, "adam"), first.id)
    first.refresh_from_db()
    assert first.state == BriefingState.APPROVED  # until the new one is
    freezing.approve(frame(drafted, "berit"), second.id, digest=second.digest)
    first.refresh_from_db()
    assert first.state == BriefingState.REPLACED
    assert freezing.frozen(first).week == freezing.frozen(second).week


def test_whoever_approves_cannot_do_it_in_anothers_name(drafted: World) -> None:
    draft = whole(drafted)
    drafted.actor(drafted.berit)
    for member, organisation in ((drafted.adam, drafted.ballerup), (drafted.berit, drafted.gladsaxe)):
        with pytest.raises(DatabaseError, match="says so"), transaction.atomic():
            Briefing.objects.filter(id=draft.id).update(
                state="approved", approved_at=draft.made_at, approved_by=member, organisation=organisation)


def test_what_is_approved_is_what_was_there(drafted: World) -> None:
    draft = whole(drafted)
    actor = drafted.actor(drafted.berit)
    with pytest.raises(DatabaseError, match="there to read"), transaction.atomic():
        Briefing.objects.filter(id=draft.id).update(
            state="approved", approved_at=draft.made_at, approved_by=actor.member_id,
            organisation=actor.organisation_id, figures="{}")


def test_figures_that_were_changed_behind_the_digest_are_not_approved(drafted: World) -> None:
    draft = whole(drafted)
    with as_role(MIGRATION):
        Briefing.objects.filter(id=draft.id).update(figures=draft.figures.replace('"told":0', '"told":7'))
    with pytest.raises(NotTheSame):
        freezing.approve(frame(drafted, "adam"), draft.id, digest=draft.digest)


@pytest.mark.parametrize("name", ["anna", "bo", "lars", "viggo", "dorte"])
def test_who_may_not_edit_does_not_see_a_draft_and_may_not_approve(drafted: World, name: str) -> None:
    draft = whole(drafted)
    drafted.actor(getattr(drafted, name))
    assert not Briefing.objects.exists()
    with pytest.raises(NotAllowed):
        freezing.approve(frame(drafted, name), draft.id, digest=draft.digest)


def test_a_stranger_gets_the_strangers_answer(drafted: World) -> None:
    draft = whole(drafted)
    with as_role(MIGRATION):
        drafted.clara.roles = ["coordinator"]
        drafted.clara.save()
    with pytest.raises(Http404):
        freezing.approve(frame(drafted, "clara"), draft.id, digest=draft.digest)


def test_a_police_coordinator_does_not_get_a_municipalitys(drafted: World) -> None:
    with as_role(MIGRATION):
        drafted.lars.roles = ["coordinator"]
        drafted.lars.save()
    draft = municipal(drafted)
    drafted.actor(drafted.lars)
    assert set(Briefing.objects.values_list("municipality", flat=True)) == {None}
    with pytest.raises(Http404):
        freezing.count_anew(frame(drafted, "lars"), draft.id)


def test_there_is_one_draft_and_one_approved_edition_of_a_week(drafted: World) -> None:
    found = whole(drafted)
    with pytest.raises(IntegrityError), as_role(MIGRATION):
        Briefing(id=uuid.uuid4(), partnership_id=found.partnership_id, week=found.week, edition=7, figures="{}",
                 digest="x", counted_at=found.counted_at).save(force_insert=True)


def test_what_was_shared_with_fewer_since_the_draft_is_not_handed_on(world: World) -> None:
    made = [world.report(world.adam, key=key, visibility="partnership", occurred_at=MONDAY_AT_SIX - timedelta(days=2))
            for key in ("one", "two")]
    set_actor(None)
    drafting.draft_missing(at=MONDAY_AT_SIX)
    draft = whole(world)
    assert freezing.frozen(draft).whole.told == 2
    here = frame(world, "adam")
    before = correcting.present(here, made[0]).report()
    correcting.correct(here, made[0], replace(before, visibility="municipalities"), edition=1)
    with pytest.raises(CountedMeanwhile):
        freezing.approve(frame(world, "adam"), draft.id, digest=draft.digest)
    counted = whole(world)
    assert freezing.frozen(counted).whole.told == 1
    assert freezing.approve(frame(world, "adam"), draft.id, digest=counted.digest).state == "approved"


def test_an_approved_one_goes_only_when_its_successor_comes(drafted: World) -> None:
    found = approved(drafted)
    drafted.actor(drafted.berit)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Briefing.objects.filter(id=found.id).update(state="replaced")


def test_nobody_invents_an_edition(drafted: World) -> None:
    found = whole(drafted)
    drafted.actor(drafted.adam)
    with pytest.raises(DatabaseError), transaction.atomic():
        Briefing(id=uuid.uuid4(), partnership_id=found.partnership_id, week=found.week - timedelta(weeks=5), edition=7,
                 figures="{}", digest="x", counted_at=found.counted_at).save(force_insert=True)
