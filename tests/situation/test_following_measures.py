"""Who takes care of a measure hears what others do with it; who leads hears of conflicts; who reported, of answers."""

import pytest
from django.db import connection
from django.utils import translation

from lokalnet.access import founding
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.situation import answering
from lokalnet.situation.conflicts import opening
from lokalnet.situation.models import Answer
from tests.situation.conflicting import TITLE, leader, opened, proposed, seen_by
from tests.situation.following import notices, said
from tests.situation.measuring import propose, set_past, step
from tests.situation.telling import frame
from tests.world import World


def told(kind: str = "measure") -> set[str]:
    with as_role(MIGRATION):
        return set(Notice.objects.filter(kind=kind, opened_at=None).values_list("member__name", flat=True))


def forget() -> None:
    with as_role(MIGRATION):
        Notice.objects.all().delete()


def test_the_owner_hears_what_others_do_and_not_what_they_did_themselves(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    assert told() == set()
    step(world, world.adam, mine, "agreed")
    assert told() == set()
    step(world, world.berit, mine, "commented", "Vi har set det samme.")
    assert told() == {"Adam"}


def test_a_measure_that_one_is_given_is_told_of(world: World) -> None:
    propose(world, world.adam, owner=world.anna)
    assert told() == {"Anna"}


def test_who_joined_for_a_partner_hears_of_every_step_by_others(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    step(world, world.bo, mine, "joined")
    assert told() == {"Adam"}
    forget()
    step(world, world.adam, mine, "agreed")
    assert told() == {"Bo"}


def test_the_coordinators_of_a_partner_hear_that_it_is_asked(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    step(world, world.adam, mine, "asked", organisation=str(world.ballerup.id))
    assert told() == {"Berit"}
    forget()
    step(world, world.adam, mine, "commented", "Hvad siger I?")
    assert told() == set()  # she has not joined


def test_a_measure_that_ends_by_itself_is_told_of(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    set_past(mine, ends_on="2026-01-01")
    with connection.cursor() as cursor:
        cursor.execute("select end_measures()")
    assert told() == {"Adam"}


def test_many_steps_are_one_notice_at_the_members_own_pace(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    for number in range(5):
        step(world, world.berit, mine, "commented", f"Nr. {number}")
    notice, = notices(world.adam, "measure")
    assert (notice.happened, notice.pace, notice.subject) == (5, "", mine.id)


def test_the_bell_says_what_happened_last(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    step(world, world.berit, mine, "commented", "Vi har set det samme.")
    notice, = notices(world.adam, "measure")
    words = said(world, world.adam, notice)
    assert words and (words.title, words.url) == ("Lys på stien", f"/indsats/{mine.id}/")
    assert words.about == "Ballerup Kommune: Commented"


def test_who_sees_the_measure_no_more_gets_no_words(world: World) -> None:
    mine = propose(world, world.adam, owner=world.adam)
    step(world, world.bo, mine, "joined")
    step(world, world.bo, mine, "declined")
    step(world, world.adam, mine, "commented", "Nå ja.")
    forget()
    step(world, world.bo, mine, "joined")
    step(world, world.adam, mine, "agreed")
    notice, = notices(world.bo, "measure")
    step(world, world.bo, mine, "declined")
    set_past(mine, visibility="municipalities")
    assert said(world, world.bo, notice) is None
    assert said(world, world.adam, notices(world.adam, "measure")[0])


def test_a_conflict_is_told_at_once_to_those_who_lead_in_each_party(world: World) -> None:
    """Lars proposes: Adam and Berit coordinate, Lone leads. Nobody else, and nobody elsewhere."""
    leader(world)
    with as_role(MIGRATION):
        founding.member(world.outside, "Olga", "olga@nabokommune.example", Role.COORDINATOR)
    made = proposed(world)
    assert told("conflict") == {"Adam", "Berit", "Lone"}
    with as_role(MIGRATION):
        assert set(Notice.objects.values_list("pace", "subject")) == {("at-once", made)}
    forget()
    opening.confirm(seen_by(world, world.berit, made))
    assert told("conflict") == {"Adam", "Lars", "Lone"}


def test_the_words_of_a_conflict_say_where_it_stands_now(world: World) -> None:
    made = proposed(world)
    notice, = notices(world.berit, "conflict")
    words = said(world, world.berit, notice)
    assert words and words.title == f"Conflict readiness is proposed: {TITLE}" and words.url == f"/konflikt/{made}/"
    opening.confirm(seen_by(world, world.berit, made))
    again = said(world, world.berit, notice)
    assert again and again.title == f"Conflict readiness is open: {TITLE}"


def test_a_log_entry_or_a_comment_in_a_conflict_makes_no_notice(world: World) -> None:
    made = opened(world)
    forget()
    step(world, world.berit, seen_by(world, world.berit, made).measure, "commented", "Roligt nu.")
    assert told("conflict") == told("measure") == set()


def test_standing_down_is_told(world: World) -> None:
    made = opened(world)
    forget()
    step(world, world.berit, seen_by(world, world.berit, made).measure, "done", "Det er roligt.")
    assert told("conflict") == {"Adam", "Lars"}
    notice, = notices(world.lars, "conflict")
    words = said(world, world.lars, notice)
    assert words and words.title == f"Conflict readiness is over: {TITLE}"


def test_the_reporter_hears_that_there_is_an_answer_and_not_what_it_says(world: World) -> None:
    made = world.report(world.anna, key="one")
    answering.answer(frame(world, world.adam), made, Answer.OUTCOME, "Lampen er skiftet.")
    assert told("answer") == {"Anna"}
    notice, = notices(world.anna, "answer")
    words = said(world, world.anna, notice)
    assert words and words.title.startswith("Your report of ") and "Lampen" not in f"{words}"
    assert words.url == "/mine/"
    assert said(world, world.berit, notice) is None


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["observations", "measure", "conflict", "answer"])
def test_the_line_in_a_mail_is_a_count(kind: str, language: str) -> None:
    with translation.override(language):
        assert kinds.counted(kind, 1) != kinds.counted(kind, 12).replace("12", "1")
        assert "12" in kinds.counted(kind, 12)
