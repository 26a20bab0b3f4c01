"""The officer's desk: nothing without a case number, names for a case alone, and each look is an entry."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override as in_language

from lokalnet import disclosure
from lokalnet.access import events as log
from lokalnet.access.models import Event
from lokalnet.access.rights import Purpose
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.persons import keys
from lokalnet.youth.models import File
from lokalnet.youth.oversight import cases, refusing
from tests.access.people import browser_of, events
from tests.days import today
from tests.youth.logbook import EMIL, WHY, at, held, offer, officer, override, shown, visit, weekday
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
DESK = "/databeskyttelse/personer/"
SECTIONS = ("laesning", "delt", "afvist", "noedadgang", "usaedvanligt")


def test_without_a_case_number_nothing_is_shown_and_no_look_recorded(room: Room) -> None:
    file = held(room, room.sanne, "2026-0042")
    visit(file.person, room.sanne, at(weekday(), 10))
    client = browser_of(room.gorm)
    assert "Sanne" not in client.get(DESK).content.decode()
    for section in (*SECTIONS, f"log/{file.person}"):
        answer = client.get(f"{DESK}{section}/")
        assert answer.status_code == 302 and answer["Location"] == DESK
    for wrong in ("", "x", "Hansen", "010190-1234", "0101901234"):
        assert client.post(DESK, {"case_number": wrong, "since": "2026-01-01", "until": "2026-02-01"}
                           ).status_code == 422
    assert events("person-log.read") == []


def test_with_a_case_number_names_are_shown_and_each_look_is_an_entry(room: Room) -> None:
    file = held(room, room.sanne, "2026-0042")
    visit(file.person, room.sanne, at(weekday(), 10), purpose=Purpose.INFORMING)
    client = officer(room.gorm)
    page = shown(client, "laesning")
    assert "Sanne" in page and "2026-0042" in page and EMIL not in page
    for section in SECTIONS[1:]:
        shown(client, section)
    entries = events("person-log.read")
    assert [entry.detail["part"] for entry in entries] == ["visits", "offers", "refusals", "overrides", "unusual"]
    assert {entry.detail["case_number"] for entry in entries} == {"2026-77"}
    assert {entry.member_id for entry in entries} == {room.gorm.id}


def test_the_case_ends_by_itself_after_two_hours_and_when_it_is_closed(room: Room, monkeypatch) -> None:
    client = officer(room.gorm)
    shown(client, "laesning")
    client.post(f"{DESK}luk/")
    assert client.get(f"{DESK}laesning/").status_code == 302
    client = officer(room.gorm)
    monkeypatch.setattr(cases, "now", lambda: now() + timedelta(hours=2, minutes=1))
    assert client.get(f"{DESK}laesning/").status_code == 302


def test_a_case_is_of_one_membership_alone(room: Room) -> None:
    session: dict[str, object] = {}
    room.world.actor(room.gorm)
    cases.open_for(room.world.actor(room.gorm), session, number="1", since=today(), until=today(), file_number="")
    assert cases.of(room.world.actor(room.gorm), session)
    assert cases.of(room.world.actor(room.world.dorte), session) is None


def test_a_case_about_one_file_shows_that_file_alone(room: Room) -> None:
    one, other = held(room, room.sanne, "2026-0001"), held(room, room.karl, "2026-0002")
    for file, member in ((one, room.sanne), (other, room.karl)):
        visit(file.person, member, at(weekday(), 10))
        override(file.person, room.world.adam, at(weekday(), 11), reason=f"Det haster i {file.number}")
        offer(room, member, room.signe, file.person)
        log.record(room.world.actor(member), "disclosure.refused", subject_kind="file", subject=file.file,
                   rules=["ground-missing"])
    client = officer(room.gorm, file_number="2026-0001")
    for section in SECTIONS:
        page = shown(client, section)
        assert "2026-0001" in page and "2026-0002" not in page and "Karl" not in page, section


def test_a_number_that_no_file_of_the_organisation_has_is_said_at_the_field(room: Room) -> None:
    held(room, room.signe, "2026-0009")
    answer = browser_of(room.gorm).post(DESK, {"case_number": "2026-1", "since": "2026-01-01", "until": "2026-02-01",
                                               "file_number": "2026-0009"})
    assert answer.status_code == 422 and answer.context["form"].errors["file_number"]
    too_long = browser_of(room.gorm).post(DESK, {"case_number": "2026-1", "since": "2020-01-01", "until": "2026-02-01"})
    assert too_long.context["form"].errors["until"]


def test_only_the_days_of_the_case_are_shown(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    visit(file.person, room.sanne, at(today() - timedelta(days=40), 10))
    assert "Sanne" not in shown(officer(room.gorm), "laesning")
    assert "Sanne" in shown(officer(room.gorm, since=(today() - timedelta(days=41)).isoformat()), "laesning")


def test_visits_come_in_pages_of_fifty_without_gap_or_double(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    for minute in range(120):
        visit(file.person, room.sanne, at(weekday(), 9) + timedelta(minutes=minute))
    client, address, seen = officer(room.gorm), f"{DESK}laesning/", []
    while True:
        page = client.get(address).context["page"]
        seen.append([stay.at for stay in page.stays])
        if not page.next:
            break
        address = f"{DESK}laesning/?cursor={page.next}"
    assert [len(each) for each in seen] == [50, 50, 20] and len({at for each in seen for at in each}) == 120
    assert client.get(f"{DESK}laesning/?cursor=nonsense").status_code == 200


def test_the_way_and_the_thing_are_told_where_there_is_no_file(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    with as_role(MIGRATION):
        File.objects.all().delete()
    visit(file.person, room.sanne, at(weekday(), 10), because=["triage"], purpose=Purpose.TRIAGE)
    visit(file.person, room.sanne, at(weekday(), 11), because=["copy"], purpose=Purpose.DISCLOSURE)
    visit(file.person, room.karl, at(weekday(), 12), wrong=True)
    client = officer(room.gorm)
    with in_language("en"):
        client.cookies["django_language"] = "en"
        page = shown(client, "laesning")
    for words in ("A copy", "A worry", "The wrong file"):
        assert words in page


def test_the_reason_of_emergency_access_is_read_by_the_officer_and_the_wrong_file_told_apart(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    override(file.person, room.karl, at(weekday(), 10))
    override(file.person, room.karl, at(weekday(), 12), reason="Jeg skulle have været i en anden sag", wrong=True)
    client = officer(room.gorm)
    opened = client.get(f"{DESK}noedadgang/").context["page"].opened
    assert [(each.reason, each.wrong, each.who, each.about) for each in opened] == [
        ("Jeg skulle have været i en anden sag", True, "Karl", "2026-0001"), (WHY, False, "Karl", "2026-0001")]


def test_a_reason_whose_key_is_gone_does_not_hide_the_others(room: Room) -> None:
    file, other = held(room, room.sanne, "2026-0001"), held(room, room.sanne, "2026-0002")
    override(file.person, room.karl, at(weekday(), 10))
    override(other.person, room.karl, at(weekday(), 11))
    keys.destroy(file.person)
    page = officer(room.gorm).get(f"{DESK}noedadgang/").context["page"]
    assert page.opened[0].reason == WHY and page.opened[1].reason != WHY


def test_what_was_shared_is_told_in_both_directions_and_never_what_was_said(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    theirs = held(room, room.signe, "2026-0500")
    given = offer(room, room.sanne, room.signe, file.person)
    copied = held(room, room.karl, "2026-0002")
    offer(room, room.signe, room.karl, theirs.person, taken_as=copied.person, snapshot=None)
    client = officer(room.gorm)
    rows = {row.given: row for row in client.get(f"{DESK}delt/").context["page"].offers}
    assert (rows[True].other, rows[True].who, rows[True].about) == ("Ballerup Kommune", "Sanne", "2026-0001")
    assert (rows[False].other, rows[False].who) == ("Ballerup Kommune", "Karl")
    assert rows[True].ground == given.ground.paragraph and len(rows[True].fields) == 2
    page = shown(client, "delt")
    for words in ("Signe", "2026-0500", "NOEDVENDIGT", "KOPIENS", EMIL):
        assert words not in page


def test_what_the_server_refused_is_told_with_its_rules_in_words(room: Room) -> None:
    file = held(room, room.sanne, "2026-0001")
    log.record(room.world.actor(room.sanne), "disclosure.refused", subject_kind="file", subject=file.file,
               rules=["ground-missing", "age-unknown", "ground-missing"])
    page = officer(room.gorm).get(f"{DESK}afvist/").context["page"]
    assert len(page.refused) == 1 and len(page.refused[0].rules) == 2
    assert page.refused[0].who == "Sanne" and page.refused[0].about == "2026-0001"
    assert not any("ground" in rule and "-" in rule for rule in page.refused[0].rules)


def test_every_rule_of_the_gate_has_words_here() -> None:
    source = "".join(path.read_text() for path in Path(disclosure.__file__).parent.rglob("*.py"))
    found = set(re.findall(r'Refusal\(\s*"[\w-]+",\s*"([\w-]+)"', source)) | {
        f"{what}-not-covered" for what in re.findall(r'_beyond\(ground, "\w+", "(\w+)"', source)}
    assert len(found) > 15 and found <= set(refusing.RULES)


@pytest.mark.parametrize("who", ["sanne", "karl", "tove", "signe", "petra", "freja"])
def test_nobody_else_comes_to_the_desk(room: Room, who: str) -> None:
    client = browser_of(getattr(room, who))
    file = held(room, room.sanne, "2026-0001")
    for path in ("", "laesning/", "delt/", "afvist/", "noedadgang/", "usaedvanligt/"):
        assert client.get(f"{DESK}{path}").status_code == 403
    assert client.get(f"{DESK}log/{file.person}/").status_code == 404
    with as_role(MIGRATION):
        assert not Event.objects.filter(kind="person-log.read").exists()


def test_where_the_room_is_closed_the_officer_is_told_so(room: Room, settings) -> None:
    settings.LOKALNET_DEMO = False
    assert browser_of(room.gorm).get(DESK).status_code == 403
    assert "Opslag i sager" not in browser_of(room.gorm).get("/log/").content.decode()
