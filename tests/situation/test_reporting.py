"""Telling what happened by the form: once, with what was typed still there when something was wrong."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lokalnet.access.models import Event
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import reporting
from lokalnet.situation.models import Change, Exact, Observation, Receipt, Text
from lokalnet.situation.refusing import BadReport
from lokalnet.situation.reporting import KeyUsedForAnother
from tests.doors.people import browser
from tests.world import GRANTOFTEN, World

CPR = "010190-1234"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

pytestmark = pytest.mark.django_db


def typed(**changed: Any) -> dict[str, Any]:
    return {"key": "k1", "category": "nuisance", "longitude": str(GRANTOFTEN[0]), "latitude": str(GRANTOFTEN[1]),
            "text": "Uro ved kiosken", "visibility": "municipalities", "police_sees": "text"} | changed


@pytest.fixture
def anna(world: World) -> Any:
    return browser(world.anna)


def stored() -> tuple[int, ...]:
    with as_role(MIGRATION):
        return tuple(model.objects.count() for model in (Observation, Exact, Text, Receipt, Change))


# --- the form ------------------------------------------------------------------------------------------------------


def test_what_is_sent_stands_in_the_picture(world, anna) -> None:
    answer = anna.post("/del/", typed(), follow=True)
    assert answer.redirect_chain[-1][0].startswith("/overblik/")
    assert b"Uro ved kiosken" in answer.content


def test_pressing_send_twice_makes_one_report(world, anna) -> None:
    sent = typed(on=datetime.now(COPENHAGEN).date() - timedelta(days=1), at="12:00")
    first, second = anna.post("/del/", sent), anna.post("/del/", sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert stored() == (1, 1, 1, 1, 1)


def test_pressing_send_twice_for_now_makes_one_report_too(world, anna) -> None:
    """The form says "now", and now is later the second time."""
    for _ in range(2):
        assert anna.post("/del/", typed()).status_code == 302
    assert stored() == (1, 1, 1, 1, 1)


def test_a_key_sent_again_with_another_text_leads_to_what_was_received(world, anna) -> None:
    anna.post("/del/", typed())
    with as_role(MIGRATION):
        [made] = Observation.objects.values_list("id", flat=True)
    answer = anna.post("/del/", typed(text="Noget helt andet"))
    assert (answer.status_code, answer["Location"]) == (302, f"/haendelse/{made}/")
    assert stored() == (1, 1, 1, 1, 1)


def test_each_form_gets_a_key_of_its_own(world, anna) -> None:
    keys = {anna.get("/del/").context["form"]["key"].value() for _ in range(3)}
    assert len(keys) == 3


@pytest.mark.parametrize(("changed", "field"), [
    ({"category": ""}, "category"), ({"category": "no-such"}, "category"), ({"category": "\x00"}, "category"),
    ({"longitude": "", "latitude": ""}, "area"), ({"longitude": "55.7", "latitude": "12.3"}, "area"),
    ({"longitude": "710000", "latitude": "6180000"}, "area"), ({"longitude": "nan"}, "longitude"),
    ({"on": "2099-01-01"}, "at"), ({"on": "1999-01-01"}, "at"), ({"on": "1.13.2026"}, "on"), ({"at": "26:00"}, "at"),
    ({"on": "0001-01-01"}, "at"), ({"on": "9999-12-31"}, "at"),
    ({"visibility": ""}, "visibility"), ({"visibility": "everybody"}, "visibility"), ({"precision": "x"}, "precision"),
    ({"police_sees": "all"}, "police_sees"), ({"text": "x" * 2001}, "text"), ({"text": f"Det var {CPR}"}, "text"),
    ({"text": "nul \x00"}, "text"), ({"key": ""}, "key"), ({"key": "k" * 201}, "key")])
def test_what_was_typed_stays_when_something_was_wrong(world, anna, changed, field) -> None:
    """The answer is the form again with 422, the error at its field, and the rest as it was typed."""
    answer = anna.post("/del/", typed(**changed))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors
    if "text" not in changed:
        assert b"Uro ved kiosken" in answer.content
    if "category" not in changed:
        assert form["category"].value() == "nuisance"
    assert stored() == (0, 0, 0, 0, 0)


def test_a_civil_registration_number_stays_in_the_form_and_nowhere_else(world, anna, caplog) -> None:
    """It may stand in the form for correction, once; no error, no table and no log repeats it."""
    answer = anna.post("/del/", typed(text=f"Det var {CPR}"))
    assert answer.status_code == 422
    assert answer.content.count(CPR.encode()) == 2  # in the form, and beside it with the reason
    assert not any(CPR in str(error) for errors in answer.context["form"].errors.values() for error in errors)
    with as_role(MIGRATION):
        assert not any(CPR in str(event) for event in Event.objects.values())
    assert CPR not in caplog.text
    assert stored() == (0, 0, 0, 0, 0)
    assert anna.post("/del/", typed(text="Det var en scooter")).status_code == 302


@pytest.mark.parametrize("written", ["0101901234", "010190-1234", "010190 1234", "010190–1234", "010190.1234",
                                     "610190-1234", "tel 0101901234!", "Født:010190-1234.", "３１１２９９-1234",
                                     "0101\u200b901234", "0101\u00ad90\u00ad1234"])
def test_a_number_is_recognised_however_it_is_written(world, written) -> None:
    with pytest.raises(BadReport) as problem:
        world.report(world.anna, key="1", text=f"Det var {written}")
    assert problem.value.field == "text"
    assert written not in str(problem.value)


@pytest.mark.parametrize("harmless", ["Kl. 21.45 ved nr. 12", "Sag 123456789012", "den 01.01.2026",
                                      "nummer 0001901234", "450190-1234"])
def test_other_numbers_may_be_written(world, harmless) -> None:
    """Times, house numbers and case numbers are no numbers of persons."""
    world.report(world.anna, key="1", text=harmless)


def test_the_database_refuses_a_number_that_passed_all_else(world) -> None:
    from django.db import IntegrityError, transaction

    made = world.report(world.anna, key="1", text="Uro")
    world.actor(world.anna)
    with pytest.raises(IntegrityError, match="text_without_cpr"), transaction.atomic():
        Text.objects.filter(observation_id=made).update(text=f"Det var {CPR}")


# --- the act -------------------------------------------------------------------------------------------------------


def test_the_same_key_and_body_say_the_same_and_change_nothing(world) -> None:
    moment = datetime.now(UTC) - timedelta(hours=1)
    first = world.report(world.anna, key="1", occurred_at=moment)
    before = stored()
    assert world.report(world.anna, key="1", occurred_at=moment) == first
    assert stored() == before


def test_the_same_key_with_another_body_is_refused(world) -> None:
    first = world.report(world.anna, key="1", text="Uro")
    with pytest.raises(KeyUsedForAnother) as problem:
        world.report(world.anna, key="1", text="Noget andet")
    assert problem.value.observation_id == first


def test_a_key_is_the_members_own(world) -> None:
    assert world.report(world.anna, key="1") != world.report(world.adam, key="1")


def test_a_retry_counts_even_when_the_category_is_gone_by_now(world) -> None:
    """What was received was received; only a new report is held to today's rules."""
    from lokalnet.situation.models import Category

    moment = datetime.now(UTC) - timedelta(hours=1)
    first = world.report(world.anna, key="1", occurred_at=moment)
    with as_role(MIGRATION):
        Category.objects.filter(slug="nuisance").update(active=False)
    assert world.report(world.anna, key="1", occurred_at=moment) == first
    with pytest.raises(BadReport, match="kategori"):
        world.report(world.anna, key="2", occurred_at=moment)


def test_nobody_reports_without_the_right(world) -> None:
    from lokalnet.access.acting import NotAllowed

    with pytest.raises(NotAllowed):
        world.report(world.dorte, key="1")
    assert stored() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("entered", [{"visibility": "x"}, {"precision": "x"}, {"police_sees": "x"},
                                     {"occurred_at": datetime(2026, 1, 1)}, {"longitude": float("nan")},
                                     {"latitude": float("inf")}])
def test_rules_hold_for_whoever_calls(world, entered) -> None:
    """Not the form, not the API: the capability refuses."""
    with pytest.raises(BadReport):
        world.report(world.anna, key="1", **entered)
    assert stored() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("precision", "kept"), [
    ("exact", "2026-03-11T21:47:00"), ("hour", "2026-03-11T21:00:00"), ("evening", "2026-03-11T18:00:00"),
    ("week", "2026-03-09T00:00:00")])
def test_no_more_is_kept_of_the_time_than_was_claimed(world, monkeypatch, precision, kept) -> None:
    said = datetime(2026, 3, 11, 21, 47, 33, 123456, COPENHAGEN)
    monkeypatch.setattr(reporting, "now", lambda: said + timedelta(hours=1))
    made = world.report(world.anna, key="1", occurred_at=said, precision=precision)
    world.actor(world.anna)
    exact = Exact.objects.get(observation_id=made)
    assert exact.occurred_at.astimezone(COPENHAGEN).isoformat()[:19] == kept
    assert Observation.objects.get(id=made).period_start <= exact.occurred_at


@pytest.mark.parametrize(("local", "start", "part"), [
    ("2026-03-29T01:59:00+01:00", "2026-03-29T00:00:00+01:00", "night"),
    ("2026-03-29T03:01:00+02:00", "2026-03-29T00:00:00+01:00", "night"),
    ("2025-10-26T02:30:00+02:00", "2025-10-26T00:00:00+02:00", "night"),
    ("2025-10-26T02:30:00+01:00", "2025-10-26T00:00:00+02:00", "night"),
    ("2025-10-26T06:00:00+01:00", "2025-10-26T06:00:00+01:00", "morning"),
    ("2025-12-31T23:30:00+00:00", "2026-01-01T00:00:00+01:00", "night")])
def test_parts_of_a_day_are_local_also_when_the_clock_is_changed(world, monkeypatch, local, start, part) -> None:
    moment = datetime.fromisoformat(local)
    monkeypatch.setattr(reporting, "now", lambda: moment + timedelta(days=1))
    made = world.report(world.anna, key="1", occurred_at=moment)
    world.actor(world.bo)
    world.actor(world.anna)
    row = Observation.objects.get(id=made)
    assert (row.period_start, row.part) == (datetime.fromisoformat(start), part)


def test_an_id_tells_neither_time_nor_order(world) -> None:
    made = [world.report(world.anna, key=str(number)) for number in range(20)]
    assert all(each.version == 4 for each in made)
    assert [str(each) for each in made] != sorted(str(each) for each in made)


def test_every_report_is_logged_without_its_text(world) -> None:
    made = world.report(world.anna, key="1", text="Uro ved kiosken")
    with as_role(MIGRATION):
        event = Event.objects.get(kind="observation.reported")
    assert (event.subject, event.member_id) == (made, world.anna.id)
    assert "kiosken" not in str(event.detail)


def test_a_report_that_breaks_off_leaves_nothing_behind(world, monkeypatch) -> None:
    """One transaction: without its entry in the log there is no report, no receipt and no news."""
    from django.db import transaction

    from lokalnet.access import events

    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(events, "record", breaks)
    with pytest.raises(RuntimeError), transaction.atomic():
        world.report(world.anna, key=str(uuid.uuid4()))
    assert stored() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("filters", [
    {"until": "9999-12-31"}, {"since": "0001-01-01"}, {"since": "0001-01-01", "until": "0001-01-01"},
    {"since": "x"}, {"days": "x"}, {"days": "-1"}, {"area": "x"}, {"area": str(uuid.uuid4())}, {"category": "\x00"},
    {"organisation": "\x00"}, {"severity": "x"}, {"cursor": "\x00"}, {"cursor": "é"}])
def test_a_filter_that_makes_no_sense_is_never_an_error_page(world, anna, filters) -> None:
    for path in ("/overblik/", "/overblik/kort.json"):
        assert anna.get(path, filters).status_code == 200
