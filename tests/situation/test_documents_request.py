"""A request for access to documents: every report of the own organisation, and nothing that somebody exempted."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from lokalnet.access.acting import NotAllowed
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import COPENHAGEN, now
from lokalnet.situation.exporting import documents, making, papers
from lokalnet.situation.exporting.documents import Changed, Request
from lokalnet.situation.exporting.grounds import grounds
from lokalnet.situation.models import Act, Exact, Export
from tests.access.people import browser_of, events
from tests.days import today
from tests.situation.exports import as_stored, colleague, content, frame, sheets, somebody_is_recognised
from tests.world import World

SECRET, PLAIN = "Uro ved elefanthuset", "Larm ved kiosken"
TODAY = now().astimezone(COPENHAGEN).date()
WEEK = Request("24/1234", TODAY - timedelta(days=6), TODAY)

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world: World) -> World:
    world.report(world.berit, key="1", text=SECRET, visibility="organisation")
    world.report(world.berit, key="2", text=PLAIN)
    world.report(world.anna, key="3", text="Gladsaxes egen", visibility="public")
    world.report(world.bo, key="4", text="Politiets egen", visibility="public")
    return world


def act(world: World, member, observation_id, kind: str, **more) -> None:
    actor = world.actor(member)
    Act(observation_id=observation_id, organisation_id=actor.organisation_id, member_id=actor.member_id, kind=kind,
        **more).save(force_insert=True)


def read(world: World, member) -> list[papers.Paper]:
    return documents.look(frame(world, member), WEEK)


def made(world: World, member, *, form: str = "xlsx", exempt: dict[str, str] | None = None) -> Export:
    here = frame(world, member)
    found = documents.look(here, WEEK)
    export = documents.ask(here, WEEK, form=form, exempt=exempt or {}, seen=documents.seal(found))
    making.make(str(export.id))
    return as_stored(export.id)


def test_it_shows_the_own_reports_alone_oldest_first(filled) -> None:
    assert [paper.text for paper in read(filled, filled.berit)] == [SECRET, PLAIN]
    assert [paper.text for paper in read(filled, filled.lars)] == ["Politiets egen"]


def test_withdrawn_and_merged_reports_are_documents_too(filled) -> None:
    first, second = (paper.id for paper in read(filled, filled.berit))
    third = filled.report(filled.berit, key="5", text="Det samme")
    act(filled, filled.berit, first, "withdrawn")
    act(filled, filled.berit, third, "merged", into=second)
    with override("en"):
        found = {paper.id: paper for paper in read(filled, filled.berit)}
    assert (found[first].state, found[third].state) == ("Withdrawn", "Put together with another")
    assert found[first].history.startswith("Withdrawn ")


def test_a_removed_text_is_said_to_be_removed(filled) -> None:
    first = read(filled, filled.berit)[0].id
    somebody_is_recognised(filled, filled.berit, first)
    with override("en"):
        paper = read(filled, filled.berit)[0]
    assert (paper.text, paper.has_text) == ("[Text removed: somebody could be recognised]", False)


def test_the_period_is_of_whole_local_days_by_when_it_was_reported(filled) -> None:
    with as_role(MIGRATION):
        ids = list(Exact.objects.filter(organisation_id=filled.ballerup.id).values_list("observation_id", flat=True))
        for id_, at in zip(ids, (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), datetime(2026, 6, 30, 21, 30, tzinfo=UTC)),
                           strict=True):
            Exact.objects.filter(observation_id=id_).update(reported_at=at)
    here = frame(filled, filled.berit)
    assert [paper.id for paper in papers.papers(here, date(2026, 7, 1), date(2026, 7, 31))] == [ids[0]]
    assert [paper.id for paper in papers.papers(here, date(2026, 6, 30), date(2026, 6, 30))] == [ids[1]]


def test_what_is_exempt_is_in_no_part_of_the_workbook(filled) -> None:
    hidden, shown = read(filled, filled.berit)
    with override("en"):
        export = made(filled, filled.berit, exempt={str(hidden.id): "offl-30-1"})
    book = sheets(export)
    assert list(book) == ["Handed out", "List of documents", "About"]
    everything = str(book)
    assert SECRET not in everything and hidden.where not in str(book["Handed out"][1])
    assert book["Handed out"][1][3:6] == ("[exempt under offentlighedslovens § 30, nr. 1]",) * 3
    assert book["Handed out"][2][5] == PLAIN
    assert [row[1] for row in book["List of documents"][1:]] == [str(hidden.id), str(shown.id)]
    assert [row[5] for row in book["List of documents"][1:]] == ["exempt", "handed out"]
    assert "§ 30, nr. 1: Enkeltpersoners private forhold" in book["List of documents"][1][6]
    assert ("Case number", "24/1234") in book["About"]
    assert export.observation_ids == [shown.id]


def test_as_csv_it_has_both_parts(filled) -> None:
    hidden, _shown = read(filled, filled.berit)
    with override("en"):
        export = made(filled, filled.berit, form="csv", exempt={str(hidden.id): "offl-31"})
    rows = list(csv.reader(io.StringIO(content(export).decode("utf-8-sig"))))
    gap = rows.index([])
    assert (len(rows[:gap]), len(rows[gap + 1:])) == (3, 3)
    assert SECRET not in str(rows) and "[exempt under offentlighedslovens § 31]" in rows[1]


def test_a_text_that_is_removed_takes_the_document_along(filled) -> None:
    _hidden, shown = read(filled, filled.berit)
    export = made(filled, filled.berit)
    assert PLAIN in str(sheets(export))
    somebody_is_recognised(filled, filled.berit, shown.id)
    assert (as_stored(export.id).state, as_stored(export.id).file) == ("removed", None)


def test_what_nobody_has_read_is_not_handed_out(filled) -> None:
    here = frame(filled, filled.berit)
    seen = documents.seal(documents.look(here, WEEK))
    filled.report(filled.berit, key="9", text="Kom til imens")
    here = frame(filled, filled.berit)
    for token in (seen, "", "x"):
        with pytest.raises(Changed):
            documents.ask(here, WEEK, form="csv", exempt={}, seen=token)


def test_what_comes_while_the_job_waits_is_not_handed_out(filled) -> None:
    here = frame(filled, filled.berit)
    export = documents.ask(here, WEEK, form="csv", exempt={}, seen=documents.seal(documents.look(here, WEEK)))
    filled.report(filled.berit, key="9", text="Kom til imens")
    with pytest.raises(Changed):
        making.make(str(export.id))
    assert as_stored(export.id).state == "failed"


def test_the_case_number_is_in_the_log(filled) -> None:
    made(filled, filled.berit)
    for kind in ("documents.read", "documents.asked"):
        event = events(kind)[-1]
        assert (event.detail["case_number"], event.member_id, event.purpose) == (
            "24/1234", filled.berit.id, "documents")


@pytest.mark.parametrize("who", ["anna", "bo", "viggo", "dorte"])
def test_who_has_no_right_gets_nothing(filled, who) -> None:
    member = getattr(filled, who)
    with pytest.raises(NotAllowed):
        read(filled, member)
    assert browser_of(member).post("/aktindsigt/", {}).status_code == 403


def test_an_analyst_does_not_answer_requests(filled) -> None:
    assert browser_of(colleague(filled.ballerup, "Ida", Role.ANALYST)).get("/aktindsigt/").status_code == 403


def test_more_than_somebody_can_go_through_is_refused(filled, monkeypatch) -> None:
    monkeypatch.setattr(papers, "MOST", 1)
    page = browser_of(filled.berit).post("/aktindsigt/", sent(show="1"))
    assert page.status_code == 422 and SECRET not in page.content.decode()
    assert "24/1234" in page.content.decode()


# The page


def sent(**more: str) -> dict[str, str]:
    return {"case_number": WEEK.case, "since": WEEK.since.isoformat(), "until": WEEK.until.isoformat()} | more


def seal_on(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_from_the_period_to_the_document(filled) -> None:
    client = browser_of(filled.berit)
    hidden, shown = read(filled, filled.berit)
    page = client.post("/aktindsigt/", sent(show="1")).content.decode()
    assert SECRET in page and PLAIN in page and "Gladsaxes egen" not in page
    marks = {f"exempt-{hidden.id}": "1", f"ground-{hidden.id}": "offl-30-1", f"ground-{shown.id}": "offl-31"}
    answer = client.post("/aktindsigt/", sent(make="1", format="csv", seen=seal_on(page)) | marks)
    assert (answer.status_code, answer["Location"]) == (302, "/udtraek/")
    with as_role(MIGRATION):
        export = Export.objects.get()
    assert export.asked["exempt"] == {str(hidden.id): "offl-30-1"}
    making.make(str(export.id))
    answer = client.get(f"/udtraek/{export.id}/")
    assert answer["Content-Disposition"] == f'attachment; filename="aktindsigt-test-{today().isoformat()}.csv"'
    assert SECRET not in answer.content.decode() and PLAIN in answer.content.decode()


@pytest.mark.parametrize("wrong", [
    {"exempt": "", "ground": ""}, {"exempt": "1", "ground": ""}, {"exempt": "1", "ground": "unknown"}])
def test_what_was_marked_stays_when_something_is_wrong(filled, wrong) -> None:
    client = browser_of(filled.berit)
    hidden, shown = read(filled, filled.berit)
    page = client.post("/aktindsigt/", sent(show="1")).content.decode()
    marks = {f"exempt-{shown.id}": "1", f"ground-{shown.id}": "offl-31"}
    if wrong["exempt"]:
        marks |= {f"exempt-{hidden.id}": "1", f"ground-{hidden.id}": wrong["ground"]}
    answer = client.post("/aktindsigt/", sent(make="1", seen=seal_on(page)) | marks)  # and no format
    assert answer.status_code == 422
    again = answer.content.decode()
    assert f'name="exempt-{shown.id}" value="1" checked' in again
    assert again.count(" selected>") == 1 and 'value="offl-31" selected>' in again
    assert "24/1234" in again
    assert (f'id="problem-{hidden.id}"' in again) == bool(wrong["exempt"])
    with as_role(MIGRATION):
        assert not Export.objects.exists()


def test_what_was_marked_stays_when_the_period_is_wrong(filled) -> None:
    hidden, _shown = read(filled, filled.berit)
    answer = browser_of(filled.berit).post("/aktindsigt/", sent(make="1") | {
        "until": "2020-01-01", f"exempt-{hidden.id}": "1", f"ground-{hidden.id}": "offl-31"})
    assert answer.status_code == 422
    assert f'<input type="hidden" name="ground-{hidden.id}" value="offl-31">' in answer.content.decode()


@pytest.mark.parametrize("case_number", ["", "ab", "0101901234", "010190-1234", "sag uden tal"])
def test_a_case_number_is_asked_for_and_no_civil_registration_number(filled, case_number) -> None:
    answer = browser_of(filled.berit).post("/aktindsigt/", sent(show="1") | {"case_number": case_number})
    assert answer.status_code == 422 and SECRET not in answer.content.decode()


def test_the_guard_suggests_where_to_look_twice(world) -> None:
    world.report(world.berit, key="1", text="Hans lillebror stod ved kiosken.")
    world.report(world.berit, key="2", text="Larm ved kiosken.")
    first, second = read(world, world.berit)
    assert first.found and not second.found


def test_every_ground_has_a_paragraph_of_its_own() -> None:
    assert len({ground.paragraph for ground in grounds().values()}) == len(grounds()) >= 3
    assert {"§ 31", "§ 35"} <= {ground.paragraph for ground in grounds().values()}
