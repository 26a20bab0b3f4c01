"""An exercise is a partnership of its own: marked on every page, and mixed with nothing that is real."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from lokalnet.access.models import Partnership
from lokalnet.foundation import tokens
from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.situation import live, picture, reporting
from lokalnet.situation.models import Category, Exact, Observation
from lokalnet.situation.protection import sampling
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of, events
from tests.days import today
from tests.doors.people import api_key, keyed
from tests.world import GRANTOFTEN, World

PAGE = "/oevelse/"
REAL, PLAYED = "Uro ved kiosken", "Bål i gården"
MARK = "intet her er virkeligt"


def begun(world: World, *, name: str = "Novemberprøven", days: int = 3) -> Partnership:
    answer = browser_of(world.adam).post(f"{PAGE}?partnership=test", {"name": name, "days": str(days)})
    assert answer.status_code == 302, answer.content.decode()
    with as_role(MIGRATION):
        return Partnership.objects.get(exercise_of=world.partnership, valid_to__gte=today())


def tell(world: World, member: Any, partnership: Partnership, text: str) -> UUID:
    return reporting.report(world.actor(member), partnership, Report(
        category="nuisance", longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], text=text, visibility="public",
        police_sees="exact", occurred_at=now() - timedelta(hours=1)), key=text).observation_id


# --- beginning and ending ------------------------------------------------------------------------------------------


def test_it_has_the_parties_and_the_categories_of_the_real_one(world) -> None:
    with as_role(MIGRATION):
        Category.objects.filter(partnership=world.partnership, slug="shots").update(name_da="Brag", active=False,
                                                                                    guidance_da="Ring 112.")
    made = begun(world)
    assert made.name == "Øvelse: Novemberprøven" and made.valid_to == made.valid_from + timedelta(days=2)
    with as_role(MIGRATION):
        assert set(made.parties.values_list("organisation", flat=True)) == set(
            world.partnership.parties.values_list("organisation", flat=True))

        def looks(partnership: Partnership) -> list[tuple[Any, ...]]:
            return sorted(Category.objects.filter(partnership=partnership).values_list(
                "slug", "name_da", "name_en", "icon", "severity", "guidance_da", "guidance_en", "position", "active"))

        assert looks(made) == looks(world.partnership) != []


def test_beginning_and_ending_stand_in_the_log(world) -> None:
    made = begun(world)
    assert browser_of(world.adam).post(f"{PAGE}?partnership=test", {"end": "1"}).status_code == 302
    [began], [ended] = events("exercise.begun"), events("exercise.ended")
    assert began.subject == ended.subject == made.id and began.detail == {"days": 3}


def test_one_runs_at_a_time(world) -> None:
    made = begun(world)
    answer = browser_of(world.berit).post(f"{PAGE}?partnership=test", {"name": "En til", "days": "2"})
    assert answer.status_code == 422 and "allerede i gang" in answer.content.decode()
    with as_role(MIGRATION):
        assert [row.id for row in Partnership.objects.filter(exercise_of=world.partnership)] == [made.id]


@pytest.mark.parametrize("sent", [{"name": "", "days": "3"}, {"name": "x", "days": "0"}, {"name": "x", "days": "15"},
                                  {"name": "x" * 81, "days": "3"}, {"name": "x", "days": "tre"}])
def test_a_form_that_is_not_right_begins_nothing_and_keeps_what_was_typed(world, sent) -> None:
    answer = browser_of(world.adam).post(f"{PAGE}?partnership=test", sent)
    assert answer.status_code == 422 and f'value="{sent["days"]}"' in answer.content.decode()
    with as_role(MIGRATION):
        assert not Partnership.objects.filter(exercise_of__isnull=False).exists()


def test_ended_it_is_gone_for_everybody_at_the_next_request(world) -> None:
    made = begun(world)
    mine = tell(world, world.anna, made, PLAYED)
    browser_of(world.berit).post(f"{PAGE}?partnership=test", {"end": "1"})
    anna = browser_of(world.anna)
    assert anna.get(f"/overblik/?partnership={made.slug}").status_code == 404
    assert anna.get(f"/haendelse/{mine}/").status_code == 404
    assert 'name="partnership"' not in anna.get("/overblik/").content.decode()


@pytest.mark.parametrize("who", ["anna", "viggo", "dorte", "lars"])
def test_only_a_coordinator_begins_and_ends_one(world, who) -> None:
    made = begun(world)
    client = browser_of(getattr(world, who))
    assert client.get(PAGE).status_code == client.post(PAGE, {"end": "1"}).status_code == 403
    world.actor(getattr(world, who))
    with connection.cursor() as cursor:
        cursor.execute("select begin_exercise(%s, 'x', 1), end_exercise(%s)", [world.partnership.id, made.id])
        assert cursor.fetchone() == (None, False)


# --- nobody lands in one by accident ----------------------------------------------------------------------------------


def test_it_is_never_the_one_that_is_shown_unasked(world) -> None:
    with as_role(MIGRATION):
        Partnership.objects.filter(id=world.partnership.id).update(name="Åens partnerskab")  # last by name
    made = begun(world, name="Aa")
    page = browser_of(world.anna).get("/overblik/").content.decode()
    assert '<option value="test" selected>' in page
    assert page.index('<option value="test"') < page.index(f'<option value="{made.slug}"')
    assert 'action="/del/?partnership=test"' in browser_of(world.anna).get("/del/").content.decode()


def test_a_key_without_a_partnership_finds_the_real_one_and_may_name_the_exercise(world) -> None:
    made = begun(world)
    tell(world, world.anna, world.partnership, REAL)
    tell(world, world.anna, made, PLAYED)
    key = keyed(api_key(world.gladsaxe, "observations"))
    assert texts(key.get("/api/v1/observations").json()) == {REAL}
    assert texts(key.get(f"/api/v1/observations?partnership={made.slug}").json()) == {PLAYED}
    sent = {"category": "nuisance", "lon": GRANTOFTEN[0], "lat": GRANTOFTEN[1],
            "occurred_at": (now() - timedelta(hours=1)).isoformat(), "partnership": made.slug}
    answer = key.post("/api/v1/observations", sent, content_type="application/json")
    with as_role(MIGRATION):
        assert Observation.objects.get(id=answer.json()["id"]).partnership_id == made.id


def texts(collection: dict[str, Any]) -> set[str]:
    return {feature["properties"]["text"] for feature in collection["features"]}


# --- marked -----------------------------------------------------------------------------------------------------------


def test_every_page_of_it_says_so_and_no_page_of_the_real_one_does(world) -> None:
    made = begun(world)
    real, played = tell(world, world.anna, world.partnership, REAL), tell(world, world.anna, made, PLAYED)
    for member in (world.anna, world.berit, world.bo):
        client = browser_of(member)
        for path in ("/overblik/?partnership={0}", "/del/?partnership={0}"):
            assert MARK in client.get(path.format(made.slug)).content.decode().lower()
            assert MARK not in client.get(path.format("test")).content.decode().lower()
        assert MARK in client.get(f"/haendelse/{played}/").content.decode().lower()
        assert MARK not in client.get(f"/haendelse/{real}/").content.decode().lower()


def test_the_banner_leads_on_within_the_exercise_and_out_of_it(world) -> None:
    made = begun(world)
    page = browser_of(world.anna).get(f"/overblik/?partnership={made.slug}").content.decode()
    banner = page.split('class="exercise"')[1].split("</div>")[0]
    assert f"/del/?partnership={made.slug}" in banner and '"/overblik/"' in banner
    assert str(made.valid_to.year) in banner


# --- nothing mixes ----------------------------------------------------------------------------------------------------


@pytest.fixture(params=["real", "played"])
def both(world: World, request: Any) -> tuple[World, Partnership, UUID, str, str]:
    """The partnership that is looked at, what was told in it, and what was told in the other one."""
    made = begun(world)
    real, played = tell(world, world.anna, world.partnership, REAL), tell(world, world.anna, made, PLAYED)
    if request.param == "real":
        return world, world.partnership, real, REAL, PLAYED
    return world, made, played, PLAYED, REAL


def test_pages_count_and_map(both) -> None:
    world, partnership, own, told, other = both
    for member in (world.anna, world.berit, world.bo, world.lars):
        client = browser_of(member)
        for query in ("days=0", "days=1", "category=nuisance", "q=b%C3%A5l", "q=kiosken"):
            page = client.get(f"/overblik/?partnership={partnership.slug}&{query}").content.decode()
            assert other not in page
        page = client.get(f"/overblik/?partnership={partnership.slug}&days=0").content.decode()
        assert told in page
        assert client.get(f"/overblik/kort.json?partnership={partnership.slug}&days=0").json()["ids"] == [str(own)]
        world.actor(member)
        assert picture.count(partnership, filters(partnership)) == 1
        assert [sight.id for sight in picture.page(partnership, filters(partnership)).sights] == [own]


def filters(partnership: Partnership) -> picture.Filters:
    return picture.Filters(*picture.last_days(picture.ALL, ZoneInfo(partnership.timezone)))


def test_the_api(both) -> None:
    world, partnership, own, told, _ = both
    key = keyed(api_key(world.ballerup, "observations"))
    found = key.get(f"/api/v1/observations?partnership={partnership.slug}").json()
    assert texts(found) == {told} and [feature["id"] for feature in found["features"]] == [str(own)]


def test_figures_for_areas(both) -> None:
    """Six in each, in a quarter that is over: each partnership counts six, and twelve nowhere."""
    world, partnership, *_ = both
    for text in (REAL, PLAYED):
        with as_role(MIGRATION):
            there = Partnership.objects.get(slug="test") if text == REAL else Partnership.objects.get(
                exercise_of=world.partnership)
        for n in range(5):
            tell(world, world.anna, there, f"{text} {n}")
    then = now() - timedelta(days=200)
    with as_role(MIGRATION):
        Observation.objects.update(period_start=then)
        Exact.objects.update(reported_at=then)
    world.actor(world.lars)
    with connection.cursor() as cursor:
        cursor.execute("select number from area_figures(%s, %s) where number is not null",
                       [partnership.id, then.date()])
        assert {row[0] for row in cursor.fetchall()} - {0} == {6}


def test_live_events_name_their_own_partnership(both) -> None:
    world, partnership, own, *_ = both
    reporting.number_changes()
    with connection.cursor() as cursor:
        for member in (world.anna, world.berit, world.bo):
            actor = world.actor(member)
            cursor.execute("select observation_id from changes_for_actor(0, 99) where partnership_id = %s",
                           [partnership.id])
            assert cursor.fetchall() == [(own,)]
            opening = live.open_stream(actor, tokens.seal(live.CURSOR, 0))
            assert (partnership.id, actor.organisation_id) in opening.listens_to
    cursor_now = live.encode(1, "changed", [(partnership.id, own)]).decode()
    assert json.loads(cursor_now.split("data: ")[1])["partnerships"] == [str(partnership.id)]


def test_the_months_texts_to_check_are_real_ones(world) -> None:
    made = begun(world)
    month = sampling.months()[0]
    ids = [tell(world, world.berit, partnership, text) for partnership, text in (
        (world.partnership, REAL), (made, PLAYED))]
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id__in=ids).update(
            reported_at=datetime(month.year, month.month, 9, tzinfo=UTC))
    page = browser_of(world.dorte).get("/databeskyttelse/").content.decode()
    assert REAL in page and PLAYED not in page
