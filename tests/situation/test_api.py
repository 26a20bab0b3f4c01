"""The API's contract: what is taken, what is refused and in which words, what comes back, and what a key opens."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from lokalnet.access.models import Event, Partnership, Party
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.project.testbed import Testbed
from lokalnet.situation.models import Change, Exact, Observation, Receipt, Text
from tests.doors.people import api_key, keyed, revoke
from tests.doors.serving import Served, server
from tests.world import GRANTOFTEN, World

OBSERVATIONS = "/api/v1/observations"
CPR = "010190-1234"

pytestmark = pytest.mark.django_db


def body(**changed: Any) -> dict[str, Any]:
    return {"category": "nuisance", "lon": GRANTOFTEN[0], "lat": GRANTOFTEN[1], "text": "Uro ved kiosken",
            "occurred_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat()} | changed


@pytest.fixture
def gladsaxe(world: World) -> Any:
    return keyed(api_key(world.gladsaxe, "observations"))


def post(client: Any, sent: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(OBSERVATIONS, sent, content_type="application/json", headers=headers)


def everything() -> tuple[int, ...]:
    with as_role(MIGRATION):
        return tuple(model.objects.count() for model in (Observation, Exact, Text, Receipt, Change))


# --- telling -------------------------------------------------------------------------------------------------------


def test_a_report_is_answered_with_201_and_its_id(world, gladsaxe) -> None:
    answer = post(gladsaxe, body())
    assert answer.status_code == 201
    [row] = gladsaxe.get(OBSERVATIONS).json()["features"]
    assert row["id"] == answer.json()["id"]
    assert row["geometry"] == {"type": "Point", "coordinates": list(GRANTOFTEN)}
    assert row["properties"]["source"] == "Gladsaxe Kommune"
    assert row["properties"]["text"] == "Uro ved kiosken"
    assert row["properties"]["visibility"] == "municipalities"


def test_the_same_key_with_the_same_body_changes_nothing(world, gladsaxe) -> None:
    sent = body()
    first = post(gladsaxe, sent, "k1")
    before = everything()
    again = post(gladsaxe, sent, "k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert everything() == before


@pytest.mark.parametrize("changed", [
    {"text": "Noget andet"}, {"lat": 55.72}, {"visibility": "partnership"}, {"police_sees": "exact"},
    {"category": "vandalism"}, {"precision": "hour"}])
def test_the_same_key_with_another_body_is_a_conflict(world, gladsaxe, changed) -> None:
    sent = body()
    post(gladsaxe, sent, "k1")
    before = everything()
    answer = post(gladsaxe, sent | changed, "k1")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert everything() == before


def test_a_key_counts_for_its_sender_only(world, gladsaxe) -> None:
    """Another organisation's use of the same words is no retry of ours, and tells nothing about us."""
    other = keyed(api_key(world.ballerup, "observations"))
    first, second = post(gladsaxe, body(), "k1"), post(other, body(text="Andet"), "k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() != second.json()


@pytest.mark.parametrize(("changed", "field"), [
    ({"category": "no-such"}, "category"),
    ({"category": "\x00"}, "category"),
    ({"category": None}, "category"),
    ({"lat": GRANTOFTEN[0], "lon": GRANTOFTEN[1]}, "place"),
    ({"lat": 6_180_000.0, "lon": 710_000.0}, "place"),
    ({"lat": 51.5, "lon": -0.1}, "place"),
    ({"lat": "north"}, "lat"),
    ({"lon": None}, "lon"),
    ({"occurred_at": (datetime.now(UTC) + timedelta(hours=3)).isoformat()}, "occurred_at"),
    ({"occurred_at": (datetime.now(UTC) - timedelta(days=800)).isoformat()}, "occurred_at"),
    ({"occurred_at": "2026-01-01T12:00:00"}, "occurred_at"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
    ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "occurred_at"),
    ({"occurred_at": "yesterday"}, "occurred_at"),
    ({"precision": "roughly"}, "precision"),
    ({"visibility": "everybody"}, "visibility"),
    ({"police_sees": "all"}, "police_sees"),
    ({"text": f"Det var {CPR}"}, "text"),
    ({"text": "Det var 0101901234."}, "text"),
    ({"text": "Det var 610190 1234"}, "text"),
    ({"text": "x" * 2001}, "text"),
    ({"text": "nul \x00"}, "text"),
    ({"text": 7}, "text"),
    ({"text": "half a letter \ud800"}, "text"),
])
def test_what_cannot_be_taken_is_refused_with_field_and_rule(world, gladsaxe, changed, field) -> None:
    before = everything()
    answer = post(gladsaxe, body(**changed))
    assert answer.status_code == 422, answer.content
    said = answer.json()
    assert said["title"]
    assert [error["field"].rpartition(".")[2] for error in said["errors"]] == [field]
    assert all(len(error["rule"]) > 5 for error in said["errors"])
    assert everything() == before


@pytest.mark.parametrize(("lat", "lon", "hint"), [
    (GRANTOFTEN[0], GRANTOFTEN[1], "swapped"), (6_180_000, 710_000, "metres"), (51.5, -0.1, "outside")])
def test_a_wrong_point_says_what_is_likely_to_be_wrong(world, gladsaxe, lat, lon, hint) -> None:
    answer = gladsaxe.post(OBSERVATIONS, body(lat=lat, lon=lon), content_type="application/json",
                           headers={"Accept-Language": "en"})
    assert hint in answer.json()["errors"][0]["rule"]


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b"7", b'{"category": NaN}', b"\xff\xfe"])
def test_what_is_no_report_at_all_is_an_error_of_the_one_shape(world, gladsaxe, sent) -> None:
    answer = post(gladsaxe, sent)
    assert answer.status_code in (400, 422)


def test_not_a_number_is_no_coordinate(world, gladsaxe) -> None:
    import json

    for bad in (float("nan"), float("inf")):
        answer = post(gladsaxe, json.dumps(body(lat=bad)).encode())
        assert answer.status_code == 422


def test_a_civil_registration_number_is_never_echoed_stored_or_logged(world, gladsaxe, caplog) -> None:
    """Wherever it is put: text, category, key of another kind, or a filter."""
    answers = [post(gladsaxe, body(text=f"Det var {CPR}")), post(gladsaxe, body(category=CPR)),
               post(gladsaxe, body(precision=CPR)), post(gladsaxe, body(occurred_at=CPR)),
               post(gladsaxe, body(partnership=CPR)), gladsaxe.get(OBSERVATIONS, {"category": CPR}),
               gladsaxe.get(OBSERVATIONS, {"bbox": CPR}), gladsaxe.get(OBSERVATIONS, {"cursor": CPR}),
               gladsaxe.get(OBSERVATIONS, {"from": CPR}), gladsaxe.get(OBSERVATIONS, {"partnership": CPR})]
    assert all(answer.status_code in (404, 422) for answer in answers)
    assert not any(CPR.encode() in answer.content for answer in answers)
    assert CPR not in caplog.text
    with as_role(MIGRATION):
        assert not any(CPR in str(event) for event in Event.objects.values())
    assert everything() == (0, 0, 0, 0, 0)


def test_an_organisation_in_several_partnerships_must_name_one(world, gladsaxe) -> None:
    with as_role(MIGRATION):
        Party.objects.create(partnership=world.elsewhere, organisation=world.gladsaxe,
                             valid_from=world.elsewhere.valid_from)
    for answer in (post(gladsaxe, body()), gladsaxe.get(OBSERVATIONS)):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "partnership"
    assert post(gladsaxe, body(partnership="andet")).status_code == 201
    assert len(gladsaxe.get(OBSERVATIONS, {"partnership": "andet"}).json()["features"]) == 1
    assert gladsaxe.get(OBSERVATIONS, {"partnership": "test"}).json()["features"] == []


def test_another_partnership_is_nothing_to_a_stranger(world) -> None:
    """The same answer for one that exists and one that does not."""
    clara = keyed(api_key(world.outside, "observations"))
    real, invented = (clara.get(OBSERVATIONS, {"partnership": slug}) for slug in ("test", "no-such"))
    assert (real.status_code, real.content) == (invented.status_code, invented.content) == (404, real.content)


def test_a_partnership_that_is_over_takes_and_gives_nothing(world, gladsaxe) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(valid_to="2021-01-01")
    assert post(gladsaxe, body()).status_code == 404
    assert gladsaxe.get(OBSERVATIONS).status_code == 404


# --- reading -------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(world: World) -> list[str]:
    """Forty reports of the last days by three organisations, coarse ones among them for the police."""
    made = []
    for number in range(40):
        member = (world.anna, world.berit, world.bo)[number % 3]
        made.append(str(world.report(
            member, key=str(number), longitude=12.30 + number * 0.001, latitude=55.71 + number * 0.001,
            occurred_at=datetime.now(UTC) - timedelta(hours=2 * number + 1), visibility="partnership",
            category=("nuisance", "vandalism")[number % 2], police_sees=("area", "exact")[number // 3 % 2])))
    return made


def page_through(client: Any, **asked: Any) -> list[str]:
    ids, cursor = [], ""
    while True:
        answer = client.get(OBSERVATIONS, {**asked, "cursor": cursor})
        assert answer.status_code == 200, answer.content
        said = answer.json()
        assert said["type"] == "FeatureCollection"
        assert len(said["features"]) <= int(asked["limit"])
        ids += [row["id"] for row in said["features"]]
        cursor = said["next"]
        if cursor is None:
            return ids


@pytest.mark.parametrize("limit", [1, 3, 7, 20, 39, 40, 41, 500])
@pytest.mark.parametrize("who", ["gladsaxe", "ballerup"])
def test_pages_come_to_an_end_and_hold_each_once(world, many, who, limit) -> None:
    client = keyed(api_key(getattr(world, who), "observations"))
    ids = page_through(client, limit=limit)
    assert len(ids) == len(set(ids)) == 40
    assert set(ids) == set(many)


def test_a_report_that_comes_while_paging_shifts_nothing(world, many) -> None:
    client = keyed(api_key(world.gladsaxe, "observations"))
    first = client.get(OBSERVATIONS, {"limit": 10}).json()
    world.report(world.anna, key="late", occurred_at=datetime.now(UTC))
    second = client.get(OBSERVATIONS, {"limit": 30, "cursor": first["next"]}).json()
    assert {row["id"] for row in (*first["features"], *second["features"])} == set(many)


def test_newest_come_first(world, many) -> None:
    client = keyed(api_key(world.gladsaxe, "observations"))
    times = [row["properties"]["occurred_at"] for row in client.get(OBSERVATIONS).json()["features"]]
    assert times == sorted(times, reverse=True)


def test_a_box_holds_what_lies_in_it(world, many) -> None:
    client = keyed(api_key(world.gladsaxe, "observations"))
    rows = client.get(OBSERVATIONS, {"bbox": "12.3095,55.7,12.3195,55.9"}).json()["features"]
    assert {row["id"] for row in rows} == set(many[10:20])
    assert client.get(OBSERVATIONS, {"bbox": "12.6,55.8,12.7,55.9"}).json()["features"] == []


def test_from_is_within_and_to_is_without(world, gladsaxe) -> None:
    moment = (datetime.now(UTC) - timedelta(hours=5)).replace(second=0, microsecond=0)
    made = post(gladsaxe, body(occurred_at=moment.isoformat())).json()["id"]

    def found(**asked: Any) -> bool:
        rows = gladsaxe.get(OBSERVATIONS, {key.rstrip("_"): value.isoformat() for key, value in asked.items()}).json()
        return made in [row["id"] for row in rows["features"]]

    assert found(from_=moment, to=moment + timedelta(minutes=1))
    assert not found(from_=moment - timedelta(hours=1), to=moment)
    assert not found(from_=moment + timedelta(minutes=1))


def test_with_only_an_end_the_two_weeks_before_it_are_meant(world, gladsaxe) -> None:
    moment = datetime.now(UTC) - timedelta(days=30)
    made = post(gladsaxe, body(occurred_at=moment.isoformat())).json()["id"]
    rows = gladsaxe.get(OBSERVATIONS, {"to": (moment + timedelta(days=1)).isoformat()}).json()["features"]
    assert [row["id"] for row in rows] == [made]


def test_a_category_filters(world, many) -> None:
    client = keyed(api_key(world.gladsaxe, "observations"))
    rows = client.get(OBSERVATIONS, {"category": "vandalism"}).json()["features"]
    assert {row["id"] for row in rows} == set(many[1::2])


@pytest.mark.parametrize(("asked", "field"), [
    ({"bbox": "1,2,3"}, "bbox"), ({"bbox": "a,b,c,d"}, "bbox"), ({"bbox": "12.7,55,12.2,56"}, "bbox"),
    ({"bbox": "nan,nan,nan,nan"}, "bbox"), ({"bbox": "12,55,1e400,56"}, "bbox"), ({"bbox": "0,0,200,10"}, "bbox"),
    ({"from": "2026-01-01T00:00:00"}, "from"), ({"from": "x"}, "from"), ({"to": "0001-01-01T00:00:00Z"}, "to"),
    ({"from": "9999-12-31T00:00:00Z"}, "from"), ({"limit": "0"}, "limit"), ({"limit": "501"}, "limit"),
    ({"category": "no-such"}, "category"), ({"category": "\x00"}, "category"), ({"cursor": "x"}, "cursor")])
def test_a_question_that_cannot_be_meant_names_field_and_rule(world, gladsaxe, asked, field) -> None:
    answer = gladsaxe.get(OBSERVATIONS, asked)
    assert answer.status_code == 422, answer.content
    assert [error["field"].rpartition(".")[2] for error in answer.json()["errors"]] == [field]


def test_categories_and_areas_are_told(world, gladsaxe) -> None:
    rows = gladsaxe.get("/api/v1/categories").json()
    assert {"slug": "shots", "name": "Skud", "guidance": rows[5]["guidance"], "severity": 3} in rows
    areas = gladsaxe.get("/api/v1/areas").json()
    assert {"Ballerup", "Gladsaxe", "Herlev"} <= {row["name"] for row in areas}
    assert "outline" not in areas[0]


def test_every_reading_is_logged_without_what_was_typed(world, gladsaxe) -> None:
    gladsaxe.get(OBSERVATIONS, {"category": "nuisance"})
    with as_role(MIGRATION):
        event = Event.objects.get(kind="picture.read")
    assert event.organisation_id == world.gladsaxe.id
    assert event.detail["filters"]["category"] == "nuisance"


# --- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scope", "read", "partners", "write"), [
    ("observations", 200, True, 201), ("observations:read", 200, True, 403), ("observations:write", 200, False, 201)])
def test_a_key_opens_what_its_scope_names(world, scope, read, partners, write) -> None:
    world.report(world.berit, key="partner")
    own = str(world.report(world.anna, key="own"))
    client = keyed(api_key(world.gladsaxe, scope))
    answer = client.get(OBSERVATIONS)
    assert answer.status_code == read
    ids = [row["id"] for row in answer.json()["features"]]
    assert own in ids and (len(ids) == 2) == partners
    assert post(client, body()).status_code == write
    assert client.get("/api/v1/live").status_code == (200 if partners else 403)


def test_a_key_of_the_police_gets_the_polices_own_and_no_municipal_report(world) -> None:
    """No police API over municipal reports (design 3.3), however widely the sender shared it."""
    world.report(world.anna, key="1", visibility="public", police_sees="exact")
    own = str(world.report(world.bo, key="2", visibility="organisation"))
    client = keyed(api_key(world.police, "observations"))
    assert [row["id"] for row in client.get(OBSERVATIONS).json()["features"]] == [own]
    assert client.get("/api/v1/live").status_code == 403


def test_a_key_without_scopes_opens_nothing(world) -> None:
    client = keyed(api_key(world.gladsaxe))
    assert (client.get(OBSERVATIONS).status_code, post(client, body()).status_code) == (403, 403)


def test_a_key_of_the_housing_association_sees_its_own_and_no_feed(world) -> None:
    world.report(world.anna, key="1", visibility="public")
    client = keyed(api_key(world.housing, "observations"))
    own = post(client, body()).json()["id"]
    assert [row["id"] for row in client.get(OBSERVATIONS).json()["features"]] == [own]
    assert client.get("/api/v1/live").status_code == 403


def test_a_revoked_key_is_no_key(world) -> None:
    token = api_key(world.gladsaxe, "observations")
    client = keyed(token)
    assert client.get(OBSERVATIONS).status_code == 200
    revoke(token, at=datetime.now(UTC))
    for answer in (client.get(OBSERVATIONS), post(client, body()), client.get("/api/v1/live")):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic abc", "Bearer é", "Bearer a b c"])
def test_no_key_and_a_wrong_key_are_answered_alike(world, client, header) -> None:
    answer = client.get(OBSERVATIONS, headers={"Authorization": header} if header else None)
    assert answer.status_code == 401


def test_a_session_is_no_key(world) -> None:
    from tests.doors.people import browser

    assert browser(world.anna).get(OBSERVATIONS).status_code == 401


# --- two at once ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(bed: Testbed) -> Iterator[Served]:
    with server(bed) as found:
        yield found


@pytest.mark.parametrize("same", [True, False])
def test_two_sends_at_once_with_one_key_make_one_report(served, same) -> None:
    """On real connections: whoever comes second waits for the first, and then gets its answer, or 409."""
    for attempt in range(8):
        sent = [body(), body()]
        sent[1] = sent[0] | ({} if same else {"text": "Noget andet"})
        together, answers = threading.Barrier(2), []

        def send(one: dict[str, Any], key: str = f"{same}-{attempt}", together: Any = together,
                 answers: Any = answers) -> None:
            with httpx.Client(base_url=served.url, headers=served.headers) as client:
                client.get("/api/v1/categories")  # the connection stands before the race begins
                together.wait()
                answers.append(client.post(OBSERVATIONS, json=one, headers={"Idempotency-Key": key}))

        threads = [threading.Thread(target=send, args=(one,)) for one in sent]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answer.status_code for answer in answers) == ([201, 201] if same else [201, 409])
        if same:
            assert answers[0].json() == answers[1].json()
    assert served.ask(f"select count(*) from situation_receipt where key like '{same}-%'") == [(8,)]
    assert served.ask("select count(*) from situation_observation o where not exists "
                      "(select from situation_receipt r where r.observation_id = o.id)") == [(0,)]
    assert served.ask("select (select count(*) from situation_observation) - (select count(*) from situation_receipt), "
                      "(select count(*) from situation_change) - (select count(*) from situation_receipt)") == [(0, 0)]
