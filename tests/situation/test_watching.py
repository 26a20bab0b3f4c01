"""Who watches tonight: by the clock on the wall, also in the nights when it is put forward or back."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.formats import date_format

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import guard
from lokalnet.situation.directory import desk_forms, watching
from lokalnet.situation.directory.desk_forms import WatchForm, watch_as_entered
from lokalnet.situation.models import Watch
from tests.doors.people import browser
from tests.situation.telling import frame

HERE = ZoneInfo("Europe/Copenhagen")
TONIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=HERE)


def watch(world, starts: datetime, ends: datetime, who: str = "Hold", **said) -> Watch:
    with as_role(MIGRATION):
        return Watch.objects.create(**{"partnership": world.partnership, "organisation": world.gladsaxe, "who": who,
                                       "starts_at": starts, "ends_at": ends} | said)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(("moment", "hours"), [
    (datetime(2026, 11, 23, 20, tzinfo=HERE), 10), (datetime(2026, 11, 24, 2, tzinfo=HERE), 4),
    (datetime(2026, 11, 24, 6, tzinfo=HERE), 24), (datetime(2026, 10, 24, 20, tzinfo=HERE), 11),
    (datetime(2026, 3, 28, 20, tzinfo=HERE), 9)], ids=["evening", "night", "at six", "an hour more", "an hour less"])
def test_the_night_ends_at_six_by_the_clock(moment, hours) -> None:
    assert watching.next_morning(moment, HERE).astimezone(UTC) - moment.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(("starts", "ends", "shown"), [
    (at(23, 20), at(24, 2), True), (at(23, 8), at(23, 16), True), (at(24, 5, 59), at(24, 14), True),
    (at(20, 8), at(27, 8), True), (at(24, 6), at(24, 14), False), (at(23, 8), at(23, 15), False),
    (at(22, 20), at(23, 2), False), (at(24, 20), at(25, 2), False)],
    ids=["over midnight", "now", "the last minute", "all week", "tomorrow", "just over", "last night", "next night"])
def test_who_watches_between_now_and_the_morning_is_shown(world, starts, ends, shown) -> None:
    watch(world, starts, ends)
    assert bool(watching.tonight(frame(world, world.anna), TONIGHT)) == shown


def test_after_midnight_it_is_still_tonight(world) -> None:
    watch(world, at(23, 20), at(24, 4))
    with translation.override("en"):
        found = watching.tonight(frame(world, world.anna), at(24, 2))
    assert [each.when for each in found] == ["now–04:00"]


def test_the_night_is_one_question_to_the_database(world, django_assert_num_queries) -> None:
    for hour in (16, 18, 20):
        watch(world, at(23, hour), at(24, 2), phone="44 77 30 00")
    here = frame(world, world.anna)
    with django_assert_num_queries(1):
        found = watching.tonight(here, TONIGHT)
    assert [each.link for each in found] == ["tel:+4544773000"] * 3
    assert [each.organisation for each in found] == ["Gladsaxe Kommune"] * 3


def test_a_stranger_sees_nobodys_watch(world) -> None:
    watch(world, at(23, 20), at(24, 2))
    assert watching.tonight(frame(world, world.clara), TONIGHT) == []
    assert len(watching.tonight(frame(world, world.viggo), TONIGHT)) == 1


@pytest.fixture
def clock(monkeypatch) -> None:
    """So that the days below stay ahead."""
    for module in (desk_forms, watching):
        monkeypatch.setattr(module, "now", lambda: TONIGHT.astimezone(UTC))


def entered(world, **said: str) -> WatchForm:
    base = {"who": "Gadeplan", "phone": "44773000", "area": "", "from_day": "2027-03-27", "from_time": "20:00",
            "to_day": "", "to_time": "02:00"}
    return WatchForm(base | said, frame=frame(world, world.adam))


def test_a_watch_runs_over_midnight(world, clock) -> None:
    form = entered(world)
    assert form.is_valid(), form.errors
    said = form.entered()
    assert said.starts_at == datetime(2027, 3, 27, 20, tzinfo=HERE)
    assert said.ends_at == datetime(2027, 3, 28, 2, tzinfo=HERE).astimezone(UTC)
    assert said.phone == "44 77 30 00"


@pytest.mark.parametrize(("day", "hours"), [("2027-03-27", 9), ("2027-10-30", 11), ("2027-05-01", 10)])
def test_a_night_is_as_long_as_it_is(world, clock, day, hours) -> None:
    form = entered(world, from_day=day, to_time="06:00")
    assert form.is_valid(), form.errors
    assert form.entered().ends_at - form.entered().starts_at == timedelta(hours=hours)


@pytest.mark.parametrize(("said", "field"), [
    ({"to_time": "20:00"}, "to_time"), ({"to_day": "2027-03-27", "to_time": "19:00"}, "to_day"),
    ({"to_day": "2027-03-26"}, "to_day"), ({"to_day": "2027-04-20"}, "to_day"), ({"from_day": "2020-01-01"}, "to_day"),
    ({"from_day": "i morgen"}, "from_day"), ({"to_day": "snart"}, "to_day"), ({"from_time": ""}, "from_time"),
    ({"from_day": "9999-12-31"}, "from_day"), ({"to_day": "0001-01-01"}, "to_day"),
    ({"from_day": "2028-01-01"}, "from_day"),
    ({"phone": "12"}, "phone"), ({"area": str(uuid.uuid4())}, "area"),
    ({"who": "Ring til 010190-1234"}, "who")])
def test_a_wrong_watch_names_the_field_and_keeps_what_was_written(world, clock, said, field) -> None:
    form = entered(world, **said)
    assert not form.is_valid() and set(form.errors) == {field}
    assert form["who"].value() == said.get("who", "Gadeplan")


@pytest.mark.parametrize("who", ["Mads Nielsen", "Hold A, 20304050", "Vagt i nr. 4, 2. th", "Bil AB 12 345"])
def test_a_watch_is_a_team_and_no_person(world, clock, who) -> None:
    form = entered(world, who=who)
    assert not form.is_valid() and set(form.errors) == {"who"}
    with pytest.raises(guard.RefusedText):
        watching.add(frame(world, world.adam), watching.Entered(who, "", None, at(23, 20), at(24, 2)))


def test_two_watches_of_one_organisation_may_overlap(world, clock) -> None:
    here = frame(world, world.adam)
    for _ in range(2):
        form = WatchForm({"who": "Gadeplan", "from_day": "2027-03-27", "from_time": "20:00", "to_time": "02:00"},
                         frame=here)
        assert form.is_valid()
        watching.add(here, form.entered())
    assert len(watching.own(here)) == 2


def test_a_copy_is_at_the_same_time_by_the_clock_a_week_later(world, clock) -> None:
    """Also where the clocks change in between."""
    here = frame(world, world.adam)
    form = entered(world, from_day="2027-03-26")
    assert form.is_valid()
    first = watching.add(here, form.entered())
    copy = watching.copy_to_next_week(here, first)
    assert copy.starts_at.astimezone(HERE).isoformat() == "2027-04-02T20:00:00+02:00"
    assert copy.ends_at.astimezone(HERE).isoformat() == "2027-04-03T02:00:00+02:00"
    assert watch_as_entered(copy, here)["from_day"] == date(2027, 4, 2)


def test_the_own_watches_are_kept_through_the_pages(world) -> None:
    client = browser(world.adam)
    day = (now() + timedelta(days=3)).astimezone(HERE).date().isoformat()
    said = {"who": "Gadeplan", "phone": "+45 44 77 30 00", "from_day": day, "from_time": "20:00", "to_time": "01:00"}
    assert client.post("/vagter/ny/", said).status_code == 302
    with as_role(MIGRATION):
        made = Watch.objects.get()
    address = f"/vagter/{made.id}/"
    assert client.post(address, said | {"who": "Aftenhold"}).status_code == 302
    answer = client.post(address, {"act": "copy"}, follow=True)
    with translation.override("da"):
        copied = date_format(now().astimezone(HERE) + timedelta(days=10), "l j. N")
    assert copied in " ".join(map(str, answer.context["messages"]))
    page = client.get("/telefoner/").content.decode()
    assert page.count("Aftenhold") >= 2
    assert client.post(address, {"act": "remove"}).status_code == 302
    assert client.get(address).status_code == 404
    with as_role(MIGRATION):
        assert [each.who for each in Watch.objects.all()] == ["Aftenhold"]


def test_nobody_keeps_the_watches_of_others(world) -> None:
    """Not by the page, and not past it either."""
    made = watch(world, now(), now() + timedelta(hours=5), organisation=world.herlev)
    client = browser(world.adam)
    for said in ({"act": "remove"}, {"act": "copy"}, {"who": "x"}):
        assert client.post(f"/vagter/{made.id}/", said).status_code == 404
    world.actor(world.adam)
    assert Watch.objects.filter(id=made.id).update(who="Gladsaxe") == 0
    for member in (world.viggo, world.clara, world.dorte):
        world.actor(member)
        with pytest.raises(DatabaseError), transaction.atomic():
            Watch(partnership=world.partnership, organisation_id=member.organisation_id, who="x", starts_at=now(),
                  ends_at=now() + timedelta(hours=1)).save(force_insert=True)
