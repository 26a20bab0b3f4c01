"""A commitment is read by every party, kept by the one who promised, and never overwritten."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lokalnet.access import founding, words
from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member, Partnership
from lokalnet.access.rights import Role
from lokalnet.access.seats import Seat, seat_of
from lokalnet.access.words import BadWords
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part
from lokalnet.partnership import commitments
from lokalnet.partnership.commitments import ChangedMeanwhile, NotTakenBack, Promise
from lokalnet.partnership.models import Commitment, CommitmentVersion, State
from tests.access.people import browser_of, events
from tests.days import today
from tests.doors.people import give_roles
from tests.world import World

TODAY = today()
WORDS = "Vi har en fast kontaktperson på alle skoler"


def seat(world: World, member: Member) -> Seat:
    return seat_of(world.actor(member), world.partnership.id)


def promised(world: World, member: Member | None = None, *, text: str = WORDS, days: int = 10) -> Commitment:
    """With `days` below zero one that was promised in time and whose day is over since."""
    here = seat(world, member or world.adam)
    made = commitments.promise(here, Promise(text, TODAY + timedelta(days=max(days, 0))))
    if days < 0:
        with as_role(MIGRATION):
            Commitment.objects.filter(id=made).update(due_on=TODAY + timedelta(days=days))
            CommitmentVersion.objects.filter(commitment=made).update(due_on=TODAY + timedelta(days=days))
    return commitments.one(here, made)


def is_an_hour_old(commitment: Commitment, *, hours: int = 1) -> None:
    with as_role(MIGRATION):
        Commitment.objects.filter(id=commitment.id).update(made_at=now() - timedelta(hours=hours))


def sql(query: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.rowcount


def a_version(of: Commitment, by: Member, **changed: object) -> int:
    said = {"id": uuid.uuid4(), "commitment_id": of.id, "partnership_id": of.partnership_id,
            "organisation_id": by.organisation_id, "member_id": by.id, "edition": 2, "text": of.text,
            "due_on": of.due_on, "state": "kept", "why": "Gjort", "at": now()} | changed
    return sql(f"insert into partnership_commitment_version ({', '.join(said)}) "
               f"values ({', '.join(['%s'] * len(said))})", *said.values())


# Who reads


@pytest.mark.parametrize(("name", "seen"), [("adam", 1), ("anna", 1), ("bo", 1), ("berit", 1), ("clara", 0),
                                            ("viggo", 0), ("dorte", 0)])
def test_every_party_that_works_with_measures_reads_it_and_nobody_else(world: World, name: str, seen: int) -> None:
    promised(world)
    world.actor(getattr(world, name))
    assert sql("select 1 from partnership_commitment") == seen
    assert sql("select 1 from partnership_commitment_version") == seen


def test_a_stranger_with_every_role_gets_a_404(world: World) -> None:
    made = promised(world)
    give_roles(world.clara, [Role.COORDINATOR])
    clara = browser_of(world.clara)
    assert clara.get(f"/aftaler/{made.id}/").status_code == 404
    assert WORDS not in clara.get("/aftaler/").content.decode()


# Who keeps


def test_only_the_coordinator_or_leader_of_the_promising_party_keeps_it(world: World) -> None:
    made = promised(world)
    for other in (world.anna, world.berit, world.lars):
        here = seat(world, other)
        with pytest.raises(NotAllowed):
            commitments.settle(here, made, "kept", "Gjort", edition=1)
    commitments.settle(seat(world, world.adam), made, "kept", "Gjort", edition=1)


@pytest.mark.parametrize("name", ["anna", "berit", "lars", "clara"])
def test_the_database_takes_a_version_from_nobody_else(world: World, name: str) -> None:
    made, other = promised(world), getattr(world, name)
    world.actor(other)
    with pytest.raises(DatabaseError, match="row-level security"):
        a_version(made, other)
    with pytest.raises(DatabaseError, match="row-level security"):  # not in the name of the one who may, either
        a_version(made, world.adam)


def test_nobody_promises_for_another_party_or_without_the_right(world: World) -> None:
    row = ("insert into partnership_commitment (id, partnership_id, party_id, text, due_on, state, why, edition, "
           "made_by_id, made_at, changed_at) values (%s, %s, %s, 'x', %s, %s, '', 1, %s, now(), now())")
    for who, party, state in ((world.adam, world.ballerup, "open"), (world.anna, world.gladsaxe, "open"),
                              (world.adam, world.gladsaxe, "kept")):
        world.actor(who)
        with pytest.raises(DatabaseError):
            sql(row, uuid.uuid4(), world.partnership.id, party.id, TODAY, state, who.id)
    world.actor(world.adam)
    with pytest.raises(DatabaseError):
        sql(row, uuid.uuid4(), world.elsewhere.id, world.gladsaxe.id, TODAY, "open", world.adam.id)


@pytest.mark.parametrize("query", [
    "update partnership_commitment set state = 'kept'",
    "update partnership_commitment_version set why = 'andet'", "delete from partnership_commitment_version"])
def test_what_was_said_is_never_changed_or_taken_away(world: World, query: str) -> None:
    promised(world)
    with pytest.raises(DatabaseError, match="permission denied"):
        sql(query)


# How it follows


def test_how_it_stands_follows_from_what_was_said(world: World) -> None:
    made, here = promised(world), seat(world, world.adam)
    commitments.settle(here, made, "broken", "Vi nåede det ikke", edition=1)
    commitments.reword(here, commitments.one(here, made.id), Promise("Vi når det nu", TODAY), edition=2)
    commitments.settle(here, commitments.one(here, made.id), "kept", "Det lykkedes", edition=3)
    now_said = commitments.one(here, made.id)
    assert (now_said.text, now_said.state, now_said.why, now_said.edition) == ("Vi når det nu", "kept",
                                                                             "Det lykkedes", 4)
    said = commitments.history(here, now_said)
    assert [line.why for line in said] == ["Det lykkedes", "", "Vi nåede det ikke", ""]
    assert (said[1].was, said[1].was_due) == (WORDS, made.due_on)
    assert {line.organisation for line in said} == {"Gladsaxe Kommune"}
    assert [row.detail["act"] for row in events("commitment.changed")] == ["promised", "broken", "broken", "kept"]


def test_of_two_who_change_at_once_the_second_is_told(world: World) -> None:
    made, here = promised(world), seat(world, world.adam)
    commitments.settle(here, made, "kept", "Gjort", edition=1)
    with pytest.raises(ChangedMeanwhile):
        commitments.reword(here, made, Promise("Noget andet", TODAY), edition=1)
    with pytest.raises(ChangedMeanwhile):  # nor does an edition that is yet to come
        commitments.reword(here, made, Promise("Noget andet", TODAY), edition=7)
    assert commitments.one(here, made.id).text == WORDS


def test_a_double_click_says_it_once(world: World) -> None:
    made, adam = promised(world), browser_of(world.adam)
    for _ in range(2):
        answer = adam.post(f"/aftaler/{made.id}/", {"act": "settle", "state": "kept", "why": "Gjort", "edition": "1"})
        assert answer.status_code == 302
    with as_role(MIGRATION):
        assert CommitmentVersion.objects.count() == 2


def test_a_state_has_its_reason(world: World) -> None:
    made, here = promised(world), seat(world, world.adam)
    with pytest.raises(BadWords) as refused:
        commitments.settle(here, made, "broken", "  ", edition=1)
    assert refused.value.field == "why"
    with pytest.raises(DatabaseError, match="needs-reason"):
        a_version(made, world.adam, why="")


def test_time_and_member_are_the_databases_to_say(world: World) -> None:
    made = promised(world)
    a_version(made, world.adam, at=now() - timedelta(days=900))
    with as_role(MIGRATION):
        assert CommitmentVersion.objects.get(edition=2).at > now() - timedelta(minutes=5)


# What was entered wrongly


@pytest.mark.parametrize(("day", "said"), [("2020-01-01", "today or a later day"), ("2099-01-01", "next ten years")])
def test_a_new_day_lies_between_today_and_ten_years(world: World, day: str, said: str) -> None:
    made, adam = promised(world), browser_of(world.adam)
    for path, form, sent in (("/aftaler/ny/", "form", {}),
                             (f"/aftaler/{made.id}/", "promise", {"act": "reword", "edition": "1"})):
        answer = adam.post(path, {"text": WORDS, "due_on": day} | sent, headers={"Accept-Language": "en"})
        assert answer.status_code == 422
        assert [said in words for words in answer.context[form].errors["due_on"]] == [True]


def test_today_is_a_day_to_promise_for_and_the_database_takes_no_earlier_one(world: World) -> None:
    promised(world, days=0)
    with pytest.raises(DatabaseError, match="row-level security"):
        Commitment(partnership=world.partnership, party=world.gladsaxe, text="x", made_by=world.adam,
                   due_on=TODAY - timedelta(days=2)).save(force_insert=True)


def test_a_late_one_is_worded_anew_without_another_day(world: World) -> None:
    made, here = promised(world, days=-3), seat(world, world.adam)
    commitments.reword(here, made, Promise("Andre ord", made.due_on), edition=1)
    assert commitments.one(here, made.id).text == "Andre ord"


def test_what_was_entered_wrongly_is_taken_out_with_its_versions(world: World) -> None:
    made, adam = promised(world), browser_of(world.adam)
    is_an_hour_old(made, hours=23)
    commitments.reword(seat(world, world.adam), made, Promise("Andre ord", made.due_on), edition=1)
    assert b'value="take-back"' in adam.get(f"/aftaler/{made.id}/").content
    answer = adam.post(f"/aftaler/{made.id}/", {"act": "take-back", "edition": "2"})
    assert answer.status_code == 302 and answer["Location"].partition("?")[0] == "/aftaler/"
    with as_role(MIGRATION):
        assert not Commitment.objects.exists() and not CommitmentVersion.objects.exists()
    assert [row.detail["act"] for row in events("commitment.changed")][-1] == "taken-back"


@pytest.mark.parametrize("name", ["anna", "berit", "lars"])
def test_nobody_else_takes_it_out(world: World, name: str) -> None:
    made = promised(world)
    with pytest.raises(NotAllowed):
        commitments.take_back(seat(world, getattr(world, name)), made, edition=1)


@pytest.mark.parametrize("name", ["anna", "berit", "lars", "clara"])
def test_the_database_takes_it_out_for_nobody_else(world: World, name: str) -> None:
    promised(world)
    world.actor(getattr(world, name))
    assert sql("delete from partnership_commitment") == 0


def test_after_a_day_it_stands(world: World) -> None:
    made = promised(world)
    is_an_hour_old(made, hours=25)
    refuses_to_take_out(world, made, edition=1)


def test_of_what_somebody_has_said_how_it_went_nothing_is_taken_out(world: World) -> None:
    made, here = promised(world), seat(world, world.adam)
    commitments.settle(here, made, "broken", "Vi nåede det ikke", edition=1)
    refuses_to_take_out(world, made, edition=2)
    commitments.settle(here, commitments.one(here, made.id), "open", "Vi prøver igen", edition=2)
    refuses_to_take_out(world, made, edition=3)


def refuses_to_take_out(world: World, made: Commitment, *, edition: int) -> None:
    adam = browser_of(world.adam)
    assert b'value="take-back"' not in adam.get(f"/aftaler/{made.id}/").content
    answer = adam.post(f"/aftaler/{made.id}/", {"act": "take-back", "edition": str(edition)}, follow=True)
    assert "kan ikke slettes længere" in answer.content.decode()
    world.actor(world.adam)
    assert sql("delete from partnership_commitment where id = %s", made.id) == 0


def test_of_two_at_once_the_second_takes_out_nothing_that_it_did_not_see(world: World) -> None:
    made, here = promised(world), seat(world, world.adam)
    commitments.reword(here, made, Promise("Andre ord", made.due_on), edition=1)
    with pytest.raises(NotTakenBack):
        commitments.take_back(here, made, edition=1)


def test_a_promise_made_in_the_future_would_stay_fresh_and_is_not_taken(world: World) -> None:
    world.actor(world.adam)
    with pytest.raises(DatabaseError, match="row-level security"):
        Commitment(partnership=world.partnership, party=world.gladsaxe, text="x", made_by=world.adam, due_on=TODAY,
                   made_at=now() + timedelta(days=9)).save(force_insert=True)


def test_of_what_was_kept_it_is_asked_what_came_of_it(world: World) -> None:
    made, adam = promised(world), browser_of(world.adam)
    answer = adam.post(f"/aftaler/{made.id}/", {"act": "settle", "state": "kept", "why": "", "edition": "1"})
    assert answer.status_code == 422
    with pytest.raises(BadWords, match="kom ud af det"):
        commitments.settle(seat(world, world.adam), made, "kept", "", edition=1)


# Words


@pytest.mark.parametrize(("field", "sent"), [
    ("text", {"text": "Mads Nielsen ringer hver uge", "due_on": "2027-01-01"}),
    ("due_on", {"text": WORDS, "due_on": "3027-01-01"}), ("text", {"text": " ", "due_on": "2027-01-01"}),
    ("text", {"text": "x" * 501, "due_on": "2027-01-01"}), ("due_on", {"text": WORDS, "due_on": "i morgen"})])
def test_what_cannot_be_taken_is_said_at_its_field_and_stays(world: World, field: str, sent: dict[str, str]) -> None:
    answer = browser_of(world.adam).post("/aftaler/ny/", sent)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert sent[field].strip() in answer.content.decode()
    with as_role(MIGRATION):
        assert not Commitment.objects.exists()


def test_the_reason_stands_under_the_guard_too(world: World) -> None:
    made = promised(world)
    answer = browser_of(world.adam).post(f"/aftaler/{made.id}/", {
        "act": "settle", "state": "kept", "why": "Ring til 010190-1234", "edition": "1"})
    assert answer.status_code == 422 and "why" in answer.context["settle"].errors
    assert "Ring til 010190-1234" in answer.content.decode()


def test_without_a_guard_no_text_is_taken(world: World, monkeypatch) -> None:
    monkeypatch.setattr(words, "_checks", [])
    with pytest.raises(RuntimeError):
        promised(world)


def test_who_was_told_that_it_changed_sends_the_next_time_from_what_stands(world: World) -> None:
    made, adam = promised(world), browser_of(world.adam)
    adam.post(f"/aftaler/{made.id}/", {"act": "settle", "state": "kept", "why": "Gjort", "edition": "1"})
    late = {"act": "reword", "text": "Nye ord", "due_on": TODAY.isoformat(), "edition": "1"}
    answer = adam.post(f"/aftaler/{made.id}/", late)
    assert answer.status_code == 422 and "Nye ord" in answer.content.decode()
    shown = answer.context["promise"]["edition"].value()
    assert adam.post(f"/aftaler/{made.id}/", late | {"edition": shown}).status_code == 302


# The list, and what is due


def test_the_list_stands_by_party_with_open_and_late_first(world: World) -> None:
    for days, text in ((20, "senere"), (-3, "for sent"), (5, "snart")):
        promised(world, text=text, days=days)
    promised(world, world.berit, text="Ballerups")
    here = seat(world, world.adam)
    settled = next(row for row in Commitment.objects.all() if row.text == "snart")
    commitments.settle(here, settled, "kept", "Gjort", edition=1)
    found = commitments.listed(here)
    assert [party.name for party in found] == ["Gladsaxe Kommune", "Ballerup Kommune"]
    assert [(each.text, each.late) for each in found[0].commitments] == [
        ("for sent", True), ("senere", False), ("snart", False)]


def test_the_list_asks_as_often_for_many_as_for_one(world: World, django_assert_num_queries) -> None:
    for number in range(12):
        promised(world, text=f"nummer {number}")
    here = seat(world, world.adam)
    with django_assert_num_queries(2):  # the commitments, and the names of organisations
        commitments.listed(here)


def test_what_is_due_is_the_own_partys_open_ones_of_a_month(world: World) -> None:
    promised(world, text="om en uge", days=7)
    promised(world, text="for sent", days=-2)
    promised(world, text="om et halvt år", days=180)
    promised(world, world.berit, text="Ballerups", days=3)
    done = promised(world, text="holdt", days=1)
    commitments.settle(seat(world, world.adam), done, "kept", "Gjort", edition=1)
    tasks = commitments.due_for(seat(world, world.adam))
    assert [(task.title, task.part, task.until) for task in tasks] == [
        ("for sent", Part.MINE, TODAY - timedelta(days=2)), ("om en uge", Part.MINE, TODAY + timedelta(days=7))]
    assert commitments.due_for(seat(world, world.anna)) == []


@pytest.mark.parametrize("which", ["list", "one"])
def test_it_is_copied_to_the_journal_and_the_copying_is_in_the_log(world: World, which: str) -> None:
    made = promised(world, days=-2)
    path = "/aftaler/" if which == "list" else f"/aftaler/{made.id}/"
    text = browser_of(world.bo).get(f"{path}?journal=text").content.decode()
    assert WORDS in text and "Gladsaxe Kommune" in text and "Bo, Testpolitiet" in text
    assert browser_of(world.bo).get(f"{path}?journal=pdf").content.startswith(b"%PDF")
    assert {row.detail["form"] for row in events("journal.copied")} == {"text", "pdf"}
    assert len(events("commitments.read")) == 2


def test_a_link_that_names_another_partnership_shows_the_commitment_in_its_own(world: World) -> None:
    made = promised(world)
    with as_role(MIGRATION):
        founding.join(world.elsewhere, world.gladsaxe)
    page = browser_of(world.adam).get(f"/aftaler/{made.id}/?partnership=andet")
    assert page.status_code == 200 and page.context["frame"].partnership == world.partnership
    assert "?partnership=test" in page.context["back"]


def test_states_are_the_four_that_were_agreed() -> None:
    assert set(State.values) == {"open", "kept", "broken", "changed"}


def test_what_was_promised_in_an_exercise_stays_in_it(world: World) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.elsewhere.id).update(exercise_of=world.partnership)
    made = promised(world)
    world.actor(world.clara)
    assert sql("select 1 from partnership_commitment where id = %s", made.id) == 0
