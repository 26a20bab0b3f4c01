"""The housing association's role: its own reports and figures for parishes, and nothing else, whichever way it asks.

Housing companies also evict (design section 2): no live feed of others, no points, no texts, no export.
"""

from uuid import UUID

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.situation import corroborating
from lokalnet.situation.models import Export, Observation
from lokalnet.situation.partnerships import frame_of
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of
from tests.doors.people import api_key, keyed
from tests.situation.map_answer import points
from tests.world import GRANTOFTEN, World

SECRET = "Glasskår på legepladsen"
PAGES = ("/overblik/?days=0", "/overblik/?days=0&q=legeplads", "/overblik/?days=0&journal=text",
         "/overblik/kort.json?days=0", "/overblik/dage.json?days=0", "/mine/", "/tal/", "/telefoner/",
         "/overblik/mere/", "/om-tallene/")


@pytest.fixture
def others(world: World) -> list[UUID]:
    """Reports of everybody else, shared as widely as can be."""
    return [world.report(member, key=f"{member.name}{n}", text=SECRET, visibility=visibility, police_sees="exact")
            for member in (world.anna, world.berit, world.bo)
            for n, visibility in enumerate(("municipalities", "partnership", "public"))]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_tells_of_others_reports(world: World, others: list[UUID], path: str) -> None:
    own = world.report(world.viggo, key="own", text="Kælderdør står åben")
    answer = browser_of(world.viggo).get(path)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert SECRET not in said and not any(str(each) in said for each in others)
    if path.startswith("/overblik/?days=0&q") or path in ("/tal/", "/telefoner/", "/om-tallene/", "/overblik/mere/"):
        return
    if path == "/overblik/kort.json?days=0":
        assert set(points(answer.json())) == {str(own)}
    elif path == "/overblik/dage.json?days=0":
        assert sum(number for _day, number in answer.json()["days"]) == 1
    else:
        assert "Kælderdør står åben" in said


def test_search_finds_the_own_words_alone(world: World, others: list[UUID]) -> None:
    world.report(world.viggo, key="own", text="Glasskår i kælderen")
    assert browser_of(world.viggo).get("/overblik/", {"q": "glasskår"}).context["count"] == 1
    assert browser_of(world.berit).get("/overblik/", {"q": "glasskår"}).context["count"] > 1


def test_single_reports_areas_and_answers_of_others_do_not_open(world: World, others: list[UUID]) -> None:
    client = browser_of(world.viggo)
    for made in others:
        assert client.get(f"/haendelse/{made}/").status_code == 404
        for act in ("set-ogsaa", "kan-genkendes", "traek-tilbage"):
            assert client.post(f"/haendelse/{made}/{act}/").status_code in (403, 404)
    for path in ("/svar/", "/omraader/", "/udtraek/", "/udtraek/ny/", "/aktindsigt/", "/indlaes/", "/overblik/live"):
        assert client.get(path).status_code == 403, path


def test_a_crafted_export_is_not_made(world: World, others: list[UUID]) -> None:
    for scope in ("picture", "own", "documents"):
        answer = browser_of(world.viggo).post("/udtraek/ny/?days=0", {"format": "csv", "scope": scope})
        assert answer.status_code == 403
    with as_role(MIGRATION):
        assert not Export.objects.exists()


def test_the_key_of_a_housing_association_reads_its_own_and_hears_nothing(world: World, others: list[UUID]) -> None:
    api = keyed(api_key(world.housing, "observations"))
    own = world.report(world.viggo, key="own", text="Kælderdør")
    assert [row["id"] for row in api.get("/api/v1/observations").json()["features"]] == [str(own)]
    assert api.get("/api/v1/observations", {"q": "glasskår"}).json()["features"] == []
    assert api.get("/api/v1/live").status_code == 403


def test_the_question_whether_it_is_the_same_does_not_tell_of_others(world: World, others: list[UUID]) -> None:
    here = frame_of(world.actor(world.viggo), world.partnership.id)
    with as_role(MIGRATION):
        when = Observation.objects.order_by("period_start").last().period_start  # type: ignore[union-attr]
    entered = Report(category="nuisance", longitude=GRANTOFTEN[0], latitude=GRANTOFTEN[1], occurred_at=when)
    assert corroborating.similar(here, entered) == []


def test_figures_hide_what_is_few_and_count_only_what_was_meant_to_be_counted(world: World, others: list[UUID]) -> None:
    """Three public reports there are: fewer than five, so no number at all stands on the page of figures."""
    said = browser_of(world.viggo).get("/tal/").content.decode()
    assert SECRET not in said and "0151" not in said
