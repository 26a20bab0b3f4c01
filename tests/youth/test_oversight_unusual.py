"""What is unusual is found by plain rules, shown with its facts, and does not come back when somebody looked at it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from lokalnet.access.models import Member
from lokalnet.youth.oversight import finding, rules, unusual
from lokalnet.youth.oversight.rules import Day, Rule
from tests.access.people import browser_of, events
from tests.days import today
from tests.youth.logbook import CASE, WHY, Held, at, held, officer, override, shown, visit, weekday
from tests.youth.people import Room

pytestmark = pytest.mark.django_db
UNUSUAL = "/databeskyttelse/personer/usaedvanligt/"


def found(room: Room, *, days: int = 30) -> list[tuple[str, str]]:
    """Which rules, about whom."""
    room.world.actor(room.gorm)
    names = {each.id: name for name, each in vars(room).items() if isinstance(each, Member)}
    return sorted((each.rule.value, names[each.member_id]) for each in finding.between(
        room.world.gladsaxe.id, today() - timedelta(days=days), today()))


@pytest.fixture
def file(room: Room) -> Held:
    return held(room, room.sanne, "2026-0001")


def test_an_ordinary_day_is_not_unusual(room: Room, file: Held) -> None:
    visit(file.person, room.sanne, at(weekday(), 6))
    visit(file.person, room.sanne, at(weekday(), 21, 59))
    assert found(room) == []


@pytest.mark.parametrize(("hour", "minute"), [(5, 59), (22, 0), (0, 0), (23, 59)])
def test_the_night_is_unusual_in_copenhagen_time(room: Room, file: Held, hour: int, minute: int) -> None:
    visit(file.person, room.sanne, at(weekday(), hour, minute))
    assert found(room) == [("odd-hours", "sanne")]


def test_the_weekend_is_unusual_and_a_members_day_is_one_finding(room: Room, file: Held) -> None:
    saturday = today() - timedelta(days=(today().isoweekday() + 1) % 7 or 7)
    assert saturday.isoweekday() == 6
    for hour in (10, 12, 15):
        visit(file.person, room.sanne, at(saturday, hour))
    visit(file.person, room.karl, at(saturday, 10))
    assert found(room) == [("odd-hours", "karl"), ("odd-hours", "sanne")]


def test_a_visit_left_within_a_minute_is_unusual_unless_it_was_the_wrong_file_or_went_on(
        room: Room, file: Held) -> None:
    visit(file.person, room.sanne, at(weekday(), 10), stayed=timedelta(seconds=59))
    assert found(room) == [("short", "sanne")]
    day = weekday(8)
    visit(file.person, room.karl, at(day, 10), stayed=timedelta(minutes=1))
    visit(file.person, room.karl, at(day, 11), stayed=timedelta(seconds=9), wrong=True)
    visit(file.person, room.karl, at(day, 12), stayed=timedelta(seconds=30))  # chose another purpose
    visit(file.person, room.karl, at(day, 12) + timedelta(seconds=30))
    visit(file.person, room.karl, at(day, 14), stayed=None)
    assert found(room) == [("short", "sanne")]


def test_every_emergency_access_is_looked_at_and_the_wrong_file_is_not(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(weekday(), 10))
    override(file.person, room.karl, at(weekday(), 11), wrong=True)
    assert found(room) == [("emergency", "karl")]


def test_three_within_a_week_are_one_more_thing_with_the_wrong_ones_counted_in(room: Room, file: Held) -> None:
    for day, wrong in ((20, False), (16, True), (13, False)):
        override(file.person, room.karl, at(today() - timedelta(days=day), 10), wrong=wrong)
    assert ("emergency-often", "karl") in found(room)
    override(file.person, room.sanne, at(today() - timedelta(days=20), 10))
    override(file.person, room.sanne, at(today() - timedelta(days=16), 10))
    override(file.person, room.sanne, at(today() - timedelta(days=12), 10))
    assert ("emergency-often", "sanne") not in found(room)


def test_one_more_makes_it_a_new_finding(room: Room, file: Held) -> None:
    def often() -> list[tuple[str, int]]:
        room.world.actor(room.gorm)
        return [(str(each.id), len(each.entries)) for each in finding.between(
            room.world.gladsaxe.id, today() - timedelta(days=30), today()) if each.rule == Rule.OFTEN]

    for day in (9, 8, 7):
        override(file.person, room.karl, at(today() - timedelta(days=day), 10))
    before = often()
    override(file.person, room.karl, at(today() - timedelta(days=6), 10))
    after = often()
    assert [number for _, number in before] == [3] and [number for _, number in after] == [4]
    assert before[0][0] != after[0][0]


def test_the_wrong_file_again_and_again_hides_nobody(room: Room, file: Held) -> None:
    for hour in (9, 10, 11):
        visit(file.person, room.karl, at(weekday(), hour), stayed=timedelta(seconds=20), wrong=True)
    assert found(room) == [("wrong-often", "karl")]


def test_eight_files_in_a_day_are_many_where_one_is_usual(room: Room) -> None:
    files = [held(room, room.sanne, f"2026-00{number:02}") for number in range(8)]
    for day in range(10, 40):
        visit(files[0].person, room.sanne, at(weekday(day), 10))
    for number, each in enumerate(files):
        visit(each.person, room.sanne, at(weekday(), 8 + number))
        visit(each.person, room.sanne, at(weekday(), 8 + number, 30))
    assert found(room) == [("many-files", "sanne")]


def day_of(member: object, back: int, number: int) -> Day:
    return Day(member, date(2026, 11, 20) - timedelta(days=back), number)  # type: ignore[arg-type]


def test_many_is_compared_with_ones_own_usual_and_with_colleagues() -> None:
    one, other = uuid4(), uuid4()
    since, until = date(2026, 11, 20), date(2026, 11, 21)

    def many(*days: Day) -> bool:
        return bool(rules.many(days, since=since, until=until))

    usual = [day_of(one, back, 2) for back in range(1, 6)]
    assert many(*usual, day_of(one, 0, 8))
    assert not many(*usual, day_of(one, 0, 7))
    assert not many(*(day_of(one, back, 3) for back in range(1, 6)), day_of(one, 0, 9)), "three times is not more"
    assert not many(*usual, day_of(other, 1, 3), day_of(one, 0, 9)), "colleagues do as many"
    assert many(*(day_of(one, back, 9) for back in range(1, 5)), day_of(other, 1, 2), day_of(one, 0, 9)), "four days"
    assert not many(*(day_of(one, back, 9) for back in range(1, 6)), day_of(other, 1, 2), day_of(one, 0, 9))
    assert many(*(day_of(one, back, 9) for back in range(91, 99)), day_of(one, 0, 9)), "longer ago than 90 days"


def test_what_was_looked_at_does_not_come_back_and_twice_is_once(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(weekday(), 10))
    client = officer(room.gorm)
    waiting = client.get(UNUSUAL).context["page"].waiting
    assert [(each.who, each.facts[0].words, each.facts[0].about) for each in waiting] == [("Karl", WHY, "2026-0001")]
    for _ in range(2):
        assert client.post(UNUSUAL, {"finding": waiting[0].id, "came": "spoken"}).status_code == 302
    page = client.get(UNUSUAL).context["page"]
    assert page.waiting == [] and [each.id for each in page.looked] == [waiting[0].id]
    entries = events("unusual.looked-at")
    assert len(entries) == 1
    assert entries[0].detail == {"case_number": "2026-77", "rule": "emergency", "came": "spoken"}
    assert unusual.number_waiting(room.world.actor(room.gorm)) == 0


def test_only_what_the_rules_found_can_be_looked_at(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(weekday(), 10))
    client = officer(room.gorm)
    waiting = client.get(UNUSUAL).context["page"].waiting[0]
    assert client.post(UNUSUAL, {"finding": str(uuid4()), "came": "work"}).status_code == 404
    for wrong in ({"finding": waiting.id, "came": "guilty"}, {"finding": waiting.id}, {"came": "work"}):
        assert client.post(UNUSUAL, wrong).status_code == 302
    assert events("unusual.looked-at") == []


def test_the_rules_stand_in_words_on_the_page(room: Room, file: Held) -> None:
    visit(file.person, room.sanne, at(weekday(), 5))
    client = officer(room.gorm)
    client.cookies["django_language"] = "en"
    page = shown(client, "usaedvanligt")
    assert str(rules.SAID[Rule.HOURS]) and "before 6, after 22" in page and "Sanne" in page


def test_today_is_looked_at_when_it_is_over_and_emergency_access_at_once(room: Room, file: Held) -> None:
    visit(file.person, room.sanne, at(today(), 0, 1), stayed=timedelta(seconds=5))
    assert found(room) == []
    override(file.person, room.karl, at(today(), 0, 1))
    assert found(room) == [("emergency", "karl")]


def test_what_is_unusual_elsewhere_is_not_the_officers(room: Room) -> None:
    theirs = held(room, room.signe, "2026-0001")
    visit(theirs.person, room.signe, at(weekday(), 5))
    override(theirs.person, room.signe, at(weekday(), 5))
    assert found(room) == []
    assert unusual.number_waiting(room.world.actor(room.world.dorte)) == 2


def test_the_desk_shows_how_many_wait_and_no_name(room: Room, file: Held) -> None:
    override(file.person, room.karl, at(weekday(), 10))
    answer = browser_of(room.gorm).get("/databeskyttelse/personer/")
    assert answer.context["waiting"] == 1 and "Karl" not in answer.content.decode()
    assert CASE
