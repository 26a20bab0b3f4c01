"""A link opens one page with one question, takes one answer, and names nobody. One that is over is none at all."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation.models import MeasurePartner, Question, Step
from lokalnet.situation.questions import links
from tests.access.people import browser_of, events
from tests.days import today
from tests.situation.questions import ASKED, a_measure, as_kept, ask, changed
from tests.world import World

YES = {"reply": "yes", "words": "Ja, fra klokken 16"}


def steps(kind: str) -> list[Step]:
    with as_role(MIGRATION):
        return list(Step.objects.filter(kind=kind))


# What the page shows


def test_it_shows_which_partnership_asks_and_the_question_and_names_nobody(world: World) -> None:
    seen = world.report(world.anna, key="x", text="Uro ved stien", visibility="public")
    measure = a_measure(world, problem="Der er mørkt", doing="Vi går rundt sammen med politiet")
    page = Client().get(ask(world, measure).url)
    said = page.content.decode()
    assert page.status_code == 200 and ASKED in said and "Testpartnerskabet" in said and "Boldklubben" in said
    for hidden in ("Anna", "Gladsaxe", "Ballerup", "politi", "Lys og liv", "mørkt", "Uro ved stien", str(seen),
                   str(measure.id)):
        assert hidden not in said, hidden


def test_to_look_consumes_nothing_however_often(world: World) -> None:
    asked = ask(world)
    before = as_kept(asked).__dict__ | {"_state": None}
    for _ in range(3):
        assert Client().get(asked.url).status_code == 200
        assert Client().head(asked.url).status_code == 200
    assert as_kept(asked).__dict__ | {"_state": None} == before
    assert Client().post(asked.url, YES).status_code == 200


def test_it_is_kept_in_no_cache_and_told_to_nobody(world: World) -> None:
    page = Client().get(ask(world).url)
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "strict-origin"
    assert "http" not in page.content.decode().replace("http://www.w3.org", "")


def test_it_speaks_the_language_that_the_browser_asks_for_and_danish_otherwise(world: World) -> None:
    asked = ask(world)
    assert '<html lang="da"' in Client().get(asked.url).content.decode()
    page = Client(headers={"Accept-Language": "en-GB,en;q=0.9"}).get(asked.url).content.decode()
    assert '<html lang="en"' in page and "Send the answer" in page


def test_only_a_form_of_ours_is_taken(world: World) -> None:
    asked = ask(world)
    assert Client(enforce_csrf_checks=True).post(asked.url, YES).status_code == 403
    assert as_kept(asked).answered_at is None


# Once


def test_an_answer_is_taken_once_and_becomes_a_step_of_the_measure(world: World) -> None:
    asked = ask(world)
    assert Client().post(asked.url, YES).status_code == 200
    kept = as_kept(asked)
    assert (kept.reply, kept.words) == ("yes", "Ja, fra klokken 16") and kept.answered_at
    [step] = steps("answered")
    assert (step.measure_id, step.member_id) == (asked.question.measure_id, None)
    assert step.note == f"»{ASKED}«\nBoldklubben: Ja. Ja, fra klokken 16"
    assert step.detail == {"question": str(asked.question.id), "reply": "yes"}


def test_a_second_answer_changes_nothing_and_is_told_so(world: World) -> None:
    asked = ask(world)
    Client().post(asked.url, YES)
    answer = Client().post(asked.url, {"reply": "no", "words": ""})
    assert answer.status_code == 409 and "link_answered.html" in answer.templates[0].name
    assert as_kept(asked).reply == "yes" and len(steps("answered")) == 1


def test_the_log_of_who_asked_tells_that_an_answer_came_and_nothing_of_it(world: World) -> None:
    asked = ask(world)
    Client().post(asked.url, YES)
    [event] = events("question.answered")
    assert (event.member_id, event.organisation_id, event.subject) == (None, world.gladsaxe.id, asked.question.id)
    assert event.detail == {} and "klokken" not in str(event.__dict__)


def test_a_logged_in_member_who_opens_it_answers_as_anybody(world: World) -> None:
    asked = ask(world)
    assert browser_of(world.viggo).post(asked.url, YES).status_code == 200
    assert steps("answered")[0].member_id is None and events("question.answered")[0].member_id is None


# Over


def close(world: World, how: str) -> str:
    asked = ask(world)
    if how == "expired":
        changed(asked, asked_at=now() - timedelta(days=8), expires_at=now() - timedelta(seconds=1))
    if how == "withdrawn":
        changed(asked, withdrawn_at=now())
    if how == "answered":
        Client().post(asked.url, YES)
        changed(asked, answered_at=now() - timedelta(hours=1))
    if how == "left":
        with as_role(MIGRATION):
            world.partnership.parties.filter(organisation=world.gladsaxe).update(valid_to=today() - timedelta(1))
    if how == "unknown":
        return "/svar-link/" + "x" * 43 + "/"
    return asked.url


HOW = ("expired", "withdrawn", "answered", "left", "unknown")


def without_own_address(page: bytes, url: str) -> bytes:
    return page.replace(url.encode(), b"")


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_link_that_is_over_is_the_same_page(world: World, method: str) -> None:
    """To the byte, but for the address of the page itself and the token of the form that changes language."""
    pages = set()
    for how in HOW:
        with transaction.atomic():
            url, browser = close(world, how), Client()
            answer = getattr(browser, method)(url, YES)
            token = answer.context["csrf_token"]
            assert answer.status_code == 404, how
            pages.add(without_own_address(answer.content, url).replace(str(token).encode(), b""))
            transaction.set_rollback(True)
    assert len(pages) == 1


def test_a_link_that_is_over_asks_the_database_the_same(world: World) -> None:
    """The same number of questions, and each finds its row by the hash: there is no time to tell them apart by."""
    counts = set()
    for how in HOW:
        with transaction.atomic():
            url = close(world, how)
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as asked:
                Client().get(url)
            counts.add(len(asked))
            transaction.set_rollback(True)
    assert len(counts) == 1


@pytest.mark.parametrize("token", ["æøå" * 10, "a" * 5000, "%00", "..", "\ud800"])
def test_an_odd_token_is_an_unknown_one(world: World, token: str) -> None:
    assert Client().get(f"/svar-link/{token}/".encode(errors="replace").decode()).status_code in (404,)


# What may be answered


@pytest.mark.parametrize(("kind", "sent", "field"), [
    ("confirm", {}, "reply"), ("confirm", {"reply": "maybe"}, "reply"), ("words", {"words": " "}, "words"),
    ("words", {"words": "x" * 2001}, "words"), ("both", {"words": "Uden svar"}, "reply"),
    ("words", {"words": "Ring til Mads Nielsen på 26 12 34 56"}, "words"),
    ("both", {"reply": "yes", "words": "010190-1234"}, "words")])
def test_what_cannot_be_taken_is_said_at_its_field_and_what_was_typed_stays(world: World, kind, sent, field) -> None:
    asked = ask(world, kind=kind)
    answer = Client().post(asked.url, sent)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert sent.get("words", "").strip() in answer.content.decode()
    assert as_kept(asked).answered_at is None and steps("answered") == []
    assert Client().post(asked.url, {"reply": "no", "words": "Desværre ikke"}).status_code == 200


def test_a_place_of_the_partnership_is_no_name(world: World) -> None:
    asked = ask(world, kind="words")
    assert Client().post(asked.url, {"words": "Vi er i Gladsaxe, Herlev og Ballerup"}).status_code == 200


@pytest.mark.parametrize(("kind", "reply", "words"), [
    ("confirm", "", ""), ("confirm", "yes", "ord"), ("words", "yes", "ord"), ("words", "", ""), ("both", "", "ord"),
    ("both", "kys", "")])
def test_the_database_takes_no_answer_that_does_not_fit(world: World, kind: str, reply: str, words: str) -> None:
    token = ask(world, kind=kind).url.split("/")[-2]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from answer_question(%s, %s, %s, '')", [links.hash_of(token), reply, words])


# Yes to take part


def test_a_yes_to_take_part_makes_the_organisation_a_partner(world: World) -> None:
    asked = ask(world, label="", asked_of=world.ballerup.id, kind="confirm", joins=True)
    assert "entered as taking part" in Client(headers={"Accept-Language": "en"}).get(asked.url).content.decode()
    Client().post(asked.url, {"reply": "yes"})
    with as_role(MIGRATION):
        row = MeasurePartner.objects.get()
    assert (row.organisation_id, row.state, row.member_id) == (world.ballerup.id, "joined", None)
    assert [step.organisation_id for step in steps("joined")] == [world.ballerup.id]


def test_a_no_to_take_part_joins_nobody(world: World) -> None:
    asked = ask(world, label="", asked_of=world.ballerup.id, kind="confirm", joins=True)
    Client().post(asked.url, {"reply": "no"})
    with as_role(MIGRATION):
        assert not MeasurePartner.objects.exists()
    assert as_kept(asked).reply == "no"


def test_an_answer_to_a_measure_that_is_over_stands_and_joins_nobody(world: World) -> None:
    measure = a_measure(world)
    asked = ask(world, measure, label="", asked_of=world.ballerup.id, kind="confirm", joins=True)
    with as_role(MIGRATION):
        type(measure).objects.filter(id=measure.id).update(ends_on=today() - timedelta(days=1))
    assert Client().post(asked.url, {"reply": "yes"}).status_code == 200
    with as_role(MIGRATION):
        assert not MeasurePartner.objects.exists()
    assert as_kept(asked).reply == "yes" and len(steps("answered")) == 1


# What the database gives to whoever has no link


@pytest.mark.parametrize("query", ["select 1 from situation_question", "select * from live_question('\\x00')",
                                   "update situation_question set reply = 'yes'"])
def test_nobody_reads_or_answers_past_the_functions(world: World, query: str) -> None:
    ask(world)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('lokalnet.actor', '', true)")
        try:
            cursor.execute(query)
            assert cursor.fetchall() == []
        except DatabaseError as problem:
            assert "permission denied" in str(problem)
            transaction.set_rollback(True)


def test_an_event_of_an_answer_is_written_only_with_the_answer(world: World) -> None:
    import uuid

    asked = ask(world)
    with connection.cursor() as cursor:
        cursor.execute("select note_answer(%s, now(), %s, 'a', 'b', 'c')", [uuid.uuid4(), asked.question.id])
    assert events("question.answered") == []


def test_the_answer_is_in_no_log_line(world: World, caplog) -> None:
    with caplog.at_level("DEBUG"):
        Client().post(ask(world).url, {"reply": "yes", "words": "Ring til Mads Nielsen"})
        Client().post(ask(world).url, {"reply": "yes", "words": "kvistbunke"})
    assert "Mads" not in caplog.text and "kvistbunke" not in caplog.text
    with as_role(MIGRATION):
        assert Question.objects.filter(words="kvistbunke").exists()
