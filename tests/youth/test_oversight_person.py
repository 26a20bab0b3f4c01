"""The log of one person's data can be handed out: days, purposes, organisations, and nobody who works there."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lokalnet.access.rights import Purpose
from tests.access.people import browser_of, events
from tests.foundation.reading_pdf import text_of
from tests.youth.logbook import EMIL, Held, at, held, offer, officer, visit, weekday
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
STAFF = ("Sanne", "Karl", "Signe", "Gorm")


@pytest.fixture
def file(room: Room) -> Held:
    made = held(room, room.sanne, "2026-0001")
    visit(made.person, room.sanne, at(weekday(), 8, 17))
    visit(made.person, room.karl, at(weekday(), 14, 43))
    visit(made.person, room.karl, at(weekday(6), 9, 31), because=["override"], purpose=Purpose.INFORMING)
    visit(made.person, room.karl, at(weekday(12), 9, 31), wrong=True)
    offer(room, room.sanne, room.signe, made.person)
    return made


def log_of(held_file: Held) -> str:
    return f"/databeskyttelse/personer/log/{held_file.person}/"


def test_it_tells_days_purposes_and_organisations_and_counts_what_is_alike(room: Room, file: Held) -> None:
    client = officer(room.gorm)
    log = client.get(log_of(file)).context["log"]
    assert [(line.day, line.number) for line in log.looks] == [
        (weekday(), 2), (weekday(6), 1), (weekday(12), 1)]
    assert len({line.what for line in log.looks}) == 3
    assert {line.organisation for line in log.looks} == {"Gladsaxe Kommune"}
    assert len(log.shares) == 1 and "Ballerup Kommune" in log.shares[0].what


@pytest.mark.parametrize("form", ["", "text", "pdf"])
def test_no_name_and_no_time_of_day_stands_in_it_in_any_form(room: Room, file: Held, form: str) -> None:
    answer = officer(room.gorm).get(log_of(file), {"journal": form} if form else {})
    said = text_of(answer.content) if form == "pdf" else answer.content.decode()
    main = said[said.index("<main"):said.index("</main")] if not form else said
    assert "2026-0001" in main and "Gladsaxe Kommune" in main
    for word in (*STAFF, EMIL, "08:17", "8.17", "14:43", "14.43", "9.31", "09:31"):
        assert word not in main, word


def test_a_copy_is_an_entry_with_the_case_number(room: Room, file: Held) -> None:
    client = officer(room.gorm)
    client.get(log_of(file), {"journal": "pdf"})
    entry = events("person-log.copied")[-1]
    assert entry.detail == {"case_number": "2026-77", "form": "pdf"} and entry.subject == file.person
    looked = events("person-log.read")[-1]
    assert looked.subject == file.person and looked.detail["part"] == "person"


def test_of_another_organisations_person_there_is_none_as_of_nobody(room: Room) -> None:
    theirs = held(room, room.signe, "2026-0001")
    client = officer(room.gorm)
    for person in (theirs.person, theirs.file, uuid4()):
        assert client.get(f"/databeskyttelse/personer/log/{person}/").status_code == 404
        assert browser_of(room.gorm).get(f"/databeskyttelse/personer/log/{person}/").status_code == 404


def test_the_file_on_the_disk_names_the_number_alone(room: Room, file: Held) -> None:
    answer = officer(room.gorm).get(log_of(file), {"journal": "pdf"})
    assert "2026-0001" in answer["Content-Disposition"] and "Emil" not in answer["Content-Disposition"]


def test_only_the_days_of_the_case_are_handed_out(room: Room, file: Held) -> None:
    client = officer(room.gorm, since=(weekday() - timedelta(days=1)).isoformat())
    assert [line.number for line in client.get(log_of(file)).context["log"].looks] == [2]
