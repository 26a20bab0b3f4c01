"""What the detection is given of what was told, asked for by raw SQL: what all of an audience get, and who told is a
number that holds within one answer."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import numpy as np
import pytest
from django.db import ProgrammingError, connection, transaction

from lokalnet.access.acting import set_actor
from lokalnet.access.models import Member
from lokalnet.foundation.roles import MIGRATION, PLACE, as_role
from lokalnet.foundation.times import COPENHAGEN
from lokalnet.places.points import cell_of
from lokalnet.situation import acting, correcting, merging
from lokalnet.situation.corroborating import Opinion, decide
from lokalnet.situation.models import ActKind, Exact, ImportRow, Observation, QuietWeek, SignalAudience, Theme, Watch
from lokalnet.situation.partnerships import Frame, frame_of
from lokalnet.situation.signals.asking import Asked, asked
from tests.days import today
from tests.world import GRANTOFTEN, World

WHOLE, MUNICIPAL = "partnership", "municipalities"

pytestmark = pytest.mark.django_db


class Row(NamedTuple):
    kind: str
    day: date
    x: int | None
    y: int | None
    longitude: float | None
    latitude: float | None
    theme: str | None
    reporter: int
    organisation: int
    flagged: bool
    whole_week: bool


def ask(world: World, audience: str, *, since: date | None = None, until: date | None = None) -> list[Row]:
    """As whoever acts now, in the role of the detection."""
    with as_role(PLACE), connection.cursor() as cursor:
        cursor.execute("select * from sightings(%s, %s, %s, %s)", [
            world.partnership.id, audience, since or today() - timedelta(days=30), until or today()])
        return [Row(*row) for row in cursor.fetchall()]


def detected(world: World, audience: str = WHOLE) -> list[Row]:
    """As the detection asks, acting for nobody."""
    set_actor(None)
    return ask(world, audience)


def kinds(rows: list[Row]) -> Counter[str]:
    return Counter(row.kind for row in rows)


def frame(world: World, member: Member) -> Frame:
    return frame_of(world.actor(member), world.partnership.id)


def tell(world: World, member: Member, key: str, visibility: str = "partnership", **said: object) -> UUID:
    made: UUID = world.report(member, key=key, visibility=visibility, **said)
    return made


@pytest.fixture
def event(world: World) -> UUID:
    return tell(world, world.anna, "event")


def test_a_report_is_a_cell_and_a_day_and_a_theme(world: World) -> None:
    late = datetime.now(COPENHAGEN).replace(hour=23, minute=30) - timedelta(days=3)  # still that day there, not in UTC
    tell(world, world.anna, "late", occurred_at=late.astimezone(UTC), category="drug-dealing")
    [row] = detected(world)
    cell = cell_of(*GRANTOFTEN, world.partnership.projection)
    assert row[:7] == ("told", late.date(), cell.x, cell.y, cell.longitude, cell.latitude, "drugs")
    assert not row.flagged and not row.whole_week


@pytest.mark.parametrize(("visibility", "whole", "municipal"), [
    ("organisation", 0, 0), ("municipalities", 0, 1), ("partnership", 1, 1), ("public", 1, 1)])
def test_it_is_what_all_of_the_audience_get(world: World, visibility: str, whole: int, municipal: int) -> None:
    tell(world, world.anna, "one", visibility)
    assert (len(detected(world, WHOLE)), len(detected(world, MUNICIPAL))) == (whole, municipal)


def test_no_other_word_is_an_audience(world: World, event: UUID) -> None:
    assert detected(world, "organisation") == detected(world, "public") == []


def test_only_the_asked_days_count_both_ends_included(world: World) -> None:
    for back in (1, 2, 3, 4):
        tell(world, world.anna, str(back), occurred_at=datetime.now(UTC) - timedelta(days=back))
    set_actor(None)
    since, until = today() - timedelta(days=3), today() - timedelta(days=2)
    assert {row.day for row in ask(world, WHOLE, since=since, until=until)} == {since, until}


def test_what_was_refuted_or_withdrawn_does_not_count(world: World, event: UUID) -> None:
    other = tell(world, world.anna, "other")
    decide(frame(world, world.bo), event, Opinion("refuted", "Det var en flaske."))
    correcting.withdraw(frame(world, world.anna), other, note="Fejl")
    assert detected(world) == detected(world, MUNICIPAL) == []


def test_several_that_were_put_together_are_one_event_with_voices(world: World, event: UUID) -> None:
    other = tell(world, world.bo, "other")
    merging.merge(frame(world, world.berit), other, event)
    rows = detected(world)
    assert kinds(rows) == {"told": 1, "voice": 1}
    assert len({row.reporter for row in rows}) == len({row.organisation for row in rows}) == 2


def test_one_that_was_put_together_with_what_fewer_get_is_an_event_of_its_own(world: World) -> None:
    hidden = tell(world, world.anna, "hidden", "municipalities")
    seen = tell(world, world.berit, "seen")
    merging.merge(frame(world, world.berit), seen, hidden)
    assert kinds(detected(world, WHOLE)) == {"told": 1}
    assert kinds(detected(world, MUNICIPAL)) == {"told": 1, "voice": 1}


def test_what_is_put_together_with_a_refuted_one_goes_with_it(world: World, event: UUID) -> None:
    other = tell(world, world.bo, "other")
    merging.merge(frame(world, world.berit), other, event)
    decide(frame(world, world.lars), event, Opinion("refuted", "Det var en flaske."))
    assert detected(world) == []


def test_who_saw_it_too_is_a_voice_until_it_is_taken_back(world: World, event: UUID) -> None:
    for kind, voices in ((ActKind.SEEN_TOO, 1), (ActKind.UNSEEN, 0), (ActKind.SEEN_TOO, 1)):
        acting.do(frame(world, world.bo), event, kind)
        assert kinds(detected(world))["voice"] == voices


def test_who_saw_what_was_put_together_later_is_a_voice_of_the_event_and_only_once(world: World, event: UUID) -> None:
    other = tell(world, world.berit, "other")
    for seen in (event, other):
        acting.do(frame(world, world.bo), seen, ActKind.SEEN_TOO)
    merging.merge(frame(world, world.berit), other, event)
    assert kinds(detected(world)) == {"told": 1, "voice": 2}  # Berit and Bo


def test_who_tells_of_the_same_twice_is_no_voice_beside_themselves(world: World, event: UUID) -> None:
    again = tell(world, world.anna, "again")
    merging.merge(frame(world, world.berit), again, event)
    assert kinds(detected(world)) == {"told": 1}


def test_a_quiet_week_has_no_place(world: World) -> None:
    monday = today() - timedelta(days=today().weekday())
    with as_role(MIGRATION):
        QuietWeek.objects.create(partnership=world.partnership, organisation=world.gladsaxe, member=world.anna,
                                 week=monday)
    [row] = detected(world)
    assert (row.kind, row.day, row.x, row.longitude, row.theme, row.whole_week) == (
        "quiet", monday, None, None, None, True)


def test_what_came_in_by_a_file_is_told_by_one_reporter_of_its_organisation(world: World) -> None:
    tell(world, world.bo, "by hand")
    for member in (world.anna, world.adam):
        brought = tell(world, member, f"brought {member.name}")
        with as_role(MIGRATION):
            ImportRow.objects.create(organisation=world.gladsaxe, partnership=world.partnership, profile="x",
                                     key=brought.bytes, content=b"", observation_id=brought)
    rows = detected(world)
    assert len(rows) == 3 and len({row.reporter for row in rows}) == len({row.organisation for row in rows}) == 2


def test_what_was_told_under_a_measure_or_on_planned_presence_is_flagged(world: World) -> None:
    """As it was flagged when it was told, for whoever gets it whole."""
    for key, flags in (("presence", {"planned_presence": True}), ("measure", {"under_measure_id": uuid.uuid4()}),
                       ("neither", {})):
        made = tell(world, world.anna, key)
        with as_role(MIGRATION), connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")
            Exact.objects.filter(observation_id=made).update(**flags)
    assert Counter(row.flagged for row in detected(world, audience="municipalities")) == {True: 2, False: 1}
    with as_role(MIGRATION):
        Exact.objects.update(under_measure_id=None)


def test_for_all_of_the_partnership_the_part_of_the_day_decides(world: World) -> None:
    """Out there at any time in it, by the organisation that told: whether the report fell into those hours stays
    hidden, and what the own organisation's exact row says does not count."""
    made = tell(world, world.anna, "told")
    with as_role(MIGRATION):
        start = Observation.objects.get(id=made).period_start
        Exact.objects.filter(observation_id=made).update(planned_presence=True)
    assert [row.flagged for row in detected(world)] == [False]
    for organisation, hours, flagged in ((world.ballerup, (0, 6), False), (world.gladsaxe, (-3, 0), False),
                                         (world.gladsaxe, (5, 9), True)):
        with as_role(MIGRATION):
            Watch.objects.create(partnership=world.partnership, organisation=organisation, who="Aften",
                                 starts_at=start + timedelta(hours=hours[0]), ends_at=start + timedelta(hours=hours[1]))
        assert [row.flagged for row in detected(world)] == [flagged]


def test_a_report_of_some_time_that_week_is_marked(world: World) -> None:
    tell(world, world.anna, "week", precision="week")
    assert [row.whole_week for row in detected(world)] == [True]


def test_numbers_are_drawn_anew_with_each_question(world: World) -> None:
    """Over many questions each of three reporters has each of the three numbers: no number stands for somebody."""
    for day, member in enumerate((world.anna, world.bo, world.berit), 1):
        tell(world, member, member.name, occurred_at=datetime.now(UTC) - timedelta(days=day))
    drawn = {tuple(row.reporter for row in sorted(detected(world), key=lambda row: row.day)) for _ in range(60)}
    assert len(drawn) == 6 and {number for numbers in drawn for number in numbers} == {1, 2, 3}


def test_the_number_of_a_reporter_says_nothing_of_the_organisation(world: World) -> None:
    for member in (world.anna, world.bo):
        tell(world, member, member.name)
    drawn = {(row.reporter, row.organisation) for _ in range(30) for row in detected(world)}
    assert drawn == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_who_reads_signals_may_ask_for_what_they_get_anyway(world: World, event: UUID) -> None:
    for member, audience, number in ((world.anna, WHOLE, 1), (world.anna, MUNICIPAL, 1), (world.bo, WHOLE, 1),
                                     (world.bo, MUNICIPAL, 0), (world.viggo, WHOLE, 0), (world.viggo, MUNICIPAL, 0),
                                     (world.clara, WHOLE, 0), (world.dorte, MUNICIPAL, 0)):
        world.actor(member)
        assert len(ask(world, audience)) == number, (member.name, audience)


def test_the_serving_login_may_not_ask(world: World, event: UUID) -> None:
    world.actor(world.anna)
    with (pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(),
          connection.cursor() as cursor):
        cursor.execute("select * from sightings(%s, %s, %s, %s)", [world.partnership.id, WHOLE, today(), today()])


@pytest.mark.parametrize("table", ["situation_observation", "situation_observation_exact", "situation_observation_text",
                                   "situation_act", "situation_import_row", "situation_quiet_week", "access_member",
                                   "access_user", "access_organisation", "access_event", "situation_change"])
def test_the_detection_has_no_other_way_to_a_reporter(world: World, event: UUID, table: str) -> None:
    set_actor(None)
    with pytest.raises(ProgrammingError, match="permission denied"), as_role(PLACE), connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")


def test_of_the_functions_it_may_call_none_tells_of_a_person_but_for_whoever_acts(world: World) -> None:
    """What it gets beside: where there is work, the newest number of news, and who acts, in a member's request."""
    with as_role(MIGRATION), connection.cursor() as cursor:
        cursor.execute("select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef "
                       "and has_function_privilege('lokalnet_place', p.oid, 'execute')")
        assert {row[0] for row in cursor.fetchall()} == {
            "sightings", "signals_due", "tell_signal", "note_look", "partnerships_at_work", "newest_change",
            "working_member", "actor_organisation", "actor_kind", "organisation_partnerships", "actor_partnerships",
            "actor_partners", "actor_colleagues", "actor_may", "member_card", "members_of", "member_of_key",
            "open_invitation", "accept_invitation"}  # the last ones: access/sql/actor.sql, by an id or a secret


# --- the same in arrays ---


def answered(world: World) -> Asked:
    set_actor(None)
    return asked(world.partnership.id, SignalAudience.PARTNERSHIP, since=today() - timedelta(days=30), until=today())


def test_an_answer_is_in_arrays_by_theme(world: World, event: UUID) -> None:
    tell(world, world.bo, "dealing", category="drug-dealing")
    acting.do(frame(world, world.bo), event, ActKind.SEEN_TOO)
    found = answered(world)
    unrest, drugs = found.themes[Theme.UNREST], found.themes[Theme.DRUGS]
    assert (len(unrest.told), len(unrest.voices.day), len(drugs.told)) == (1, 1, 1)
    assert len(found.themes[Theme.DAMAGE].told) == 0
    assert unrest.told.day.dtype == np.dtype("datetime64[D]") and unrest.told.reporter.dtype == np.int64
    assert unrest.voices.reporter[0] == drugs.told.reporter[0]  # Bo, throughout one answer
    cell = cell_of(*GRANTOFTEN, world.partnership.projection)
    assert found.middles == {(cell.x, cell.y): (cell.longitude, cell.latitude)}
    assert found.middles[int(unrest.told.x[0]), int(unrest.told.y[0])]


def test_without_a_day_a_report_counts_as_work_alone(world: World) -> None:
    tell(world, world.anna, "week", precision="week")
    found = answered(world)
    assert len(found.themes[Theme.UNREST].told) == 0 and len(found.effort.reporter) == 1


def test_a_reporter_is_at_work_once_a_week_from_its_monday(world: World) -> None:
    monday = today() - timedelta(days=today().weekday() + 14)
    for day in (0, 3, 6):
        tell(world, world.anna, str(day), category="positive",
             occurred_at=datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC) + timedelta(days=day))
    with as_role(MIGRATION):
        QuietWeek.objects.create(partnership=world.partnership, organisation=world.gladsaxe, member=world.anna,
                                 week=monday + timedelta(days=7))
    assert answered(world).effort.week.tolist() == [monday, monday + timedelta(days=7)]


def test_where_nothing_was_told_the_arrays_are_empty(world: World) -> None:
    found = answered(world)
    assert found.middles == {} and len(found.effort.week) == 0
    assert found.themes[Theme.DRUGS].told.day.dtype == np.dtype("datetime64[D]")
