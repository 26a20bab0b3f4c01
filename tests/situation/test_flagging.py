"""A report says whether it was made under a measure or planned presence; whoever gets it coarsely is not told."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from lokalnet.access import founding
from lokalnet.access.models import Member
from lokalnet.access.rights import Role
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.models import Area
from lokalnet.situation import correcting, flagging, picture
from lokalnet.situation.exporting.rows import Rows, columns
from lokalnet.situation.models import Exact, Measure, Step, Watch
from lokalnet.situation.picture import Filters
from tests.doors.people import api_key, browser, keyed
from tests.situation.measuring import propose, set_past, step, today
from tests.situation.telling import frame
from tests.world import World

IN_HERLEV = {"longitude": 12.44, "latitude": 55.73}
IN_BALLERUP = {"longitude": 12.3633, "latitude": 55.7311}


def at(hour: int, days: int = 1) -> datetime:
    """That hour of a day gone by, local time."""
    from lokalnet.foundation.times import COPENHAGEN

    return (now().astimezone(COPENHAGEN) - timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def ballerup() -> Area:
    return Area.objects.get(kind="municipality", name="Ballerup")


def watch(world: World, since: datetime, until: datetime, **said: Any) -> Watch:
    with as_role(MIGRATION):
        return Watch.objects.create(**{"partnership": world.partnership, "organisation": world.gladsaxe,
                                       "starts_at": since, "ends_at": until} | said)


@pytest.fixture
def ulla(world: World) -> Member:
    with as_role(MIGRATION):
        return founding.member(world.gladsaxe, "Ulla", "ulla@gladsaxe.example", Role.COORDINATOR)


def running(world: World, member: Member, since: timedelta = timedelta(days=5), **said: Any) -> Measure:
    """A measure in Ballerup that was agreed some days ago."""
    measure = propose(world, member, **{"areas": [ballerup().id]} | said)
    step(world, member, measure, "agreed")
    with as_role(MIGRATION):
        Step.objects.filter(measure=measure, kind="agreed").update(at=now() - since)
    return measure


def flags(made: UUID) -> tuple[bool, UUID | None]:
    with as_role(MIGRATION):
        row = Exact.objects.get(observation_id=made)
    return row.planned_presence, row.under_measure_id


def reported(world: World, member: Member, **said: Any) -> tuple[bool, UUID | None]:
    return flags(world.report(member, key=str(said), **{"occurred_at": at(20)} | said))


# Planned presence


@pytest.mark.parametrize(("since", "until", "said", "flagged"), [
    (18, 22, {}, True), (20, 21, {}, True), (18, 20, {}, True), (21, 22, {}, False), (17, 19, {}, False),
    (20, 21, {"precision": "hour"}, True), (19, 20, {"precision": "hour"}, False),
    (18, 23, {"precision": "evening"}, False), (17, 24, {"precision": "evening"}, True),
    (17, 24, {"precision": "week"}, False)])
def test_the_whole_time_that_it_may_have_been_in_lies_within_the_hours(world: World, since: int, until: int,
                                                                       said: dict[str, str], flagged: bool) -> None:
    watch(world, at(since), at(0) + timedelta(hours=until))
    assert reported(world, world.anna, **said) == (flagged, None)


def test_the_hours_are_of_the_reporters_organisation_and_of_that_area(world: World) -> None:
    watch(world, at(18), at(22), area=ballerup())
    assert reported(world, world.anna, **IN_BALLERUP) == (True, None)
    assert reported(world, world.anna, **IN_HERLEV) == (False, None)
    assert reported(world, world.bo, **IN_BALLERUP) == (False, None)


def test_a_caretakers_reports_are_flagged_by_what_their_own_organisation_planned(world: World) -> None:
    """Though a caretaker sees no measures, and a system no watches."""
    watch(world, at(18), at(22), organisation=world.housing)
    assert reported(world, world.viggo) == (True, None)


# Under a measure


@pytest.mark.parametrize("visibility", ["organisation", "partnership"])
def test_a_report_in_the_area_of_a_running_measure_of_ours_is_under_it(world: World, ulla: Member,
                                                                      visibility: str) -> None:
    measure = running(world, ulla, visibility=visibility)
    assert reported(world, world.anna, **IN_BALLERUP) == (False, measure.id)
    assert reported(world, world.anna, **IN_HERLEV) == (False, None)
    assert reported(world, world.berit, **IN_BALLERUP) == (False, None)


def test_who_has_joined_is_under_it_too_and_who_was_only_asked_is_not(world: World, ulla: Member) -> None:
    measure = running(world, ulla)
    step(world, ulla, measure, "asked", organisation=str(world.police.id))
    assert reported(world, world.bo, **IN_BALLERUP)[1] is None
    step(world, world.lars, measure, "joined")
    assert reported(world, world.bo, text="igen", **IN_BALLERUP)[1] == measure.id


def test_a_measure_counts_from_when_it_was_agreed(world: World, ulla: Member) -> None:
    proposed = propose(world, ulla, areas=[ballerup().id])
    assert reported(world, world.anna)[1] is None
    step(world, ulla, proposed, "agreed")
    assert reported(world, world.anna, text="før den var aftalt")[1] is None
    assert reported(world, world.anna, occurred_at=now() + timedelta(minutes=2))[1] == proposed.id


def test_it_counts_until_it_is_done_and_until_its_last_day_is_over(world: World, ulla: Member) -> None:
    measure = running(world, ulla)
    step(world, ulla, measure, "done", "Lamperne virker.")
    assert reported(world, world.anna, text="meldt bagefter")[1] == measure.id
    assert reported(world, world.anna, occurred_at=now() + timedelta(minutes=2))[1] is None
    other = running(world, ulla, areas=[Area.objects.get(name="Herlev").id])
    set_past(other, ends_on=today() - timedelta(days=1))
    assert reported(world, world.anna, **IN_HERLEV)[1] == other.id
    set_past(other, ends_on=today() - timedelta(days=2))
    assert reported(world, world.anna, text="dagen efter", **IN_HERLEV)[1] is None


def test_of_several_measures_the_oldest_is_named(world: World, ulla: Member) -> None:
    first, second = running(world, ulla), running(world, ulla)
    assert reported(world, world.anna)[1] == first.id != second.id


def test_a_measure_that_goes_leaves_the_report_there(world: World, ulla: Member) -> None:
    from django.db import connection

    measure = running(world, ulla)
    made = world.report(world.anna, key="one", occurred_at=at(20))
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("delete from situation_step where measure_id = %s", [measure.id])
        cursor.execute("delete from situation_measure where id = %s", [measure.id])
    assert flags(made) == (False, None)


# Corrections


def correct(world: World, made: UUID, **said: Any) -> None:
    here = frame(world, world.anna)
    present = correcting.present(here, made)
    correcting.correct(here, made, type(present.report())(**vars(present.report()) | said),
                       edition=present.observation.edition)


def test_a_corrected_time_or_place_is_flagged_anew_and_nothing_else_is(world: World, ulla: Member) -> None:
    made = world.report(world.anna, key="one", occurred_at=at(20), **IN_HERLEV)
    watch(world, at(18), at(22))
    measure = running(world, ulla)
    correct(world, made, text="Nu med ord")
    assert flags(made) == (False, None)
    correct(world, made, **IN_BALLERUP)
    assert flags(made) == (True, measure.id)
    correct(world, made, occurred_at=at(12))
    assert flags(made) == (False, measure.id)


# Who is told


def page(world: World, member: Member, made: UUID) -> str:
    client = browser(member)
    client.cookies["django_language"] = "en"
    return str(client.get(f"/haendelse/{made}/").content.decode())


def test_who_gets_the_report_exactly_is_told_and_who_gets_it_coarsely_is_not(world: World, ulla: Member) -> None:
    watch(world, at(18), at(22))
    running(world, ulla, title="Lys på stien", visibility="municipalities")
    made = world.report(world.anna, key="one", occurred_at=at(20), visibility="partnership", text="Uro")
    whole = world.report(world.anna, key="two", occurred_at=at(20), visibility="partnership", police_sees="exact")
    for member, which, presence, title in (
            (world.anna, made, True, True), (world.berit, made, True, True), (world.bo, made, False, False),
            (world.bo, whole, True, False)):
        said = page(world, member, which)
        assert ("Seen during planned presence" in said) == presence, (member.name, which)
        assert ("Lys på stien" in said) == title
    assert "Reported under a measure." in page(world, world.bo, whole)
    assert "under" not in page(world, world.bo, made)[page(world, world.bo, made).index("<main"):].lower().replace(
        "understand", "")
    world.actor(world.bo)
    sight = picture.one(made)
    assert sight is not None and (sight.planned_presence, sight.under_measure) == (False, None)


def test_the_coarse_row_has_no_column_of_it() -> None:
    from lokalnet.situation.models import Observation

    assert not {"planned_presence", "under_measure"} & {field.name for field in Observation._meta.get_fields()}


def test_an_export_says_it_of_the_own_organisations_reports_alone(world: World, ulla: Member) -> None:
    watch(world, at(18), at(22))
    watch(world, at(18), at(22), organisation=world.ballerup)
    running(world, ulla, title="Lys på stien")
    world.report(world.anna, key="one", occurred_at=at(20))
    world.report(world.berit, key="two", occurred_at=at(20))
    with translation.override("en"):
        rows = list(Rows(frame(world, world.adam), Filters(since=at(0, 9), until=now())).sheet().rows)
    keys = [column.key for column in columns()]
    said = {(row[keys.index("source")], row[keys.index("planned_presence")], row[keys.index("under_measure")])
            for row in rows}
    assert said == {("Gladsaxe Kommune", "yes", "Lys på stien"), ("Ballerup Kommune", "", "")}


def test_the_api_says_it_of_the_keys_own_reports_alone(world: World, ulla: Member) -> None:
    watch(world, at(18), at(22))
    measure = running(world, ulla)
    world.report(world.anna, key="one", occurred_at=at(20))
    world.report(world.berit, key="two", occurred_at=at(20))
    features = keyed(api_key(world.gladsaxe, "observations")).get("/api/v1/observations").json()["features"]
    said = {(each["properties"]["source"], each["properties"]["planned_presence"],
             each["properties"]["under_measure"]) for each in features}
    assert said == {("Gladsaxe Kommune", True, str(measure.id)), ("Ballerup Kommune", None, None)}


def test_the_database_tells_nobody_what_another_organisation_had_planned(world: World, ulla: Member) -> None:
    watch(world, at(18), at(22))
    running(world, ulla)
    world.actor(world.bo)
    assert flagging.flags(world.partnership, [ballerup().id], at(20), "exact") == {
        "under_measure_id": None, "planned_presence": False}
