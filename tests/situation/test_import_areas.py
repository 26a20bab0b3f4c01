"""After areas were imported, every observation knows the areas that it lies in."""

import json

import pytest

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places.areas import places
from lokalnet.places.importing import BadAreas
from lokalnet.places.models import Area
from lokalnet.situation import placing
from lokalnet.situation.models import Exact, Observation
from tests.situation.importers import figures_in, shared
from tests.world import GRANTOFTEN


def square(code: str, name: str, west: float, south: float, east: float, north: float) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


def write(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def bring_in(file, kind="neighbourhood"):
    return placing.import_areas(file=file, name_field="name", code_field="code", kind=kind)


def test_observations_are_assigned_to_new_and_moved_areas(world, tmp_path, capsys) -> None:
    made = world.report(world.anna, key="1")
    west, south = GRANTOFTEN[0] - 0.01, GRANTOFTEN[1] - 0.01
    bring_in(write(tmp_path / "a.geojson", square("N1", "Grantoften", west, south, west + 0.02, south + 0.02)))
    assert figures_in(capsys.readouterr().out)["observations re-assigned"] == 1
    with as_role(MIGRATION):
        area = Area.objects.get(code="N1")
        for areas in (Observation.objects.get(id=made).areas, Exact.objects.get(observation_id=made).areas):
            assert [Area.objects.get(id=each).kind for each in areas] == ["municipality", "neighbourhood"]
            assert areas[-1] == area.id
    bring_in(write(tmp_path / "b.geojson", square("N1", "Grantoften", west + 1, south, west + 1.02, south + 0.02)))
    with as_role(MIGRATION):
        assert len(Exact.objects.get(observation_id=made).areas) == 1
        assert Area.objects.get(code="N1").id == area.id


def test_a_second_run_changes_nothing(world, tmp_path, capsys) -> None:
    world.report(world.anna, key="1")
    file = write(tmp_path / "a.geojson", square("N1", "Grantoften", 12.3, 55.7, 12.4, 55.8))
    bring_in(file)
    before, _ = places(), capsys.readouterr()
    bring_in(file)
    figures = figures_in(capsys.readouterr().out)
    assert (figures["new"], figures["changed"], figures["unchanged"]) == (0, 0, 1)
    assert figures["observations re-assigned"] == 0
    assert places() is before


def test_batches_make_no_difference(world, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(placing, "BATCH", 2)
    for number in range(5):
        world.report(world.anna, key=str(number))
    bring_in(write(tmp_path / "a.geojson", square("N1", "Grantoften", 12.3, 55.7, 12.4, 55.8)))
    assert figures_in(capsys.readouterr().out)["observations re-assigned"] == 5


def test_swapped_axes_are_known_by_the_partnerships_own_bounds(world, tmp_path) -> None:
    with pytest.raises(BadAreas, match=r"a\.geojson, (feature|objekt|element) 1, geometry"):
        bring_in(write(tmp_path / "a.geojson", square("N1", "Grantoften", 55.7, 12.3, 55.8, 12.4)))
    with as_role(MIGRATION):
        assert not Area.objects.filter(kind="neighbourhood").exists()


@pytest.mark.shared
@pytest.mark.parametrize(("name", "kind"), [("municipalities", "municipality"), ("parishes", "parish")])
def test_the_real_boundaries_come_in_once(db, capsys, name, kind) -> None:
    file = shared("boundaries") / f"{name}.geojson"
    bring_in(file, kind)
    first = figures_in(capsys.readouterr().out)
    assert first["areas"] == first["new"] <= first["features read"]
    bring_in(file, kind)
    assert figures_in(capsys.readouterr().out)["unchanged"] == first["areas"]
    with as_role(MIGRATION):
        assert all(len(code) == 4 for code in Area.objects.filter(kind=kind).values_list("code", flat=True))
