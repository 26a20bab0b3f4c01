"""Who is out tonight: each organisation writes its own, whoever works out there may, and everybody here reads it."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import translation

from lokalnet.access import founding
from lokalnet.access.models import Event, Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation.directory import presence, watching
from lokalnet.situation.directory.watching import Entered
from lokalnet.situation.models import Measure, Watch
from tests.doors.people import browser, give_roles
from tests.situation.measuring import propose, step
from tests.situation.telling import frame
from tests.world import World

HERE = ZoneInfo("Europe/Copenhagen")


def hours(ahead: int = 1, long: int = 3) -> dict[str, datetime]:
    return {"starts_at": now() + timedelta(hours=ahead), "ends_at": now() + timedelta(hours=ahead + long)}


def watch(world: World, **said: object) -> Watch:
    with as_role(MIGRATION):
        return Watch.objects.create(**{"partnership": world.partnership, "organisation": world.gladsaxe} | hours()
                                    | said)  # type: ignore[arg-type]


def may_write(world: World, member: Member, **said: object) -> bool:
    """Past every page: a plain row, as the member."""
    world.actor(member)
    try:
        with transaction.atomic():
            Watch(**{"partnership": world.partnership, "organisation_id": member.organisation_id} | hours()
                  | said).save(force_insert=True)
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize(("role", "may"), [
    (Role.STREET_WORKER, True), (Role.SSP_CONSULTANT, True), (Role.COORDINATOR, True), (Role.ANALYST, True),
    (Role.LEADER, True), (Role.ADMINISTRATOR, True), (Role.DATA_PROTECTION_OFFICER, False)])
def test_the_database_lets_those_write_who_are_out_or_keep_the_telephones(world: World, role: Role, may: bool) -> None:
    give_roles(world.anna, [role])
    assert may_write(world, world.anna) == may


def test_officers_write_the_polices_and_caretakers_nobodys(world: World) -> None:
    assert may_write(world, world.bo)
    assert not may_write(world, world.viggo)


def test_nobody_writes_for_another_organisation_or_in_another_partnership(world: World) -> None:
    assert not may_write(world, world.anna, organisation_id=world.police.id)
    assert not may_write(world, world.anna, partnership=world.elsewhere)
    assert not may_write(world, world.clara)
    made = watch(world, organisation=world.police)
    world.actor(world.anna)
    assert Watch.objects.filter(id=made.id).update(who="Gladsaxe") == 0
    assert Watch.objects.filter(id=made.id).delete()[0] == 0


def test_it_belongs_to_a_measure_that_its_writer_may_see(world: World) -> None:
    ours = propose(world, world.anna)
    theirs = propose(world, world.bo, visibility="organisation")
    assert may_write(world, world.anna, measure_id=ours.id)
    assert not may_write(world, world.anna, measure_id=theirs.id)
    world.actor(world.anna)
    with pytest.raises(DatabaseError), transaction.atomic():
        Watch.objects.update(measure_id=theirs.id)


def test_a_measure_that_goes_leaves_its_hours_there(world: World) -> None:
    measure = propose(world, world.anna)
    made = watch(world, measure=measure)
    with as_role(MIGRATION):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("delete from situation_step where measure_id = %s", [measure.id])
            cursor.execute("delete from situation_measure where id = %s", [measure.id])
        made.refresh_from_db()
    assert made.measure_id is None


def test_everybody_who_tells_what_happened_reads_who_is_out_and_a_stranger_does_not(world: World) -> None:
    watch(world, who="Gadeplan")
    for member, sees in ((world.bo, True), (world.viggo, True), (world.clara, False)):
        assert ("Gadeplan" in browser(member).get("/i-aften/").content.decode()) == sees
    assert "Skriv det" not in browser(world.viggo).get("/i-aften/").content.decode()


def test_a_measures_title_stands_there_for_who_may_see_the_measure(world: World) -> None:
    measure = propose(world, world.anna, visibility="municipalities", title="Lys ved kiosken")
    watch(world, measure=measure)
    seen = {member.name: "Lys ved kiosken" in browser(member).get("/i-aften/").content.decode()
            for member in (world.anna, world.berit, world.bo, world.viggo)}
    assert seen == {"Anna": True, "Berit": True, "Bo": False, "Viggo": False}


def said(**more: object) -> dict[str, object]:
    evening = (now().astimezone(HERE) + timedelta(days=2)).date()
    return {"key": uuid.uuid4(), "area": "", "evening": evening.isoformat(), "from_time": "18:00",
            "to_time": "02:00"} | more


def test_one_line_says_that_we_are_out(world: World) -> None:
    herlev, sent = Area.objects.get(name="Herlev"), said()
    sent["area"] = herlev.id
    client = browser(world.anna)
    for _ in range(2):  # a second press is harmless
        assert client.post("/i-aften/", sent).status_code == 302
    with as_role(MIGRATION):
        made = Watch.objects.get()
        assert [event.detail["act"] for event in Event.objects.filter(kind="watch.changed")] == ["added"]
    day = date.fromisoformat(str(sent["evening"]))
    assert (made.organisation_id, made.area_id, made.who) == (world.gladsaxe.id, herlev.id, "")
    assert made.starts_at == datetime.combine(day, time(18), HERE)
    assert made.ends_at == datetime.combine(day + timedelta(days=1), time(2), HERE)
    assert "Gladsaxe Kommune" in browser(world.bo).get("/i-aften/").content.decode()


def test_the_line_is_filled_in_for_tonight_from_six_to_two(world: World) -> None:
    form = browser(world.anna).get("/i-aften/").context["form"]
    assert (form["from_time"].value(), form["to_time"].value()) == (time(18), time(2))
    assert form["evening"].value() == presence.evening_of(now(), frame(world, world.anna)).isoformat()


@pytest.mark.parametrize(("wrong", "field"), [
    ({"evening": "2020-01-01"}, "evening"), ({"evening": "i aften"}, "evening"), ({"to_time": "18:00"}, "to_time"),
    ({"from_time": ""}, "from_time"), ({"area": str(uuid.uuid4())}, "area"), ({"key": "x"}, "key")])
def test_a_wrong_line_names_the_field_and_writes_nothing(world: World, wrong: dict[str, str], field: str) -> None:
    answer = browser(world.anna).post("/i-aften/", said(**wrong))
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    with as_role(MIGRATION):
        assert not Watch.objects.exists()


@pytest.mark.parametrize(("begins", "ends", "starts_at", "ends_at"), [
    (time(18), time(2), datetime(2026, 11, 27, 18), datetime(2026, 11, 28, 2)),
    (time(1), time(4), datetime(2026, 11, 28, 1), datetime(2026, 11, 28, 4)),
    (time(8), time(16), datetime(2026, 11, 27, 8), datetime(2026, 11, 27, 16)),
    (time(23), time(0), datetime(2026, 11, 27, 23), datetime(2026, 11, 28, 0))])
def test_a_night_goes_on_until_six(world: World, begins: time, ends: time, starts_at: datetime,
                                   ends_at: datetime) -> None:
    found = presence.hours_of(date(2026, 11, 27), begins, ends, frame(world, world.anna))
    assert found == (starts_at.replace(tzinfo=HERE).astimezone(UTC), ends_at.replace(tzinfo=HERE).astimezone(UTC))


def test_the_week_stands_by_night_and_area(world: World, django_assert_num_queries) -> None:
    moment = datetime(2026, 11, 24, 1, tzinfo=HERE)  # still Monday night
    herlev = Area.objects.get(name="Herlev")
    for day, hour, where, who in ((23, 20, herlev, "a"), (23, 18, None, "b"), (24, 5, None, "c"), (24, 7, herlev, "d"),
                                  (26, 20, None, "e"), (30, 20, None, "f"), (1, 20, None, "g")):
        starts = datetime(2026, 12 if day == 1 else 11, day, hour, tzinfo=HERE)
        watch(world, who=who, area=where, starts_at=starts, ends_at=starts + timedelta(hours=6))
    here = frame(world, world.anna)
    with translation.override("en"), django_assert_num_queries(1):
        nights = presence.nights(here, moment)
    shown = [(night.name, [(area, [row.who for row in rows]) for area, rows in night.areas]) for night in nights]
    assert shown == [("Tonight", [("", ["c"]), ("Herlev", ["a"])]), ("Tuesday 24 Nov", [("Herlev", ["d"])]),
                     ("Thursday 26 Nov", [("", ["e"])]), ("Monday 30 Nov", [("", ["f"])])]
    assert nights[2].areas[0][1][0].when == "20:00–02:00"


def test_a_copy_keeps_its_measure_and_a_second_press_makes_none(world: World) -> None:
    measure = propose(world, world.anna)
    made = watch(world, measure=measure, who="Gadeplan")
    client = browser(world.anna)
    for _ in range(2):
        assert client.post(f"/vagter/{made.id}/", {"act": "copy"}).headers["Location"] == "/i-aften/"
    with as_role(MIGRATION):
        copy, = Watch.objects.exclude(id=made.id)
    assert (copy.who, copy.measure_id) == ("Gadeplan", measure.id)


def test_it_is_out_for_a_measure_that_is_running_and_that_we_take_part_in(world: World) -> None:
    with as_role(MIGRATION):
        ulla = founding.member(world.gladsaxe, "Ulla", "ulla@gladsaxe.example", Role.COORDINATOR)

    def running(member: Member, title: str) -> Measure:
        measure = propose(world, member, title=title)
        step(world, member, measure, "agreed")
        return measure

    ours, joined = running(ulla, "Vores"), running(world.lars, "Politiets")
    step(world, ulla, joined, "joined")
    running(world.lars, "Kun politiets"), propose(world, ulla, title="Kun foreslået")
    here = frame(world, world.anna)
    assert [title for _id, title in presence.measures(here)] == ["Politiets", "Vores"]
    assert browser(world.anna).post("/i-aften/", said(measure=ours.id)).status_code == 302
    with as_role(MIGRATION):
        assert Watch.objects.get().measure_id == ours.id


def test_hours_of_others_are_not_ours_to_change(world: World) -> None:
    made = watch(world, organisation=world.herlev)
    assert browser(world.anna).get(f"/vagter/{made.id}/").status_code == 404
    assert f"/vagter/{made.id}/" not in browser(world.anna).get("/i-aften/").content.decode()
    with pytest.raises(Http404):
        watching.one(world.actor(world.anna), made.id)


def test_a_key_that_stands_for_somebody_elses_hours_changes_nothing(world: World) -> None:
    made = watch(world, organisation=world.herlev, who="Herlev ude")
    presence.write(frame(world, world.anna), made.id, Entered("", "", None, **hours()))
    with as_role(MIGRATION):
        assert [row.who for row in Watch.objects.all()] == ["Herlev ude"]
