"""Whoever names an area and no point is not taken to have pointed at its middle."""

from datetime import timedelta
from uuid import UUID

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.foundation.times import now
from lokalnet.places.areas import places
from lokalnet.places.models import Area
from lokalnet.project import logins
from lokalnet.situation import correcting, corroborating, placing
from lokalnet.situation.models import Exact, Observation
from lokalnet.situation.protection import coarsening
from lokalnet.situation.reporting import Report
from tests.access.people import browser_of
from tests.situation.test_acts import frame
from tests.situation.test_import_areas import bring_in, square, write
from tests.world import GRANTOFTEN, World

PARISH = (GRANTOFTEN[0] - 0.02, GRANTOFTEN[1] - 0.02, GRANTOFTEN[0] + 0.02, GRANTOFTEN[1] + 0.02)
QUARTER = (GRANTOFTEN[0] - 0.005, GRANTOFTEN[1] - 0.005, GRANTOFTEN[0] + 0.005, GRANTOFTEN[1] + 0.005)


@pytest.fixture
def parish(world: World, tmp_path) -> UUID:
    bring_in(write(tmp_path / "p.geojson", square("P1", "Skovlunde Sogn", *PARISH)), "parish")
    bring_in(write(tmp_path / "n.geojson", square("N1", "Grantoften", *QUARTER)))
    return area("P1")


def area(code: str) -> UUID:
    with as_role(MIGRATION):
        return Area.objects.get(code=code).id


def sent(world: World, named: UUID, *, key: str = "named") -> UUID:
    answer = browser_of(world.anna).post("/del/", {
        "key": key, "category": "nuisance", "area": str(named), "visibility": "partnership", "police_sees": "exact",
        "precision": "exact", "text": "Uro i sognet", "different": "1"})
    assert answer.status_code == 302
    with as_role(MIGRATION):
        return Observation.objects.get(named_area=named).id


def rows(made: UUID) -> tuple[Observation, Exact]:
    with as_role(MIGRATION):
        return Observation.objects.get(id=made), Exact.objects.get(observation_id=made)


def test_it_lies_in_what_holds_the_whole_area_and_in_nothing_smaller(world: World, parish: UUID) -> None:
    about, exact = rows(sent(world, parish))
    for held in (about.areas, exact.areas):
        with as_role(MIGRATION):
            assert [Area.objects.get(id=each).kind for each in held] == ["municipality", "parish"]
    assert exact.coarsened


def test_everybody_reads_that_it_is_the_area(world: World, parish: UUID) -> None:
    made = sent(world, parish)
    for member in (world.anna, world.lars):
        page = browser_of(member).get(f"/haendelse/{made}/").content.decode()
        assert "Skovlunde Sogn" in page and "området, intet punkt" in page
        assert "området, intet punkt" in browser_of(member).get("/overblik/").content.decode()


def test_the_api_and_the_map_say_so_too(world: World, parish: UUID) -> None:
    sent(world, parish)
    assert browser_of(world.lars).get("/overblik/kort.json").json()["coarse"] == [1]


def test_old_points_and_new_areas_leave_it_where_it_is(world: World, parish: UUID, tmp_path) -> None:
    made = sent(world, parish)
    before = rows(made)
    with as_role(MIGRATION):
        Exact.objects.filter(observation_id=made).update(occurred_at=now() - timedelta(days=100))
    with as_role(logins.RETENTION):
        coarsening.coarsen(now() - timedelta(days=90))
    placing.assign_areas()
    after = rows(made)
    assert [(row.longitude, row.latitude, row.areas) for row in before] == [
        (row.longitude, row.latitude, row.areas) for row in after]


def test_a_correction_of_other_things_keeps_the_area_and_a_point_takes_its_place(world: World, parish: UUID) -> None:
    made = sent(world, parish)
    page = browser_of(world.anna).get(f"/haendelse/{made}/ret/").content.decode()
    assert f'value="{parish}" selected' in page
    here = frame(world, world.anna)
    said = correcting.present(here, made).report()
    assert correcting.correct(here, made, Report(**(vars(said) | {"text": "Uro"})), edition=1) == {"text"}
    assert rows(made)[0].named_area == parish
    pointed = vars(said) | {"text": "Uro", "named_area": None, "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1]}
    assert correcting.correct(here, made, Report(**pointed), edition=2) == {"place"}
    about, exact = rows(made)
    assert about.named_area is None and not exact.coarsened
    assert (exact.longitude, exact.latitude) == tuple(GRANTOFTEN)
    assert exact.areas == places().areas_at(*GRANTOFTEN)


def test_an_earlier_version_brings_the_area_back(world: World, parish: UUID) -> None:
    made = sent(world, parish)
    here = frame(world, world.anna)
    said = correcting.present(here, made).report()
    pointed = vars(said) | {"named_area": None, "longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1]}
    correcting.correct(here, made, Report(**pointed), edition=1)
    page = browser_of(world.anna).get(f"/haendelse/{made}/").content.decode()
    version = page.split(f"/haendelse/{made}/gendan/")[1].split("/")[0]
    browser_of(world.anna).post(f"/haendelse/{made}/gendan/{version}/")
    assert rows(made)[0].named_area == parish


@pytest.mark.parametrize(("named", "asked"), [(True, 1), (False, 1)])
def test_the_same_is_looked_for_in_the_area_that_was_named(world: World, parish: UUID, named: bool, asked: int) -> None:
    """A point in the parish finds what was said of the parish, and the parish finds what was pointed at within it."""
    far = (GRANTOFTEN[0] + 0.015, GRANTOFTEN[1] + 0.015)  # in the parish, more than 250 m from its middle
    if named:
        sent(world, parish)
        entered = {"longitude": far[0], "latitude": far[1], "named_area": None}
    else:
        world.report(world.anna, key="far", longitude=far[0], latitude=far[1], visibility="municipalities")
        entered = {"longitude": GRANTOFTEN[0], "latitude": GRANTOFTEN[1], "named_area": parish}
    report = Report(category="nuisance", occurred_at=now(), **entered)
    assert len(corroborating.similar(frame(world, world.berit), report)) == asked
