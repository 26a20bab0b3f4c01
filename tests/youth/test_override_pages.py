"""Emergency access: whether there is a file is learned by an act that is logged, counted and told of."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lokalnet.access.acting import NotAllowed
from lokalnet.access.models import Event, Member
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.rules import BrokenRule
from lokalnet.foundation.times import now
from lokalnet.notices import kinds
from lokalnet.notices.models import Notice
from lokalnet.persons import knowing
from lokalnet.persons.models import Access, Override
from lokalnet.youth.files import overriding
from lokalnet.youth.files.overriding import Asked
from tests.doors.people import browser
from tests.persons.numbers import nobodys
from tests.youth.opened import EMIL, Opened, born, opened, seat
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
WHY = "Han er meldt savnet, og Sanne har fri"


@pytest.fixture
def made(room: Room) -> Opened:
    return opened(room.world, room.sanne)


def ask(room: Room, who: str, member: Member | None = None, why: str = WHY) -> UUID | None:
    return overriding.ask(seat(room, member or room.karl), Asked(who, why))


def logged(member: Member) -> list[str]:
    with as_role(MIGRATION):
        return list(Event.objects.filter(member=member).order_by("at").values_list("kind", flat=True))


@pytest.mark.parametrize("shown", ["number", "cpr", "cpr with a hyphen"])
def test_it_opens_by_case_number_or_cpr_number(room: Room, made: Opened, shown: str) -> None:
    cpr = nobodys(born())
    who = {"number": made.number, "cpr": cpr, "cpr with a hyphen": f"{cpr[:6]}-{cpr[6:]}"}[shown]
    assert ask(room, who) == made.file_id
    assert knowing.knows(made.person_id, knowing.FILE) and logged(room.karl) == ["override.opened"]


def test_that_nothing_was_found_is_said_and_logged_the_same(room: Room, made: Opened) -> None:
    assert ask(room, nobodys(born(), nth=5)) is None and ask(room, "2026-9999") is None
    assert logged(room.karl) == ["override.found-nothing"] * 2
    with as_role(MIGRATION):
        assert not Override.objects.exists() and not Notice.objects.exists()


def test_a_file_of_another_organisation_is_not_found(room: Room, made: Opened) -> None:
    for who in (made.number, nobodys(born())):
        assert ask(room, who, room.signe) is None
    assert logged(room.signe) == ["override.found-nothing"] * 2


@pytest.mark.parametrize("who", ["tove", "gorm"])
def test_who_has_no_right_to_it_is_refused(room: Room, made: Opened, who: str) -> None:
    with pytest.raises(NotAllowed):
        ask(room, made.number, getattr(room, who))


def test_the_owner_and_the_data_protection_officer_are_told_and_nobody_else(room: Room, made: Opened) -> None:
    ask(room, made.number)
    with as_role(MIGRATION):
        told = set(Notice.objects.values_list("member__name", flat=True))
    assert told == {"Sanne", "Gorm"}
    for member, knows_number in ((room.sanne, True), (room.gorm, False)):
        here = seat(room, member)
        said = kinds.said(here, Notice.objects.get(member_id=member.id))
        assert said and (made.number in said.title) == knows_number and EMIL not in repr(said)


def test_the_wrong_file_within_ten_minutes_ends_it_and_is_no_alarm(room: Room, made: Opened) -> None:
    client = browser(room.karl)
    answer = client.post(reverse("emergency"), {"who": made.number, "reason": WHY})
    assert answer["Location"] == reverse("file", args=[made.file_id])
    client.post(reverse("file_enter", args=[made.file_id]), {"purpose": "early-help"})
    assert EMIL in client.get(reverse("file", args=[made.file_id])).content.decode()
    assert client.post(reverse("file_wrong", args=[made.file_id])).status_code == 302
    assert client.get(reverse("file", args=[made.file_id])).status_code == 404
    with as_role(MIGRATION):
        assert Override.objects.get().wrong
    here = seat(room, room.gorm)
    assert kinds.said(here, Notice.objects.get(member_id=room.gorm.id)) is None


def test_later_it_stays_an_alarm(room: Room, made: Opened) -> None:
    ask(room, made.number)
    with as_role(MIGRATION):
        Override.objects.update(opened_at=now() - timedelta(minutes=11))
    browser(room.karl).post(reverse("file_wrong", args=[made.file_id]))
    with as_role(MIGRATION):
        assert not Override.objects.get().wrong


def test_asked_twice_it_is_opened_once(room: Room, made: Opened) -> None:
    assert ask(room, made.number) == ask(room, made.number) == made.file_id
    with as_role(MIGRATION):
        assert Override.objects.count() == 1
    assert ask(room, made.number, room.sanne) == made.file_id
    assert logged(room.sanne) == []


@pytest.mark.parametrize(("who", "why", "field"), [
    ("", WHY, "who"), ("2026-0001", "Det haster", "reason"), ("3113994123", WHY, "who")])
def test_what_is_missing_is_said_at_its_field_and_counts_for_nothing(room: Room, made: Opened, who: str, why: str,
                                                                     field: str) -> None:
    with pytest.raises(BrokenRule) as problem:
        ask(room, who, why=why)
    assert problem.value.field == field and logged(room.karl) == []


def test_so_many_in_an_hour_and_no_more(room: Room, made: Opened, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LOKALNET_EMERGENCY_PER_HOUR = 2
    assert ask(room, "2026-9999") is ask(room, "2026-9998") is None
    with pytest.raises(BrokenRule) as problem:
        ask(room, made.number)
    assert problem.value.field == "who" and len(logged(room.karl)) == 2
    assert ask(room, "2026-9999", room.sanne) is None
    with as_role(MIGRATION):
        Event.objects.update(at=now() - timedelta(hours=2))
    assert ask(room, made.number) == made.file_id


def test_the_page_says_that_nothing_was_found_and_keeps_what_was_typed_where_something_is_wrong(room: Room) -> None:
    client = browser(room.karl)
    nothing = client.post(reverse("emergency"), {"who": "2026-9999", "reason": WHY})
    assert nothing.status_code == 200 and logged(room.karl) == ["override.found-nothing"]
    wrong = client.post(reverse("emergency"), {"who": "2026-9999", "reason": "kort"})
    assert wrong.status_code == 422 and 'value="2026-9999"' in wrong.content.decode()


def test_a_visit_by_emergency_access_ends_with_it(room: Room, made: Opened) -> None:
    ask(room, made.number)
    assert not knowing.knows(uuid4(), knowing.FILE)
    with as_role(MIGRATION):
        Access.objects.filter(because="override").update(until=now() - timedelta(seconds=1))
    assert browser(room.karl).get(reverse("file", args=[made.file_id])).status_code == 404
