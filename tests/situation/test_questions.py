"""Who asks a partner by a link, what the mail says, and who is told of the answer."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.interface.due import Part
from lokalnet.project import logins
from lokalnet.situation.models import AnswerKind, Question, Step
from lokalnet.situation.protection import retention
from lokalnet.situation.questions import asking, tickets
from lokalnet.situation.refusing import BadReport
from tests.access.people import browser_of, events
from tests.doors.people import give_roles
from tests.situation.questions import ASKED, a_measure, as_kept, ask, changed
from tests.situation.telling import frame
from tests.world import World


def sent(world: World, ticket: str, **said: object) -> dict[str, object]:
    return {"asked_of": "", "label": "Boldklubben", "question": ASKED, "kind": "both", "email": "",
            "ticket": ticket} | said


def form(world: World, measure, member=None, query: str = ""):
    client = browser_of(member or world.anna)
    url = f"/indsats/{measure.id}/spoerg/{query}"
    ticket = client.get(url).context["form"]["ticket"].value()
    return client, url, ticket


# Who asks


@pytest.mark.parametrize(("name", "visibility", "may"), [
    ("anna", "organisation", True), ("adam", "organisation", True), ("berit", "partnership", True),
    ("lars", "partnership", True), ("bo", "partnership", False), ("berit", "organisation", None),
    ("lars", "municipalities", None), ("viggo", "partnership", False), ("clara", "partnership", None)])
def test_the_measures_own_and_those_who_agree_to_measures_ask(world: World, name, visibility, may) -> None:
    measure, member = a_measure(world, visibility=visibility), getattr(world, name)
    here = world.actor(member)
    row = ("insert into situation_question (id, partnership_id, organisation_id, asked_by_id, about_kind, measure_id, "
           "asked_of_id, label, question, kind, joins, token_hash, asked_at, expires_at, reply, words) values "
           "(%s, %s, %s, %s, 'measure', %s, null, 'Klubben', 'Kan I?', 'words', false, %s, now(), "
           "now() + interval '7 days', '', '')")
    values = [uuid.uuid4(), world.partnership.id, here.organisation_id, member.id, measure.id, b"x" * 32]
    if may:
        with connection.cursor() as cursor:
            cursor.execute(row, values)
    else:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(row, values)
    if name != "clara":
        with pytest.raises(NotAllowed if may is False else Http404) if not may else transaction.atomic():
            asking.about(frame(world, member), measure.id)


def test_nobody_asks_in_another_name_or_of_an_organisation_that_is_no_party(world: World) -> None:
    measure = a_measure(world)
    asked = ask(world, measure)
    for columns in ({"asked_by": world.adam}, {"organisation": world.ballerup}, {"partnership": world.elsewhere},
                    {"asked_of": world.outside, "label": ""}, {"asked_of": world.gladsaxe, "label": ""},
                    {"answered_at": now(), "reply": "yes"}, {"expires_at": now() + timedelta(days=60)},
                    {"token_hash": b"kort"}):
        world.actor(world.anna)
        with as_role(MIGRATION):
            row = Question.objects.get(id=asked.question.id)
        row.id, row.token_hash = uuid.uuid4(), b"y" * 32
        for name, value in columns.items():
            setattr(row, name, value)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_a_question_is_seen_with_its_measure(world: World) -> None:
    ask(world, a_measure(world, visibility="municipalities"))
    seen = {}
    for name in ("anna", "berit", "bo", "clara", "viggo"):
        world.actor(getattr(world, name))
        seen[name] = Question.objects.count()
    assert seen == {"anna": 1, "berit": 1, "bo": 0, "clara": 0, "viggo": 0}


# What is asked


@pytest.mark.parametrize(("field", "said"), [
    ("label", {"label": "Mads Nielsen"}), ("label", {"label": ""}),
    ("question", {"question": "Kender I Mads Nielsen?"}),
    ("question", {"question": "  "}), ("joins", {"joins": "on"}), ("email", {"email": "ikke en adresse"}),
    ("kind", {"kind": "andet"}), ("asked_of", {"asked_of": "00000000-0000-4000-8000-000000000000", "label": ""}),
    ("question", {"question": "x" * 501})])
def test_what_cannot_be_asked_is_said_at_its_field_and_stays(world: World, field: str, said: dict[str, str]) -> None:
    client, url, ticket = form(world, a_measure(world))
    answer = client.post(url, sent(world, ticket, **said))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert said.get("question", ASKED).strip() in answer.content.decode()
    with as_role(MIGRATION):
        assert not Question.objects.exists()


def test_whoever_cannot_see_the_measure_cannot_be_asked_to_take_part(world: World) -> None:
    for of, visibility in ((world.housing, "partnership"), (world.police, "municipalities"),
                           (world.ballerup, "organisation")):
        measure = a_measure(world, visibility=visibility)
        with pytest.raises(BadReport) as refused:
            ask(world, measure, label="", asked_of=of.id, kind=AnswerKind.CONFIRM, joins=True)
        assert refused.value.field == "joins"
        assert ask(world, measure, label="", asked_of=of.id).question.id


# The link


def test_the_link_is_shown_once_and_only_its_hash_is_kept(world: World) -> None:
    measure = a_measure(world)
    client, url, ticket = form(world, measure)
    page = client.post(url, sent(world, ticket))
    link = re.search(r'value="(http://testserver/svar-link/([^"]+)/)"', page.content.decode())
    assert link and len(link[2]) == 43
    with as_role(MIGRATION):
        kept = Question.objects.get()
    assert len(bytes(kept.token_hash)) == 32 and link[2] not in str(vars(kept))
    assert kept.expires_at - kept.asked_at < timedelta(days=7, seconds=1)
    assert link[2] not in client.get(f"/indsats/{measure.id}/").content.decode()
    assert Client().get(f"/svar-link/{link[2]}/").status_code == 200


def test_a_double_click_makes_one_question_and_shows_the_same_link_and_mails_once(world: World) -> None:
    client, url, ticket = form(world, a_measure(world))
    said = sent(world, ticket, email="klub@bold.example")
    links = {re.search(r"svar-link/([^/]+)/", client.post(url, said).content.decode())[1] for _ in range(2)}
    assert len(links) == 1 and len(mail.outbox) == 1
    with as_role(MIGRATION):
        assert Question.objects.count() == 1


def test_nobody_chooses_a_token_of_their_own_or_uses_anothers_ticket(world: World) -> None:
    measure = a_measure(world)
    client, url, _ = form(world, measure)
    others = asking.new_ticket(frame(world, world.adam))
    for ticket in ("", "abc", others, "x" * 200):
        assert client.post(url, sent(world, ticket)).status_code == 422
    with pytest.raises(tickets.BadTicket):
        tickets.token_of(others, world.anna.id)


def test_withdrawn_the_link_works_no_more_and_asked_again_there_is_a_new_one(world: World) -> None:
    measure = a_measure(world)
    first = ask(world, measure)
    client, url, ticket = form(world, measure, query=f"?igen={first.question.id}")
    page = client.get(url)
    assert ASKED in page.content.decode()
    assert Client().get(first.url).status_code == 200
    second = re.search(r"(/svar-link/[^/]+/)", client.post(url, sent(world, ticket)).content.decode())[1]
    assert Client().get(first.url).status_code == 404 and Client().get(second).status_code == 200
    world.actor(world.anna)
    newest = Question.objects.get(withdrawn_at=None)
    for _ in range(2):
        assert client.post(f"/spoergsmaal/{newest.id}/traek-tilbage/").status_code == 302
    assert Client().get(second).status_code == 404
    assert len(events("question.withdrawn")) == 2


def test_others_of_the_organisation_withdraw_only_as_coordinators_and_partners_never(world: World) -> None:
    asked = ask(world)
    give_roles(world.dorte, [Role.STREET_WORKER])
    for member, status in ((world.berit, 404), (world.clara, 404), (world.dorte, 404)):
        assert browser_of(member).post(f"/spoergsmaal/{asked.question.id}/traek-tilbage/").status_code == status
    assert as_kept(asked).withdrawn_at is None
    for member in (world.berit, world.lars, world.dorte):
        world.actor(member)
        assert Question.objects.filter(id=asked.question.id).update(withdrawn_at=now()) == 0
    assert browser_of(world.adam).post(f"/spoergsmaal/{asked.question.id}/traek-tilbage/").status_code == 302


def test_withdrawn_is_withdrawn_and_answered_is_answered(world: World) -> None:
    asked, answered = ask(world), ask(world)
    Client().post(answered.url, {"reply": "yes"})
    world.actor(world.anna)
    asking.withdraw(frame(world, world.anna), asked.question.id)
    assert Question.objects.filter(id=asked.question.id).update(withdrawn_at=None) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.filter(id=answered.question.id).update(withdrawn_at=now())
    for column in ("reply", "words", "question", "token_hash", "expires_at", "answered_at"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Question.objects.filter(id=answered.question.id).update(**{column: None})


# The mail


def test_the_mail_holds_the_link_and_nothing_of_what_it_is_about(world: World) -> None:
    asked = ask(world, mail_to="klub@bold.example")
    [letter] = mail.outbox
    assert letter.to == ["klub@bold.example"] and asked.mailed and asked.url in letter.body
    rest = (letter.subject + letter.body).replace(asked.url, "").replace("klub@bold.example", "")
    for hidden in ("hallen", "Boldklubben", "Gladsaxe", "Testpartnerskabet", "Anna", "Lys og liv", "politi"):
        assert hidden.lower() not in rest.lower(), hidden
    with translation.override("da"):
        assert letter.subject == gettext("A question for you")


def test_the_address_is_kept_nowhere(world: World) -> None:
    asked = ask(world, mail_to="klub@bold.example")
    assert "bold.example" not in str(vars(as_kept(asked)))
    assert "bold.example" not in str([vars(event) for event in events("question.asked")])


def test_when_the_mail_cannot_be_sent_the_link_can_still_be_copied(world: World, monkeypatch) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("lokalnet.situation.questions.mailing.send_mail", fails)
    client, url, ticket = form(world, a_measure(world))
    page = client.post(url, sent(world, ticket, email="klub@bold.example"))
    link = re.search(r"(/svar-link/[^/]+/)", page.content.decode())
    assert page.status_code == 200 and page.context["asked"].mail_problem and link
    assert Client().get(link[1]).status_code == 200


# The answer


def test_who_asked_sees_on_my_day_that_an_answer_came_until_it_is_read(world: World) -> None:
    asked = ask(world)
    assert asking.due_for(frame(world, world.anna)) == []
    Client().post(asked.url, {"reply": "yes"})
    [task] = asking.due_for(frame(world, world.anna))
    assert (task.part, task.about) == (Part.NEW, "Lys og liv på stien") and "Boldklubben" in task.title
    assert asking.due_for(frame(world, world.adam)) == []
    for _ in range(2):
        assert browser_of(world.anna).post(f"/spoergsmaal/{asked.question.id}/laest/").status_code == 302
    assert asking.due_for(frame(world, world.anna)) == []


def test_the_answer_to_somebody_who_left_is_told_to_those_who_agree_to_measures(world: World) -> None:
    Client().post(ask(world).url, {"reply": "yes"})
    assert asking.due_for(frame(world, world.adam)) == []
    with as_role(MIGRATION):
        Member.objects.filter(id=world.anna.id).update(ended_at=now() - timedelta(minutes=1))
    assert len(asking.due_for(frame(world, world.adam))) == 1
    assert asking.due_for(frame(world, world.berit)) == []


def test_the_measures_page_lists_its_questions_with_the_answers(world: World) -> None:
    measure = a_measure(world)
    ask(world, measure)
    answered = ask(world, measure, label="Beboerhuset")
    Client().post(answered.url, {"reply": "no", "words": "Vi har lukket"})
    page = browser_of(world.bo).get(f"/indsats/{measure.id}/").content.decode()
    assert "Boldklubben" in page and "Beboerhuset" in page and "Vi har lukket" in page
    assert "traek-tilbage" not in page and "spoerg/" not in page
    assert "spoerg/" in browser_of(world.anna).get(f"/indsats/{measure.id}/").content.decode()


# Retention


def test_questions_go_90_days_after_they_were_answered_or_closed_and_the_step_stays(world: World) -> None:
    measure = a_measure(world)
    old, young, open_one = (ask(world, measure) for _ in range(3))
    for asked in (old, young):
        Client().post(asked.url, {"reply": "yes"})
    changed(old, asked_at=now() - timedelta(days=99), answered_at=now() - timedelta(days=91))
    changed(young, answered_at=now() - timedelta(days=89))
    with as_role(logins.RETENTION):
        lines = {line.what: line.number for line in retention.let_go(now())}
    assert lines["questions by a link"] == 1
    with as_role(MIGRATION):
        assert set(Question.objects.values_list("id", flat=True)) == {young.question.id, open_one.question.id}
        assert Step.objects.filter(kind="answered").count() == 2


def test_retention_lets_no_question_go_before_its_time(world: World) -> None:
    ask(world)
    with as_role(logins.RETENTION), connection.cursor() as cursor:
        cursor.execute("delete from situation_question")
        assert cursor.rowcount == 0
