"""A file of areas is taken whole, or refused with the feature, the field and the rule."""

import copy
import json

import pytest
import shapely

from lokalnet.foundation.roles import MIGRATION, as_role
from lokalnet.places import importing
from lokalnet.places.importing import BadAreas, read, store
from lokalnet.places.models import Area
from lokalnet.places.points import Bounds

BOX = [[12.4, 55.7], [12.5, 55.7], [12.5, 55.8], [12.4, 55.8], [12.4, 55.7]]
BESIDE = [[12.5, 55.7], [12.6, 55.7], [12.6, 55.8], [12.5, 55.8], [12.5, 55.7]]
BOWTIE = [[12.4, 55.7], [12.5, 55.8], [12.5, 55.7], [12.4, 55.8], [12.4, 55.7]]


def feature(code="0159", name="Gladsaxe", ring=BOX):
    return {"type": "Feature", "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [copy.deepcopy(ring)]}}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def reading(tmp_path, said, **options):
    file = tmp_path / "areas.geojson"
    file.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return read(file, name_field="name", code_field="code", **options)


def broken(change):
    made = feature()
    change(made)
    return collection(feature("0151", "Ballerup"), made)


def swapped():
    return [[y, x] for x, y in BOX]


REFUSED = {
    "not JSON": ("{", None, None),
    "not UTF-8 text of JSON": ("code;name", None, None),
    "a list": ([], None, None),
    "a lone feature": (feature(), None, None),
    "no features": (collection(), None, None),
    "something else among the features": (broken(lambda f: f.update(type="Point")), 2, ""),
    "no properties": (broken(lambda f: f.update(properties=None)), 2, "code"),
    "no name": (broken(lambda f: f["properties"].pop("name")), 2, "name"),
    "an empty code": (broken(lambda f: f["properties"].update(code="")), 2, "code"),
    "a code that lost its zero": (broken(lambda f: f["properties"].update(code=159)), 2, "code"),
    "a name that is a list": (broken(lambda f: f["properties"].update(name=["x"])), 2, "name"),
    "a name with NUL": (broken(lambda f: f["properties"].update(name="a\x00b")), 2, "name"),
    "a long name": (broken(lambda f: f["properties"].update(name="x" * 121)), 2, "name"),
    "no geometry": (broken(lambda f: f.update(geometry=None)), 2, "geometry"),
    "a point": (broken(lambda f: f.update(geometry={"type": "Point", "coordinates": [12, 55]})), 2, "geometry"),
    "an open ring": (broken(lambda f: f["geometry"]["coordinates"][0].pop()), 2, "geometry"),
    "text as coordinates": (broken(lambda f: f["geometry"].update(coordinates="x")), 2, "geometry"),
    "nothing as coordinates": (broken(lambda f: f["geometry"].update(coordinates=[])), 2, "geometry"),
    "NaN": (broken(lambda f: f["geometry"]["coordinates"][0][1].__setitem__(0, float("nan"))), 2, "geometry"),
    "metres": (collection(feature(ring=[[x * 50_000, y * 100_000] for x, y in BOX])), 1, "geometry"),
    "swapped axes": (collection(feature(ring=swapped())), 1, "geometry"),
    "a line drawn as an area": (collection(feature(ring=[BOX[0], BOX[1], BOX[0], BOX[0]])), 1, "geometry"),
    "two names of one code": (collection(feature(), feature(name="Søborg")), 2, "name"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_with_feature_and_field(tmp_path, case) -> None:
    said, number, field = REFUSED[case]
    with pytest.raises(BadAreas) as refused:
        reading(tmp_path, said)
    where = str(refused.value).removeprefix(str(tmp_path / "areas.geojson"))
    assert (number is None) == where.startswith(": ")
    if number:
        place = where.partition(": ")[0]
        assert place.split(", ")[1].endswith(f" {number}") and place.endswith(f", {field}" if field else f" {number}")


def test_swapped_axes_are_told_from_a_place_far_away(tmp_path) -> None:
    gulf_of_aden = [[50.0, 12.0], [50.1, 12.0], [50.1, 12.1], [50.0, 12.1], [50.0, 12.0]]
    assert len(reading(tmp_path, collection(feature(ring=gulf_of_aden))).outlines) == 1
    with pytest.raises(BadAreas):
        reading(tmp_path, collection(feature(ring=gulf_of_aden)), bounds=[Bounds(11.9, 49.9, 12.2, 50.2)])


def test_an_absent_file_is_refused(tmp_path) -> None:
    with pytest.raises(BadAreas, match="absent"):
        read(tmp_path / "absent.geojson", name_field="name", code_field="code")


def test_features_of_one_code_are_one_area(tmp_path) -> None:
    found = reading(tmp_path, collection(feature(), feature("0151", "Ballerup"), feature(ring=BESIDE)))
    assert (found.features, [each.code for each in found.outlines]) == (3, ["0159", "0151"])
    merged = found.outlines[0].geometry
    assert merged.geom_type == "MultiPolygon" and merged.area == pytest.approx(0.02)


def test_an_outline_that_crosses_itself_is_repaired_and_said(tmp_path) -> None:
    found = reading(tmp_path, collection(feature(ring=BOWTIE)))
    assert found.repaired == (1,)
    assert found.outlines[0].geometry.is_valid and found.outlines[0].geometry.area == pytest.approx(0.005)


def test_a_third_coordinate_is_left_out(tmp_path) -> None:
    found = reading(tmp_path, collection(feature(ring=[[*point, 7.0] for point in BOX])))
    assert not found.outlines[0].geometry.has_z


@pytest.mark.django_db
def test_areas_are_new_changed_or_unchanged(tmp_path) -> None:
    there = reading(tmp_path, collection(feature(), feature("0151", "Ballerup"))).outlines
    with as_role(MIGRATION):
        assert store(there, kind="parish") == importing.Imported(2, 0, 0)
        ids = set(Area.objects.values_list("id", flat=True))
        assert store(there, kind="parish") == importing.Imported(0, 0, 2)
        moved = reading(tmp_path, collection(feature(ring=BESIDE), feature("0151", "Ballerup"))).outlines
        assert store(moved, kind="parish") == importing.Imported(0, 1, 1)
        assert set(Area.objects.values_list("id", flat=True)) == ids
        area = Area.objects.get(code="0159")
        assert shapely.from_wkb(bytes(area.outline)).covers(shapely.Point(area.longitude, area.latitude))


@pytest.mark.django_db
def test_the_order_of_features_and_where_a_ring_begins_are_no_change(tmp_path) -> None:
    turned = [*BOX[1:], BOX[1]]
    with as_role(MIGRATION):
        store(reading(tmp_path, collection(feature(), feature(ring=BESIDE))).outlines, kind="parish")
        again = reading(tmp_path, collection(feature(ring=BESIDE), feature(ring=turned))).outlines
        assert store(again, kind="parish") == importing.Imported(0, 0, 1)
        store(reading(tmp_path, collection(feature("0151"))).outlines, kind="parish")
        alone = reading(tmp_path, collection(feature("0151", ring=turned))).outlines
        assert store(alone, kind="parish") == importing.Imported(0, 0, 1)
