"""What a phone sends arrives once, as what it is; what is wrong comes back with field and rule."""

import base64
import io
import json
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from lokalnet.access.middleware import SESSION_KEY as MEMBER_CHOSEN
from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation.models import Act, Exact, Observation, Photo, QuietWeek, Receipt, Text
from lokalnet.situation.outside import quiet
from tests.days import today
from tests.doors.people import browser
from tests.world import GRANTOFTEN, World

pytestmark = pytest.mark.django_db

POSITION, MAKER = 0x8825, 0x010F


def body(key: str = "", **more: Any) -> dict[str, Any]:
    written = datetime.now(UTC) - timedelta(minutes=30)
    return {"kind": "report", "key": key or str(uuid.uuid4()), "partnership": "test", "category": "vandalism",
            "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1], "text": "Ruden er knust.",
            "visibility": "municipalities", "police_sees": "text", "written_at": written.isoformat(),
            "sent_at": datetime.now(UTC).isoformat()} | more


def send(client: Client, said: dict[str, Any]) -> Any:
    return client.post("/ude/send/", json.dumps(said), content_type="application/json")


def picture(size: tuple[int, int] = (400, 300), format_: str = "JPEG") -> str:
    image = Image.new("RGB", size, (10, 90, 140))
    out = io.BytesIO()
    told = Image.Exif()
    told[MAKER] = "Hemmelig fabrik"
    told.get_ifd(POSITION)[1] = "N"
    image.save(out, format_, exif=told)
    return base64.b64encode(out.getvalue()).decode()


def test_the_same_sent_again_changes_nothing(world: World) -> None:
    client, said = browser(world.anna), body()
    first, again = send(client, said), send(client, said | {"sent_at": datetime.now(UTC).isoformat()})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    with as_role(MIGRATION):
        assert Observation.objects.filter(id=first.json()["observation"]).count() == 1


def test_the_time_is_when_it_was_written_and_both_clocks_are_kept(world: World) -> None:
    """The phone's clock is an hour ahead: what it calls half an hour ago was half an hour ago all the same."""
    ahead = timedelta(hours=1)
    written = datetime.now(UTC) + ahead - timedelta(minutes=30)
    made = send(browser(world.anna), body(written_at=written.isoformat(),
                                          sent_at=(datetime.now(UTC) + ahead).isoformat())).json()["observation"]
    with as_role(MIGRATION):
        exact, receipt = Exact.objects.get(observation_id=made), Receipt.objects.get(observation_id=made)
    assert abs(exact.occurred_at - (datetime.now(UTC) - timedelta(minutes=30))) < timedelta(minutes=1)
    assert receipt.written_at is not None and abs(receipt.written_at - written) < timedelta(seconds=1)
    assert receipt.received_at - receipt.written_at < timedelta(0)


def test_other_words_under_the_same_key_are_told_what_came_first_and_become_a_correction(world: World) -> None:
    client, said = browser(world.anna), body(photo=picture())
    made = send(client, said).json()["observation"]
    edited = said | {"text": "Ruden er sat i igen."}
    answer = send(client, edited)
    assert (answer.status_code, answer.json()) == (409, {"received_as": made, "edition": 1})
    correction = edited | {"kind": "correction", "observation": made, "edition": 1}
    assert send(client, correction).json() == {"observation": made, "changed": ["text"]}
    assert send(client, correction).status_code == 200, "its answer may be lost too"
    with as_role(MIGRATION):
        assert Text.objects.get(observation_id=made).text == "Ruden er sat i igen."
        assert [act.kind for act in Act.objects.filter(observation_id=made)] == ["corrected"]
        assert Photo.objects.filter(observation_id=made).count() == 1


def test_a_colleagues_correction_meanwhile_is_not_overwritten_unseen(world: World) -> None:
    client, said = browser(world.anna), body()
    made = send(client, said).json()["observation"]
    correction = said | {"kind": "correction", "observation": made, "edition": 1}
    assert send(client, correction | {"text": "Først."}).status_code == 200
    late = send(client, correction | {"text": "Derefter."})
    assert (late.status_code, late.json()["edition"]) == (409, 2)
    assert send(client, correction | {"text": "Derefter.", "edition": 2}).status_code == 200


@pytest.mark.parametrize(("wrong", "field"), [
    ({"text": "Ring til 22 33 44 55."}, "text"), ({"category": "findes-ikke"}, "category"),
    ({"longitude": None, "latitude": None}, "area"), ({"longitude": 0, "latitude": 0}, "area"),
    ({"partnership": "et-andet"}, "partnership"), ({"written_at": "i går"}, "written_at"),
    ({"visibility": "alle"}, "visibility"), ({"photo": "intet billede"}, "photo"),
    ({"photo": base64.b64encode(b"<svg/>").decode()}, "photo"), ({"at": "25:99"}, "at"),
    ({"category": "violence", "photo": picture()}, "photo")])
def test_what_is_wrong_comes_back_with_field_and_rule_and_nothing_is_stored(world: World, wrong: dict[str, Any],
                                                                          field: str) -> None:
    answer = send(browser(world.anna), body(**wrong))
    assert answer.status_code == 422
    assert answer.json()["errors"][field]
    with as_role(MIGRATION):
        assert Receipt.objects.count() == 0 and Observation.objects.count() == 0


@pytest.mark.parametrize("sent", [b"", b"[]", b"{", b'"x"', b"\xff"])
def test_what_no_phone_sends_is_refused(world: World, sent: bytes) -> None:
    answer = browser(world.anna).post("/ude/send/", sent, content_type="application/json")
    assert answer.status_code == 422


@pytest.mark.parametrize("absurd", [
    {"text": "Ruden er knust \ud83d"}, {"key": "\ud83d-nøgle"}, {"place_words": ["\ud800"]}, {"area": "\ud800"},
    {"written_at": "0001-01-01T00:00:00Z"}, {"sent_at": "9999-12-31T23:59:59Z"},
    {"written_at": "9999-12-31T23:59:59-14:00", "sent_at": "0001-01-01T00:00:00Z"}])
def test_what_cannot_be_stored_or_reckoned_with_stands_in_nobodys_way(world: World, absurd: dict[str, Any]) -> None:
    """Half a character, a clock of the year 9999: a phone that gets no answer to it would send it for ever."""
    assert send(browser(world.anna), body(**absurd)).status_code in (201, 422)


@pytest.mark.parametrize("address", ["/ude/send/", "/enheder/par/"])
def test_a_body_that_goes_too_deep_is_refused(world: World, address: str) -> None:
    answer = browser(world.anna).post(address, b"[" * 200_000, content_type="application/json")
    assert answer.status_code == 422


def test_of_one_log_in_with_two_memberships_only_the_one_that_wrote_it_sends_it(world: World) -> None:
    with as_role(MIGRATION):
        other = Member.objects.create(user_id=world.anna.user_id, organisation=world.ballerup, name="Anna",
                                      roles=["coordinator"])
    client = browser(world.anna)
    wrote = {"X-Lokalnet-Member": client.get("/ude/saet.json").json()["member"]}
    session = client.session
    session[MEMBER_CHOSEN] = str(other.id)
    session.save()
    sent = client.post("/ude/send/", json.dumps(body()), content_type="application/json", headers=wrote)
    told = client.get("/ude/svar.json", headers=wrote)
    assert [(each.status_code, each.json()) for each in (sent, told)] == [(401, {"error": "member"})] * 2
    with as_role(MIGRATION):
        assert Observation.objects.count() == 0


def test_the_mark_of_a_log_in_is_another_after_the_next_one(world: World) -> None:
    first, same, other = browser(world.anna), browser(world.anna), browser(world.berit)
    marks = [client.get("/ude/saet.json").json()["session"] for client in (first, first, same, other)]
    assert marks[0] == marks[1] and len(set(marks)) == 3
    assert first.session.session_key not in marks


def test_marked_words_are_looked_at_before_they_are_taken(world: World) -> None:
    said = body(text="En 16-årig i rød jakke på gul scooter slog ruden ind.")
    client = browser(world.anna)
    answer = send(client, said)
    assert answer.status_code == 422 and answer.json()["look"] and answer.json()["marks"]
    assert send(client, said | {"looked": True}).status_code == 201


# Pictures


def test_a_picture_is_drawn_anew_small_and_without_what_stood_in_its_file(world: World) -> None:
    made = send(browser(world.anna), body(photo=picture((3000, 2000)))).json()["observation"]
    with as_role(MIGRATION):
        photo = Photo.objects.get(observation_id=made)
    jpeg = bytes(photo.jpeg)
    assert len(jpeg) <= 500_000 and (photo.width, photo.height) == (1600, 1067)
    assert not Image.open(io.BytesIO(jpeg)).getexif() and b"Hemmelig" not in jpeg and b"Exif" not in jpeg


def test_noise_that_compresses_badly_still_ends_below_500_kb(world: World) -> None:
    import random

    noise = Image.frombytes("RGB", (1100, 1100), random.Random(7).randbytes(1100 * 1100 * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=70)
    made = send(browser(world.anna), body(photo=base64.b64encode(out.getvalue()).decode()))
    assert made.status_code == 201, made.content
    with as_role(MIGRATION):
        assert len(bytes(Photo.objects.get().jpeg)) <= 500_000


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused(world: World) -> None:
    out = io.BytesIO()
    Image.new("RGB", (5000, 5000)).save(out, "WEBP")
    answer = send(browser(world.anna), body(photo=base64.b64encode(out.getvalue()).decode()))
    assert len(out.getvalue()) < 100_000 and answer.json()["errors"]["photo"]


def test_a_picture_that_is_turned_in_its_file_stands_upright(world: World) -> None:
    image, out = Image.new("RGB", (40, 20)), io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    image.save(out, "JPEG", exif=turned)
    send(browser(world.anna), body(photo=base64.b64encode(out.getvalue()).decode()))
    with as_role(MIGRATION):
        photo = Photo.objects.get()
    assert (photo.width, photo.height) == (20, 40)


def test_only_who_gets_the_report_exactly_gets_the_picture(world: World) -> None:
    """The police get the words here and a coarse place: a picture would show it."""
    made = send(browser(world.anna), body(photo=picture(), visibility="partnership")).json()["observation"]
    at = f"/haendelse/{made}/billede/"
    assert browser(world.berit).get(at)["Content-Type"] == "image/jpeg"
    assert browser(world.bo).get(f"/haendelse/{made}/").status_code == 200
    assert at not in browser(world.bo).get(f"/haendelse/{made}/").content.decode()
    assert browser(world.bo).get(at).status_code == 404
    assert at in browser(world.berit).get(f"/haendelse/{made}/").content.decode()


def test_a_correction_takes_the_picture_away_or_puts_another(world: World) -> None:
    client, said = browser(world.anna), body(photo=picture())
    made = send(client, said).json()["observation"]
    correction = said | {"kind": "correction", "observation": made}
    assert send(client, correction | {"photo": picture((50, 50)), "edition": 1}).json()["changed"] == ["photo"]
    with as_role(MIGRATION):
        assert Photo.objects.get(observation_id=made).width == 50
    assert send(client, correction | {"photo": None, "edition": 2}).json()["changed"] == ["photo"]
    with as_role(MIGRATION):
        assert not Photo.objects.filter(observation_id=made).exists()


def test_a_category_that_takes_no_pictures_takes_the_picture_away(world: World) -> None:
    client, said = browser(world.anna), body(photo=picture())
    made = send(client, said).json()["observation"]
    changed = said | {"kind": "correction", "observation": made, "edition": 1, "photo": None, "category": "violence"}
    assert send(client, changed).status_code == 200
    with as_role(MIGRATION):
        assert not Photo.objects.filter(observation_id=made).exists()


# A quiet week


def test_a_quiet_week_is_said_once_and_only_where_it_was_quiet(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))  # a Friday
    client = browser(world.anna)
    said = {"kind": "quiet", "key": "stille", "partnership": "test", "week": "2026-11-16"}
    assert [send(client, said).status_code for _ in range(2)] == [201, 201]
    for week in ("2026-11-17", "2026-11-23", "2026-10-26", "uge 47"):
        assert send(client, said | {"week": week}).json()["errors"]["week"], week
    with as_role(MIGRATION):
        assert [row.week for row in QuietWeek.objects.all()] == [date(2026, 11, 16)]


def test_whoever_reported_something_had_no_quiet_week(world: World) -> None:
    client = browser(world.anna)
    week = quiet.offered(today())
    then = datetime.combine(week, datetime.min.time(), UTC) + timedelta(hours=12)
    assert send(client, body(on=then.date().isoformat(), at="12:00")).status_code == 201
    answer = send(client, {"kind": "quiet", "key": "stille", "partnership": "test", "week": week.isoformat()})
    assert answer.json()["errors"]["week"]


@pytest.mark.parametrize(("today", "monday"), [
    (date(2026, 11, 23), date(2026, 11, 16)), (date(2026, 11, 25), date(2026, 11, 16)),
    (date(2026, 11, 26), date(2026, 11, 23)), (date(2026, 11, 29), date(2026, 11, 23))])
def test_early_in_the_week_one_speaks_of_the_last(today: date, monday: date) -> None:
    assert quiet.offered(today) == monday


def test_an_empty_overview_says_who_had_a_quiet_week(world: World) -> None:
    """Silence is another thing than nothing to report."""
    with as_role(MIGRATION):
        QuietWeek.objects.create(partnership=world.partnership, organisation=world.gladsaxe, member=world.anna,
                                 week=quiet.offered(today()))
    assert "was quiet" in browser(world.berit).get("/overblik/", headers={"Accept-Language": "en"}).content.decode()
    assert "was quiet" not in browser(world.clara).get("/overblik/", headers={"Accept-Language": "en"}).content.decode()
    assert "was quiet" not in browser(world.viggo).get("/overblik/", headers={"Accept-Language": "en"}).content.decode()
